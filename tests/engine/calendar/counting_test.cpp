// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/counting.h"

#include <catch2/catch.hpp>

using namespace tocsin;
using calendar::count;
using calendar::Counting;

namespace {

std::string due(Counting counting, const std::string& anchor) {
  return format_instant(*count(counting, 72, *parse_instant(anchor)).due);
}
std::string at(const std::string& time) { return format_instant(*parse_instant(time)); }

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
    CHECK(due(Counting::elapsed_hours, anchor) == at(safe));
    CHECK(due(Counting::eu1182_hours, anchor) == at(eu1182));
  }
}

TEST_CASE("the hour rule is never earlier than elapsed hours, and at most an hour later") {
  for (std::int64_t micros = -7'200'000'000; micros < 7'200'000'000; micros += 61'000'001) {
    const auto safe = *count(Counting::elapsed_hours, 72, {micros}).due,
               hour = *count(Counting::eu1182_hours, 72, {micros}).due;
    CHECK(hour > safe);
    CHECK(hour - safe <= hours(1));
    CHECK(hour.micros % hours(1).micros == 0);
  }
}

TEST_CASE("no deadline is invented where the law names no period") {
  CHECK_FALSE(count(Counting::none_undue_delay, 0, {}).due);
  CHECK_FALSE(count(Counting::content_rule, 0, {}).due);
}

TEST_CASE("every way of counting has a word, explains itself, and is found by its word") {
  for (const auto& word : calendar::counting_words()) {
    const auto counting = calendar::counting_from_word(word);
    REQUIRE(counting);
    CHECK(calendar::word(*counting) == word);
    CHECK_FALSE(count(*counting, 72, {}).steps.empty());
  }
  CHECK_FALSE(calendar::counting_from_word("business_days"));
}
