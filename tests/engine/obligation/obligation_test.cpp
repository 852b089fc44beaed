// SPDX-License-Identifier: Apache-2.0
#include "engine/obligation/obligation.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace tocsin;
using obligation::Circumstances;
using obligation::Event;
using obligation::State;
using obligation::step;

namespace {

constexpr State states[] = {State::unraised, State::due, State::overdue, State::met, State::met_late, State::ruled_out};
constexpr Event events[] = {Event::raised,    Event::anchor_moved,  Event::missed,          Event::met,
                            Event::ruled_out, Event::duty_reopened, Event::filing_withdrawn};

/// The circumstances under which exactly the conditions named hold.
Circumstances that_meet(const std::vector<std::string>& conditions) {
  const auto has = [&](const char* name) {
    return std::find(conditions.begin(), conditions.end(), name) != conditions.end();
  };
  return {has("in_time"), has("has_evidence"), has("has_reason"), has("has_decider"), has("second_person")};
}

}  // namespace

TEST_CASE("the header's example holds") {
  CHECK(*step(State::due, Event::missed, {.in_time = false}) == State::overdue);
  CHECK(step(State::met, Event::missed, {}).error().message ==
        "cannot record 'missed' while met: an obligation that is met has no such step");
}

TEST_CASE("the table has sixteen rows, and each is taken when its conditions hold") {
  const auto all = obligation::rows();
  REQUIRE(all.size() == 16);
  for (const auto& row : all) {
    INFO(word(row.from) << " " << word(row.event));
    const auto to = step(row.from, row.event, that_meet(row.conditions));
    REQUIRE(to);
    CHECK(*to == row.to);
  }
}

TEST_CASE("every pair of state and event that is not in the table is refused, whatever the circumstances") {
  const auto all = obligation::rows();
  int refused = 0;
  for (const auto from : states) {
    for (const auto event : events) {
      const bool in_table =
          std::any_of(all.begin(), all.end(), [&](const auto& row) { return row.from == from && row.event == event; });
      if (in_table) continue;
      for (const bool in_time : {false, true}) {
        const auto to = step(from, event, {in_time, true, true, true, true});
        REQUIRE_FALSE(to);
        CHECK(to.error().code == Errc::refused);
      }
      ++refused;
    }
  }
  CHECK(refused == 6 * 7 - 15);  // two rows share one pair: overdue, met
}

TEST_CASE("a row is refused while any one of its conditions fails, and the refusal names it") {
  for (const auto& row : obligation::rows()) {
    for (const auto& failing : row.conditions) {
      if (failing == "in_time" || failing == "too_late") continue;  // another row takes the other case
      auto others = row.conditions;
      std::erase(others, failing);
      const auto to = step(row.from, row.event, that_meet(others));
      REQUIRE_FALSE(to);
      CHECK(to.error().message.find("cannot record '" + std::string(word(row.event)) + "' while " +
                                    std::string(word(row.from))) == 0);
    }
  }
  CHECK(step(State::due, Event::ruled_out, {.has_decider = true}).error().message ==
        "cannot record 'ruled_out' while due: no reason was given");
  CHECK(step(State::due, Event::missed, {.in_time = true}).error().message ==
        "cannot record 'missed' while due: the deadline has not passed");
}

TEST_CASE("a notice done in time but entered late counts as in time") {
  CHECK(*step(State::overdue, Event::met, {.in_time = true, .has_evidence = true}) == State::met);
  CHECK(*step(State::overdue, Event::met, {.in_time = false, .has_evidence = true}) == State::met_late);
}

TEST_CASE("words and states are inverses") {
  for (const auto state : states) CHECK(obligation::state_from_word(word(state)) == state);
  CHECK_FALSE(obligation::state_from_word("done"));
}
