// SPDX-License-Identifier: Apache-2.0
#include "engine/base/time.h"

#include <chrono>
#include <optional>

namespace tocsin {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

/// Takes exactly `digits` digits from the front; -1 when they are not there.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

Error not_a_time(std::string_view why) {
  return Error{
      Errc::invalid, std::string(why) + "; write it like 2026-05-02T20:10+01:00 or 2026-05-02T19:10:00Z", "", {}, ""};
}

/// Up to six decimals of a second, as microseconds; -1 when there are none or more.
std::int64_t take_fraction(std::string_view& text) {
  std::int64_t micros = 0, unit = 100'000;
  if (text.empty() || text.front() < '0' || text.front() > '9') return -1;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (unit == 0) return -1;
    micros += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return micros;
}

/// The offset in minutes; nullopt-like 10000 when there is none.
constexpr int kNoOffset = 10'000;
int take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  if (sign == 0) return kNoOffset;
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return kNoOffset;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59) return kNoOffset;
  return sign * (hour * 60 + minute);
}

void put_number(char* to, std::int64_t number, int digits) {
  for (char* place = to + digits; place != to; number /= 10) *--place = static_cast<char>('0' + number % 10);
}

/// The form that format_instant() gives whole seconds, which nearly every stored time has. None for all else, and for what is no
/// time: the other reader says why.
std::optional<Instant> read_stamp(std::string_view text) {
  if (text.size() != 20) return std::nullopt;
  const char* t = text.data();
  if (t[4] != '-' || t[7] != '-' || t[10] != 'T' || t[13] != ':' || t[16] != ':' || t[19] != 'Z') return std::nullopt;
  bool is_number = true;
  const auto two = [&](int place) {
    const int tens = t[place] - '0', ones = t[place + 1] - '0';
    is_number = is_number && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return tens * 10 + ones;
  };
  const int y = two(0) * 100 + two(2), mo = two(5), d = two(8), h = two(11), mi = two(14), s = two(17);
  if (!is_number || y < 1900 || y > 2999 || h > 23 || mi > 59 || s > 59) return std::nullopt;
  const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = sys_days(date).time_since_epoch().count();
  return Instant{(days * 86'400 + h * 3600 + mi * 60 + s) * 1'000'000};
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
  if (const auto stamp = read_stamp(text)) return *stamp;
  if (text.size() > 40) return not_a_time("this is too long for a time");
  const int y = take_number(text, 4);
  const int mo = y >= 0 && take(text, '-') ? take_number(text, 2) : -1;
  const int d = mo >= 0 && take(text, '-') ? take_number(text, 2) : -1;
  if (d < 0) return not_a_time("this is not a full date");
  if (y < 1900 || y > 2999) return not_a_time("the year is not between 1900 and 2999");
  const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (!date.ok()) return not_a_time("there is no such day");
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return not_a_time("the time of day is missing");
  const int h = take_number(text, 2);
  const int mi = h >= 0 && take(text, ':') ? take_number(text, 2) : -1;
  if (mi < 0 || h > 23 || mi > 59) return not_a_time("this is not a time of day");
  int s = 0;
  std::int64_t fraction = 0;
  if (take(text, ':')) {
    s = take_number(text, 2);
    if (s < 0 || s > 59) return not_a_time("these are not seconds (leap seconds are not kept)");
    if (take(text, '.') && (fraction = take_fraction(text)) < 0) return not_a_time("a second has one to six decimals");
  }
  const int offset = take_offset(text);
  if (offset == kNoOffset) return not_a_time("the time zone is missing: an offset or Z must follow");
  if (!text.empty()) return not_a_time("something follows the time");
  const std::int64_t days = sys_days(date).time_since_epoch().count();
  const std::int64_t second = days * 86'400 + h * 3600 + mi * 60 + s - offset * 60;
  return Instant{second * 1'000'000 + fraction};
}

void append_instant(std::string& out, Instant t) {
  std::int64_t second = t.micros / 1'000'000, fraction = t.micros % 1'000'000;
  if (fraction < 0) --second, fraction += 1'000'000;
  std::int64_t days = second / 86'400, rest = second % 86'400;
  if (rest < 0) --days, rest += 86'400;
  const year_month_day date{sys_days(std::chrono::days(days))};
  char stamp[] = "0000-00-00T00:00:00.000000Z";  // written in place: every event is stamped twice
  put_number(stamp, static_cast<int>(date.year()), 4);
  put_number(stamp + 5, static_cast<unsigned>(date.month()), 2);
  put_number(stamp + 8, static_cast<unsigned>(date.day()), 2);
  put_number(stamp + 11, rest / 3600, 2);
  put_number(stamp + 14, rest / 60 % 60, 2);
  put_number(stamp + 17, rest % 60, 2);
  if (fraction == 0) {
    stamp[19] = 'Z';
    out.append(stamp, 20);
    return;
  }
  put_number(stamp + 20, fraction, 6);
  out.append(stamp, 27);
}

std::string format_instant(Instant t) {
  std::string out;
  append_instant(out, t);
  return out;
}

}  // namespace tocsin
