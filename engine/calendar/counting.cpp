// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/counting.h"

namespace tocsin::calendar {
namespace {

struct Named {
  Counting counting;
  std::string_view word;
};
constexpr Named names[] = {
    {Counting::none_undue_delay, "none_undue_delay"},
    {Counting::content_rule, "content_rule"},
    {Counting::elapsed_hours, "elapsed_hours"},
    {Counting::eu1182_hours, "eu1182_hours"},
};

constexpr std::int64_t kHour = hours(1).micros;

/// The beginning of the hour; also before 1970.
Instant floor_to_hour(Instant t) {
  const auto past = t.micros % kHour;
  return {t.micros - (past < 0 ? past + kHour : past)};
}

}  // namespace

std::string_view word(Counting counting) { return names[static_cast<std::size_t>(counting)].word; }

std::optional<Counting> counting_from_word(std::string_view text) {
  for (const auto& name : names)
    if (name.word == text) return name.counting;
  return std::nullopt;
}

std::vector<std::string> counting_words() {
  std::vector<std::string> words;
  for (const auto& name : names) words.emplace_back(name.word);
  return words;
}

Counted count(Counting counting, std::int64_t period_hours, Instant anchor) {
  const auto period = std::to_string(period_hours) + " hours";
  switch (counting) {
    case Counting::none_undue_delay:
      return {std::nullopt, {"period: without undue delay; the law names no number of hours, so there is no deadline"}};
    case Counting::content_rule: return {std::nullopt, {"period: none; it says what the notice must hold"}};
    case Counting::elapsed_hours: {
      const auto due = anchor + hours(period_hours);
      return {due, {"counting: " + period + " elapsed, weekends and holidays included", "deadline: " + format_instant(due)}};
    }
    case Counting::eu1182_hours: {
      const auto start = floor_to_hour(anchor) + hours(1);
      const auto due = start + hours(period_hours);
      return {
          due,
          {"counting: the hour of the event is not counted (Regulation 1182/71 Art 3(1)), so from " + format_instant(start),
           "then " + period + ", to the end of the last hour (Art 3(2)(a)); weekends and holidays included (Art 3(3))",
           "deadline: " + format_instant(due)}};
    }
  }
  return {};
}

}  // namespace tocsin::calendar
