// SPDX-License-Identifier: Apache-2.0
// What transcripts cannot do: large input, bytes that are no text, files changed behind our back.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/adapters/raw_sql.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
using tests::Ran;
namespace fs = std::filesystem;

namespace {

/// Changes stored events as a database administrator could: without the triggers.
void tamper(const fs::path& database, const std::string& change) {
  tests::RawSql sql(database);
  sql.run("drop trigger events_are_never_changed");
  sql.run("drop trigger events_are_never_removed");
  sql.run(change);
}

}  // namespace

TEST_CASE("one changed byte of one event is found, whatever reads it") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"audit", "verify"}).code == 0);
  tamper(desk.database(), "update events set bytes = replace(bytes, 'supplier-breach', 'supplier-breech') where n = 1");
  const auto verified = desk.run({"audit", "verify"});
  CHECK(verified.code == 7);
  CHECK(verified.out.find("NOT VERIFIED") == 0);
  CHECK(verified.out.find("the bytes do not give the seal, so somebody changed them") != std::string::npos);
  CHECK(verified.out.find("the trigger 'events_are_never_changed' is missing") != std::string::npos);
  CHECK(desk.run({"case", "show", "FF-1"}).code == 7);
  CHECK(desk.run({"case", "note", "FF-1", "hello"}).code == 7);
}

TEST_CASE("a changed column, a removed event and a swapped number are found") {
  for (const std::string change :
       {"update events set by = 'eve' where n = 2", "update events set at = at + 1 where n = 1",
        "delete from events where n = 2", "update events set seal = substr(seal, 2) || substr(seal, 1, 1) where n = 1",
        "update cards set version = 99"}) {
    INFO(change);
    Desk desk;
    REQUIRE(desk.open().code == 0);
    tamper(desk.database(), change);
    CHECK(desk.run({"audit", "verify"}).code == 7);
  }
}

TEST_CASE("ten megabytes on standard input are refused with a sentence, and nothing is recorded") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto ran = desk.run({"case", "note", "FF-1", "-"}, std::string(10'000'000, 'x'));
  CHECK(ran.code == 2);
  CHECK(ran.err == "tocsin: standard input is longer than 1 MiB: shorten it, or record where it is kept\n");
  CHECK(desk.run({"case", "note", "FF-1", "-"}, std::string(1'000'000, 'x')).code == 0);
}

TEST_CASE("standard input is read once, and two values that ask for it are told so") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto ran = desk.run({"case", "set", "FF-1", "how_found=-", "lessons=-"}, "a guard found it");
  CHECK(ran.code == 2);
  CHECK(ran.err.find("standard input can be read once, and two values ask for it") != std::string::npos);
  CHECK(desk.run({"case", "set", "FF-1", "how_found=-"}, "a guard found it").code == 0);
  std::ofstream(desk.folder() / "empty.txt") << "\n";
  const auto empty =
      desk.run({"case", "set", "FF-1", "risk=high_risk", "--because", "@" + (desk.folder() / "empty.txt").string()});
  CHECK(empty.code == 2);
  CHECK(empty.err == "tocsin: the file of --because is empty, and it needs words\n");
}

TEST_CASE("words that are not UTF-8 are refused, wherever they come from") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  CHECK(desk.run({"case", "note", "FF-1", "-"}, "caf\xe9").code == 2);
  CHECK(desk.run({"case", "note", "FF-1", "caf\xe9"}).code == 2);
  CHECK(desk.run({"case", "set", "FF-1", "supplier_name=caf\xe9"}).code == 2);
  CHECK(desk.run({"case", "set", "FF-1", "caf\xe9=1"}).code == 2);
  CHECK(desk.run({"case", "note", "FF-1", "hello", "--as", "caf\xe9"}).code == 2);
  CHECK(desk.run({"c\xe9", "\xff"}).code == 2);
  std::ofstream(desk.folder() / "words.txt") << "caf\xe9";
  CHECK(desk.run({"case", "note", "FF-1", "@" + (desk.folder() / "words.txt").string()}).code == 2);
  CHECK(desk.run({"case", "note", "FF-1", "@" + (desk.folder() / "none.txt").string()}).code == 2);
  CHECK(desk.run({"case", "note", "FF-1", "@" + desk.folder().string()}).code == 2);
}

TEST_CASE("a reference of a megabyte is refused in a short sentence") {
  Desk desk;
  const std::string huge(1 << 20, 'A');
  const auto opened = desk.run({"case", "open", "uk/supplier-breach", "--title", "x", "--ref", huge});
  CHECK(opened.code == 2);
  CHECK(opened.err.size() < 300);
  REQUIRE(desk.open().code == 0);
  for (const auto& words : {std::vector<std::string>{"case", "show", huge},
                            {"case", "set", "FF-1", huge},
                            {"case", "move", "FF-1", huge},
                            {"notice", "record", "FF-1", huge, "--channel", "x", "--reference", "pending"},
                            {"case", "set", "FF-1", "risk=" + huge},
                            {huge},
                            {"due", "--" + huge},
                            {"clock", "explain", huge, "--from", "2026-05-02T02:00Z"}}) {
    const auto ran = desk.run(words);
    CHECK((ran.code == 2 || ran.code == 3));
    CHECK(ran.err.size() < 400);
  }
}

TEST_CASE("an error never holds control characters that a terminal would obey") {
  Desk desk;
  const auto ran = desk.run({"\x1b[2Jcase", "x\ny"});
  CHECK(ran.code == 2);
  CHECK(ran.err.find('\x1b') == std::string::npos);
}

TEST_CASE("without the vault's key, due and audit verify work and words are null") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  fs::rename(desk.key(), desk.folder() / "elsewhere.key");
  const auto due = desk.run({"due", "--json"});
  CHECK(due.code == 0);
  CHECK(due.out.find("\"title\":null") != std::string::npos);
  const auto verified = desk.run({"audit", "verify", "--json"});
  CHECK(verified.code == 0);
  CHECK(verified.out.find("\"ok\":true") != std::string::npos);
  CHECK(desk.run({"case", "note", "FF-1", "hello"}).code == 10);
  CHECK_FALSE(fs::exists(desk.key()));
  CHECK(desk.run({"case", "show", "FF-1"}).code == 0);
}

TEST_CASE("a wrong key is corrupt, a clock that was set back is unavailable, one far ahead is told") {
  Desk desk, other;
  REQUIRE(desk.open().code == 0);
  REQUIRE(other.open().code == 0);
  SECTION("wrong key") {
    fs::copy_file(other.key(), desk.key(), fs::copy_options::overwrite_existing);
    CHECK(desk.run({"case", "note", "FF-1", "hello"}).code == 7);
  }
  SECTION("set back") {
    desk.clock("2026-05-02T01:00Z");
    CHECK(desk.run({"case", "note", "FF-1", "hello"}).code == 10);
    CHECK(desk.run({"case", "show", "FF-1"}).code == 0);
  }
  SECTION("far ahead") {
    desk.clock("2026-07-02T01:00Z");
    const auto ran = desk.run({"case", "note", "FF-1", "hello"});
    CHECK(ran.code == 0);
    CHECK(ran.err.find("more than thirty days ahead") != std::string::npos);
  }
}

TEST_CASE("a newer schema, a truncated file and another program's database each have their code") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  SECTION("newer") {
    tests::RawSql(desk.database()).run("pragma user_version=99");
    const auto ran = desk.run({"due"});
    CHECK(ran.code == 10);
    CHECK(ran.err.find("newer tocsin") != std::string::npos);
  }
  SECTION("another program's") {
    const auto path = desk.folder() / "other.db";
    tests::RawSql(path).run("create table t (a)");
    CHECK(desk.run({"due", "--db", path.string()}).code == 7);
  }
  SECTION("truncated") {
    fs::resize_file(desk.database(), fs::file_size(desk.database()) / 3);
    CHECK(desk.run({"audit", "verify"}).code == 7);
  }
  SECTION("a folder") { CHECK(desk.run({"due", "--db", desk.folder().string()}).code != 0); }
}

TEST_CASE("an address is no store's name, and no folder is made of it") {
  Desk desk;
  const auto here = fs::current_path();
  fs::current_path(desk.folder());
  for (const auto* address :
       {"postgresql://ann:hunter2@host/tocsin", "postgres://host/x", "https://host/x", "file:///tmp/x.db"}) {
    INFO(address);
    desk.set("TOCSIN_DB", address);
    for (const auto& ran :
         {desk.open(), desk.run({"due"}), desk.run({"people", "add", "ann", "--role", "dpo"}),
          desk.run({"replay", TOCSIN_SOURCE_DIR "/examples/fictional-disclosure/story.yaml", "--db", address})}) {
      CHECK(ran.code == 2);
      CHECK(ran.err.find("begins an address") != std::string::npos);
      CHECK(ran.err.find("hunter2") == std::string::npos);
      CHECK((std::string(address).find("postgres") == 0) == (ran.err.find("not yet in PostgreSQL") != std::string::npos));
    }
  }
  CHECK(std::distance(fs::directory_iterator("."), {}) == 0);
  desk.set("TOCSIN_DB", "a:b.db");
  CHECK(desk.open().code == 0);
  fs::current_path(here);
}
