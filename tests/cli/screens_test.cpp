// SPDX-License-Identifier: Apache-2.0
// What stands on a screen, in a log and in JSON where it matters that it is exactly so.
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/adapters/raw_sql.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
namespace fs = std::filesystem;

namespace {

bool has(const std::string& text, std::string_view part) {
  UNSCOPED_INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what was recorded while nobody could read the answer is said, and is no reason to try again") {
  Desk desk;
  desk.open();
  desk.close_output();
  const auto noted = desk.run({"case", "note", "FF-1", "called back"});
  CHECK(noted.code == 1);
  CHECK(has(noted.err, "it was recorded as event 4 of FF-1, but the output could not be written"));
  const auto shown = desk.run({"case", "show", "FF-1"});
  CHECK(shown.code == 10);
  CHECK(has(shown.err, "the output could not be written, and nothing was recorded: look whether its disk is full"));
  CHECK(has(desk.run({"--help"}).err, "the output could not be written"));
  const auto refused = desk.run({"case", "move", "FF-1", "close", "--json"});
  CHECK(refused.code == 6);
  CHECK(has(refused.err, "cannot take 'close'"));
  CHECK(has(refused.err, "the output could not be written"));
  CHECK(desk.run({"case", "note", "FF-1", "called back", "--dry-run"}).code == 10);
}

TEST_CASE("words that were typed by mistake are not repeated, in errors or in the log") {
  Desk desk;
  desk.open();
  for (const auto& words : std::vector<std::vector<std::string>>{{"case", "note", "FF-1", "John", "Doe"},
                                                                 {"case", "set", "FF-1", "Doe"},
                                                                 {"case", "note", "FF-1", "@Doe"},
                                                                 {"case", "note", "John Doe", "x"},
                                                                 {"case", "explain", "FF-1", "Doe"}}) {
    auto logged = words;
    logged.insert(logged.end(), {"--log-level", "info"});
    const auto ran = desk.run(logged);
    CHECK(ran.code != 0);
    CHECK_FALSE(has(ran.err, "Doe"));
  }
  CHECK(has(desk.run({"case", "note", "FF-1", "John", "Doe", "--log-level", "warn"}).err, "put the text in quotes"));
}

TEST_CASE("a case and what is due are shown as of a time that people say, and JSON takes it in full alone") {
  Desk desk;
  desk.open();
  REQUIRE(desk.run({"case", "note", "FF-1", "called back"}).code == 0);
  desk.clock("2026-05-02T05:00Z");
  for (const auto& words : std::vector<std::vector<std::string>>{{"case", "show", "FF-1"}, {"due"}}) {
    auto asked = words;
    asked.insert(asked.end(), {"--as-of", "-40m"});
    const auto ran = desk.run(asked);
    CHECK(ran.code == 0);
    CHECK(has(ran.err, "--as-of: Sat  2 May 2026 05:20 BST, 04:20Z") !=
          has(ran.err, "--as-of: Sat 2 May 2026 05:20 BST, 04:20Z"));
    asked.push_back("--json");
    CHECK(desk.run(asked).code == 2);
  }
  CHECK(has(desk.run({"case", "explain", "FF-1", "close", "--json"}).out, "\"next\":\"tocsin "));
}

TEST_CASE("control characters in words are shown and not obeyed, and further lines are indented") {
  Desk desk;
  desk.open();
  REQUIRE(desk.run({"case", "note", "FF-1",
                    "one\x1b[31m\nobligation ico is met\x7f \xc2\x9b"
                    "1m"})
              .code == 0);
  const auto history = desk.run({"case", "history", "FF-1"});
  CHECK(has(history.out, "text: one\\x1b[31m\n                                 obligation ico is met\\x7f \\x9b1m"));
  CHECK(desk.run({"case", "open", "uk/supplier-breach", "--title", "two\nlines", "--ref", "FF-2"}).code == 2);
}

TEST_CASE("words that cannot be read are not called forgotten") {
  Desk desk;
  desk.open();
  REQUIRE(desk.run({"case", "note", "FF-1", "called back"}).code == 0);
  SECTION("without the key") {
    fs::remove(desk.key());
    const auto ran = desk.run({"case", "history", "FF-1"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "(not readable: the vault's key is missing)"));
    CHECK(has(desk.run({"case", "show", "FF-1", "--json"}).out, R"("words":"key_missing")"));
  }
  SECTION("with a key that others can read, or that is none") {
    const auto told = [&](const std::string& word, const std::string& why, int code) {
      const auto shown = desk.run({"case", "show", "FF-1", "--json"});
      CHECK(has(shown.out, "\"words\":\"" + word + "\""));
      CHECK(shown.code == code);
      CHECK(has(desk.run({"case", "history", "FF-1"}).out, "(not readable: " + why + ")"));
      CHECK(desk.run({"due"}).err == "tocsin: titles are not shown: " + why + "\n");
      CHECK(has(desk.run({"case", "note", "FF-1", "x", "--json"}).out, "\"refused_by\":\"" + word + "\""));
    };
    fs::permissions(desk.key(), fs::perms::group_read, fs::perm_options::add);
    told("key_exposed", "others can read the vault's key", 0);
    fs::permissions(desk.key(), fs::perms::group_read, fs::perm_options::remove);
    std::ofstream(desk.key()) << "none";
    told("key_malformed", "the vault's key is no key", 7);
    fs::remove(desk.key());
    fs::create_directory(desk.key());
    told("key_malformed", "the vault's key is no key", 7);
  }
  SECTION("with another key") {
    std::ofstream(desk.key(), std::ios::binary | std::ios::in) << std::string(16, 'a');
    const auto ran = desk.run({"case", "history", "FF-1"});
    CHECK(ran.code == 7);
    CHECK(has(ran.out, "(not readable: this is not the key of this store)"));
  }
  SECTION("damaged") {
    tests::RawSql(desk.database())
        .run(
            "update vault_rows set ciphertext = substr(ciphertext, 1, length(ciphertext) - 2) || 'zz' where digest = (select "
            "max(digest) from vault_rows)");
    const auto ran = desk.run({"case", "history", "FF-1"});
    CHECK(ran.code == 7);
    CHECK((has(ran.out, "title: A lost box") != has(ran.out, "text: called back")));  // the other one is still read
    CHECK(has(ran.out, "(damaged: these are not the words that were"));
    CHECK(has(desk.run({"case", "history", "FF-1", "--json"}).out, R"("words":"damaged")"));
  }
}

TEST_CASE("to try a first command makes no store") {
  Desk desk;
  const auto db = (desk.folder() / "new/x.db").string();
  const auto ran = desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--dry-run", "--db", db});
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "DRY RUN: nothing was written"));
  CHECK(desk.run({"people", "add", "ann", "--role", "handler", "--dry-run", "--db", db}).code == 0);
  CHECK_FALSE(fs::exists(desk.folder() / "new"));
  CHECK_FALSE(fs::exists(desk.key()));
}

TEST_CASE("a first command that is refused makes no store") {
  Desk desk;
  const auto refused = desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--ref", "not a reference"});
  CHECK(refused.code == 2);
  CHECK(desk.run({"people", "add", "clock", "--role", "handler"}).code == 2);
  CHECK_FALSE(fs::exists(desk.database()));
  CHECK_FALSE(fs::exists(desk.key()));
}

TEST_CASE("a case opened twice under one request id is opened once, although nobody chose its reference") {
  Desk desk;
  const std::vector<std::string> words = {"case", "open", "uk/supplier-breach", "--title", "X", "--request-id", "r1"};
  REQUIRE(desk.run(words).code == 0);
  const auto again = desk.run(words);
  CHECK(again.code == 0);
  CHECK(has(again.out, "recorded before under this request id"));
}

TEST_CASE("listing people says what it replaces, what was recorded before and what is perhaps a slip") {
  Desk desk;
  const auto add = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"people", "add"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.run(words);
  };
  CHECK(has(add({"ann", "--role", "hander", "--dry-run"}).err, "did you mean 'handler'?"));
  REQUIRE(add({"ann", "--role", "handler,admin", "--as", "ann"}).code == 0);
  CHECK(has(add({"ann", "--role", "gold,admin", "--as", "ann", "--dry-run"}).out, "DRY RUN: nothing was written"));
  CHECK(
      has(add({"ann", "--role", "gold,admin", "--as", "ann", "--request-id", "r"}).out, "ann: handler,admin -> gold,admin"));
  CHECK(has(add({"ann", "--role", "gold,admin", "--as", "ann", "--request-id", "r"}).out, "recorded before"));
  CHECK(add({"ANN", "--role", "gold", "--as", "ann"}).code == 5);
  CHECK(add({"bob", "--role", "gold", "--as", "ann", "--expect-version", "1"}).code == 5);
}

TEST_CASE("JSON is UTF-8 whatever was typed") {
  Desk desk;
  desk.open();
  const auto ran = desk.run({"case", "show", "r\xff", "--json"});
  CHECK(ran.code == 3);
  CHECK(is_utf8(ran.out));
  CHECK(parse_json(ran.out));
}

TEST_CASE("what is claimed and not adopted stands in the case") {
  Desk desk;
  for (const auto* person : {"ann", "sid"})
    desk.run({"people", "add", person, "--role", person[0] == 'a' ? "handler" : "siro", "--as", "ann"});
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code ==
          0);
  REQUIRE(desk.run({"case", "set", "FF-1", "risk=high_risk", "--as", "ann"}).code == 0);
  CHECK(has(desk.run({"case", "show", "FF-1"}).out, "claimed by ann, not adopted: risk = high_risk"));
  CHECK(has(desk.run({"case", "show", "FF-1", "--json"}).out, R"("not_adopted":[{)"));
}

TEST_CASE("a story store says so on every screen") {
  Desk desk;
  const auto db = (desk.folder() / "story.db").string();
  REQUIRE(desk.run({"replay", TOCSIN_SOURCE_DIR "/examples/fictional-force/story.yaml", "--db", db}).code == 0);
  for (const auto& words : std::vector<std::vector<std::string>>{{"due"},
                                                                 {"people", "list"},
                                                                 {"case", "list"},
                                                                 {"case", "show", "FF"},
                                                                 {"case", "history", "FF"},
                                                                 {"case", "explain", "FF"},
                                                                 {"case", "explain", "FF", "close"},
                                                                 {"notice", "list", "FF"},
                                                                 {"decision", "list", "FF"},
                                                                 {"action", "list", "FF"},
                                                                 {"dataset", "list", "FF"},
                                                                 {"severity", "list", "FF"},
                                                                 {"audit", "verify"}}) {
    auto on_story = words;
    on_story.insert(on_story.end(), {"--db", db});
    INFO(words[0] << " " << words.back());
    CHECK(has(desk.run(on_story).out, "STORY: "));
    on_story.push_back("--json");
    CHECK(has(desk.run(on_story).out, R"("store":"story")"));
  }
}

TEST_CASE("a note without a case says that the case is missing") {
  Desk desk;
  desk.open();
  CHECK(has(desk.run({"case", "note", "a remark"}).err, "name the case first"));
}

TEST_CASE("a list that was emptied behind our back is found") {
  Desk desk;
  desk.open();
  REQUIRE(desk.run({"case", "set", "FF-1", "aware_at=2026-05-01T00:00Z..2026-05-02T00:00Z"}).code == 0);
  REQUIRE(desk.run({"audit", "verify"}).code == 0);
  SECTION("of all that is owed") { tests::RawSql(desk.database()).run("delete from items"); }
  SECTION("of the end that lateness is judged by") {
    tests::RawSql(desk.database()).run("delete from items where shelf = 'latest'");
  }
  SECTION("by a case that is called closed") { tests::RawSql(desk.database()).run("update cards set open = 0"); }
  const auto verified = desk.run({"audit", "verify"});
  CHECK(verified.code == 7);
  CHECK(desk.run({"audit", "verify", "--case", "FF-1"}).code == 7);
}

TEST_CASE("an approval whose facts changed is void in the list of decisions, and what is settled is moot") {
  Desk desk;
  for (const auto& [name, role] : {std::pair{"ann", "handler"}, {"dee", "dpo"}, {"sid", "siro"}, {"gus", "gold"}})
    REQUIRE(desk.run({"people", "add", name, "--role", role, "--as", "ann"}).code == 0);
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code ==
          0);
  const auto propose = [&](const std::string& subject) {
    const auto ran = desk.run({"decision", "propose", "FF-1", subject, "--because", "a reason", "--as", "sid"});
    REQUIRE(ran.code == 0);
    return ran.out.substr(9, 8);
  };
  const auto close = propose("close");
  REQUIRE(desk.run({"decision", "advise", "FF-1", close, "--because", "agreed", "--as", "dee"}).code == 0);
  REQUIRE(desk.run({"decision", "approve", "FF-1", close, "--as", "gus"}).code == 0);
  CHECK(has(desk.run({"decision", "list", "FF-1"}).out, "close  approved"));
  REQUIRE(desk.run({"case", "set", "FF-1", "risk=high_risk", "--as", "sid"}).code == 0);
  CHECK(has(desk.run({"decision", "list", "FF-1"}).out, "close  void: a fact it relied on has changed"));
  propose("ico");
  REQUIRE(desk.run({"notice", "record", "FF-1", "ico", "--channel", "mail", "--reference", "pending", "--as", "ann"}).code ==
          0);
  CHECK(has(desk.run({"decision", "list", "FF-1"}).out, "ico  moot"));
}

TEST_CASE("--jsonl prints a list an object a line, and says on standard error that there is more") {
  Desk desk;
  for (const char* ref : {"FF-1", "FF-2"})
    REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", ref}).code == 0);
  const auto all = desk.run({"case", "list", "--jsonl"});
  CHECK(all.out.starts_with("{\"case\":\"FF-1\""));
  CHECK(std::count(all.out.begin(), all.out.end(), '\n') == 2);
  CHECK(all.err.empty());
  CHECK(desk.run({"case", "list", "--jsonl", "--limit", "1"}).err == "more: --limit all\n");
  CHECK(desk.run({"case", "show", "FF-1", "--jsonl"}).code == 2);
}

TEST_CASE("--db without a file is refused, so that a script's unset variable opens no other store") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  CHECK(desk.run({"due", "--db", ""}).code == 2);
}

TEST_CASE("colour is for terminals, unless it is asked for, and never in JSON") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  CHECK_FALSE(has(desk.run({"due"}).out, "\x1b["));
  CHECK(has(desk.run({"due", "--color", "always"}).out, "\x1b[1mFF-1\x1b[0m"));
  CHECK_FALSE(has(desk.run({"due", "--color", "always", "--json"}).out, "\x1b["));
  CHECK(desk.run({"due", "--color", "red"}).code == 2);
}
