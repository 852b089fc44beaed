// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tocsin::cli {

/// A time as its words name it, before a calendar or a zone was asked. Either `now`, a distance, or a time of day with what names its day.
struct SpokenTime {
  /// From now: days of the calendar first, then minutes that pass.
  struct Distance {
    std::int64_t days = 0;
    std::int64_t minutes = 0;
  };
  bool now = false;
  std::optional<Distance> distance = {};
  std::optional<int> second_of_day = {};
  std::optional<int> days_from_today = {};  ///< -1 for yesterday
  std::optional<unsigned> weekday = {};     ///< 0 is Sunday
  std::optional<unsigned> day = {};         ///< 1 to 31
  std::optional<unsigned> month = {};       ///< 1 to 12
  std::optional<int> year = {};             ///< 1900 to 2999
  std::optional<int> offset = {};           ///< minutes east of UTC, where one was said
  std::string zone_word = {};               ///< "bst", where that was said instead
};

/// Takes the words of a time apart; upper and lower case are one. `invalid` saying why and which forms work; it repeats nothing of the text.
Result<SpokenTime> take_apart(std::string_view text);

/// The forms that work, as the end of a sentence.
std::string forms_that_work();

}  // namespace tocsin::cli
