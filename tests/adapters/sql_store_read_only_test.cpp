// SPDX-License-Identifier: Apache-2.0
// A store on a medium that cannot be written, with and without the log that a program left there.
#include <signal.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/sql_store/memory_image.h"
#include "tests/adapters/nobody.h"
#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

using sql_store::Database;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// A store with its log, as a program that was killed leaves them: two events in the file, three more only in the log.
void leave_with_log(const std::string& path) {
  {
    StoreFile file(path);
    REQUIRE(file.events.append(History("A-1").next_with_card(card(), 2)));
  }
  const auto child = fork();
  if (child == 0) {
    StoreFile file(path);
    (void)file.events.append(History::after(*file.events.read("A-1"), "A-1").next_with_card(card(), 3));
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  REQUIRE(std::filesystem::file_size(path + "-wal") > 0);
}

std::size_t events_in(const std::string& path, std::string* access = nullptr) {
  auto database = Database::open(path);
  if (!database) return 0;
  if (access != nullptr) *access = (*database)->access();
  sql_store::EventStore events(**database);
  const auto records = events.read("A-1");
  const bool holds = records && ledger::verify_stream(*records) && events.inspect() && events.inspect()->empty();
  const bool writes = static_cast<bool>(events.append(History("B-1").next(1)));
  return holds && !writes ? records->size() : 0;
}

void make_read_only(const Folder& folder) {
  give_to_nobody(folder.path());
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    REQUIRE(chmod(entry.path().c_str(), 0400) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0500) == 0);
}

}  // namespace

TEST_CASE("on a medium that cannot be written the newest entries are read from the log that was left there") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  SECTION("with the log's index") {}
  SECTION("without it, as a copy of file and log") { std::filesystem::remove(folder / "cases.db-shm"); }
  make_read_only(folder);
  CHECK(as_nobody([&] { return events_in(folder / "cases.db") == 5; }));
  chmod(folder.path().c_str(), 0700);
}

TEST_CASE("file and log are read in memory where SQLite could do neither, and nothing is left there") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  std::filesystem::remove(folder / "cases.db-shm");
  std::filesystem::remove(folder / "cases.db.lock");
  make_read_only(folder);
  CHECK(as_nobody([&] {
    std::string access;
    return events_in(folder / "cases.db", &access) == 5 && access == "copy";
  }));
  chmod(folder.path().c_str(), 0700);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);  // file and log
}

TEST_CASE("a log that cannot be read is not passed over") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  std::filesystem::remove(folder / "cases.db-shm");
  make_read_only(folder);
  REQUIRE(chmod((folder / "cases.db-wal").c_str(), 0) == 0);
  CHECK(as_nobody([&] {
    const auto opened = Database::open(folder / "cases.db");
    return !opened && opened.error().code == Errc::unavailable &&
           opened.error().message.find("newest entries") != std::string::npos;
  }));
  chmod(folder.path().c_str(), 0700);
}

TEST_CASE("a file without a log on a medium that cannot be written is read as it lies") {
  const Folder folder;
  {
    StoreFile file(folder / "cases.db");
    REQUIRE(file.events.append(History("A-1").next_with_card(card(), 2)));
  }
  make_read_only(folder);
  CHECK(as_nobody([&] {
    std::string access;
    return events_in(folder / "cases.db", &access) == 2 && access == "frozen";
  }));
  chmod(folder.path().c_str(), 0700);
}

TEST_CASE("looking at a store changes no byte and leaves no file, also with a log that was left") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  const bool has_index = GENERATE(true, false);
  if (!has_index) std::filesystem::remove(folder / "cases.db-shm");
  const auto file = bytes_of(folder / "cases.db"), log = bytes_of(folder / "cases.db-wal");
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  {
    auto database = Database::open_to_look(folder / "cases.db");
    REQUIRE(database);
    CHECK(sql_store::EventStore(**database).read("A-1")->size() == 5);
    CHECK_FALSE(sql_store::EventStore(**database).append(History("B-1").next(1)));
  }
  std::filesystem::remove(folder / "cases.db.lock");  // the attempt to write queued there
  CHECK(bytes_of(folder / "cases.db") == file);
  CHECK(bytes_of(folder / "cases.db-wal") == log);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) <= files);
}

TEST_CASE("a log is put into a file as SQLite does it") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  auto ours = bytes_of(folder / "cases.db");
  const auto log = bytes_of(folder / "cases.db-wal");
  REQUIRE(sql_store::put_log_into(ours, log) > 0);
  RawSql(folder / "cases.db").text("pragma wal_checkpoint(truncate)");
  auto theirs = bytes_of(folder / "cases.db");
  theirs[18] = theirs[19] = 1;  // ours is marked as a file without a log
  CHECK(ours == theirs);
}

TEST_CASE("what a log holds and never committed, or what does not give its checksums, is left out") {
  const Folder folder;
  leave_with_log(folder / "cases.db");
  const auto file = bytes_of(folder / "cases.db"), log = bytes_of(folder / "cases.db-wal");
  auto whole = file;
  const auto all = sql_store::put_log_into(whole, log);
  REQUIRE(all > 1);
  SECTION("its end is cut off") {
    auto cut = file;
    CHECK(sql_store::put_log_into(cut, std::string_view(log).substr(0, log.size() - 1)) < all);
    CHECK(cut.size() >= file.size());
  }
  SECTION("one byte was changed") {
    auto changed = log;
    changed[32 + 24 + 100] ^= 1;
    auto image = file;
    CHECK(sql_store::put_log_into(image, changed) == 0);
  }
  SECTION("it is no log") {
    for (const auto& junk : {std::string(), std::string(31, '\0'), std::string(5000, 'x'), log.substr(0, 32)}) {
      auto image = file;
      CHECK(sql_store::put_log_into(image, junk) == 0);
      CHECK(image.size() == file.size());
    }
  }
  SECTION("every cut gives a file, and none a crash") {
    for (std::size_t length = 0; length < log.size(); length += 997) {
      auto image = file;
      sql_store::put_log_into(image, std::string_view(log).substr(0, length));
      CHECK(image.size() % 4096 == 0);
    }
  }
}

}  // namespace tocsin::tests
