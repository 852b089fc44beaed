// SPDX-License-Identifier: Apache-2.0
#include "engine/screening/number_run.h"

#include <algorithm>

namespace tocsin::screening {
namespace {

constexpr std::size_t kMostDigits = 24;
constexpr std::size_t kMostBetween = 3;

/// Reads up to `most` digits and moves past them; -1 where there are none, or more.
int take_number(const PlainText& text, std::size_t& i, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  for (; text.is_digit(i) && count <= most; ++i, ++count) value = value * 10 + (text.at(i) - '0');
  return count == 0 || count > most ? -1 : value;
}

bool is_day(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }
bool is_year(int year) { return (year >= 1900 && year <= 2099) || (year >= 0 && year <= 99); }

/// Where a date ends that begins there: 26.08.2023, 2023-08-26, 26/8/23; 0: none does. What goes on like a number is none.
std::size_t after_date(const PlainText& text, std::size_t i) {
  auto k = i;
  const int first = take_number(text, k, 4);
  const char between = text.at(k);
  if (first < 0 || (between != '.' && between != '-' && between != '/')) return 0;
  const bool year_first = k - i == 4;
  const int second = take_number(text, ++k, 2);
  if (second < 0 || text.at(k) != between) return 0;
  const auto third_at = ++k;
  const int third = take_number(text, k, year_first ? 2 : 4);
  if (third < 0 || (!year_first && k - third_at != 2 && k - third_at != 4)) return 0;
  const bool is_date = year_first ? is_day(third, second) && first >= 1900 && first <= 2099
                                  : is_year(third) && (is_day(first, second) || is_day(second, first));
  const bool goes_on = (text.at(k) == between || text.at(k) == '.' || text.at(k) == '-') && text.is_digit(k + 1);
  if (!is_date || goes_on) return 0;
  // French telephone numbers are five pairs: 01.02.03 04 05 is one.
  if (!year_first && k - third_at == 2 && text.at(k) == ' ' && text.is_digit(k + 1) && text.is_digit(k + 2) &&
      !text.is_digit(k + 3) && text.at(k + 3) != ':')
    return 0;
  return k;
}

/// 22:03, 22:03:15.250000
std::size_t after_time(const PlainText& text, std::size_t i) {
  auto k = i;
  const int hour = take_number(text, k, 2);
  if (hour < 0 || hour > 24 || text.at(k) != ':') return 0;
  const int minute = take_number(text, ++k, 2);
  if (minute < 0 || minute > 59) return 0;
  if (text.at(k) == ':' && text.is_digit(k + 1)) take_number(text, ++k, 2);
  if (text.at(k) == '.' && text.is_digit(k + 1))
    for (++k; text.is_digit(k);) ++k;
  return k;
}

/// 192.0.2.17, with /24 or :8080 behind it. A part with a zero in front is none, so that no number of a person passes for one.
std::size_t after_address(const PlainText& text, std::size_t i) {
  auto k = i;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && text.at(k++) != '.') return 0;
    const auto from = k;
    const int value = take_number(text, k, 3);
    if (value < 0 || value > 255 || (k - from > 1 && text.at(from) == '0')) return 0;
  }
  if (text.is_digit(k) || (text.at(k) == '.' && text.is_digit(k + 1))) return 0;
  if ((text.at(k) == '/' || text.at(k) == ':') && text.is_digit(k + 1))
    for (++k; text.is_digit(k);) ++k;
  return k;
}

/// 12000..47000
std::size_t after_range(const PlainText& text, std::size_t i) {
  auto k = i;
  while (text.is_digit(k)) ++k;
  if (text.at(k) != '.' || text.at(k + 1) != '.' || text.at(k + 2) == '.') return 0;
  for (k += 2; text.is_digit(k);) ++k;
  return k;
}

bool is_between(char c, bool brackets_and_dots) {
  return c == ' ' || c == '-' || (brackets_and_dots && (c == '.' || c == '(' || c == ')'));
}

}  // namespace

std::vector<bool> explained(const PlainText& text) {
  std::vector<bool> marks(text.size(), false);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_a_point = text.before(i) == '.' && i > 1 && text.is_digit(i - 2);
    const bool after_a_t = i >= 3 && (text.before(i) == 'T' || text.before(i) == 't') && marks[i - 2];
    if (!text.is_digit(i) || after_a_point || (text.is_word(i - 1) && i > 0 && !after_a_t)) continue;
    std::size_t end = 0;
    for (const auto ends : {after_date, after_time, after_address, after_range})
      if (end = ends(text, i); end != 0) break;
    if (end == 0) continue;
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(i), marks.begin() + static_cast<std::ptrdiff_t>(end), true);
    i = end - 1;
  }
  return marks;
}

NumberRun run_at(const PlainText& text, const std::vector<bool>& explained, std::size_t i, bool brackets_and_dots) {
  NumberRun run;
  while (text.is_digit(i) && !explained[i] && run.digits.size() <= kMostDigits) {
    NumberRun::Group group{i, i, 0};
    for (; text.is_digit(i) && !explained[i]; ++i) run.digits += text.at(i);
    group.end = i;
    group.digits = run.digits.size();
    const bool is_extension = (text.at(i) == 'x' || text.at(i) == 'X') && text.is_digit(i + 1);
    const bool is_a_count = text.at(i) == ',' && text.is_digit(i + 1);
    if ((text.is_word(i) && !is_extension) || is_a_count) {  // a part of a word or of 12 345,000
      run.digits.resize(run.groups.empty() ? 0 : run.groups.back().digits);
      break;
    }
    run.groups.push_back(group);
    run.end = i;
    auto next = i;
    while (next - i < kMostBetween && is_between(text.at(next), brackets_and_dots)) ++next;
    const bool ends_a_sentence = text.at(i) == '.' && text.at(i + 1) == ' ';
    if (next == i || ends_a_sentence) break;
    i = next;
  }
  return run;
}

bool may_begin(const PlainText& text, std::size_t i) {
  if (i == 0) return true;
  const char before = text.before(i);
  if (text.is_word(i - 1) || before == '#') return false;
  const bool joins = before == '.' || before == ',' || before == '-' || before == '/' || before == ':';
  if (!joins || i < 2) return true;
  if (before == ':' || before == ',') return !text.is_digit(i - 2);
  return !text.is_digit(i - 2) && !text.is_capital(i - 2);  // IC-0123456789 is a reference, at home/07700 ... is none
}

}  // namespace tocsin::screening
