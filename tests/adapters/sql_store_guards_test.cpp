// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat found {};
  REQUIRE(stat(path.c_str(), &found) == 0);
  return found.st_mode & 0777;
}

std::vector<std::string> findings(const ports::EventStore& store) {
  const auto found = store.inspect();
  REQUIRE(found);
  std::vector<std::string> all;
  for (const auto& finding : *found) all.push_back((finding.is_warning ? "warning: " : "problem: ") + finding.message);
  return all;
}

bool mentions(const std::vector<std::string>& all, const std::string& words) {
  for (const auto& one : all)
    if (one.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("events refuse to be changed, removed or replaced by anybody's SQL") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  History history("A-1");
  REQUIRE(file.events.append(history.next_with_card(card(), 3)));
  RawSql sql(folder / "cases.db");
  const auto before = sql.text("select group_concat(bytes) from events");
  CHECK(sql.run("update events set bytes = '{}' where n = 2") == SQLITE_CONSTRAINT);
  CHECK(sql.run("update events set recorded_at = 0") == SQLITE_CONSTRAINT);
  CHECK(sql.run("delete from events where n = 3") == SQLITE_CONSTRAINT);
  CHECK(sql.run("delete from events") == SQLITE_CONSTRAINT);
  const std::string values = "'A-1', 2, 'fact_set', 0, 0, 'eve', 'eve', '{}', '')";
  CHECK(sql.run("insert or replace into events values (2, " + values) == SQLITE_CONSTRAINT);
  CHECK(sql.run("insert or replace into events values (4, " + values) == SQLITE_CONSTRAINT);
  CHECK(sql.run("insert into events values (9, 'A-1', 4, 'fact_set', 0, 0, 'eve', 'eve', '{}', '')") == SQLITE_CONSTRAINT);
  CHECK(sql.text("select group_concat(bytes) from events") == before);
  CHECK(findings(file.events).empty());
}

TEST_CASE("an auditor is told of every trigger that somebody took away") {
  for (const std::string trigger : {"events_are_never_changed", "events_are_never_removed", "events_are_only_appended"}) {
    const Folder folder;
    StoreFile file(folder / "cases.db");
    REQUIRE(RawSql(folder / "cases.db").run("drop trigger " + trigger) == SQLITE_OK);
    CHECK(mentions(findings(file.events), "warning: the trigger '" + trigger + "' is missing"));
  }
}

TEST_CASE("an auditor is told where the store does not fit together") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  REQUIRE(file.events.append(History("A-1").next_with_card(card(), 3)));
  REQUIRE(file.events.append(History("B-1").next_with_card(card(), 1)));
  RawSql sql(folder / "cases.db");
  SECTION("events are gone") {
    sql.run("drop trigger events_are_never_removed");
    REQUIRE(sql.run("delete from events where seq = 2") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "gaps"));
  }
  SECTION("a whole case is gone") {
    sql.run("drop trigger events_are_never_removed");
    REQUIRE(sql.run("delete from events where stream = 'B-1'") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "has no events"));
  }
  SECTION("a card is gone") {
    REQUIRE(sql.run("delete from cards where stream = 'B-1'") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "has no card"));
  }
  SECTION("a card is older than its case") {
    REQUIRE(sql.run("update cards set version = 2 where stream = 'A-1'") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "not that of its last event"));
  }
  SECTION("a name is gone") {
    REQUIRE(sql.run("delete from names where name = 'B-1'") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "nobody finds it"));
  }
  SECTION("an item belongs to nobody") {
    REQUIRE(sql.run("insert into items values ('Z-1', 'obligation', 'ico', 'dated', 1, '')") == SQLITE_OK);
    CHECK(mentions(findings(file.events), "belongs to no open case"));
  }
}

TEST_CASE("every file of a store can be read by its owner alone") {
  const Folder folder;
  const auto before = umask(0);
  StoreFile file(folder / "cases.db", folder / "config/vault.key");
  auto append = History("A-1").next(1);
  REQUIRE(file.vault.seal("A-1", "a title", append.vault));
  REQUIRE(file.events.append(append));
  umask(before);
  for (const auto* name : {"cases.db", "cases.db-wal", "cases.db-shm", "cases.db.lock", "config/vault.key"}) {
    CAPTURE(name);
    CHECK(mode_of(folder / name) == 0600);
  }
  CHECK(mode_of(folder / "config") == 0700);
}

TEST_CASE("a connection has every setting that a history needs") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  const auto settings = file.database->read([](sql_store::Session& session) -> Result<void> {
    CHECK(session.text("pragma journal_mode") == "wal");
    CHECK(session.number("pragma synchronous") == 2);
    CHECK(session.number("pragma foreign_keys") == 1);
    CHECK(session.number("pragma secure_delete") == 1);
    CHECK(session.number("pragma busy_timeout") == 10'000);
    CHECK(session.number("pragma application_id") == 0x544f4353);
    CHECK(session.number("pragma user_version") == 1);
    return {};
  });
  CHECK(settings);
}

TEST_CASE("a place that cannot keep the settings is refused") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  REQUIRE(RawSql(folder / "cases.db").text("pragma journal_mode=delete") == "delete");
  auto* usual = sqlite3_vfs_find(nullptr);
  sqlite3_vfs_register(sqlite3_vfs_find("unix-none"), 1);  // has no shared memory, so no log either
  const auto opened = sql_store::Database::open(folder / "cases.db");
  const auto made = sql_store::Database::open_or_create(folder / "new.db", "live");
  sqlite3_vfs_register(usual, 1);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::unavailable);
  INFO(opened.error().message);
  CHECK(opened.error().message.find("settings") != std::string::npos);
  CHECK_FALSE(made);
}

TEST_CASE("a copy that came without its log's mode gets it back") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  REQUIRE(RawSql(folder / "cases.db").text("pragma journal_mode=delete") == "delete");
  StoreFile file(folder / "cases.db");
  CHECK(RawSql(folder / "cases.db").text("pragma journal_mode") == "wal");
}

}  // namespace tocsin::tests
