// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.h"

namespace tocsin::calendar {

/// A local date. Which place it is local to is said by the calendar it came from.
using Date = std::chrono::sys_days;

/// "2026-05-04".
std::string format_date(Date date);
/// "Mon 2026-05-04", for derivations.
std::string named_day(Date date);
/// Reads "2026-05-04"; nullopt for anything else and for dates that do not exist.
std::optional<Date> parse_date(std::string_view text);

/// Local time of one place as a table of its offsets from UTC. It is data that is kept with a case, so that a deadline can be
/// counted again without asking the machine. A zone without changes and without a name is UTC. A plain value; pure; thread-safe.
///
///   zone.date_of(*parse_instant("2026-05-03T23:30Z"));   // 2026-05-04 in Europe/London
struct Zone {
  /// From when on which offset holds.
  struct Change {
    Instant at;                ///< the first instant of it
    int offset_minutes = 0;    ///< east of Greenwich, from then on
    std::string abbreviation;  ///< "BST"
  };
  std::string name = "UTC";                                 ///< IANA name
  std::string source;                                       ///< where its offsets come from
  Instant from{std::numeric_limits<std::int64_t>::min()};   ///< covered from (inclusive) ...
  Instant until{std::numeric_limits<std::int64_t>::max()};  ///< ... to (exclusive)
  int offset_minutes = 0;                                   ///< before the first change
  std::string abbreviation = "UTC";                         ///< before the first change
  std::vector<Change> changes;                              ///< in order of time

  bool covers(Instant t) const { return from <= t && t < until; }  ///< whether the offset at `t` is known
  /// The local date; outside the covered time by the nearest known offset: ask covers() first.
  Date date_of(Instant t) const;
  /// When a local date has reached this time of day: the first such instant where the clock shows it twice, the moment of the
  /// change where it skips it.
  Instant at(Date date, Duration since_midnight = {}) const;

 private:
  int offset_at(Instant t) const;
};

}  // namespace tocsin::calendar
