// SPDX-License-Identifier: Apache-2.0
// What is owed over all cases: its order, its pages, its window.
#include <catch2/catch.hpp>
#include <set>

#include "engine/workflow/card.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

/// Cases opened at different times, of which some know when they were aware exactly, some within limits, some not at all.
struct ManyCases : IncidentRoom {
  ManyCases() {
    for (int i = 0; i < 12; ++i) {
      at("2026-05-02T00:00Z").later(hours(5 * i));
      const auto ref = "C-" + std::to_string(i);
      REQUIRE(engine.open("uk/supplier-breach", {ref, "A case", {}}, as("ann").request()));
      const auto known = format_instant(request().now - hours(9)), until = format_instant(request().now - hours(i % 4));
      const auto aware = i % 3 == 0 ? known : i % 3 == 1 ? known + ".." + until : std::string();
      if (!aware.empty())
        REQUIRE(engine.record(ref, commands::SetFacts{{{"aware_at", aware}}, {}, {}, "a reason"}, as("sid").request()));
    }
  }
};

std::vector<std::string> names(const Due& due) {
  std::vector<std::string> all;
  for (const auto& item : due.items) all.push_back(item.bucket + " " + item.ref + " " + item.kind + " " + item.name);
  return all;
}

}  // namespace

TEST_CASE("a page of what is owed is the beginning of all of it, whatever the hour") {
  ManyCases room;
  for (int hour = 0; hour < 200; hour += 7) {
    const auto now = *parse_instant("2026-05-04T12:00Z") + hours(hour);
    const auto all = names(*room.engine.due(now, 0));
    REQUIRE(all.size() > 34);
    for (const std::size_t limit : {1U, 2U, 3U, 5U, 8U, 13U, 21U, 34U}) {
      INFO("hour " << hour << ", " << limit << " items");
      const auto page = *room.engine.due(now, limit);
      CHECK(page.more);
      CHECK(names(page) == std::vector<std::string>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit)));
    }
  }
}

TEST_CASE("what is owed stands in the order of buckets, and within one by what lateness is judged by") {
  ManyCases room;
  for (int hour = 0; hour < 200; hour += 7) {
    const auto due = *room.engine.due(*parse_instant("2026-05-04T12:00Z") + hours(hour), 0);
    for (std::size_t i = 1; i < due.items.size(); ++i) {
      const auto &before = due.items[i - 1], &item = due.items[i];
      INFO("hour " << hour << ": " << before.ref << " " << before.name << ", then " << item.ref << " " << item.name);
      CHECK(workflow::bucket_rank(before.bucket) <= workflow::bucket_rank(item.bucket));
      if (before.bucket == item.bucket) CHECK(before.judged_by <= item.judged_by);
    }
  }
}

TEST_CASE("an overdue range is as late as its later end, and shows the earlier one") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z..2026-05-02T00:00Z", "a reason"));
  const auto due = *room.engine.due(*parse_instant("2026-05-06T00:00Z"), 1);
  REQUIRE(due.items.front().name == "ico");
  CHECK(due.items.front().bucket == "overdue");
  CHECK(*due.items.front().due == *parse_instant("2026-05-04T00:00Z"));
  CHECK(*due.items.front().judged_by == *parse_instant("2026-05-05T00:00Z"));
}

TEST_CASE("a window holds what is overdue or has a deadline in it, and nothing else") {
  ManyCases room;
  for (int hour = 0; hour < 200; hour += 7) {
    const auto now = *parse_instant("2026-05-04T12:00Z") + hours(hour);
    for (const int ahead : {1, 24, 30, 72, 100}) {
      INFO("hour " << hour << ", within " << ahead);
      std::vector<std::string> expected;
      const auto all = *room.engine.due(now, 0);
      for (const auto& item : all.items)
        if (item.due && *item.due <= now + hours(ahead))
          expected.push_back(item.bucket + " " + item.ref + " " + item.kind + " " + item.name);
      CHECK(names(*room.engine.due(now, 0, std::nullopt, {}, hours(ahead))) == expected);
    }
  }
  const auto now = *parse_instant("2026-05-05T12:00Z");
  const auto then = *room.engine.due(now, 0, now, {}, hours(24)),
             today = *room.engine.due(now, 0, std::nullopt, {}, hours(24));
  const auto then_names = names(then), today_names = names(today);
  CHECK(std::set<std::string>(then_names.begin(), then_names.end()) ==
        std::set<std::string>(today_names.begin(), today_names.end()));
}
