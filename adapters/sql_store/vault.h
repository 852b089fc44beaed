// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "adapters/sql_store/sqlite.h"
#include "engine/ports/vault.h"

namespace tocsin::sql_store {

/// The vault in the same SQLite file: XChaCha20-Poly1305 under one key per stream, which lies wrapped by the master key. The master key
/// is a file of 64 hex digits, mode 0600, outside the database. It is made with the first words of a store and never again: a store whose key is
/// gone says so (`unavailable`), a key that does not open the store is `corrupt`. Thread-safe.
class Vault : public ports::Vault {
 public:
  /// `database` must outlive it. Nothing is read until words are.
  Vault(Database& database, std::string key_file);
  ~Vault() override;

  Result<std::string> seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) override;
  Result<std::vector<std::optional<std::string>>> open(std::string_view stream, const std::vector<std::string>& digests) override;
  Result<void> forget(std::string_view stream) override;
  Result<Digest> recognise(std::string_view bytes) override;

 private:
  Result<std::string> master_key();
  Result<std::string> load_or_make_key();
  Result<std::string> read_key_file() const;
  Result<std::string> make_key_file() const;
  Result<void> check_or_mark(const std::string& key, bool is_new);
  Result<std::optional<std::string>> stream_key(const std::string& master, const std::string& stream);

  Database& database_;
  const std::string key_file_;
  std::mutex mutex_;
  std::string master_;
};

}  // namespace tocsin::sql_store
