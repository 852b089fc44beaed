// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/time.h"
#include "engine/calendar/work_days.h"

namespace tocsin::calendar {

/// The closed list of ways to count time. A law file names one by its word; a new one is a case in counting.cpp with published or
/// worked dates as its tests. "The event" is what the period runs from; days are days of the calendar's zone, and a period of days
/// ends at 24:00 of its last day.
enum class Counting {
  none_undue_delay,  ///< no period in law: no deadline, the obligation shows its age
  content_rule,      ///< says what a notice must hold, gives no time of its own
  elapsed_hours,     ///< real hours on the UTC time line from the event
  eu1182_hours,      ///< Regulation 1182/71 Art 3(1), 3(2)(a): the hour of the event is not counted
  eu1182_days,       ///< Art 3(1), 3(2)(b), 3(4): the day of the event is not counted; rolls over days off
  eu1182_months,     ///< Art 3(2)(c), 3(4): the same date that many months later, or the month's last; rolls over days off
  calendar_days_excl_event_day,  ///< the day of the event is not counted; days off count
  calendar_days_incl_event_day,  ///< the day of the event is day one; days off count
  business_days,                 ///< working days after the day of the event
  year_end_plus_days,            ///< days after 31 December of the event's year
  noon_next_working_day,  ///< a limit that falls on a day off may be met at noon of the next working day; only as relief
  min_of,                 ///< the earliest of several limits
  as_directed,            ///< an order, a request or a contract names the time
};

std::string_view word(Counting counting);                           ///< the word of a law file: "elapsed_hours"
std::optional<Counting> counting_from_word(std::string_view word);  ///< the inverse; none for another word
std::vector<std::string> counting_words();                          ///< all of them, for hints

/// What a period is measured in; `none` where the counting takes no number.
enum class Unit { none, hours, days, months };
Unit unit_of(Counting counting);   ///< what its period is measured in
std::string_view word(Unit unit);  ///< "hours"

/// A period and how it is counted. A plain value.
struct Rule {
  Counting counting = Counting::none_undue_delay;  ///< one of the list
  std::int64_t period = 0;                         ///< in unit_of(counting)
  std::string after;                               ///< the named start it runs from; empty: the event
  std::string unless_passed_at;                    ///< inside min_of: does not count when this named start comes after it
  std::vector<Rule> limits;                        ///< min_of
  bool noon_relief = false;                        ///< noon_next_working_day applies to the result
};

/// What a period runs from: the event, other starts by name, and, for as_directed, what was directed.
struct Starts {
  Instant event;                                            ///< what the period runs from
  std::vector<std::pair<std::string, Instant>> named = {};  ///< other starts: name, when
  std::optional<Instant> directed = {};                     ///< the time that an order, a request or a contract names

  std::optional<Instant> at(std::string_view name) const;  ///< a named start; none where it is not known
};

/// A deadline; none where the law gives none.
struct Deadline {
  std::optional<Instant> at;  ///< UTC, to the microsecond
  /// False while a start is not known or a year is not covered: `at` is then the earliest that it can be, never a guess.
  bool is_certain = true;
};

/// Counts. Pure, allocates nothing. `work_days` may be null for what counts hours; what counts days has no deadline without.
Deadline deadline(const Rule& rule, const Starts& starts, const WorkDays* work_days);

/// The same with its derivation: one sentence a step, times in UTC, days local. `open` says why it is not certain.
struct Counted {
  std::optional<Instant> due;      ///< as Deadline::at
  std::vector<std::string> steps;  ///< sentences, in the order of counting
  std::string open;                ///< why it is not certain; empty: it is
};
/// As deadline(), with the way there; pure.
Counted count(const Rule& rule, const Starts& starts, const WorkDays* work_days);

/// "72 hours", "1 month", "4 business days": a rule in a few words, for tables.
std::string in_words(const Rule& rule);

}  // namespace tocsin::calendar
