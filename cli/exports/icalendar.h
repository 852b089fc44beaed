// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"

namespace tocsin::cli {

/// Something with a time that belongs into a calendar. No words of people, unless they were asked for.
struct CalendarEntry {
  std::string uid;  ///< the same for ever, whatever moves
  Instant at;
  std::string summary;  ///< reference and obligation
  std::string description;
  std::int64_t sequence = 0;  ///< how often it changed
  Instant changed;            ///< when it last did
  bool provisional = false;
  bool cancelled = false;
  std::vector<Instant> alarms;
};

/// The deadlines, reviews and actions of a case as entries; those that are settled are cancelled, so that a calendar that has them takes
/// them out. What has no deadline has an entry at each age its workflow wants to be reminded of. `title` stands in the summary where it
/// is not empty.
std::vector<CalendarEntry> calendar_of(const CaseView& view, const std::string& title);

/// The entries as iCalendar (RFC 5545): UTC, lines folded at 75 octets, ends of line CRLF, METHOD:PUBLISH.
std::string to_icalendar(const std::vector<CalendarEntry>& entries);

}  // namespace tocsin::cli
