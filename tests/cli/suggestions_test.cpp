// SPDX-License-Identifier: Apache-2.0
// What a command says to do next, and what becomes of it where somebody pastes it.
#include <catch2/catch.hpp>

#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
using tests::Ran;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what only stands for something is not recorded") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto version = desk.run({"case", "show", "FF-1", "--json"}).out;
  const std::vector<std::string> pasted[] = {
      {"notice", "record", "FF-1", "nca", "--channel", "NAME", "--reference", "pending"},
      {"notice", "record", "FF-1", "nca", "--channel", "mail", "--reference", "REF"},
      {"people", "add", "NAME", "--role", "dpo"},
      {"people", "add", "ann", "--role", "ROLE"},
      {"case", "set", "FF-1", "lessons=TEXT"},
      {"case", "note", "FF-1", "TEXT"},
      {"decision", "propose", "FF-1", "ico", "--because", "TEXT"}};
  for (const auto& words : pasted) {
    INFO(words.back());
    const auto ran = desk.run(words);
    CHECK(ran.code == 2);
    CHECK(has(ran.err, "only stands for"));
  }
  CHECK(desk.run({"case", "show", "FF-1", "--json"}).out.substr(0, 200) == version.substr(0, 200));
  CHECK(desk.run({"case", "set", "FF-1", "lessons=TEXT MESSAGES ARE NOT ENOUGH"}).code == 0);
}

TEST_CASE("the words of a choice are suggested as one value, which a shell does not take for programs") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto explained = desk.run({"case", "explain", "FF-1", "close"}).out;
  CHECK_FALSE(has(explained, "REF|"));
  for (std::size_t bar = explained.find('|'); bar != std::string::npos; bar = explained.find('|', bar + 1)) {
    const auto before = explained.substr(0, bar);
    CHECK(std::count(before.begin() + static_cast<std::ptrdiff_t>(before.rfind('\n') + 1), before.end(), '\'') % 2 == 1);
  }
}

TEST_CASE("a command to run next is about the store that this one was about") {
  Desk desk;
  const auto db = (desk.folder() / "another store.db").string();
  const auto flag = " --db '" + db + "'";
  const auto opened = desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--ref", "FF-1", "--db", db});
  REQUIRE(opened.code == 0);
  CHECK(has(opened.out, "--reference pending" + flag));
  CHECK(has(desk.run({"due", "--db", db}).out, flag + "\n"));
  CHECK(has(desk.run({"case", "move", "FF-1", "close", "--db", db}).err, flag + "\n"));
  CHECK(has(desk.run({"case", "explain", "FF-1", "close", "--db", db}).out, flag + "\n"));
  CHECK_FALSE(has(desk.run({"case", "show", "FF-1", "--frob", "--db", db}).err, flag));
  const auto hostile = (desk.folder() / "x\x1b[31m.db").string();
  CHECK_FALSE(has(desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--db", hostile}).out, "\x1b"));
  desk.set("TOCSIN_DB", db);
  CHECK_FALSE(has(desk.run({"due"}).out, "--db"));
}

TEST_CASE("now is not in the future, however long a command takes") {
  Desk desk;
  desk.let_clock_run();
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--ref", "FF-1", "--fact", "aware_at=now"}).code ==
          0);
  CHECK(desk.run({"case", "set", "FF-1", "first_suspected_at=now", "--at", "now"}).code == 0);
  CHECK(desk.run({"case", "what-if", "FF-1", "first_suspected_at=now"}).code == 0);
}

TEST_CASE("a notice that lies long before its duty is recorded, and warned about") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const std::vector<std::string> words = {"notice", "record", "FF-1", "ico", "--channel", "mail", "--reference", "pending"};
  auto at = [&](const std::string& time) {
    auto all = words;
    all.insert(all.end(), {"--at", time});
    return desk.run(all);
  };
  const auto ran = at("2025-05-02T01:00Z");
  CHECK(ran.code == 0);
  CHECK(has(ran.err, "warning: notice 1 lies 365 d before ico began"));
  CHECK(has(ran.err, "tocsin notice withdraw FF-1 1 --because TEXT"));
  CHECK_FALSE(has(at("2026-05-02T01:00Z").err, "warning"));
}

TEST_CASE("a receipt says where it takes the place of a reference") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"notice", "record", "FF-1", "ico", "--channel", "mail", "--reference", "Pending"}).code == 0);
  const auto receipt = [&](const std::string& reference) {
    return desk.run({"notice", "receipt", "FF-1", "1", "--reference", reference});
  };
  CHECK(receipt("PENDING").code == 2);
  CHECK(receipt("IC-1\x1b[31m").code == 2);
  CHECK_FALSE(has(receipt("IC-1").out, "in place of"));
  CHECK(has(receipt("IC-2").out, "receipt for notice 1, in place of the reference that was given before"));
}

TEST_CASE("a value beside another one says which counts, and a claim that it counts for nothing yet") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "ann", "--role", "handler", "--as", "ann"}).code == 0);
  REQUIRE(desk.run({"people", "add", "sid", "--role", "siro", "--as", "ann"}).code == 0);
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "X", "--ref", "FF-1", "--as", "ann"}).code == 0);
  const auto claimed = desk.run({"case", "set", "FF-1", "risk=high_risk", "--as", "ann"});
  CHECK(has(claimed.out, "a claim, which counts for nothing until somebody who judges it says so"));
  REQUIRE(desk.run({"case", "set", "FF-1", "people_affected=1200", "--status", "confirmed", "--as", "ann"}).code == 0);
  const auto other = desk.run({"case", "set", "FF-1", "people_affected=1300", "--source", "supplier", "--as", "ann"});
  CHECK(has(other.out, "people_affected = 1300, says supplier; 1200, confirmed, counts as before"));
}

TEST_CASE("a duty whose condition no longer holds says that it is still owed, and who can end that") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"case", "set", "FF-1", "aware_at=2026-05-02T01:00Z", "risk=high_risk"}).code == 0);
  CHECK_FALSE(has(desk.run({"case", "explain", "FF-1", "staff"}).out, "does not hold any more"));
  REQUIRE(desk.run({"case", "set", "FF-1", "risk=unlikely", "--because", "they were shredded"}).code == 0);
  const auto explained = desk.run({"case", "explain", "FF-1", "staff"}).out;
  CHECK(has(explained, "that does not hold any more: it stays owed until it is met or ruled out"));
  CHECK(has(explained, "tocsin decision propose FF-1 staff --because TEXT"));
}
