// SPDX-License-Identifier: Apache-2.0
// Times that are typed at a desk, from the command line to what is recorded.
#include <catch2/catch.hpp>

#include "engine/base/json.h"
#include "tests/cli/desk.h"

namespace tocsin::tests {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The `at` of the last event of FF-1.
std::string last_at(Desk& desk) {
  const auto history = parse_json(desk.run({"case", "history", "FF-1", "--json"}).out);
  return history->operator[]("events").items().back()["at"].text();
}

TEST_CASE("a thing that happened at a spoken time is recorded for that time, and the time is said back") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  const auto note = desk.run({"case", "note", "FF-1", "rang the supplier", "--at", "-40m"});
  CHECK(note.code == 0);
  CHECK(has(note.err, "--at: Sat 2 May 2026 08:20 BST, 07:20Z"));
  CHECK(last_at(desk) == "2026-05-02T07:20:00Z");
}

TEST_CASE("each verb that writes reads its --at by the clocks of the case") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  const std::vector<std::vector<std::string>> writes = {
      {"case", "set", "FF-1", "risk=high_risk"},
      {"case", "link", "FF-1", "INC-7"},
      {"dataset", "add", "FF-1", "footage"},
      {"dataset", "group", "FF-1", "witnesses"},
      {"notice", "record", "FF-1", "ico", "--channel", "telephone", "--reference", "pending", "--complete"},
      {"notice", "receipt", "FF-1", "1", "--reference", "IC-1"},
      {"action", "add", "FF-1", "change the locks"},
      {"action", "done", "FF-1", "1"}};
  for (auto words : writes) {
    INFO(words[0] + " " + words[1]);
    words.insert(words.end(), {"--at", "08:20"});
    const auto ran = desk.run(words);
    CHECK(ran.code == 0);
    CHECK(has(ran.err, "--at: Sat 2 May 2026 08:20 BST, 07:20Z"));
  }
}

TEST_CASE("facts that are times are read as people say them, and other facts as they are") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  const auto set = desk.run({"case", "set", "FF-1", "aware_at=fri 20:10..sat 01:00", "supplier_name=-40m"});
  CHECK(set.code == 0);
  CHECK(has(set.err, "'aware_at': Fri 1 May 2026 20:10 BST, 19:10Z"));
  CHECK(has(set.err, "'aware_at': Sat 2 May 2026 01:00 BST, 00:00Z"));
  const auto show = parse_json(desk.run({"case", "show", "FF-1", "--json"}).out);
  CHECK((*show)["facts"]["aware_at"]["value"]["from"].text() == "2026-05-01T19:10:00Z");
  CHECK((*show)["facts"]["supplier_name"]["value"].text() == "-40m");
}

TEST_CASE("a time that is to come is the next one, and may be given by its distance") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  CHECK(has(desk.run({"action", "add", "FF-1", "ask again", "--due", "20:00"}).err, "--due: Sat 2 May 2026 20:00 BST"));
  CHECK(has(desk.run({"action", "add", "FF-1", "ask again", "--due", "08:30"}).err, "--due: Sun 3 May 2026 08:30 BST"));
  CHECK(has(desk.run({"action", "add", "FF-1", "ask again", "--due", "+3d"}).err, "--due: Tue 5 May 2026 09:00 BST"));
  CHECK(has(desk.run({"case", "set", "FF-1", "evidence_due_at=fri 17:00"}).err,
            "'evidence_due_at': Fri 8 May 2026 17:00 BST"));
}

TEST_CASE("what happened is not in the future, and an hour with two readings records nothing") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-10-25T14:00:00Z");
  for (const auto* text : {"+2h", "tomorrow 9:00", "01:30", "lunchtime"}) {
    INFO(text);
    const auto note = desk.run({"case", "note", "FF-1", "rang", "--at", text});
    CHECK(note.code == 2);
    CHECK(has(note.err, "--at: "));
  }
  const auto twice = desk.run({"case", "set", "FF-1", "aware_at=25 oct 01:30"});
  CHECK(twice.code == 2);
  CHECK(has(twice.err, "2026-10-25T01:30+01:00"));
  CHECK(has(twice.err, "2026-10-25T01:30+00:00"));
  CHECK(has(desk.run({"case", "history", "FF-1", "--json"}).out, "case_opened"));
  CHECK_FALSE(has(desk.run({"case", "history", "FF-1", "--json"}).out, "aware_at"));
}

TEST_CASE("with --json a time is written in full, and the refusal says how") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"case", "note", "FF-1", "rang", "--at", "08:20", "--json"},
        {"case", "set", "FF-1", "aware_at=08:20", "--json"},
        {"action", "add", "FF-1", "ask", "--due", "+1d", "--json"}}) {
    const auto ran = desk.run(words);
    CHECK(ran.code == 2);
    CHECK(has(ran.out, "\"error\":\"invalid\""));
    CHECK(has(ran.out, words.back() == "--json" && words[1] == "add" ? "2026-05-03T09:00+01:00" : "2026-05-02T08:20+01:00"));
  }
  CHECK(desk.run({"case", "note", "FF-1", "rang", "--at", "2026-05-02T08:20+01:00", "--json"}).code == 0);
  CHECK(desk.run({"clock", "explain", "uk.gdpr.33_1", "--from", "08:20"}).code == 2);
}

TEST_CASE("the times of a proposal are read as people say them") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "ann", "--role", "handler,siro,dpo", "--as", "ann"}).code == 0);
  REQUIRE(desk.run({"people", "add", "gus", "--role", "handler,gold", "--as", "ann"}).code == 0);
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code ==
          0);
  desk.clock("2026-05-02T08:00:00Z");
  const auto ruled =
      desk.run({"decision", "propose", "FF-1", "ico", "--because", "unlikely", "--review-at", "+90d", "--as", "ann"});
  CHECK(has(ruled.err, "--review-at: Fri 31 Jul 2026 09:00 BST, 08:00Z"));
  CHECK(ruled.code == 0);
  const auto moved =
      desk.run({"decision", "propose", "FF-1", "aware_at=08:20", "--because", "the call came later", "--as", "ann"});
  CHECK(has(moved.err, "'aware_at': Sat 2 May 2026 08:20 BST, 07:20Z"));
}

TEST_CASE("what if reads times as case set does") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  desk.clock("2026-05-02T08:00:00Z");
  CHECK(has(desk.run({"case", "what-if", "FF-1", "aware_at=-3d"}).err, "'aware_at': Wed 29 Apr 2026 09:00 BST"));
}

TEST_CASE("a role that ends is held to its last instant and no longer") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "ann", "--role", "handler", "--as", "ann"}).code == 0);
  const auto listed =
      desk.run({"people", "add", "rosa", "--role", "handler", "--until", "2026-05-02T04:00:00Z", "--as", "ann"});
  CHECK(listed.code == 0);
  CHECK(has(listed.out, "rosa as handler until Sat 2 May 2026 04:00"));
  REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code ==
          0);
  desk.clock("2026-05-02T03:59:59Z");  // each command takes a second
  CHECK(desk.run({"case", "note", "FF-1", "still here", "--as", "rosa"}).code == 0);
  const auto after = desk.run({"case", "note", "FF-1", "too late", "--as", "rosa"});
  CHECK(after.code == 4);
  CHECK(has(after.err, "'rosa' holds no role any longer"));
  // When it happened is not when it is written down.
  CHECK(desk.run({"case", "note", "FF-1", "too late", "--at", "2026-05-02T03:00Z", "--as", "rosa"}).code == 4);
  const auto list = desk.run({"people", "list"});
  CHECK(has(list.out, "rosa  no longer handler, ended Sat 2 May 2026 04:00"));
  CHECK(has(desk.run({"people", "list", "--json"}).out,
            "\"ended\":{\"handler\":\"2026-05-02T04:00:00Z\"},\"name\":\"rosa\",\"roles\":[]"));
  const auto audit = desk.run({"audit", "verify"});
  CHECK(audit.code == 0);
  CHECK(desk.run({"people", "add", "rosa", "--role", "handler", "--as", "ann"}).code == 0);
  CHECK(desk.run({"case", "note", "FF-1", "back", "--as", "rosa"}).code == 0);
  CHECK(desk.run({"audit", "verify"}).code == 0);
}

TEST_CASE("a role for a time stands beside those without an end") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "ann", "--role", "handler", "--as", "ann"}).code == 0);
  const auto standing_in = desk.run({"people", "add", "ann", "--role", "dpo", "--until", "+2h", "--as", "ann"});
  CHECK(has(standing_in.out, "ann as dpo until Sat 2 May 2026 04:00"));
  CHECK(has(standing_in.out, "beside handler"));
  CHECK(has(desk.run({"people", "list"}).out, "ann  dpo until Sat 2 May 2026 04:00 UTC, 04:00Z, handler"));
  desk.clock("2026-05-02T05:00:00Z");
  CHECK(has(desk.run({"people", "list"}).out, "ann  handler; no longer dpo"));
  // An entry without an end says all that is held.
  REQUIRE(desk.run({"people", "add", "ann", "--role", "siro", "--as", "ann"}).code == 0);
  CHECK(has(desk.run({"people", "list"}).out, "ann  siro\n"));
}

TEST_CASE("a list whose roles have all ended does not let anyone in") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "ann", "--role", "handler", "--until", "+1h", "--as", "ann"}).code == 0);
  desk.clock("2026-05-02T05:00:00Z");
  CHECK(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--as", "somebody"}).code == 4);
  // Who made the first entry may still list people.
  CHECK(desk.run({"people", "add", "ann", "--role", "handler", "--as", "ann"}).code == 0);
}

TEST_CASE("a role ends in the future") {
  Desk desk;
  const auto past = desk.run({"people", "add", "ann", "--role", "handler", "--until", "-2h", "--as", "ann"});
  CHECK(past.code == 2);
  CHECK(has(past.err, "a role that ends, ends in the future"));
}

}  // namespace
}  // namespace tocsin::tests
