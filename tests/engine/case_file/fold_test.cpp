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
