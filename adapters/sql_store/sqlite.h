// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "engine/base/result.h"

namespace soci {
class session;
}

namespace tocsin::sql_store {

/// One SQLite file, opened with the settings that a history needs (WAL, synchronous FULL, foreign keys, secure delete), each read back: it
/// refuses to work on a file that does not keep them. The one place that owns a SOCI session. One writer at a time, fair between processes
/// through an advisory lock on a file beside the database. Safe from several threads: every use goes through read() or write().
class Database {
 public:
  /// Opens an existing store. `not_found` when there is no file, `corrupt` when it is no store of ours, `unavailable` when a newer
  /// version made it or it cannot be read.
  static Result<std::unique_ptr<Database>> open(const std::string& path);

  /// Opens a store, making it (mode 0600, purpose live, story or exercise) when there is none.
  static Result<std::unique_ptr<Database>> open_or_create(const std::string& path, const std::string& purpose);

  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const { return path_; }
  const std::string& purpose() const { return purpose_; }

  /// Runs `work` with the session to itself. What SOCI throws comes back as an error.
  Result<void> read(const std::function<Result<void>(soci::session&)>& work);

  /// The same inside one transaction, begun at once and committed when `work` returns success; rolled back otherwise.
  Result<void> write(const std::function<Result<void>(soci::session&)>& work);

 private:
  Database(std::string path);
  Result<void> connect();
  Result<void> create_schema(const std::string& purpose);
  Result<void> check_schema();
  Result<void> set_and_read_back();

  std::string path_;
  std::string purpose_;
  std::mutex mutex_;
  std::unique_ptr<soci::session> session_;
  int lock_file_ = -1;
};

}  // namespace tocsin::sql_store
