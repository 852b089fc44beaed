// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/zone.h"

#include <algorithm>

namespace tocsin::calendar {
namespace {

using std::chrono::days;

constexpr std::int64_t kDay = hours(24).micros;

Instant utc_midnight(Date date) { return {date.time_since_epoch().count() * kDay}; }

}  // namespace

std::string format_date(Date date) { return format_instant(utc_midnight(date)).substr(0, 10); }

std::string named_day(Date date) {
  static constexpr const char* names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return std::string(names[std::chrono::weekday(date).c_encoding()]) + " " + format_date(date);
}

std::optional<Date> parse_date(std::string_view text) {
  // The one judge of dates is parse_instant; a date alone has the wrong length for it.
  const auto read = text.size() == 10 ? parse_instant(std::string(text).append("T00:00Z")) : Result<Instant>(Error{});
  if (!read) return std::nullopt;
  return Date(days(read->micros / kDay - (read->micros % kDay < 0 ? 1 : 0)));
}

int Zone::offset_at(Instant t) const {
  const auto next =
      std::upper_bound(changes.begin(), changes.end(), t, [](Instant at, const Change& change) { return at < change.at; });
  return next == changes.begin() ? offset_minutes : std::prev(next)->offset_minutes;
}

Date Zone::date_of(Instant t) const {
  const auto local = (t + minutes(offset_at(t))).micros;
  return Date(days(local / kDay - (local % kDay < 0 ? 1 : 0)));
}

Instant Zone::at(Date date, Duration since_midnight) const {
  const auto wall = utc_midnight(date) + since_midnight;
  const int before = offset_at(wall - hours(24)), after = offset_at(wall + hours(24));
  const auto by_before = wall - minutes(before), by_after = wall - minutes(after);
  const bool before_fits = offset_at(by_before) == before, after_fits = offset_at(by_after) == after;
  if (before_fits && after_fits) return std::min(by_before, by_after);
  if (before_fits) return by_before;
  if (after_fits) return by_after;
  // The clock skips it: the change lies between the two readings.
  const auto change = std::find_if(changes.begin(), changes.end(), [&](const Change& c) {
    return std::min(by_before, by_after) <= c.at && c.at <= std::max(by_before, by_after);
  });
  return change == changes.end() ? by_before : change->at;
}

}  // namespace tocsin::calendar
