// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/time.h"

namespace tocsin::cli {

/// "Tue 29 Aug 2023 22:03 BST": an instant as the people of a zone read it. UTC when the zone is not known to this machine.
std::string local_time(Instant t, std::string_view zone);

/// "2026-05-02 20:00 BST", for diaries.
std::string local_stamp(Instant t, std::string_view zone);

/// "Sat 26 Aug 2023 20:10 BST, 19:10Z": local and UTC beside each other.
std::string both_times(Instant t, std::string_view zone);

/// The same two for a deadline: what ends with a day says "Mon  4 May 2026 24:00 BST" and not 00:00 of the next.
std::string deadline_time(Instant t, std::string_view zone);
std::string both_deadline_times(Instant t, std::string_view zone);

/// "Tue  5 May 03:00 BST", with the year where it is not that of `now`: for lists.
std::string short_deadline(Instant t, std::string_view zone, Instant now);

/// "Sat 2 May 2026", and "03:00".
std::string day_of(Instant t, std::string_view zone);
std::string time_of_day(Instant t, std::string_view zone);

/// How far `due` is from `now`, cut to two units: "in 3 h 20 min", "2 d 4 h late".
std::string relative(Instant due, Instant now);

/// "3 h 20 min", "2 d 4 h", "12 d".
std::string length_in_words(Duration length);

/// Whether this machine's time zone data has the zone; where it has not, times are printed in UTC.
bool knows_zone(std::string_view zone);

}  // namespace tocsin::cli
