// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <soci/soci.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/base/digest.h"

namespace tocsin::sql_store {
namespace {

constexpr std::size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kDigestKey = 32;
constexpr std::string_view kCheck = "tocsin vault 1";

Error failure(Errc code, std::string message) { return Error{code, std::move(message), "vault"}; }

Error wrong_bytes(std::string_view stream) {
  return failure(Errc::corrupt, "words of " + std::string(stream) + " in the vault are not what was written: keep the file as it is");
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

/// nonce, then ciphertext; `bound` is what the bytes belong to and is authenticated with them.
std::string encrypt(std::string_view key, std::string_view text, std::string_view bound) {
  auto out = random_bytes(kNonce);
  out.resize(kNonce + text.size() + kTag);
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + kNonce, &length, bytes(text), text.size(), bytes(bound), bound.size(), nullptr, bytes(out),
                                             bytes(key));
  return out;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view sealed, std::string_view bound) {
  if (key.size() != kKey || sealed.size() < kNonce + kTag) return std::nullopt;
  std::string out(sealed.size() - kNonce - kTag, '\0');
  unsigned long long length = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(out), &length, nullptr, bytes(sealed) + kNonce, sealed.size() - kNonce,
                                                                bytes(bound), bound.size(), bytes(sealed), bytes(key));
  return failed == 0 ? std::optional(std::move(out)) : std::nullopt;
}

std::string from_hex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  std::size_t length = 0;
  if (sodium_hex2bin(bytes(out), out.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0 || length != out.size()) out.clear();
  return out;
}

std::string row_binding(std::string_view stream, std::string_view digest) { return std::string(stream) + "\n" + std::string(digest); }

}  // namespace

Vault::Vault(Database& database, std::string key_file) : database_(database), key_file_(std::move(key_file)) {
  if (sodium_init() < 0) std::abort();  // no random numbers: nothing here would be safe
}

Vault::~Vault() { sodium_memzero(master_.data(), master_.size()); }

Result<std::string> Vault::read_key_file() const {
  struct stat found {};
  if (stat(key_file_.c_str(), &found) != 0)
    return failure(Errc::unavailable, "the vault's key is missing: put it back at " + key_file_ + " or name it in TOCSIN_KEY; a new key would not open these words");
  if ((found.st_mode & 077) != 0)
    return failure(Errc::unavailable, "the vault's key " + key_file_ + " can be read by others: 'chmod 600' it and think about who has seen it");
  std::ifstream in(key_file_, std::ios::binary);
  std::string text;
  std::getline(in, text);
  auto key = from_hex(text);
  if (key.size() != kKey) return failure(Errc::corrupt, "the vault's key file " + key_file_ + " is not 64 hex digits: put the right file there");
  return key;
}

Result<std::string> Vault::make_key_file() const {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(key_file_).parent_path(), ignored);
  const int file = ::open(key_file_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return read_key_file();  // another store's key, or another process was faster
  auto key = random_bytes(kKey);
  const auto text = to_hex(std::string_view(key)) + "\n";
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  close(file);
  if (!written) {
    unlink(key_file_.c_str());
    return failure(Errc::unavailable, "the vault's key cannot be written to " + key_file_ + ": check the disk");
  }
  return key;
}

/// A mark in the store tells the right key from a wrong one before anything is written under it.
Result<void> Vault::check_or_mark(const std::string& key, bool is_new) {
  std::string mark;
  const auto look = [&](soci::session& sql) -> Result<void> {
    sql << "select value from settings where name = 'vault_check'", soci::into(mark);
    return {};
  };
  if (is_new) {
    const auto made = to_hex(std::string_view(encrypt(key, kCheck, kCheck)));
    auto marked = database_.write([&](soci::session& sql) -> Result<void> {
      sql << "insert or ignore into settings (name, value) values ('vault_check', :v)", soci::use(made);
      return {};
    });
    if (!marked) return marked;
  }
  if (auto ok = database_.read(look); !ok) return ok;
  if (decrypt(key, from_hex(mark), kCheck)) return {};
  return failure(Errc::corrupt, "the key " + key_file_ + " does not open this store's vault: name the right one in TOCSIN_KEY");
}

Result<std::string> Vault::load_or_make_key() {
  bool marked = false;
  auto looked = database_.read([&](soci::session& sql) -> Result<void> {
    int count = 0;
    sql << "select count(*) from settings where name = 'vault_check'", soci::into(count);
    marked = count != 0;
    return {};
  });
  if (!looked) return std::move(looked).error();
  auto key = marked ? read_key_file() : make_key_file();
  if (!key) return key;
  if (auto ok = check_or_mark(*key, !marked); !ok) return std::move(ok).error();
  return key;
}

Result<std::string> Vault::master_key() {
  const std::lock_guard lock(mutex_);
  if (!master_.empty()) return master_;
  auto key = load_or_make_key();
  if (key) master_ = *key;
  return key;
}

Result<std::optional<std::string>> Vault::stream_key(const std::string& master, const std::string& stream) {
  std::string wrapped;
  bool found = false;
  auto looked = database_.read([&](soci::session& sql) -> Result<void> {
    sql << "select wrapped from vault_keys where stream = :s", soci::use(stream), soci::into(wrapped);
    found = sql.got_data();
    return {};
  });
  if (!looked) return std::move(looked).error();
  if (!found) return std::optional<std::string>{};
  auto key = decrypt(master, from_hex(wrapped), stream);
  if (!key) return wrong_bytes(stream);
  return key;
}

Result<std::string> Vault::seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) {
  auto master = master_key();
  if (!master) return std::move(master).error();
  const std::string name(stream);
  rows.stream = name;
  std::string key;
  if (!rows.wrapped_key.empty()) {
    key = decrypt(*master, rows.wrapped_key, name).value_or("");
  } else {
    auto kept = stream_key(*master, name);
    if (!kept) return std::move(kept).error();
    key = kept->has_value() ? **kept : random_bytes(kKey);
    if (!kept->has_value()) rows.wrapped_key = encrypt(*master, key, name);
  }
  const auto digest_key = random_bytes(kDigestKey);
  auto digest = to_hex(hmac_sha256(digest_key, text));
  rows.rows.push_back({digest, encrypt(key, digest_key + std::string(text), row_binding(name, digest))});
  sodium_memzero(key.data(), key.size());
  return digest;
}

Result<std::vector<std::optional<std::string>>> Vault::open(std::string_view stream, const std::vector<std::string>& digests) {
  std::vector<std::optional<std::string>> words(digests.size());
  if (digests.empty()) return words;
  auto master = master_key();
  if (!master) return std::move(master).error();
  const std::string name(stream);
  auto key = stream_key(*master, name);
  if (!key) return std::move(key).error();
  if (!key->has_value()) return words;
  auto opened = database_.read([&](soci::session& sql) -> Result<void> {
    std::string digest, ciphertext;
    soci::statement select = (sql.prepare << "select ciphertext from vault_rows where stream = :s and digest = :d", soci::use(name), soci::use(digest),
                              soci::into(ciphertext));
    for (std::size_t i = 0; i < digests.size(); ++i) {
      digest = digests[i];
      select.execute();
      bool found = false;
      while (select.fetch()) found = true;
      if (!found) continue;
      auto text = decrypt(**key, from_hex(ciphertext), row_binding(name, digest));
      if (!text || text->size() < kDigestKey || to_hex(hmac_sha256(text->substr(0, kDigestKey), std::string_view(*text).substr(kDigestKey))) != digest)
        return wrong_bytes(name);
      words[i] = text->substr(kDigestKey);
    }
    return {};
  });
  if (!opened) return std::move(opened).error();
  return words;
}

Result<void> Vault::forget(std::string_view stream) {
  const std::string name(stream);
  auto gone = database_.write([&](soci::session& sql) -> Result<void> {  // secure_delete overwrites what is freed
    sql << "delete from vault_keys where stream = :s", soci::use(name);
    sql << "delete from vault_rows where stream = :s", soci::use(name);
    return {};
  });
  if (!gone) return gone;
  return database_.read([&](soci::session& sql) -> Result<void> {
    int busy = 0, log = 0, done = 0;
    sql << "pragma wal_checkpoint(truncate)", soci::into(busy), soci::into(log), soci::into(done);
    if (busy != 0) return failure(Errc::unavailable, "the words are gone, but another program still reads the store's log, where traces may be: try again");
    return {};
  });
}

Result<Digest> Vault::recognise(std::string_view text) {
  auto master = master_key();
  if (!master) return std::move(master).error();
  const auto derived = hmac_sha256(*master, "tocsin request digests");  // a key of its own for each use
  return hmac_sha256({reinterpret_cast<const char*>(derived.bytes.data()), derived.bytes.size()}, text);
}

}  // namespace tocsin::sql_store
