// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.h"

namespace tocsin::calendar {

/// The closed list of ways to count time. A law file names one by its word; a new one is a case in counting.cpp with published dates
/// as its tests.
enum class Counting {
  none_undue_delay,  ///< no period in law: no deadline, the obligation shows its age
  content_rule,      ///< says what a notice must hold, gives no time of its own
  elapsed_hours,     ///< real hours on the UTC time line from the anchor
  eu1182_hours,      ///< Regulation 1182/71 Art 3(1), 3(2)(a): the hour of the event is not counted
};

std::string_view word(Counting counting);
std::optional<Counting> counting_from_word(std::string_view word);
std::vector<std::string> counting_words();

/// A deadline and how it came about, one sentence a step, times in UTC.
struct Counted {
  std::optional<Instant> due;
  std::vector<std::string> steps;
};

/// Counts a period from an anchor. Pure. Weekends and holidays count in every kind there is so far
/// (Regulation 1182/71 Art 3(3), 3(4): the roll-forward is only for periods not expressed in hours).
Counted count(Counting counting, std::int64_t period_hours, Instant anchor);

}  // namespace tocsin::calendar
