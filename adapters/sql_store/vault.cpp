// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/vault.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "adapters/sql_store/cipher.h"
#include "adapters/sql_store/dialect.h"
#include "adapters/sql_store/key_file.h"

namespace tocsin::sql_store {
namespace {

constexpr std::size_t kDigestKeyBytes = 32;
constexpr std::string_view kMark = "vault_check";

Error failure(Errc code, std::string message) { return Error{code, std::move(message), "vault"}; }

Error wrong_bytes(std::string_view stream) {
  return failure(Errc::corrupt, "words of " + std::string(stream) +
                                    " in the vault are not what was written: keep the file as it is and run 'tocsin "
                                    "audit verify'");
}

/// Ciphertext that is moved to another stream, or to another word's place, does not open there.
std::string key_binding(std::string_view stream) { return "key\n" + std::string(stream); }
std::string row_binding(std::string_view stream, std::string_view digest) {
  return "row\n" + std::string(stream) + "\n" + std::string(digest);
}

std::optional<Secret> unwrap(const Secret& wrapping, std::string_view wrapped, std::string_view stream) {
  auto key = decrypt(wrapping.view(), wrapped, key_binding(stream));
  return key ? std::optional<Secret>(std::in_place, std::move(*key)) : std::nullopt;
}

/// The words in a row, or nullopt when it is not what its digest says.
std::optional<std::string> words_of(const Secret& key, std::string_view ciphertext, std::string_view stream,
                                    std::string_view digest) {
  auto plain = decrypt(key.view(), ciphertext, row_binding(stream, digest));
  if (!plain || plain->size() < kDigestKeyBytes) return std::nullopt;
  const std::string_view all(*plain);
  const auto text = all.substr(kDigestKeyBytes);
  if (to_hex(hmac_sha256(all.substr(0, kDigestKeyBytes), text)) != digest) return std::nullopt;
  return std::string(text);
}

/// Tells the right master key from a wrong one, and tells nothing else about it.
std::string mark_of(std::string_view master) {
  return to_hex(hmac_sha256(derived_key(master, Use::checking).view(), "tocsin vault 1"));
}

}  // namespace

Vault::Vault(Database& database, std::string key_file) : database_(database), key_file_(std::move(key_file)) {
  if (sodium_init() < 0) std::abort();  // no random numbers: nothing here would be safe
}

Vault::~Vault() { sodium_memzero(master_.data(), master_.size()); }

Vault::Kept Vault::kept_in(Session& session) {
  Kept kept;
  auto& mark = session.start(dialect::kFindSetting, kMark);
  if (mark.next()) kept.mark = mark.text(0);
  auto& any = session.start(dialect::kAnyKey);
  kept.has_words = any.next() && any.number(0) != 0;
  return kept;
}

Result<Vault::Kept> Vault::look() {
  Kept kept;
  auto looked = database_.read([&](Session& session) -> Result<void> {
    kept = kept_in(session);
    return {};
  });
  if (!looked) return std::move(looked).error();
  return kept;
}

Result<std::string> Vault::matching_key(const std::string& mark) const {
  auto key = read_key_file(key_file_);
  if (!key || mark_of(*key) == mark) return key;
  return Error{
      Errc::corrupt,
      "the key " + key_file_ + " is not the key of the store " + database_.path() + ": name the right one in TOCSIN_KEY",
      std::string(kKeyWrong),
      {},
      {}};
}

Result<ports::KeyState> Vault::key_state() {
  auto kept = look();
  if (!kept) return std::move(kept).error();
  struct stat found {};
  if (stat(key_file_.c_str(), &found) != 0)
    return kept->mark.empty() || !kept->has_words ? ports::KeyState::unused : ports::KeyState::missing;
  if (!S_ISREG(found.st_mode)) return ports::KeyState::malformed;
  if ((found.st_mode & 077) != 0) return ports::KeyState::exposed;
  auto key = read_key_file(key_file_);
  if (!key) return key.error().code == Errc::corrupt ? ports::KeyState::malformed : ports::KeyState::unreadable;
  const Secret secret(std::move(*key));
  if (kept->mark.empty()) return ports::KeyState::unused;
  return mark_of(secret.view()) == kept->mark ? ports::KeyState::fits : ports::KeyState::wrong;
}

Result<std::string> Vault::existing_key() {
  const std::lock_guard lock(mutex_);
  if (!master_.empty()) return master_;
  auto kept = look();
  if (!kept) return std::move(kept).error();
  auto key = matching_key(kept->mark);
  if (key) master_ = *key;
  return key;
}

/// A new key is made only while no words lie under another one; that question and the mark are one transaction.
Result<std::string> Vault::make_key(const Kept& seen) {
  std::string made;
  auto marked = database_.write([&](Session& session) -> Result<void> {
    if (kept_in(session) != seen) return {};  // another process was faster
    auto key = make_key_file(key_file_);
    if (!key) return std::move(key).error();
    made = *key;
    session.start(dialect::kPutSetting, kMark, mark_of(made));
    return {};
  });
  if (!marked) return std::move(marked).error();
  if (!made.empty()) return made;
  auto kept = look();
  if (!kept) return std::move(kept).error();
  return matching_key(kept->mark);
}

Result<std::string> Vault::key_for_writing() {
  const std::lock_guard lock(mutex_);
  if (!master_.empty()) return master_;
  auto kept = look();
  if (!kept) return std::move(kept).error();
  const bool is_lost = access(key_file_.c_str(), F_OK) != 0;
  const bool may_be_new = !kept->has_words && (kept->mark.empty() || is_lost);
  auto key = may_be_new ? make_key(*kept) : matching_key(kept->mark);
  if (key) master_ = *key;
  return key;
}

Result<std::string> Vault::seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) {
  auto master = key_for_writing();
  if (!master) return std::move(master).error();
  const Secret master_secret(std::move(*master));
  const auto wrapping = derived_key(master_secret.view(), Use::wrapping);
  rows.stream = stream;
  auto wrapped = rows.wrapped_key;
  if (wrapped.empty()) {
    auto looked = database_.read([&](Session& session) -> Result<void> {
      auto& found = session.start(dialect::kFindKey, stream);
      if (found.next()) wrapped = from_hex(found.text(0));
      else rows.wrapped_key = encrypt(wrapping.view(), random_secret(kCipherKeyBytes).view(), key_binding(stream));
      return {};
    });
    if (!looked) return std::move(looked).error();
    if (!rows.wrapped_key.empty()) wrapped = rows.wrapped_key;
  }
  const auto key = unwrap(wrapping, wrapped, stream);
  if (!key) return wrong_bytes(stream);
  const auto digest_key = random_secret(kDigestKeyBytes);
  auto digest = to_hex(hmac_sha256(digest_key.view(), text));
  const Secret plain(std::string(digest_key.view()).append(text));
  rows.rows.push_back({digest, encrypt(key->view(), plain.view(), row_binding(stream, digest))});
  return digest;
}

Result<std::vector<std::optional<std::string>>> Vault::open(std::string_view stream,
                                                            const std::vector<std::string>& digests) {
  std::vector<std::optional<std::string>> words(digests.size());
  std::string wrapped;
  auto found = database_.read([&](Session& session) -> Result<void> {
    for (std::size_t i = 0; i < digests.size(); ++i) {
      auto& row = session.start(dialect::kFindRow, stream, digests[i]);
      if (!row.next()) continue;
      // Another key than a moment ago: what came before was forgotten meanwhile.
      if (row.text(0) != wrapped) std::fill(words.begin(), words.end(), std::nullopt);
      wrapped = row.text(0);
      words[i] = from_hex(row.text(1));
    }
    return {};
  });
  if (!found) return std::move(found).error();
  if (wrapped.empty()) return words;  // nothing to open, so no key is needed
  auto master = existing_key();
  if (!master) return std::move(master).error();
  const Secret master_secret(std::move(*master));
  const auto key = unwrap(derived_key(master_secret.view(), Use::wrapping), from_hex(wrapped), stream);
  if (!key) return wrong_bytes(stream);
  for (std::size_t i = 0; i < digests.size(); ++i) {
    if (!words[i]) continue;
    words[i] = words_of(*key, *words[i], stream, digests[i]);
    if (!words[i]) return wrong_bytes(stream);
  }
  return words;
}

Result<void> Vault::forget(std::string_view stream) {
  auto gone = database_.write([&](Session& session) -> Result<void> {
    session.start(dialect::kForgetRows, stream);
    session.start(dialect::kForgetKey, stream);
    return {};
  });
  if (!gone) return gone;
  // Also when nothing was there: an earlier attempt may have been cut short before this.
  return database_.scrub();
}

Result<Digest> Vault::recognise(std::string_view bytes) {
  auto master = key_for_writing();
  if (!master) return std::move(master).error();
  const Secret master_secret(std::move(*master));
  return hmac_sha256(derived_key(master_secret.view(), Use::recognising).view(), bytes);
}

}  // namespace tocsin::sql_store
