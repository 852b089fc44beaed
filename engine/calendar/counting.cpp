// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/counting.h"

#include <algorithm>

namespace tocsin::calendar {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

struct Named {
  Counting counting;
  std::string_view word;
  Unit unit;
};
// clang-format off
constexpr Named names[] = {
    {Counting::none_undue_delay,             "none_undue_delay",             Unit::none},
    {Counting::content_rule,                 "content_rule",                 Unit::none},
    {Counting::elapsed_hours,                "elapsed_hours",                Unit::hours},
    {Counting::eu1182_hours,                 "eu1182_hours",                 Unit::hours},
    {Counting::eu1182_days,                  "eu1182_days",                  Unit::days},
    {Counting::eu1182_months,                "eu1182_months",                Unit::months},
    {Counting::calendar_days_excl_event_day, "calendar_days_excl_event_day", Unit::days},
    {Counting::calendar_days_incl_event_day, "calendar_days_incl_event_day", Unit::days},
    {Counting::business_days,                "business_days",                Unit::days},
    {Counting::year_end_plus_days,           "year_end_plus_days",           Unit::days},
    {Counting::noon_next_working_day,        "noon_next_working_day",        Unit::none},
    {Counting::min_of,                       "min_of",                       Unit::none},
    {Counting::as_directed,                  "as_directed",                  Unit::none},
};
// clang-format on

constexpr std::int64_t kHour = hours(1).micros;

/// The beginning of the hour; also before 1970.
Instant floor_to_hour(Instant t) {
  const auto past = t.micros % kHour;
  return {t.micros - (past < 0 ? past + kHour : past)};
}

/// Takes sentences and forgets them: what is not asked for costs nothing.
struct Silent {
  void step(const auto&) {}
  void open(const auto&) {}
};

/// Keeps them.
struct Spoken {
  Counted& counted;
  void step(const auto& sentence) { counted.steps.push_back(sentence()); }
  void open(const auto& sentence) {
    if (counted.open.empty()) counted.open = sentence();
    counted.steps.push_back("open: " + sentence());
  }
};

/// One count on its way; Log hears each step.
template <class Log>
class Count {
 public:
  Count(const Starts& starts, const WorkDays* work_days, Log log)
      : starts_(starts), work_days_(work_days), log_(std::move(log)) {}

  Deadline of(const Rule& rule) {
    auto limit = limit_of(rule);
    if (limit && rule.noon_relief) limit = relieved(*limit);
    if (limit) log_.step([&] { return "deadline: " + format_instant(limit->at); });
    return {limit ? std::optional(limit->at) : std::nullopt, certain_};
  }

 private:
  /// An end; of a period of days also its last day.
  struct Limit {
    Instant at;
    std::optional<Date> last_day;
  };

  std::optional<Limit> limit_of(const Rule& rule) {
    const auto start = start_of(rule);
    if (!start) return std::nullopt;
    switch (rule.counting) {
      case Counting::none_undue_delay:
        log_.step([] {
          return std::string("period: without undue delay; the law names no number of hours, so there is no deadline");
        });
        return std::nullopt;
      case Counting::content_rule:
        log_.step([] { return std::string("period: none; it says what the notice must hold"); });
        return std::nullopt;
      case Counting::elapsed_hours: return elapsed(rule, *start);
      case Counting::eu1182_hours: return whole_hours(rule, *start);
      case Counting::min_of: return earliest(rule);
      case Counting::as_directed: return directed();
      case Counting::noon_next_working_day: return std::nullopt;  // a relief, no count of its own: readers refuse it here
      default: return by_days(rule, *start);
    }
  }

  std::optional<Instant> start_of(const Rule& rule) {
    if (rule.after.empty()) return starts_.event;
    const auto start = starts_.at(rule.after);
    if (start) {
      log_.step([&] { return "start: " + rule.after + " = " + format_instant(*start); });
      return start;
    }
    uncertain([&] { return "'" + rule.after + "' is not known yet, and a limit runs from it"; });
    return std::nullopt;
  }

  void uncertain(const auto& sentence) {
    certain_ = false;
    log_.open(sentence);
  }

  Limit elapsed(const Rule& rule, Instant start) {
    log_.step([&] { return "counting: " + std::to_string(rule.period) + " hours elapsed, weekends and holidays included"; });
    return {start + hours(rule.period), {}};
  }

  Limit whole_hours(const Rule& rule, Instant start) {
    const auto from = floor_to_hour(start) + hours(1);
    log_.step([&] {
      return "counting: the hour of the event is not counted (Regulation 1182/71 Art 3(1)), so from " + format_instant(from);
    });
    log_.step([&] {
      return "then " + std::to_string(rule.period) +
             " hours, to the end of the last hour (Art 3(2)(a)); weekends and holidays included (Art 3(3))";
    });
    return {from + hours(rule.period), {}};
  }

  std::optional<Limit> directed() {
    log_.step([&] {
      return starts_.directed ? "period: as directed, " + format_instant(*starts_.directed)
                              : std::string("period: as directed; no time was named, so there is no deadline");
    });
    return starts_.directed ? std::optional(Limit{*starts_.directed, {}}) : std::nullopt;
  }

  std::optional<Limit> earliest(const Rule& rule) {
    std::optional<Limit> first;
    for (const auto& limit : rule.limits) {
      const auto end = limit_of(limit);
      if (!end) continue;
      const auto late_start = limit.unless_passed_at.empty() ? std::nullopt : starts_.at(limit.unless_passed_at);
      if (late_start && end->at < *late_start) {
        log_.step([&] {
          return "limit " + format_instant(end->at) + " does not count: '" + limit.unless_passed_at + "' came after it";
        });
        continue;
      }
      log_.step([&] { return "limit: " + format_instant(end->at); });
      if (!first || end->at < first->at) first = end;
    }
    log_.step([] { return std::string("the earliest limit counts"); });
    return first;
  }

  std::optional<Limit> by_days(const Rule& rule, Instant start) {
    if (work_days_ == nullptr) {
      uncertain([] { return std::string("days are counted, and no calendar says whose"); });
      return std::nullopt;
    }
    if (!work_days_->zone.covers(start))
      uncertain([&] { return "zone " + work_days_->zone.name + " does not cover " + format_instant(start); });
    const auto event_day = work_days_->zone.date_of(start);
    log_.step([&] { return "event on " + named_day(event_day) + ", local date in " + work_days_->zone.name; });
    return ending(last_day(rule, event_day));
  }

  Date last_day(const Rule& rule, Date event_day) {
    const days period{rule.period};
    switch (rule.counting) {
      case Counting::eu1182_days:
        return rolled(rule,
                      plain(rule, event_day + period, "the day of the event is not counted (Regulation 1182/71 Art 3(1))"));
      case Counting::eu1182_months: return rolled(rule, same_date_later(rule, event_day));
      case Counting::calendar_days_excl_event_day:
        return plain(rule, event_day + period, "the day of the event is not counted, days off are");
      case Counting::calendar_days_incl_event_day:
        return plain(rule, event_day + period - days{1}, "the day of the event is day one, days off count");
      case Counting::year_end_plus_days: {
        const auto year_end = Date(year_month_day(event_day).year() / std::chrono::December / 31);
        return plain(rule, year_end + period, "counted from the end of the year");
      }
      default: return nth_working_day(rule, event_day);
    }
  }

  Date plain(const Rule& rule, Date last, const char* how) {
    log_.step([&] { return "counting: " + std::to_string(rule.period) + " days, " + how + ": to " + named_day(last); });
    return last;
  }

  Date same_date_later(const Rule& rule, Date event_day) {
    const year_month_day event(event_day);
    auto same = event + months(rule.period);
    const bool is_missing = !same.ok();
    if (is_missing) same = same.year() / same.month() / std::chrono::last;
    log_.step([&] {
      return "counting: " + std::to_string(rule.period) + (rule.period == 1 ? " month" : " months") + ", to " +
             (is_missing ? "the last day of the month, the date being missing from it" : "the same date") +
             " (Regulation 1182/71 Art 3(2)(c)): " + named_day(Date(same));
    });
    return Date(same);
  }

  Date nth_working_day(const Rule& rule, Date day) {
    for (auto left = rule.period; left > 0;) {
      day += days{1};
      check_covered(day);
      if (is_working(day)) --left;
    }
    log_.step([&] {
      return "counting: " + std::to_string(rule.period) + " business days after the day of the event (" + work_days_->title +
             "): to " + named_day(day);
    });
    return day;
  }

  /// Art 3(4): a last day that is a day off moves to the end of the next working day. A relief that is named instead takes its place.
  Date rolled(const Rule& rule, Date last) {
    if (rule.noon_relief) return last;
    const auto next = next_working_day(last);
    if (next != last)
      log_.step([&] {
        return named_day(last) + " is " + why_off(last) +
               ", so to the end of the next working day (Art 3(4)): " + named_day(next);
      });
    return next;
  }

  /// The day itself, or the first working day after it; stops where the calendar ends, which is the earliest it can be.
  Date next_working_day(Date day) {
    while (check_covered(day) && !is_working(day)) day += days{1};
    return day;
  }

  bool is_working(Date day) const { return work_days_->is_working_day(day); }

  bool check_covered(Date day) {
    const bool covered = work_days_->covers(day);
    if (!covered && certain_)
      uncertain([&] {
        return "calendar " + work_days_->name + " does not cover " +
               std::to_string(static_cast<int>(year_month_day(day).year())) + ", so a later day off is not known";
      });
    return covered;
  }

  std::string why_off(Date day) const {
    const auto* holiday = work_days_->holiday(day);
    return holiday != nullptr ? "a public holiday (" + *holiday + ")" : "no working day";
  }

  Limit ending(Date last) {
    const auto end = work_days_->zone.at(last + days{1});
    if (!work_days_->zone.covers(end))
      uncertain([&] { return "zone " + work_days_->zone.name + " does not cover " + format_date(last); });
    log_.step([&] { return "ends at 24:00 of " + named_day(last) + ", local time"; });
    return {end, last};
  }

  Limit relieved(const Limit& limit) {
    if (work_days_ == nullptr) {
      uncertain([] { return std::string("a relief depends on days off, and no calendar says whose"); });
      return limit;
    }
    const auto day = limit.last_day.value_or(work_days_->zone.date_of(limit.at));
    const auto next = next_working_day(day);
    if (next == day) return limit;
    const auto noon = work_days_->zone.at(next, hours(12));
    log_.step([&] {
      return "relief: " + named_day(day) + " is " + why_off(day) + ", so it may be met by noon of the next working day, " +
             named_day(next);
    });
    return {noon, {}};
  }

  const Starts& starts_;
  const WorkDays* work_days_;
  Log log_;
  bool certain_ = true;
};

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

Unit unit_of(Counting counting) { return names[static_cast<std::size_t>(counting)].unit; }

std::string_view word(Unit unit) {
  constexpr std::string_view words[] = {"none", "hours", "days", "months"};
  return words[static_cast<std::size_t>(unit)];
}

std::optional<Instant> Starts::at(std::string_view name) const {
  const auto found = std::find_if(named.begin(), named.end(), [&](const auto& start) { return start.first == name; });
  return found == named.end() ? std::nullopt : std::optional(found->second);
}

Deadline deadline(const Rule& rule, const Starts& starts, const WorkDays* work_days) {
  return Count<Silent>(starts, work_days, {}).of(rule);
}

Counted count(const Rule& rule, const Starts& starts, const WorkDays* work_days) {
  Counted counted;
  counted.due = Count<Spoken>(starts, work_days, {counted}).of(rule).at;
  return counted;
}

std::string in_words(const Rule& rule) {
  const auto number = [&](const char* one) {
    return std::to_string(rule.period) + " " + one + (rule.period == 1 ? "" : "s");
  };
  switch (rule.counting) {
    case Counting::none_undue_delay: return "without undue delay";
    case Counting::content_rule: return "no period: what it must hold";
    case Counting::as_directed: return "as directed";
    case Counting::elapsed_hours: return number("hour");
    case Counting::eu1182_hours: return number("hour") + " (Reg. 1182/71)";
    case Counting::eu1182_days: return number("day") + " (Reg. 1182/71)";
    case Counting::eu1182_months: return number("month") + " (Reg. 1182/71)";
    case Counting::calendar_days_excl_event_day: return number("day") + " after the day of the event";
    case Counting::calendar_days_incl_event_day: return number("day") + ", the day of the event being the first";
    case Counting::business_days: return number("business day");
    case Counting::year_end_plus_days: return number("day") + " after the end of the year";
    case Counting::noon_next_working_day: return "noon of the next working day";
    case Counting::min_of: break;
  }
  std::string all = "the earliest of: ";
  for (std::size_t i = 0; i < rule.limits.size(); ++i) {
    const auto& limit = rule.limits[i];
    all += (i ? "; " : "") + in_words(limit) + (limit.after.empty() ? "" : " after '" + limit.after + "'") +
           (limit.unless_passed_at.empty() ? "" : " unless '" + limit.unless_passed_at + "' comes later");
  }
  return all;
}

}  // namespace tocsin::calendar
