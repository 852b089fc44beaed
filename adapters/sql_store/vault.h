// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "adapters/sql_store/sqlite.h"
#include "engine/ports/upkeep.h"
#include "engine/ports/vault.h"

namespace tocsin::sql_store {

/// The vault in the same SQLite file: XChaCha20-Poly1305 under one key per stream, which lies wrapped by the master key
/// (docs/formats/store.md). The master key is a file outside the database, made with the first words of a store and never
/// while there are any: a store whose key is gone says so (`unavailable`), a key that does not open the store is
/// `corrupt`. Thread-safe.
class Vault : public ports::Vault {
 public:
  /// `database` must outlive it. The key file is first touched when words are.
  Vault(Database& database, std::string key_file);
  ~Vault() override;

  Result<std::string> seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) override;
  Result<std::vector<std::optional<std::string>>> open(std::string_view stream,
                                                       const std::vector<std::string>& digests) override;
  Result<void> forget(std::string_view stream) override;
  Result<Digest> recognise(std::string_view bytes) override;

  const std::string& key_file() const { return key_file_; }
  /// How the key's file stands to this store. Makes and changes nothing.
  Result<ports::KeyState> key_state();

 private:
  /// What the store knows of its key: a mark that tells the right one, and whether words lie under it.
  struct Kept {
    std::string mark;
    bool has_words = false;
    friend bool operator==(const Kept&, const Kept&) = default;
  };

  static Kept kept_in(Session& session);
  Result<Kept> look();
  Result<std::string> matching_key(const std::string& mark) const;
  Result<std::string> existing_key();
  Result<std::string> key_for_writing();
  Result<std::string> make_key(const Kept& seen);

  Database& database_;
  const std::string key_file_;
  std::mutex mutex_;
  std::string master_;
};

}  // namespace tocsin::sql_store
