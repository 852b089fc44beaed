// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/sqlite.h"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/sql_store/schema.h"

namespace tocsin::sql_store {
namespace {

constexpr int kTimeoutSeconds = 10;

Error failure(Errc code, std::string message) { return Error{code, std::move(message), "store"}; }

/// What SQLite's result codes mean for whoever asked.
Error error_of(const std::exception& thrown, const std::string& path) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown);
  switch (sqlite == nullptr ? 0 : sqlite->result() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return failure(Errc::unavailable, "the store " + path + " is locked by another program: try again");
    case SQLITE_FULL: return failure(Errc::unavailable, "the disk that holds " + path + " is full: free some space and try again; nothing was recorded");
    case SQLITE_READONLY: return failure(Errc::unavailable, "the store " + path + " is read-only: give yourself write access, or use another with --db");
    case SQLITE_IOERR: return failure(Errc::unavailable, "the disk that holds " + path + " does not answer: nothing was recorded, check the disk");
    case SQLITE_CANTOPEN: return failure(Errc::unavailable, "the store " + path + " cannot be opened: check the folder and its permissions");
    case SQLITE_NOTADB: return failure(Errc::corrupt, path + " is not a database: name a tocsin store with --db");
    case SQLITE_CORRUPT: return failure(Errc::corrupt, "the store " + path + " is damaged: keep the file as it is and restore a backup");
    case SQLITE_CONSTRAINT: return failure(Errc::conflict, "the store " + path + " holds this already: read again");
    default: return failure(Errc::unavailable, "the store " + path + " failed: try again, and check the disk if it fails again");
  }
}

/// Held while one process writes: SQLite's own waiting is not fair and may starve a process for seconds.
class WriterTurn {
 public:
  explicit WriterTurn(int file) : file_(file) {
    while (flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~WriterTurn() { flock(file_, LOCK_UN); }
  WriterTurn(const WriterTurn&) = delete;
  WriterTurn& operator=(const WriterTurn&) = delete;

 private:
  int file_;
};

template <class T>
T pragma(soci::session& session, const std::string& name) {
  T value{};
  session << "pragma " + name, soci::into(value);
  return value;
}

bool exists(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0;
}

}  // namespace

Database::Database(std::string path) : path_(std::move(path)) {}

Database::~Database() {
  session_.reset();
  if (lock_file_ >= 0) close(lock_file_);
}

Result<void> Database::connect() {
  if (path_.find('"') != std::string::npos || path_.find('\n') != std::string::npos)
    return failure(Errc::invalid, "a path of a store has no quotes or line breaks: rename the file");
  lock_file_ = ::open((path_ + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  try {
    // The timeout comes first: setting anything else can already meet a lock.
    session_ = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path_ + "\" timeout=" + std::to_string(kTimeoutSeconds));
  } catch (const std::exception& thrown) {
    return error_of(thrown, path_);
  }
  return {};
}

Result<void> Database::set_and_read_back() {
  return read([&](soci::session& session) -> Result<void> {
    session << "pragma synchronous=FULL";
    session << "pragma foreign_keys=ON";
    session << "pragma secure_delete=ON";
    const bool kept = pragma<std::string>(session, "journal_mode") == "wal" && pragma<int>(session, "synchronous") == 2 &&
                      pragma<int>(session, "foreign_keys") == 1 && pragma<int>(session, "secure_delete") == 1 &&
                      pragma<int>(session, "busy_timeout") == kTimeoutSeconds * 1000;
    if (!kept)
      return failure(Errc::unavailable, "the store " + path_ + " does not keep the settings that a history needs: put it on a local disk");
    return {};
  });
}

Result<void> Database::create_schema(const std::string& purpose) {
  auto created = read([&](soci::session& session) -> Result<void> {
    session << "pragma journal_mode=WAL";
    return {};
  });
  if (!created) return created;
  if (auto ok = set_and_read_back(); !ok) return ok;
  created = write([&](soci::session& session) -> Result<void> {
    if (pragma<int>(session, "user_version") != 0) return {};  // another process was faster
    for (const auto* statement : kSchema) session << statement;
    session << "insert into settings (name, value) values ('purpose', :p)", soci::use(purpose);
    session << "pragma application_id=" + std::to_string(kApplicationId);
    session << "pragma user_version=" + std::to_string(kSchemaVersion);
    return {};
  });
  if (!created) return created;
  return read([](soci::session& session) -> Result<void> {
    int busy = 0, log = 0, done = 0;  // without a checkpoint a power cut could still take the tables away
    session << "pragma wal_checkpoint(truncate)", soci::into(busy), soci::into(log), soci::into(done);
    return {};
  });
}

Result<void> Database::check_schema() {
  return read([&](soci::session& session) -> Result<void> {
    if (pragma<int>(session, "application_id") != kApplicationId)
      return failure(Errc::corrupt, path_ + " is a database, but not a tocsin store: name another with --db");
    if (pragma<int>(session, "user_version") > kSchemaVersion)
      return failure(Errc::unavailable, "the store " + path_ + " was made by a newer tocsin: use that version");
    session << "select value from settings where name = 'purpose'", soci::into(purpose_);
    return {};
  });
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  if (!exists(path)) return failure(Errc::not_found, "there is no store at " + path + ": 'tocsin people add' or 'tocsin case open' makes one");
  std::unique_ptr<Database> database(new Database(path));
  if (auto ok = database->connect(); !ok) return std::move(ok).error();
  if (auto ok = database->check_schema(); !ok) return std::move(ok).error();
  if (auto ok = database->set_and_read_back(); !ok) return std::move(ok).error();
  return database;
}

Result<std::unique_ptr<Database>> Database::open_or_create(const std::string& path, const std::string& purpose) {
  if (exists(path)) return open(path);
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);  // SQLite's own files take over this mode
  if (file < 0 && errno != EEXIST)
    return failure(Errc::unavailable, "the store " + path + " cannot be made: check the folder and its permissions");
  if (file >= 0) close(file);
  std::unique_ptr<Database> database(new Database(path));
  if (auto ok = database->connect(); !ok) return std::move(ok).error();
  if (auto ok = database->create_schema(purpose); !ok) return std::move(ok).error();
  if (auto ok = database->check_schema(); !ok) return std::move(ok).error();
  return database;
}

Result<void> Database::read(const std::function<Result<void>(soci::session&)>& work) {
  const std::lock_guard lock(mutex_);
  try {
    return work(*session_);
  } catch (const std::exception& thrown) {
    return error_of(thrown, path_);
  }
}

Result<void> Database::write(const std::function<Result<void>(soci::session&)>& work) {
  const std::lock_guard lock(mutex_);
  const WriterTurn turn(lock_file_);
  bool begun = false;
  Result<void> done;
  try {
    *session_ << "begin immediate";
    begun = true;
    done = work(*session_);
    if (done) {
      *session_ << "commit";
      return done;
    }
  } catch (const std::exception& thrown) {
    done = error_of(thrown, path_);
  }
  try {
    if (begun) *session_ << "rollback";
  } catch (const std::exception&) {
    // SQLite rolls back by itself on a full disk; there is nothing left to undo then.
  }
  return done;
}

}  // namespace tocsin::sql_store
