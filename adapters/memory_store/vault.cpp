// SPDX-License-Identifier: Apache-2.0
#include "adapters/memory_store/vault.h"

#include <sodium.h>

namespace tocsin::memory_store {
namespace {

constexpr std::size_t kKeyBytes = 32;

std::string random_key() {
  std::string key(kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  return key;
}

}  // namespace

Vault::Vault(EventStore& store) {
  if (sodium_init() < 0) std::abort();  // no random numbers: nothing here would be safe
  key_ = random_key();
  store.on_vault_rows([this](const ports::VaultRows& rows) {
    const std::lock_guard lock(mutex_);
    for (const auto& row : rows.rows) rows_[rows.stream].insert_or_assign(row.digest, row.ciphertext);
  });
}

Result<std::string> Vault::seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) {
  rows.stream = stream;
  auto key = random_key();
  auto digest = to_hex(hmac_sha256(key, text));
  rows.rows.push_back({digest, std::move(key.append(text))});
  return digest;
}

Result<std::vector<std::optional<std::string>>> Vault::open(std::string_view stream,
                                                            const std::vector<std::string>& digests) {
  const std::lock_guard lock(mutex_);
  std::vector<std::optional<std::string>> words(digests.size());
  const auto kept = rows_.find(stream);
  if (kept == rows_.end()) return words;
  for (std::size_t i = 0; i < digests.size(); ++i)
    if (const auto row = kept->second.find(digests[i]); row != kept->second.end()) words[i] = row->second.substr(kKeyBytes);
  return words;
}

Result<void> Vault::forget(std::string_view stream) {
  const std::lock_guard lock(mutex_);
  if (const auto kept = rows_.find(stream); kept != rows_.end()) rows_.erase(kept);
  return {};
}

Result<Digest> Vault::recognise(std::string_view bytes) { return hmac_sha256(key_, bytes); }

}  // namespace tocsin::memory_store
