// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/sql_store/statement.h"
#include "engine/base/result.h"

namespace tocsin::sql_store {

/// One SQLite file, opened with the settings that a history needs (WAL, synchronous FULL, foreign keys, secure delete),
/// each read back: it refuses to work on a file that does not keep them. The one place that owns a SOCI session. One
/// writer at a time, fair between processes through an advisory lock on a file beside the database. Safe from several
/// threads: every use goes through read() or write(). Reading writes nothing, and works where nothing may be written.
///
///   auto database = Database::open_or_create("/srv/breach/cases.db", "live");
///   if (!database) return database.error();
///   EventStore events(**database);
class Database {
 public:
  /// Opens an existing store. `not_found` when there is no file, `corrupt` when it is no store of ours, `unavailable` when
  /// a newer version made it or it cannot be read, `invalid` on a network file system, where locks cannot be trusted.
  static Result<std::unique_ptr<Database>> open(const std::string& path);

  /// Opens it wherever it lies, only to look: no setting of the file is changed, nothing can be written, and a log that others left
  /// stays as it is.
  static Result<std::unique_ptr<Database>> open_to_look(const std::string& path);

  /// Opens a store, making it (mode 0600, purpose live, story or exercise) when there is none. An existing store keeps its
  /// purpose.
  static Result<std::unique_ptr<Database>> open_or_create(const std::string& path, const std::string& purpose);

  /// Opens an existing store to look at it in passing, as completion does: what is asked of it changes no file, not even the log
  /// beside it, where no other program has one open. What another program records meanwhile may be missed. Fails as open() does.
  static Result<std::unique_ptr<Database>> look(const std::string& path);

  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const { return path_; }
  const std::string& purpose() const { return purpose_; }

  /// "file"; "frozen" where nothing may be written, so that the file is read as it lies; "copy" where that file has a log, and both were
  /// read into memory.
  std::string access() const { return is_copy_ ? "copy" : is_frozen_ ? "frozen" : "file"; }

  /// How many transactions this process has committed. May be asked in a signal handler.
  static std::uint64_t commits() noexcept;

  using Work = std::function<Result<void>(Session&)>;

  /// Runs `work` with the session to itself. What SOCI throws comes back as an error.
  Result<void> read(const Work& work);

  /// The same inside one transaction, begun at once and committed when `work` returns success; rolled back otherwise.
  Result<void> write(const Work& work);

  /// Writes the file anew without its free pages and empties the log, so that nothing deleted is left in either.
  /// `unavailable` while another process reads the log.
  Result<void> scrub();

 private:
  explicit Database(std::string path);
  Result<void> connect(const std::string& name);
  Result<void> connect_to_copy();
  Result<void> open_existing();
  Result<void> open_frozen();
  Result<bool> is_empty();
  Result<void> create_schema(const std::string& purpose);
  Result<void> check_schema();
  Result<void> set_and_read_back();
  Result<void> guarded(const Work& work);
  Result<void> transact(const Work& work);
  Result<void> commit();
  void open_lock_file();
  Error error_of(const std::exception& thrown);

  struct Connection;

  const std::string path_;
  std::string purpose_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
  int lock_file_ = -1;  ///< opened by the first write
  int last_code_ = 0;   ///< SQLite's own word for the last failure
  bool is_frozen_ = false;
  bool is_copy_ = false;
  bool only_looks_ = false;
};

}  // namespace tocsin::sql_store
