// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/zone.h"

namespace tocsin::calendar {

/// The days on which a place works: its zone, its weekend, its public holidays for the years that were sourced. A year outside them
/// is not known, and never guessed. A plain value; pure; thread-safe.
///
///   england.is_working_day(*parse_date("2026-05-04"));   // false: Early May bank holiday
struct WorkDays {
  std::string name;        ///< "england-and-wales"
  std::string title;       ///< for people
  std::string about;       ///< what it covers
  std::string source;      ///< where the days were read
  std::string confidence;  ///< A, B, C or M (docs/formats/law.md)
  Zone zone;               ///< whose local days these are
  int first_year = 0;      ///< covered, both ends included; nothing is while last < first
  int last_year = -1;      ///< included
  std::array<bool, 7> weekend = {true, false, false, false, false, false, true};  ///< from Sunday
  std::vector<std::pair<Date, std::string>> holidays;                             ///< in order

  bool covers(Date date) const;                 ///< whether the year is among those that were sourced
  const std::string* holiday(Date date) const;  ///< its title, or null
  /// Neither weekend nor holiday. In a year that is not covered only the weekend is known: ask covers() first.
  bool is_working_day(Date date) const;
};

}  // namespace tocsin::calendar
