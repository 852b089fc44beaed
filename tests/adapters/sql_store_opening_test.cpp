// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/adapters/nobody.h"
#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

using sql_store::Database;

Errc code_of_opening(const std::string& path) {
  const auto opened = Database::open(path);
  REQUIRE_FALSE(opened);
  CAPTURE(opened.error().message);
  CHECK_FALSE(opened.error().message.empty());
  return opened.error().code;
}

void write_file(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

}  // namespace

TEST_CASE("opening a store that is not there makes none") {
  const Folder folder;
  CHECK(code_of_opening(folder / "none.db") == Errc::not_found);
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
  CHECK(code_of_opening(folder / "no/such/folder.db") == Errc::not_found);
  CHECK(Database::open_or_create(folder / "no/such/folder.db", "live").error().code == Errc::unavailable);
}

TEST_CASE("what is no store of ours is left as it is") {
  const Folder folder;
  SECTION("not a database") {
    write_file(folder / "x.db", std::string(5000, 'x'));
    CHECK(code_of_opening(folder / "x.db") == Errc::corrupt);
    CHECK(Database::open_or_create(folder / "x.db", "live").error().code == Errc::corrupt);
    CHECK(std::filesystem::file_size(folder / "x.db") == 5000);
  }
  SECTION("a database of somebody else") {
    RawSql(folder / "x.db").run("create table t (x)");
    CHECK(code_of_opening(folder / "x.db") == Errc::corrupt);
    CHECK(Database::open_or_create(folder / "x.db", "live").error().code == Errc::corrupt);
    CHECK(RawSql(folder / "x.db").text("select count(*) from sqlite_master") == "1");
  }
  SECTION("a store of a newer version") {
    { StoreFile file(folder / "x.db"); }
    RawSql(folder / "x.db").run("pragma user_version = 2");
    CHECK(code_of_opening(folder / "x.db") == Errc::unavailable);
    CHECK(Database::open(folder / "x.db").error().message.find("newer tocsin") != std::string::npos);
  }
  SECTION("a store with its end cut off") {
    { StoreFile file(folder / "x.db"); }
    std::filesystem::resize_file(folder / "x.db", 4096);
    CHECK(code_of_opening(folder / "x.db") == Errc::corrupt);
  }
}

TEST_CASE("a store that a power cut left half made is finished by whoever makes one next") {
  const Folder folder;
  write_file(folder / "empty.db", "");
  CHECK(code_of_opening(folder / "empty.db") == Errc::not_found);
  CHECK(Database::open_or_create(folder / "empty.db", "live"));
  RawSql(folder / "bare.db").text("pragma journal_mode=wal");
  CHECK(Database::open_or_create(folder / "bare.db", "live"));
  CHECK(Database::open(folder / "bare.db"));
}

TEST_CASE("a store that is made in somebody's empty file is for its owner's eyes, and so are the files beside it") {
  const Folder folder;
  for (const auto* name : {"empty.db", "bare.db"}) {
    CAPTURE(name);
    const std::string path = folder / name;
    write_file(path, "");
    if (name == std::string("bare.db")) RawSql(path).text("pragma journal_mode=wal");
    REQUIRE(chmod(path.c_str(), 0644) == 0);
    const auto made = Database::open_or_create(path, "live");
    REQUIRE(made);
    for (const auto* end : {"", "-wal", "-shm"}) {
      struct stat found {};
      REQUIRE(stat((path + end).c_str(), &found) == 0);
      CHECK((found.st_mode & 0777) == 0600);
    }
  }
}

TEST_CASE("a store remembers what it was made for") {
  const Folder folder;
  { REQUIRE(Database::open_or_create(folder / "s.db", "story")); }
  CHECK((*Database::open(folder / "s.db"))->purpose() == "story");
  CHECK((*Database::open_or_create(folder / "s.db", "live"))->purpose() == "story");
}

TEST_CASE("odd names are files and nothing else") {
  const Folder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const std::string name : {":memory:", "file:x.db?mode=memory", "two  words.db", "semi;colon.db", "a=b c=d.db"}) {
    CAPTURE(name);
    { CHECK(Database::open_or_create(name, "live")); }
    CHECK(std::filesystem::exists(folder / name));
    CHECK(Database::open(name));
  }
  CHECK(Database::open_or_create("quo\"te.db", "live").error().code == Errc::invalid);
  std::filesystem::current_path(before);
}

TEST_CASE("a store that may not be written can still be read") {
  const Folder folder;
  {
    StoreFile file(folder / "cases.db");
    REQUIRE(file.events.append(History("A-1").next(2)));
  }
  give_to_nobody(folder.path());
  const auto reads_and_refuses = [&] {
    auto database = Database::open(folder / "cases.db");
    if (!database) return false;
    sql_store::EventStore events(**database);
    const auto records = events.read("A-1");
    if (!records || records->size() != 2) return false;
    const auto written = events.append(History("B-1").next(1));
    return !written && written.error().code == Errc::unavailable && events.read("B-1")->empty();
  };
  SECTION("the file is read-only") {
    REQUIRE(chmod((folder / "cases.db").c_str(), 0400) == 0);
    CHECK(as_nobody(reads_and_refuses));
  }
  SECTION("the folder is read-only") {
    REQUIRE(unlink((folder / "cases.db.lock").c_str()) == 0);
    REQUIRE(chmod(folder.path().c_str(), 0500) == 0);
    CHECK(as_nobody(reads_and_refuses));
    chmod(folder.path().c_str(), 0700);
  }
  SECTION("both are") {
    REQUIRE(chmod((folder / "cases.db").c_str(), 0400) == 0);
    REQUIRE(chmod(folder.path().c_str(), 0500) == 0);
    CHECK(as_nobody(reads_and_refuses));
    chmod(folder.path().c_str(), 0700);
  }
}

TEST_CASE("reading makes no file and changes none") {
  const Folder folder;
  {
    StoreFile file(folder / "cases.db");
    REQUIRE(file.events.append(History("A-1").next_with_card(card(), 2)));
  }
  std::filesystem::remove(folder / "cases.db.lock");
  const auto before = std::filesystem::last_write_time(folder / "cases.db");
  {
    auto database = Database::open(folder / "cases.db");
    REQUIRE(database);
    CHECK(sql_store::EventStore(**database).read("A-1")->size() == 2);
    CHECK(sql_store::EventStore(**database).inspect()->empty());
    CHECK(sql_store::Vault(**database, folder / "k").open("A-1", {std::string(64, '0')})->front() == std::nullopt);
  }
  CHECK(std::filesystem::last_write_time(folder / "cases.db") == before);
  for (const auto* name : {"cases.db.lock", "cases.db-wal", "k"}) CHECK_FALSE(std::filesystem::exists(folder / name));
}

TEST_CASE("a full disk refuses the append whole, and the store goes on when there is space") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  History history("A-1");
  REQUIRE(file.events.append(history.next_with_card(card(), 2)));
  const auto limit_to = [&](const std::string& pages) {
    return file.database->read([&](sql_store::Session& session) -> Result<void> {
      session.number("pragma max_page_count=" + pages);
      return {};
    });
  };
  REQUIRE(limit_to("1"));  // SQLite takes the pages that there are
  auto large = History::after(*file.events.read("A-1"), "A-1").says(Json::object({{"t", std::string(100'000, 'x')}}));
  auto append = large.next_with_card(card(), 2);
  REQUIRE(file.vault.seal("A-1", "words", append.vault));
  const auto refused = file.events.append(append);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unavailable);
  CHECK(refused.error().message.find("full") != std::string::npos);
  CHECK(file.events.read("A-1")->size() == 2);
  CHECK(file.events.cards("", 10)->front().version == 2);
  REQUIRE(limit_to("100000"));
  CHECK(file.events.append(append));
  CHECK(ledger::verify_stream(*file.events.read("A-1")));
  CHECK(file.events.inspect()->empty());
}

}  // namespace tocsin::tests
