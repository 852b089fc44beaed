// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace tocsin::cli {

/// Against what a time that somebody typed is read.
struct TimeReading {
  Instant now;          ///< the machine's clock
  std::string zone;     ///< of the case, as "Europe/London"
  bool strict = false;  ///< only the full form: RFC 3339 with its offset
  bool future =
      false;  ///< the field names future things: a bare clock time is the next one, and what is to come is accepted
};

/// A time as people say it. Read in the zone of the case, to whole minutes where it is a distance from now:
///
///   -40m  -1h30m  -3d  +2h            before or after now; a day is a day of the calendar, an hour is 60 minutes
///   20:10  8:10pm  sat 20:10          the latest such time that is not in the future; for a field that names future things the next one
///   yesterday 20:10  26 aug 20:10     the same: without its year, the latest such day
///   26 aug 2023 20:10  2023-08-26 20:10
///   now  20:10Z  20:10 BST  20:10+01:00
///   2023-08-26T20:10+01:00            the full form, which is all that `strict` reads
///
/// `invalid`, saying which forms work, for what is none of these; with both readings in full form for an hour that a change of the
/// clocks repeats or leaves out; for a time in the future where `future` is not set. The text is never part of the message: it may be
/// anybody's words. Pure but for the machine's database of zones; safe from any thread.
Result<Instant> read_time(std::string_view text, const TimeReading& how);

/// The full form in the time of a zone, to be pasted: "2026-10-25T01:30+01:00"; seconds only where there are some.
std::string strict_time(Instant t, std::string_view zone);

/// What a time was read as, in full: "Sat 26 Aug 2023 20:10 BST, 19:10Z"; seconds only where there are some.
std::string said_back(Instant t, std::string_view zone);

}  // namespace tocsin::cli
