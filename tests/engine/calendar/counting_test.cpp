// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/counting.h"

#include <catch2/catch.hpp>

using namespace tocsin;
using calendar::count;
using calendar::Counting;
using calendar::Rule;
using calendar::WorkDays;

namespace {

Instant t(const std::string& time) { return *parse_instant(time); }
std::string at(const std::string& time) { return format_instant(t(time)); }

Rule rule(Counting counting, std::int64_t period) { return {counting, period, {}, {}, {}, false}; }

/// London with the clock changes and bank holidays that the rows below touch.
WorkDays london() {
  WorkDays days;
  days.name = "london";
  days.title = "London";
  days.zone.name = "Europe/London";
  days.zone.from = t("2018-01-01T00:00Z");
  days.zone.until = t("2031-01-01T00:00Z");
  days.zone.abbreviation = "GMT";
  for (const auto& [when, offset] : {std::pair{"2018-03-25T01:00Z", 60},
                                     {"2018-10-28T01:00Z", 0},
                                     {"2024-03-31T01:00Z", 60},
                                     {"2024-10-27T01:00Z", 0},
                                     {"2025-03-30T01:00Z", 60},
                                     {"2025-10-26T01:00Z", 0},
                                     {"2026-03-29T01:00Z", 60},
                                     {"2026-10-25T01:00Z", 0}})
    days.zone.changes.push_back({t(when), offset, offset == 60 ? "BST" : "GMT"});
  days.first_year = 2024;
  days.last_year = 2026;
  for (const auto* date :
       {"2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-12-25", "2025-12-26",
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"})
    days.holidays.emplace_back(*calendar::parse_date(date), "bank holiday");
  return days;
}

std::string due(const Rule& counted, const std::string& event) {
  const auto days = london();
  const auto result = calendar::deadline(counted, {t(event), {}, {}}, &days);
  if (!result.at) return "none";
  return format_instant(*result.at) + (result.is_certain ? "" : " open");
}

}  // namespace

TEST_CASE("72 hours over weekends, holidays and clock changes, by both readings") {
  struct Row {
    const char *anchor, *safe, *eu1182;
  };
  // A statement on a bank-holiday weekend; the eve of Good Friday; an exact hour; Christmas; clocks going back; clocks going forward.
  for (const auto& [anchor, safe, eu1182] :
       {Row{"2023-08-26T22:03+01:00", "2023-08-29T22:03+01:00", "2023-08-29T23:00+01:00"},
        Row{"2026-04-02T17:30+01:00", "2026-04-05T17:30+01:00", "2026-04-05T18:00+01:00"},
        Row{"2026-05-01T09:00+01:00", "2026-05-04T09:00+01:00", "2026-05-04T10:00+01:00"},
        Row{"2026-12-24T15:10Z", "2026-12-27T15:10Z", "2026-12-27T16:00Z"},
        Row{"2026-10-23T16:40+01:00", "2026-10-26T15:40Z", "2026-10-26T16:00Z"},
        Row{"2026-03-27T16:40Z", "2026-03-30T17:40+01:00", "2026-03-30T18:00+01:00"}}) {
    INFO(anchor);
    CHECK(due(rule(Counting::elapsed_hours, 72), anchor) == at(safe));
    CHECK(due(rule(Counting::eu1182_hours, 72), anchor) == at(eu1182));
  }
}

TEST_CASE("the hour rule is never earlier than elapsed hours, and at most an hour later") {
  for (std::int64_t micros = -7'200'000'000; micros < 7'200'000'000; micros += 61'000'001) {
    const auto safe = *calendar::deadline(rule(Counting::elapsed_hours, 72), {{micros}, {}, {}}, nullptr).at,
               hour = *calendar::deadline(rule(Counting::eu1182_hours, 72), {{micros}, {}, {}}, nullptr).at;
    CHECK(hour > safe);
    CHECK(hour - safe <= hours(1));
    CHECK(hour.micros % hours(1).micros == 0);
  }
}

TEST_CASE("no deadline is invented where the law names no period, and none where nobody named the time") {
  CHECK(due(rule(Counting::none_undue_delay, 0), "2026-05-01T09:00Z") == "none");
  CHECK(due(rule(Counting::content_rule, 0), "2026-05-01T09:00Z") == "none");
  CHECK(due(rule(Counting::as_directed, 0), "2026-05-01T09:00Z") == "none");
  const auto directed =
      calendar::deadline(rule(Counting::as_directed, 0), {t("2026-05-01T09:00Z"), {}, t("2026-05-09T12:00Z")}, nullptr);
  CHECK(directed.at == t("2026-05-09T12:00Z"));
}

TEST_CASE("days under Regulation 1182/71: the day of the event is not counted, days off move the end") {
  const auto days = [](std::int64_t n) { return rule(Counting::eu1182_days, n); };
  CHECK(due(days(5), "2026-02-02T23:59Z") == at("2026-02-10T00:00Z"));            // Saturday the 7th, to Monday
  CHECK(due(days(1), "2026-06-01T00:00+01:00") == at("2026-06-03T00:00+01:00"));  // Tuesday, to its end
  CHECK(due(days(1), "2026-05-31T23:30Z") == at("2026-06-03T00:00+01:00"));       // already 1 June in London
  CHECK(due(days(1), "2026-04-02T10:00+01:00") == at("2026-04-08T00:00+01:00"));  // Good Friday to Easter Monday
  CHECK(due(days(1), "2026-12-24T10:00Z") == at("2026-12-30T00:00Z"));            // Christmas, weekend, substitute day
  CHECK(due(days(2), "2026-03-27T10:00Z") == at("2026-03-31T00:00+01:00"));       // Sunday the clocks go forward, to Monday
  CHECK(due(days(2), "2026-10-23T10:00+01:00") == at("2026-10-27T00:00Z"));       // Sunday the clocks go back, to Monday
}

TEST_CASE("months under Regulation 1182/71: the same date, or the last day of a shorter month, moved by days off") {
  const auto months = [](std::int64_t n) { return rule(Counting::eu1182_months, n); };
  CHECK(due(months(1), "2026-03-16T09:00Z") == at("2026-04-17T00:00+01:00"));  // Thursday
  CHECK(due(months(1), "2025-01-31T09:00Z") == at("2025-03-01T00:00Z"));       // 28 February 2025, a Friday
  CHECK(due(months(1), "2024-01-31T09:00Z") == at("2024-03-01T00:00Z"));       // leap day, a Thursday
  CHECK(due(months(1), "2026-01-31T09:00Z") == at("2026-03-03T00:00Z"));       // 28 February 2026 is a Saturday: Monday
  CHECK(due(months(1), "2025-11-26T09:00Z") == at("2025-12-30T00:00Z"));       // Boxing Day 2025, a Friday: Monday the 29th
  CHECK(due(months(2), "2025-12-31T09:00Z") == at("2026-03-03T00:00Z"));       // over the year's end
  CHECK(due(months(1), "2026-03-03T09:00Z") == at("2026-04-08T00:00+01:00"));  // Good Friday: Tuesday after Easter
}

TEST_CASE("calendar days, with and without the day of the event, take no notice of days off") {
  CHECK(due(rule(Counting::calendar_days_excl_event_day, 3), "2026-04-02T10:00+01:00") == at("2026-04-06T00:00+01:00"));
  CHECK(due(rule(Counting::calendar_days_incl_event_day, 30), "2026-06-19T10:00+01:00") == at("2026-07-19T00:00+01:00"));
  CHECK(due(rule(Counting::calendar_days_excl_event_day, 60), "2024-01-01T10:00Z") ==
        at("2024-03-02T00:00Z"));  // a leap year
}

TEST_CASE("business days are working days after the day of the event") {
  const auto days = [](std::int64_t n) { return rule(Counting::business_days, n); };
  CHECK(due(days(4), "2026-06-01T10:00+01:00") == at("2026-06-06T00:00+01:00"));  // Monday to Friday
  CHECK(due(days(4), "2026-06-05T10:00+01:00") == at("2026-06-12T00:00+01:00"));  // over a weekend
  CHECK(due(days(1), "2026-12-24T10:00Z") == at("2026-12-30T00:00Z"));            // over Christmas
  CHECK(due(days(3), "2026-04-02T10:00+01:00") == at("2026-04-10T00:00+01:00"));  // over Easter
}

TEST_CASE("days after the end of the year the event fell in") {
  CHECK(due(rule(Counting::year_end_plus_days, 60), "2025-06-01T10:00+01:00") == at("2026-03-02T00:00Z"));
  CHECK(due(rule(Counting::year_end_plus_days, 60), "2025-12-31T23:59Z") == at("2026-03-02T00:00Z"));
  CHECK(due(rule(Counting::year_end_plus_days, 60), "2026-01-01T00:00Z") == at("2027-03-02T00:00Z"));
}

TEST_CASE("the earliest of several limits counts, and one that had passed before the other began does not") {
  // DORA Art 19(4)(a): 24 hours after awareness, 4 hours after classification.
  Rule dora{Counting::min_of, 0, {}, {}, {}, false};
  dora.limits.push_back({Counting::elapsed_hours, 24, {}, "classified", {}, false});
  dora.limits.push_back({Counting::elapsed_hours, 4, "classified", {}, {}, false});
  const auto deadline = [&](const char* classified) {
    calendar::Starts starts{t("2026-06-01T08:00Z"), {}, {}};
    if (classified != nullptr) starts.named.emplace_back("classified", t(classified));
    return calendar::deadline(dora, starts, nullptr);
  };
  CHECK(deadline("2026-06-01T10:00Z").at == t("2026-06-01T14:00Z"));
  CHECK(deadline("2026-06-02T07:00Z").at == t("2026-06-02T08:00Z"));
  CHECK(deadline("2026-06-02T08:00Z").at == t("2026-06-02T08:00Z"));
  CHECK(deadline("2026-06-02T09:00Z").at == t("2026-06-02T13:00Z"));  // classified later than 24 hours after awareness
  const auto unclassified = deadline(nullptr);
  CHECK(unclassified.at == t("2026-06-02T08:00Z"));
  CHECK_FALSE(unclassified.is_certain);
}

TEST_CASE("a relief puts a limit on a day off to noon of the next working day, and takes the place of the roll-forward") {
  auto relieved = rule(Counting::elapsed_hours, 24);
  relieved.noon_relief = true;
  CHECK(due(relieved, "2026-06-01T10:00+01:00") == at("2026-06-02T10:00+01:00"));
  CHECK(due(relieved, "2026-06-05T10:00+01:00") == at("2026-06-08T12:00+01:00"));
  CHECK(due(relieved, "2026-04-02T10:00+01:00") == at("2026-04-07T12:00+01:00"));
  auto month = rule(Counting::eu1182_months, 1);
  month.noon_relief = true;
  CHECK(due(month, "2026-01-31T09:00Z") == at("2026-03-02T12:00Z"));  // Saturday 28 February: Monday noon, not its end
}

TEST_CASE("a year that the calendar does not cover is open, at the earliest that it can be") {
  CHECK(due(rule(Counting::eu1182_days, 2), "2026-12-31T10:00Z") == "2027-01-03T00:00:00Z open");
  CHECK(due(rule(Counting::business_days, 1), "2026-12-31T10:00Z") == "2027-01-02T00:00:00Z open");
  const auto days = london();
  const auto counted = count(rule(Counting::business_days, 1), {t("2026-12-31T10:00Z"), {}, {}}, &days);
  CHECK(counted.open == "calendar london does not cover 2027, so a later day off is not known");
  CHECK(count(rule(Counting::eu1182_days, 2), {t("2026-12-31T10:00Z"), {}, {}}, nullptr).open ==
        "days are counted, and no calendar says whose");
}

TEST_CASE("what the zone's table does not cover is open, at its beginning and at its end") {
  const auto days = london();
  const auto open = [&](const char* event) {
    return count(rule(Counting::calendar_days_excl_event_day, 3), {t(event), {}, {}}, &days).open;
  };
  CHECK(open("2017-12-28T10:00Z") == "zone Europe/London does not cover 2017-12-28T10:00:00Z");
  CHECK(open("2030-12-30T10:00Z") == "zone Europe/London does not cover 2031-01-02");
  CHECK(open("2030-12-20T10:00Z").empty());
}

TEST_CASE("a relief that depends on days off is open where no calendar says whose, and the limit stands without it") {
  auto relieved = rule(Counting::elapsed_hours, 24);
  relieved.noon_relief = true;
  const auto counted = count(relieved, {t("2026-06-05T10:00Z"), {}, {}}, nullptr);
  CHECK(counted.open == "a relief depends on days off, and no calendar says whose");
  CHECK(counted.due == t("2026-06-06T10:00Z"));
}

TEST_CASE("midnight that a clock change skips or repeats has one instant") {
  calendar::Zone zone;
  zone.offset_minutes = -180;
  zone.changes = {{t("2018-11-04T03:00Z"), -120, "-02"}, {t("2019-02-17T02:00Z"), -180, "-03"}};  // Sao Paulo
  CHECK(zone.at(*calendar::parse_date("2018-11-04")) == t("2018-11-04T03:00Z"));
  CHECK(zone.at(*calendar::parse_date("2019-02-17")) == t("2019-02-17T03:00Z"));
  CHECK(zone.date_of(t("2018-11-04T02:59:59Z")) == *calendar::parse_date("2018-11-03"));
}

TEST_CASE("every way of counting has a word, explains itself, and is found by its word") {
  const auto days = london();
  for (const auto& word : calendar::counting_words()) {
    const auto counting = calendar::counting_from_word(word);
    REQUIRE(counting);
    CHECK(calendar::word(*counting) == word);
    CHECK_FALSE(calendar::in_words(rule(*counting, 3)).empty());
    if (*counting == Counting::noon_next_working_day) continue;  // a relief, no count of its own
    CHECK_FALSE(count(rule(*counting, 3), {t("2026-06-01T10:00Z"), {}, {}}, &days).steps.empty());
  }
  CHECK_FALSE(calendar::counting_from_word("fortnights"));
}

TEST_CASE("what is counted silently and what is explained agree") {
  const auto days = london();
  for (const auto& word : calendar::counting_words())
    for (int hour = 0; hour < 24 * 40; hour += 7) {
      auto counted = rule(*calendar::counting_from_word(word), 3);
      counted.noon_relief = hour % 2 == 0;
      const calendar::Starts starts{t("2026-03-20T00:10Z") + hours(hour), {}, {}};
      const auto silent = calendar::deadline(counted, starts, &days);
      const auto spoken = count(counted, starts, &days);
      CHECK(silent.at == spoken.due);
      CHECK(silent.is_certain == spoken.open.empty());
    }
}
