// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/sqlite.h"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include "adapters/sql_store/dialect.h"
#include "adapters/sql_store/memory_image.h"
#include "adapters/sql_store/place.h"
#include "adapters/sql_store/schema.h"
#include "adapters/sql_store/writer_turn.h"

namespace tocsin::sql_store {
namespace {

constexpr int kTimeoutSeconds = 10;
std::atomic<std::uint64_t> committed{0};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

Error failure(Errc code, std::string message) { return Error{code, std::move(message), "store"}; }

std::int64_t size_of(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 ? std::int64_t{found.st_size} : -1;
}

/// Absolute, so that SQLite never takes a name such as "file:x" or ":memory:" for something else.
std::string absolute(const std::string& path) {
  std::error_code failed;
  const auto full = std::filesystem::absolute(path, failed);
  return failed ? "./" + path : full.string();
}

/// An empty file that somebody made first has the mode of their umask, and so have the files that SQLite made beside it.
bool keep_to_owner(const std::string& path) {
  for (const auto* end : {"-wal", "-shm"})
    if (chmod((path + end).c_str(), S_IRUSR | S_IWUSR) != 0 && errno != ENOENT) return false;
  return chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0;
}

/// The name by which SQLite reads a file without its log and without asking for locks.
std::string frozen_name(const std::string& path) {
  std::string name = "file:";
  for (const char c : path) {
    if (c == '%') name += "%25";
    else if (c == '?') name += "%3f";
    else if (c == '#') name += "%23";
    else name += c;
  }
  return name + "?immutable=1";
}

}  // namespace

struct Database::Connection {
  explicit Connection(const std::string& name)
      // The timeout comes first: setting anything else can already meet a lock.
      : soci(soci::sqlite3, "db=\"" + name + "\" timeout=" + std::to_string(kTimeoutSeconds)), session(soci) {}

  sqlite_api::sqlite3* raw() { return static_cast<soci::sqlite3_session_backend*>(soci.get_backend())->conn_; }

  soci::session soci;
  Session session;
};

Database::Database(std::string path) : path_(std::move(path)) {}

Database::~Database() {
  connection_.reset();
  if (lock_file_ >= 0) close(lock_file_);
}

/// What SQLite's result codes mean for whoever asked.
Error Database::error_of(const std::exception& thrown) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown);
  last_code_ = sqlite == nullptr ? 0 : sqlite->result() & 0xff;
  const auto store = "the store " + path_;
  switch (last_code_) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return failure(Errc::unavailable, store + " is locked by another program: try again");
    case SQLITE_FULL:
      return failure(Errc::unavailable, "the disk that holds " + path_ +
                                            " is full, nothing was recorded: free some "
                                            "space and try again");
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return failure(Errc::unavailable, store + " is read-only: give yourself write access to the file and its folder, "
                                                "or use another with --db");
    case SQLITE_IOERR:
      return failure(Errc::unavailable, "the disk that holds " + path_ +
                                            " does not answer, nothing was recorded: check "
                                            "the disk and its free space");
    case SQLITE_CANTOPEN:
      return failure(Errc::unavailable, store + " cannot be opened: check the permissions of the file and its folder");
    case SQLITE_NOTADB: return failure(Errc::corrupt, path_ + " is not a database: name a tocsin store with --db");
    case SQLITE_CORRUPT: return failure(Errc::corrupt, store + " is damaged: keep the file as it is and restore a backup");
    case SQLITE_CONSTRAINT: return failure(Errc::conflict, store + " holds this already: read again");
    default: return failure(Errc::unavailable, store + " failed: try again, and check the disk if it fails again");
  }
}

Result<void> Database::connect(const std::string& name) {
  connection_.reset();
  try {
    connection_ = std::make_unique<Connection>(name);
  } catch (const std::exception& thrown) {
    return error_of(thrown);
  }
  return {};
}

Result<void> Database::set_and_read_back() {
  return read([&](Session& session) -> Result<void> {
    session.run("pragma synchronous=FULL");
    session.run("pragma foreign_keys=ON");
    session.run("pragma secure_delete=ON");
    // What cannot be written cannot be lost either.
    const bool is_writable = !is_frozen_ && !only_looks_ && ::access(path_.c_str(), W_OK) == 0;
    if (only_looks_) session.run("pragma query_only=ON");
    // Copies that other tools make come without the log's mode.
    if (is_writable && session.text("pragma journal_mode") != "wal") session.text("pragma journal_mode=WAL");
    const bool kept = (!is_writable || session.text("pragma journal_mode") == "wal") &&
                      session.number("pragma synchronous") == 2 && session.number("pragma foreign_keys") == 1 &&
                      session.number("pragma secure_delete") == 1 &&
                      session.number("pragma busy_timeout") == kTimeoutSeconds * 1000;
    if (kept) return {};
    return failure(Errc::unavailable, "the store " + path_ +
                                          " does not keep the settings that a history needs: put it on "
                                          "a local disk");
  });
}

/// The file and its log as they are, in memory.
Result<void> Database::connect_to_copy() {
  using namespace sqlite_api;  // where SOCI puts SQLite's own functions
  auto image = memory_image(path_);
  if (!image) return std::move(image).error();
  if (auto ok = connect(":memory:"); !ok) return ok;
  const auto size = static_cast<sqlite3_int64>(image->size());
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image->size()));
  if (bytes == nullptr) return failure(Errc::unavailable, "the store " + path_ + " does not fit into memory");
  std::copy(image->begin(), image->end(), bytes);
  constexpr unsigned kFlags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY;
  if (sqlite3_deserialize(connection_->raw(), "main", bytes, size, size, kFlags) != SQLITE_OK)
    return failure(Errc::unavailable, "the store " + path_ + " could not be read into memory: try again");
  is_copy_ = true;
  return {};
}

/// Whether nobody has made a table in it yet.
Result<bool> Database::is_empty() {
  bool empty = false;
  auto looked = read([&](Session& session) -> Result<void> {
    empty = session.number("select count(*) from sqlite_master") == 0 && session.number("pragma user_version") == 0;
    return {};
  });
  if (!looked) return std::move(looked).error();
  return empty;
}

/// One process at a time, for SQLite does not wait when it changes to a log: those that come later find the tables.
Result<void> Database::create_schema(const std::string& purpose) {
  open_lock_file();
  const WriterTurn turn(lock_file_);
  const auto empty = is_empty();
  if (!empty) return empty.error();
  if (*empty && !keep_to_owner(path_))
    return failure(Errc::unavailable, "the store " + path_ +
                                          " cannot be kept from others' eyes, because the file is another account's: "
                                          "name one that is not there yet");
  if (auto ok = set_and_read_back(); !ok || !*empty) return ok;
  auto created = transact([&](Session& session) -> Result<void> {
    if (session.number("pragma user_version") != 0) return {};  // somebody who did not wait for the turn was faster
    for (int i = 0; i < kSchemaStatements; ++i) session.run(kSchema[i]);
    session.start(dialect::kPutSetting, std::string_view("purpose"), purpose);
    session.run("pragma application_id=" + std::to_string(kApplicationId));
    session.run("pragma user_version=" + std::to_string(kSchemaVersion));
    return {};
  });
  if (!created) return created;
  // Until the log is in the file, a power cut could still take the tables away.
  return read([](Session& session) -> Result<void> {
    session.run("pragma wal_checkpoint(truncate)");
    return {};
  });
}

Result<void> Database::check_schema() {
  return read([&](Session& session) -> Result<void> {
    const auto application = session.number("pragma application_id"), version = session.number("pragma user_version");
    if (application != kApplicationId || version < 1)
      return failure(Errc::corrupt, path_ + " is a database, but not a tocsin store: name another with --db");
    if (version > kSchemaVersion)
      return failure(Errc::unavailable, "the store " + path_ + " was made by a newer tocsin: upgrade this one");
    auto& setting = session.start(dialect::kFindSetting, std::string_view("purpose"));
    if (!setting.next())
      return failure(Errc::corrupt, "the store " + path_ +
                                        " does not say what it was made for: keep the file as it is "
                                        "and restore a backup");
    purpose_ = setting.text(0);
    return {};
  });
}

/// Where the folder may not be written, SQLite can make neither log nor index of the log; a file whose log is empty can
/// then be read as it is. One with a log is read in memory, because the log holds the newest entries.
Result<void> Database::open_frozen() {
  is_frozen_ = true;
  auto connected = size_of(path_ + "-wal") > 0 ? connect_to_copy() : connect(frozen_name(path_));
  return connected ? check_schema() : connected;
}

Result<void> Database::open_existing() {
  const bool has_log = size_of(path_ + "-wal") > 0;
  // A log without its index: SQLite would make the index, and leave it there.
  if (only_looks_ && has_log && size_of(path_ + "-shm") < 0) {
    if (auto ok = open_frozen(); !ok) return ok;
    return set_and_read_back();
  }
  if (auto ok = connect(path_); !ok) return ok;
  if (only_looks_ && has_log)
    sqlite_api::sqlite3_db_config(connection_->raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  auto checked = check_schema();
  const bool no_log = last_code_ == SQLITE_CANTOPEN || last_code_ == SQLITE_READONLY;
  if (!checked && no_log && ::access(path_.c_str(), R_OK) == 0) checked = open_frozen();
  if (!checked) return checked;
  return set_and_read_back();
}

Result<std::unique_ptr<Database>> Database::open_to_look(const std::string& path) {
  std::unique_ptr<Database> database(new Database(absolute(path)));
  database->only_looks_ = true;
  if (size_of(database->path_) <= 0) return failure(Errc::not_found, "there is no store at " + path);
  if (auto ok = database->open_existing(); !ok) return std::move(ok).error();
  return database;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  std::unique_ptr<Database> database(new Database(absolute(path)));
  if (auto ok = check_place(database->path_); !ok) return std::move(ok).error();
  // A file of no bytes is what a power cut leaves of a store that was being made.
  if (size_of(database->path_) <= 0 && size_of(database->path_ + "-wal") <= 0)
    return failure(Errc::not_found,
                   "there is no store at " + path + ": 'tocsin people add' or 'tocsin case open' makes one");
  if (auto ok = database->open_existing(); !ok) return std::move(ok).error();
  return database;
}

Result<std::unique_ptr<Database>> Database::look(const std::string& path) {
  std::unique_ptr<Database> database(new Database(absolute(path)));
  const auto& place = database->path_;
  if (size_of(place) <= 0) return failure(Errc::not_found, "there is no store at " + path);
  database->is_frozen_ = true;
  const bool has_log = size_of(place + "-wal") > 0;
  const auto frozen = frozen_name(place);
  const auto name = has_log ? frozen.substr(0, frozen.rfind('?')) + "?mode=ro" : frozen;
  if (auto ok = database->connect(name); !ok) return std::move(ok).error();
  if (auto ok = database->check_schema(); !ok) return std::move(ok).error();
  return database;
}

Result<std::unique_ptr<Database>> Database::open_or_create(const std::string& path, const std::string& purpose) {
  std::unique_ptr<Database> database(new Database(absolute(path)));
  const auto& place = database->path_;
  if (auto ok = check_place(place); !ok) return std::move(ok).error();
  if (size_of(place) > 0 || size_of(place + "-wal") > 0) {
    auto opened = open(path);
    // Another process may have made the file and not yet its tables: then it is ours to finish.
    if (opened || opened.error().code != Errc::corrupt) return opened;
    if (auto ok = database->connect(place); !ok) return std::move(ok).error();
    const auto empty = database->is_empty();
    if (!empty) return opened;
    if (!*empty) return open(path);
  } else {
    // SQLite's own files beside it take over this mode.
    const int file = ::open(place.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST)
      return failure(Errc::unavailable, "the store " + place + " cannot be made: check the folder and its permissions");
    if (file >= 0) close(file);
    if (auto ok = database->connect(place); !ok) return std::move(ok).error();
  }
  if (auto ok = database->create_schema(purpose); !ok) return std::move(ok).error();
  if (auto ok = database->check_schema(); !ok) return std::move(ok).error();
  return database;
}

/// Whatever happens inside, no statement stays open.
Result<void> Database::guarded(const Work& work) {
  Result<void> done;
  try {
    done = work(connection_->session);
  } catch (const std::exception& thrown) {
    done = error_of(thrown);
  }
  connection_->session.finish_all();
  return done;
}

Result<void> Database::read(const Work& work) {
  const std::lock_guard lock(mutex_);
  last_code_ = 0;
  return guarded(work);
}

Result<void> Database::write(const Work& work) {
  const std::lock_guard lock(mutex_);
  open_lock_file();
  const WriterTurn turn(lock_file_);
  return transact(work);
}

Result<void> Database::transact(const Work& work) {
  auto run = [](const Query& query) {
    return [&query](Session& session) -> Result<void> {
      session.start(query);
      return {};
    };
  };
  if (auto begun = guarded(run(dialect::kBegin)); !begun) return begun;
  auto done = guarded(work);
  if (done) done = commit();
  // On a full disk SQLite may have rolled back by itself; then this fails and there is nothing left to undo.
  if (!done) (void)guarded(run(dialect::kRollback));
  return done;
}

/// Told to stop while it commits, a process stops when it knows whether it did.
Result<void> Database::commit() {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  auto done = guarded([](Session& session) -> Result<void> {
    session.start(dialect::kCommit);
    return {};
  });
  if (done) committed.fetch_add(1);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return done;
}

std::uint64_t Database::commits() noexcept { return committed.load(); }

Result<void> Database::scrub() {
  const std::lock_guard lock(mutex_);
  open_lock_file();
  const WriterTurn turn(lock_file_);
  return guarded([&](Session& session) -> Result<void> {
    session.run("vacuum");
    if (session.number("pragma wal_checkpoint(truncate)") != 0)
      return failure(Errc::unavailable, "the words are gone from the store " + path_ +
                                            ", but another program still reads "
                                            "its log, where traces may be: try again");
    return {};
  });
}

void Database::open_lock_file() {
  if (lock_file_ < 0) lock_file_ = ::open((path_ + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
}

}  // namespace tocsin::sql_store
