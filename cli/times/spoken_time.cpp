// SPDX-License-Identifier: Apache-2.0
#include "cli/times/spoken_time.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "cli/line/call.h"
#include "cli/times/spoken_words.h"

namespace tocsin::cli {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

date::sys_seconds whole_seconds(Instant t) {
  return std::chrono::floor<seconds>(date::sys_time<std::chrono::microseconds>{std::chrono::microseconds(t.micros)});
}
Instant instant_of(date::sys_seconds t) { return {t.time_since_epoch().count() * 1'000'000}; }

/// One meaning of a time that a clock on the wall shows.
struct Meaning {
  date::sys_seconds at;
  std::string name;  ///< of the time kept then: "BST"
  seconds offset;
};

/// What a time on the wall can mean: one thing, or two in the hour that a change of the clocks repeats or leaves out.
struct Meanings {
  std::vector<Meaning> all;
  bool is_missing = false;  ///< no clock ever showed it
};

/// The clocks of a zone, or of an offset that was said.
class Clocks {
 public:
  /// nullopt when this machine does not know the zone.
  static std::optional<Clocks> of(const std::string& zone) {
    try {
      return Clocks(date::locate_zone(zone));
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }
  explicit Clocks(seconds offset) : offset_(offset) {}

  date::local_seconds show(date::sys_seconds t) const {
    const auto offset = zone_ != nullptr ? zone_->get_info(t).offset : offset_;
    return date::local_seconds{t.time_since_epoch() + offset};
  }

  Meanings read(date::local_seconds wall) const {
    const auto meaning = [&](seconds offset, const std::string& name) {
      return Meaning{date::sys_seconds{wall.time_since_epoch() - offset}, name, offset};
    };
    if (zone_ == nullptr) return {{meaning(offset_, "")}};
    const auto found = zone_->get_info(wall);
    Meanings meanings{{meaning(found.first.offset, found.first.abbrev)}};
    meanings.is_missing = found.result == date::local_info::nonexistent;
    if (found.result != date::local_info::unique) meanings.all.push_back(meaning(found.second.offset, found.second.abbrev));
    return meanings;
  }

 private:
  explicit Clocks(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_ = nullptr;
  seconds offset_{0};
};

std::string in_full(const Meaning& meaning) {
  const date::local_seconds wall{meaning.at.time_since_epoch() + meaning.offset};
  const bool is_whole_minute = std::chrono::floor<minutes>(wall) == wall;
  const auto east = std::abs(duration_cast<minutes>(meaning.offset).count());
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return date::format(is_whole_minute ? "%FT%H:%M" : "%FT%H:%M:%S", wall) + (meaning.offset.count() < 0 ? "-" : "+") +
         two(east / 60) + ":" + two(east % 60);
}

/// The hour that a change of the clocks repeats or leaves out has two readings, and nobody but who typed it knows which.
Error two_readings(const Meanings& meanings, const TimeReading& how) {
  std::string text = meanings.is_missing ? "the clocks of " + how.zone + " go forward then and never show this time"
                                         : "the clocks of " + how.zone + " go back then and show this time twice";
  text += ": write which is meant,";
  for (const auto& one : meanings.all)
    text +=
        (&one == &meanings.all.front() ? " " : " or ") + in_full(one) + " (" + said_back(instant_of(one.at), how.zone) + ")";
  return usage_error(text);
}

/// The days that the words can mean, the likeliest first; the sentence why there is none.
Result<std::vector<date::local_days>> days_of(const SpokenTime& said, date::local_days today, bool future) {
  const date::days forward{future ? 1 : -1};
  std::vector<date::local_days> days;
  if (said.days_from_today) return std::vector{today + date::days(*said.days_from_today)};
  if (said.day) {
    const date::year_month_day now{today};
    // Eight years hold a 29th of February, whatever the century.
    for (int i = 0; i <= (said.year ? 0 : 8); ++i) {
      const auto year = said.year ? date::year{*said.year} : now.year() + date::years(future ? i : -i);
      const date::year_month_day named{year, date::month{*said.month}, date::day{*said.day}};
      if (named.ok()) days.push_back(date::local_days{named});
    }
    if (days.empty()) return usage_error("there is no such day; " + forms_that_work());
    if (!said.weekday || !said.year) return days;
    const auto weekday = date::weekday{days.front()};
    if (weekday != date::weekday{*said.weekday})
      return usage_error("that day is a " + date::format("%A", weekday) +
                         ": correct the date or leave the day of the week out");
    return days;
  }
  for (int i = 0; i <= 7; ++i) {
    const auto day = today + i * forward;
    if (said.weekday ? date::weekday{day} == date::weekday{*said.weekday} : i < 2) days.push_back(day);
  }
  return days;
}

/// Keeps what the name of a zone that was said allows: of two, or of one, that which is kept at that time.
Meanings keeping(Meanings meanings, const std::string& zone_word) {
  if (zone_word.empty()) return meanings;
  std::erase_if(meanings.all, [&](const Meaning& one) {
    return !std::equal(one.name.begin(), one.name.end(), zone_word.begin(), zone_word.end(),
                       [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
  });
  return meanings;
}

Result<Instant> at_time_of_day(const SpokenTime& said, const Clocks& clocks, const TimeReading& how) {
  const auto now = whole_seconds(how.now);
  auto days = days_of(said, date::floor<date::days>(clocks.show(now)), how.future);
  if (!days) return std::move(days).error();
  const bool is_one_day = said.year || said.days_from_today;
  for (const auto day : *days) {
    if (said.weekday && said.day && date::weekday{day} != date::weekday{*said.weekday}) continue;
    const auto meanings = keeping(clocks.read(day + seconds(*said.second_of_day)), said.zone_word);
    if (meanings.all.empty()) continue;
    const auto [first, last] =
        std::minmax_element(meanings.all.begin(), meanings.all.end(), [](auto& a, auto& b) { return a.at < b.at; });
    if (!is_one_day && (how.future ? last->at < now : first->at > now)) continue;
    if (meanings.all.size() > 1 || (meanings.is_missing && said.zone_word.empty())) return two_readings(meanings, how);
    return instant_of(meanings.all.front().at);
  }
  if (!said.zone_word.empty())
    return usage_error("the clocks of " + how.zone +
                       " do not keep the time of that name then: leave it out, or write the offset, as in '20:10+01:00'");
  return usage_error("no day near fits these words; " + forms_that_work());
}

Result<Instant> at_distance(const SpokenTime::Distance& distance, const Clocks& clocks, const TimeReading& how) {
  auto from = std::chrono::floor<minutes>(whole_seconds(how.now));
  if (distance.days != 0) {
    const auto meanings = clocks.read(clocks.show(from) + date::days(distance.days));
    if (meanings.all.size() > 1) return two_readings(meanings, how);
    from = std::chrono::floor<minutes>(meanings.all.front().at);
  }
  return instant_of(from + minutes(distance.minutes));
}

Result<Instant> read_spoken(std::string_view text, const TimeReading& how) {
  auto said = take_apart(text);
  if (!said) return std::move(said).error();
  if (said->now) return how.now;
  // "GMT" is UTC everywhere; other names are those of the zone.
  if (said->zone_word == "gmt") said->zone_word.clear(), said->offset = 0;
  const auto clocks = said->offset ? std::optional(Clocks(minutes(*said->offset))) : Clocks::of(how.zone);
  if (!clocks)
    return usage_error("this machine does not know the clocks of the zone " + in_quotes(how.zone) +
                       ": write the time in full, as in 2023-08-26T20:10+01:00");
  return said->distance ? at_distance(*said->distance, *clocks, how) : at_time_of_day(*said, *clocks, how);
}

bool is_within_years(Instant t) {
  const date::year_month_day day{date::floor<date::days>(whole_seconds(t))};
  return day.year() >= date::year{1900} && day.year() <= date::year{2999};
}

}  // namespace

Result<Instant> read_time(std::string_view text, const TimeReading& how) {
  auto at = parse_instant(text);
  if (!at && how.strict) {
    // What it would have been without --json is worth more than a rule.
    if (const auto meant = read_time(text, {how.now, how.zone, false, how.future}))
      return usage_error(
          "this form is for people; with --json, in stories and in 'clock explain' a time is written in full: " +
          strict_time(*meant, how.zone));
    return at;
  }
  if (!at) at = read_spoken(text, how);
  if (!at) return at;
  if (!is_within_years(*at)) return usage_error("the year is not between 1900 and 2999");
  if (!how.future && *at > how.now)
    return usage_error(said_back(*at, how.zone) + " lies in the future: it says when a thing happened");
  return at;
}

std::string strict_time(Instant t, std::string_view zone) {
  const auto clocks = Clocks::of(std::string(zone));
  const auto at = whole_seconds(t);
  const auto offset = clocks ? clocks->show(at).time_since_epoch() - at.time_since_epoch() : seconds(0);
  return in_full({at, "", offset});
}

std::string said_back(Instant t, std::string_view zone) {
  const auto at = whole_seconds(t);
  const bool is_whole_minute = std::chrono::floor<minutes>(at) == at;
  const auto utc = date::format(is_whole_minute ? "%H:%MZ" : "%H:%M:%SZ", at);
  const char* form = is_whole_minute ? "%a %d %b %Y %H:%M %Z" : "%a %d %b %Y %H:%M:%S %Z";
  std::string local;
  try {
    local = date::format(form, date::make_zoned(date::locate_zone(std::string(zone)), at));
  } catch (const std::exception&) {
    local = date::format(form, date::make_zoned("UTC", at));
  }
  if (local[4] == '0') local.erase(4, 1);  // "Sat 2 May", as it is said
  return local + ", " + utc;
}

}  // namespace tocsin::cli
