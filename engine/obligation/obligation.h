// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tocsin::obligation {

/// Where an obligation stands. Late and in time stay apart for ever once it is met.
enum class State { unraised, due, overdue, met, met_late, ruled_out };
/// What happens to it, in the past tense.
enum class Event { raised, anchor_moved, missed, met, ruled_out, duty_reopened, filing_withdrawn };

/// The words of law and JSON: "unraised", "met_late", "filing_withdrawn".
std::string_view word(State state);
std::string_view word(Event event);                           ///< "filing_withdrawn"
std::optional<State> state_from_word(std::string_view word);  ///< the inverse; none for another word

/// What the conditions of the table ask about; each is named by a sentence when it fails.
struct Circumstances {
  bool in_time = false;        ///< done at or before the deadline, or there is none; otherwise too late
  bool has_evidence = false;   ///< a channel and a reference, which may be pending
  bool has_reason = false;     ///< somebody said why
  bool has_decider = false;    ///< somebody decided it
  bool second_person = false;  ///< another person approved it
};

/// Where the obligation stands after the event: the one transition table of docs/lifecycles/obligation (Boost.MSM).
/// A pure function: it keeps nothing. Returns `refused` with a sentence that names the failed conditions, or that there is no row:
///   cannot record 'ruled_out' while due: no reason was given
///
///   step(State::due, Event::missed, {.in_time = false});   // State::overdue
///   step(State::met, Event::missed, {});                   // refused: 'missed' does not happen while met
Result<State> step(State from, Event event, const Circumstances& circumstances);

/// A row of the table, for diagrams and tests, in the order of the table.
struct Row {
  State from;                           ///< before
  Event event;                          ///< what happens
  State to;                             ///< after
  std::vector<std::string> conditions;  ///< "in_time", "has_evidence"
};
std::vector<Row> rows();  ///< all of them

}  // namespace tocsin::obligation
