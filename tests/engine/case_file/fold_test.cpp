// SPDX-License-Identifier: Apache-2.0
// Folding what a store kept: the same case as from events, and the same words about what is wrong.
#include <catch2/catch.hpp>

#include "engine/case_file/case_file.h"

using namespace tocsin;
using ledger::Event;
using ledger::Record;

namespace {

Event event(std::int64_t n, const std::string& type, Json body) {
  Event e;
  e.stream = "FF-1";
  e.n = n;
  e.type = type;
  e.at = e.recorded_at = *parse_instant("2026-05-02T19:00:00Z");
  e.by = e.account = "ann";
  e.program = "tocsin";
  e.body = std::move(body);
  return e;
}

/// An opening, then facts; `type` replaces that of the event before the last.
std::vector<Record> stream(const std::string& type = "fact_set") {
  std::vector<Event> events = {
      event(1, "case_opened",
            Json::object({{"store", "story"}, {"workflow", "uk/x"}, {"states", Json::object({{"case", "open"}})}})),
      event(
          2, "fact_set",
          Json::object({{"fact", "risk"}, {"value", "risk"}, {"source", "us"}, {"status", "claimed"}, {"adoptable", true}})),
      event(3, type,
            Json::object(
                {{"fact", "risk"}, {"value", "high_risk"}, {"source", "us"}, {"status", "claimed"}, {"adoptable", true}})),
      event(4, "note_added", Json::object())};
  std::vector<Record> records;
  for (auto& e : events) {
    if (!records.empty()) e.prev = records.back().seal;
    records.push_back(ledger::seal_event(e));
  }
  return records;
}

}  // namespace

TEST_CASE("a case folded from what a store kept is the case folded from its events") {
  const auto records = stream();
  const auto stored = case_file::fold_stored(records);
  const auto folded = case_file::fold(*ledger::verify_stream(records));
  REQUIRE(stored);
  REQUIRE(folded);
  CHECK(stored->version == 4);
  CHECK(stored->last_seal == records.back().seal);
  CHECK(stored->ref == folded->ref);
  CHECK(stored->states == folded->states);
  REQUIRE(stored->fact("risk") != nullptr);
  CHECK(stored->fact("risk")->value == Json("high_risk"));
  CHECK(stored->fact_version("risk") == folded->fact_version("risk"));
  CHECK(case_file::fold_stored({})->version == 0);
}

TEST_CASE("an event that does not fit is told in the same words") {
  const auto records = stream("fact_dreamt");
  const auto stored = case_file::fold_stored(records);
  const auto folded = case_file::fold(*ledger::verify_stream(records));
  REQUIRE_FALSE(stored);
  CHECK(stored.error().code == Errc::corrupt);
  CHECK(stored.error().message == folded.error().message);
}

TEST_CASE("a broken chain is told before a misfit, wherever it is broken") {
  for (std::size_t place = 0; place < 4; ++place) {
    auto records = stream("fact_dreamt");
    records[place].bytes.back() = ' ';
    const auto stored = case_file::fold_stored(records);
    REQUIRE_FALSE(stored);
    CHECK(stored.error().message == ledger::verify_stream(records).error().message);
  }
}

TEST_CASE("an event about what the case does not have is a misfit that says what is missing") {
  const auto named = [](const char* key, Json value) { return Json::object({{key, std::move(value)}}); };
  const auto of_ico = Json::object({{"obligation", "ico"}, {"notice", 1}});
  struct Row {
    std::string type;
    Json body;
    std::string lacks;
  };
  for (const auto& [type, body, lacks] :
       {Row{"moved", Json::object({{"region", "case"}, {"from", "monitoring"}, {"to", "closed"}}),
            "region 'case' is 'open', not 'monitoring'"},
        Row{"obligation_missed", of_ico, "there is no obligation 'ico'"},
        Row{"duty_reopened", of_ico, "there is no obligation 'ico'"},
        Row{"anchor_moved", of_ico, "there is no obligation 'ico'"},
        Row{"notice_recorded", of_ico, "there is no obligation 'ico'"},
        Row{"notice_withdrawn", of_ico, "there is no obligation 'ico'"},
        Row{"filing_stands", of_ico, "there is no obligation 'ico'"},
        Row{"receipt_recorded", of_ico, "there is no such notice"},
        Row{"decision_advised", named("decision", 2), "there is no such decision"},
        Row{"decision_approved", named("decision", 2), "there is no such decision"},
        Row{"decision_declined", named("decision", 2), "there is no such decision"},
        Row{"approval_confirmed", named("decision", 2), "there is no such decision"},
        Row{"action_done", named("action", 1), "there is no such action"}}) {
    INFO(type);
    auto events = *ledger::verify_stream(stream());
    events.back() = event(4, type, body);
    const auto folded = case_file::fold(events);
    REQUIRE_FALSE(folded);
    CHECK(folded.error().code == Errc::corrupt);
    CHECK(folded.error().next == "audit verify --case FF-1");
    CHECK(folded.error().message.find("event 4 of case FF-1 does not fit the case before it (" + lacks + ")") == 0);
  }
}

TEST_CASE("the list of people holds people and their address book, and nothing else") {
  const auto person = Json::object({{"person", "ann"}, {"roles", Json::array({Json("handler")})}});
  CHECK(case_file::fold_people({event(1, "person_added", person)})->listed.size() == 1);
  const auto folded = case_file::fold_people({event(1, "person_added", person), event(2, "case_opened", Json::object())});
  REQUIRE_FALSE(folded);
  CHECK(folded.error().code == Errc::corrupt);
  CHECK(folded.error().message == "the site stream holds an event of type 'case_opened'");
}
