// SPDX-License-Identifier: Apache-2.0
// Each way in which a store may be unwell, and that doctor finds it, says what to do, and changes nothing.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/sql_store/place.h"
#include "engine/base/json.h"
#include "tests/adapters/raw_sql.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
namespace fs = std::filesystem;

namespace {

struct Visit {
  int code = 0;
  Json said;

  /// The first finding about something that is not ok.
  const Json* about(const std::string& what) const {
    for (const auto& finding : said["findings"].items())
      if (finding["about"].text() == what && finding["level"].text() != "ok") return &finding;
    return nullptr;
  }
};

Visit visit(Desk& desk, std::vector<std::string> more = {}) {
  std::vector<std::string> words = {"doctor", "--json"};
  words.insert(words.end(), more.begin(), more.end());
  const auto ran = desk.run(words);
  auto said = parse_json(ran.out);
  REQUIRE(said);
  for (const auto& finding : (*said)["findings"].items()) {
    INFO(canonical(finding));
    CHECK(finding["fix"].is_null() == (finding["level"].text() == "ok"));  // each that is not ok has its fix
  }
  CHECK((*said)["ok"].boolean() == (ran.code == 0));
  return {ran.code, *said};
}

std::string everything_in(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all += entry.path().string() + "\n";
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

}  // namespace

TEST_CASE("a store that is well has nothing but ok, and doctor changes nothing") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto before = everything_in(desk.folder());
  const auto seen = visit(desk);
  CHECK(seen.code == 0);
  CHECK(seen.said["problems"].integer() == 0);
  CHECK(everything_in(desk.folder()) == before);
}

TEST_CASE("doctor finds what is wrong with a store, its key, its files and its clock") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"case", "note", "FF-1", "words"}).code == 0);
  const auto sql = [&](const std::string& text) { REQUIRE(tests::RawSql(desk.database()).run(text) == SQLITE_OK); };
  std::string about;
  int code = 10;
  SECTION("the key is missing") { fs::remove(desk.key()), about = "key"; }
  SECTION("the key is another's") {
    Desk other;
    REQUIRE(other.open().code == 0);
    fs::copy_file(other.key(), desk.key(), fs::copy_options::overwrite_existing);
    about = "key", code = 7;
  }
  SECTION("the key can be read by others") { chmod(desk.key().c_str(), 0644), about = "key"; }
  SECTION("the key is no key") {
    std::ofstream(desk.key()) << "sesame\n";
    about = "key", code = 7;
  }
  SECTION("the store can be read by others") { chmod(desk.database().c_str(), 0644), about = "permissions"; }
  SECTION("a trigger is gone") { sql("drop trigger events_are_never_removed"), about = "triggers"; }
  SECTION("a card is not what the events say") {
    sql("update cards set states = '{}'");
    about = "cases", code = 7;
  }
  SECTION("a word is gone") {
    sql("delete from vault_rows where digest not in (select value from events, json_each(bytes, '$.texts') where n = 1)");
    about = "orphans", code = 7;
  }
  SECTION("an event was changed") {
    sql("drop trigger events_are_never_changed");
    sql("update events set bytes = replace(bytes, 'desk', 'dusk') where n = 1");
    about = "cases", code = 7;
  }
  SECTION("the clock was set back") { desk.clock("2026-05-01T02:00Z"), about = "clock"; }
  SECTION("a newer program made it") { sql("pragma user_version = 9"), about = "store"; }
  SECTION("the file is cut off") {
    fs::resize_file(desk.database(), 8192);
    about = "store", code = 7;
  }
  SECTION("it is no database") {
    std::ofstream(desk.database(), std::ios::trunc) << std::string(5000, 'x');
    about = "store", code = 7;
  }
  SECTION("there are no workflows") {
    desk.set("TOCSIN_WORKFLOWS", (desk.folder() / "none").string());
    about = "workflows";
  }
  SECTION("it lies on a network file system") {
    sql_store::answer_for_file_systems([](const std::string&) {
      return std::optional(sql_store::FileSystem{0x6969, "nfs"});
    });
    about = "file_system";
  }
  SECTION("the disk is full") {
    sql_store::answer_for_file_systems([](const std::string&) {
      return std::optional(sql_store::FileSystem{0xef53, "ext", 0});
    });
    about = "space";
  }
  const auto seen = visit(desk);
  sql_store::answer_for_file_systems({});
  INFO(canonical(seen.said));
  REQUIRE(seen.about(about) != nullptr);
  CHECK((*seen.about(about))["level"].text() == "problem");
  CHECK(seen.code == code);
}

TEST_CASE("doctor warns of what may become a problem, and that is no failure") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  std::string about;
  SECTION("the key lies beside the store") {
    fs::copy_file(desk.key(), desk.database().parent_path() / "vault.key");
    desk.set("TOCSIN_KEY", (desk.database().parent_path() / "vault.key").string());
    about = "key";
  }
  SECTION("the clock is far ahead") { desk.clock("2026-07-02T01:00Z"), about = "clock"; }
  SECTION("others may write to the folder") {
    chmod(desk.database().parent_path().c_str(), 0777);
    about = "permissions";
  }
  SECTION("a command was cut short") {
    std::ofstream(desk.database().parent_path() / "copy.db.part-999999999-1") << "half";
    about = "leftovers";
  }
  SECTION("there is little space") {
    sql_store::answer_for_file_systems([](const std::string&) {
      return std::optional(sql_store::FileSystem{0xef53, "ext", 1 << 20});
    });
    about = "space";
  }
  SECTION("nobody knows the file system") {
    sql_store::answer_for_file_systems([](const std::string&) {
      return std::optional(sql_store::FileSystem{0x65735546, "fuse.somebodys"});
    });
    about = "file_system";
  }
  SECTION("words lie in the vault that no event names") {
    tests::RawSql(desk.database()).run("insert into vault_rows select stream, 'ab', ciphertext from vault_rows limit 1");
    about = "orphans";
  }
  const auto seen = visit(desk);
  sql_store::answer_for_file_systems({});
  INFO(canonical(seen.said));
  REQUIRE(seen.about(about) != nullptr);
  CHECK((*seen.about(about))["level"].text() == "warning");
  CHECK(seen.code == 0);
}

TEST_CASE("a workflow with mistakes is named with the command that shows them") {
  Desk desk;
  fs::create_directories(desk.folder() / "flows/uk/x");
  std::ofstream(desk.folder() / "flows/uk/x/workflow.yaml") << "workflow: uk/x\n";
  desk.set("TOCSIN_WORKFLOWS", (desk.folder() / "flows").string());
  const auto seen = visit(desk);
  REQUIRE(seen.about("workflows") != nullptr);
  CHECK((*seen.about("workflows"))["fix"].text() == "tocsin workflow check uk/x");
}

TEST_CASE("doctor says where each setting comes from") {
  Desk desk;
  desk.set("TOCSIN_DB", (desk.folder() / "a.db").string());
  desk.set("TOCSIN_LOG_LEVEL", "error");
  const auto seen = visit(desk, {"--as", "ann"});
  std::map<std::string, std::string> from;
  for (const auto& setting : seen.said["settings"].items()) from[setting["name"].text()] = setting["from"].text();
  CHECK(from["db"] == "environment TOCSIN_DB");
  CHECK(from["key"] == "default");
  CHECK(from["as"] == "flag --as");
  CHECK(from["log-level"] == "environment TOCSIN_LOG_LEVEL");
  CHECK(from["log-file"] == "default");
  CHECK(seen.about("store") != nullptr);
  fs::create_directories(desk.folder() / ".config/tocsin");
  std::ofstream(desk.folder() / ".config/tocsin/config") << "log-format: json\n";
  CHECK(canonical(visit(desk).said["settings"]).find("\"from\":\"file\",\"name\":\"log-format\",\"value\":\"json\"") !=
        std::string::npos);
  std::ofstream(desk.folder() / ".config/tocsin/config") << "log-fromat: json\n";
  CHECK(visit(desk).about("configuration") != nullptr);
  CHECK(seen.code == 10);  // a store that was named is not there
}

TEST_CASE("without HOME a command says what to set, and with both places named it works") {
  Desk desk;
  desk.set("HOME", "");
  const auto no_store = desk.run({"due"});
  CHECK(no_store.code == 2);
  CHECK(no_store.err.find("neither HOME nor XDG_DATA_HOME is set: name it with --db or TOCSIN_DB") != std::string::npos);
  desk.set("TOCSIN_DB", (desk.folder() / "a.db").string());
  const auto no_key = desk.open();
  CHECK(no_key.code == 2);
  CHECK(no_key.err.find("neither HOME nor XDG_CONFIG_HOME is set: name it in TOCSIN_KEY") != std::string::npos);
  CHECK_FALSE(fs::exists(desk.folder() / "a.db"));
  desk.set("TOCSIN_KEY", (desk.folder() / "keys/a.key").string());
  CHECK(desk.open().code == 0);
  CHECK(desk.run({"case", "note", "FF-1", "hello"}).code == 0);
  CHECK(desk.run({"audit", "verify"}).code == 0);
  CHECK(visit(desk).code == 0);
  CHECK(desk.run({"db", "backup", (desk.folder() / "copy.db").string()}).code == 0);
}

TEST_CASE("without a place for the key everything reads, with the words shut, and nothing is written") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.set("TOCSIN_DB", desk.database().string());
  desk.set("HOME", "");
  const auto opened = [&](const std::vector<std::string>& words) {
    const auto ran = desk.run(words);
    CAPTURE(words, ran.err);
    CHECK(ran.code == 0);
    CHECK(ran.err.find("warning: nothing says where the vault's key is") != std::string::npos);
    CHECK(ran.err.find("name it in TOCSIN_KEY") != std::string::npos);
    CHECK((ran.out + ran.err).find("A lost box") == std::string::npos);
    return ran;
  };
  CHECK(opened({"due"}).out.find("FF-1") != std::string::npos);
  CHECK(opened({"case", "show", "FF-1"}).out.find("(not readable: the vault's key is missing)") != std::string::npos);
  CHECK(opened({"case", "history", "FF-1", "--json"}).out.find(R"("words":"key_missing")") != std::string::npos);
  for (const auto& words : std::vector<std::vector<std::string>>{{"case", "list"},
                                                                 {"audit", "verify"},
                                                                 {"register"},
                                                                 {"db", "info"},
                                                                 {"people", "list"},
                                                                 {"case", "explain", "FF-1"}})
    opened(words);
  CHECK(visit(desk).about("key") != nullptr);
  for (const auto& words : std::vector<std::vector<std::string>>{{"case", "note", "FF-1", "hello"},
                                                                 {"case", "move", "FF-1", "close", "--dry-run"},
                                                                 {"people", "add", "ann", "--role", "dpo"}}) {
    const auto ran = desk.run(words);
    CHECK(ran.code == 2);
    CHECK(ran.err.find("neither HOME nor XDG_CONFIG_HOME is set: name it in TOCSIN_KEY") != std::string::npos);
  }
}
