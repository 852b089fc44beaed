// SPDX-License-Identifier: Apache-2.0
#include "cli/times/spoken_words.h"

#include <array>
#include <vector>

#include "cli/line/call.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 4> kDays = {"yesterday", "today", "tomorrow", "now"};

Error not_read(const std::string& why) { return usage_error(why + "; " + forms_that_work()); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Takes up to `most` digits from the front; nothing when there are none or more.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  int number = 0;
  std::size_t count = 0;
  for (; count < text.size() && is_digit(text[count]); ++count) {
    if (count == most) return std::nullopt;
    number = number * 10 + (text[count] - '0');
  }
  if (count == 0) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

/// Takes exactly two digits.
std::optional<int> take_two(std::string_view& text) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  return take_number(text, 2);
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

/// The place of the name that begins with the word: three letters are enough.
template <std::size_t N>
std::optional<unsigned> named(const std::array<std::string_view, N>& names, std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < N; ++i)
    if (names[i].starts_with(word)) return i;
  return std::nullopt;
}

/// "+01:00", "-05", "z", "utc": minutes east of UTC; the whole of the word.
std::optional<int> offset_of(std::string_view word) {
  if (word == "z" || word == "utc") return 0;
  const int sign = take(word, "+") ? 1 : take(word, "-") ? -1 : 0;
  const auto hour = sign == 0 ? std::nullopt : take_two(word);
  if (!hour || *hour > 15) return std::nullopt;
  if (word.empty()) return sign * *hour * 60;
  const auto minute = take(word, ":") ? take_two(word) : std::nullopt;
  if (!minute || *minute > 59 || !word.empty()) return std::nullopt;
  return sign * (*hour * 60 + *minute);
}

/// Takes the words one by one and remembers what each of them said.
class Listener {
 public:
  Result<void> hear(std::string_view word) {
    if (word == "am" || word == "pm") return half_of_day(word == "pm");
    if (is_letter(word.front())) return name(word);
    if (word.size() >= 10 && word[4] == '-' && word[7] == '-') return date(word);
    if (word.front() == '+' || word.front() == '-') return offset(word);
    return number(word);
  }

  Result<SpokenTime> all() const {
    if (said_.now) return said_.second_of_day || names_a_day() ? Result<SpokenTime>(not_read("'now' stands alone")) : said_;
    if (!said_.second_of_day)
      return not_read(names_a_day() ? "the time of day is missing: add it, as in 'sat 20:10'" : "this is not a time");
    if (said_.day && !said_.month) return not_read("the day has no month: write '26 aug 20:10'");
    if (said_.month && !said_.day) return not_read("the month has no day: write '26 aug 20:10'");
    if (said_.year && !said_.day) return not_read("the year has no day: write '26 aug 2023 20:10'");
    if (said_.days_from_today && (said_.day || said_.weekday)) return not_read("the day is named twice");
    return said_;
  }

 private:
  bool names_a_day() const { return said_.days_from_today || said_.weekday || said_.day || said_.month || said_.year; }

  template <class T>
  Result<void> keep(std::optional<T>& into, T value, const char* what) {
    if (into) return not_read(std::string(what) + " is named twice");
    into = value;
    return {};
  }

  Result<void> name(std::string_view word) {
    if (word == "now") {
      said_.now = true;
      return {};
    }
    if (word == "today") return keep(said_.days_from_today, 0, "the day");
    if (word == "yesterday") return keep(said_.days_from_today, -1, "the day");
    if (word == "tomorrow") return keep(said_.days_from_today, 1, "the day");
    if (const auto weekday = named(kWeekdays, word)) return keep(said_.weekday, *weekday, "the day of the week");
    if (const auto month = named(kMonths, word)) return keep(said_.month, *month + 1, "the month");
    if (said_.second_of_day && word.size() <= 5) return offset(word);
    std::vector<std::string> known;
    for (const auto& names : {std::vector<std::string_view>(kWeekdays.begin(), kWeekdays.end()),
                              std::vector<std::string_view>(kMonths.begin(), kMonths.end()),
                              std::vector<std::string_view>(kDays.begin(), kDays.end())})
      known.insert(known.end(), names.begin(), names.end());
    const auto close = nearest(word, known);
    return not_read("a time has no such word" + (close.empty() ? "" : " (did you mean '" + close + "'?)"));
  }

  Result<void> offset(std::string_view word) {
    if (said_.offset || !said_.zone_word.empty()) return not_read("the time zone is named twice");
    if (const auto minutes = offset_of(word)) {
      said_.offset = minutes;
      return {};
    }
    for (const char c : word)
      if (!is_letter(c)) return not_read("something follows the time that is no time zone");
    said_.zone_word = word;
    return {};
  }

  Result<void> date(std::string_view word) {
    const auto year = take_number(word, 4);
    const auto month = take(word, "-") ? take_two(word) : std::nullopt;
    const auto day = take(word, "-") ? take_two(word) : std::nullopt;
    if (!year || !month || !day) return not_read("this is not a date");
    if (said_.day || said_.month || said_.year) return not_read("the date is named twice");
    if (auto ok = the_year(*year); !ok) return ok;
    said_.month = static_cast<unsigned>(*month);
    said_.day = static_cast<unsigned>(*day);
    if (word.empty()) return {};
    if (!take(word, "t") || word.empty()) return not_read("something follows the date that is no time of day");
    return clock(word);
  }

  Result<void> the_year(int year) {
    if (year < 1900 || year > 2999) return not_read("the year is not between 1900 and 2999");
    return keep(said_.year, year, "the year");
  }

  /// What begins with a digit: a time of day, a day, a year.
  Result<void> number(std::string_view word) {
    if (word.find(':') != std::string_view::npos || word.ends_with("am") || word.ends_with("pm")) return clock(word);
    if (word.find('/') != std::string_view::npos)
      return not_read("a date with strokes is read in two ways: write the month as a word, as in '26 aug 20:10'");
    auto rest = word;
    const auto number = take_number(rest, 4);
    if (!number) return not_read("this is not a time");
    if (rest.empty() && word.size() == 4) return the_year(*number);
    if (word.size() - rest.size() <= 2 && *number >= 1 && *number <= 31 &&
        (rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th"))
      return keep(said_.day, static_cast<unsigned>(*number), "the day");
    if (rest == "m" || rest == "h" || rest == "d" || rest == "w")
      return not_read("before or after now? write a '-' or a '+' in front, as in '-40m'");
    if (rest.starts_with(".")) return not_read("write a time of day with a colon, as in '20:10'");
    return not_read("this is not a time");
  }

  Result<void> clock(std::string_view word) {
    if (said_.second_of_day) return not_read("the time of day is named twice");
    const auto hour = take_number(word, 2);
    if (!hour) return not_read("this is not a time of day");
    int minute = 0, second = 0;
    if (take(word, ":")) {
      const auto read = take_two(word);
      const auto seconds = take(word, ":") ? take_two(word) : std::optional(0);
      if (!read || !seconds || *read > 59 || *seconds > 59) return not_read("this is not a time of day");
      minute = *read;
      second = *seconds;
    } else if (!word.ends_with("m")) {
      return not_read("this is not a time of day");
    }
    if (*hour > 23) return not_read("a day has the hours 0:00 to 23:59");
    said_.second_of_day = *hour * 3600 + minute * 60 + second;
    if (word.empty()) return {};
    if (word == "am" || word == "pm") return half_of_day(word == "pm");
    return offset(word);
  }

  Result<void> half_of_day(bool afternoon) {
    const int hour = said_.second_of_day ? *said_.second_of_day / 3600 : 0;
    if (hour < 1 || hour > 12 || halved_) return not_read("'am' and 'pm' follow an hour from 1 to 12");
    halved_ = true;
    *said_.second_of_day += ((hour == 12 ? -12 : 0) + (afternoon ? 12 : 0)) * 3600;
    return {};
  }

  SpokenTime said_;
  bool halved_ = false;
};

/// "-1h30m", "+3d": the units from long to short, each once.
Result<SpokenTime> distance_of(std::string_view text) {
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  SpokenTime::Distance distance;
  constexpr std::string_view units = "wdhm";
  for (std::size_t last = 0; !text.empty();) {
    const auto number = take_number(text, 6);
    const auto unit = !number || text.empty() ? std::string_view::npos : units.find(text.front(), last);
    if (unit == std::string_view::npos)
      return not_read("a distance is written as '-40m' or '-1h30m', in weeks, days, hours and minutes: w, d, h, m");
    text.remove_prefix(1);
    last = unit + 1;
    if (unit < 2) distance.days += sign * std::int64_t{*number} * (unit == 0 ? 7 : 1);
    else distance.minutes += sign * std::int64_t{*number} * (unit == 2 ? 60 : 1);
  }
  SpokenTime said;
  said.distance = distance;
  return said;
}

}  // namespace

std::string forms_that_work() {
  return "write -40m, 20:10, sat 20:10, yesterday 20:10, 26 aug 20:10 or, in full, 2023-08-26T20:10+01:00";
}

Result<SpokenTime> take_apart(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  if (text.size() > kLongest) return not_read("this is too long for a time");
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (words.back().empty()) words.pop_back();
  if (words.empty()) return not_read("the time is missing");
  const auto& first = words.front();
  if (words.size() == 1 && first.size() > 1 && (first[0] == '-' || first[0] == '+')) return distance_of(first);
  Listener listener;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool halves = i + 1 < words.size() && (words[i + 1] == "am" || words[i + 1] == "pm");
    const auto word = halves && is_digit(words[i].back()) ? words[i] + words[i + 1] : words[i];  // "8 pm" is one time
    if (word.size() > words[i].size()) ++i;
    if (auto ok = listener.hear(word); !ok) return std::move(ok).error();
  }
  return listener.all();
}

}  // namespace tocsin::cli
