// SPDX-License-Identifier: Apache-2.0
// How fast deadlines are counted, with and without their derivation, over every clock that is shipped; and how long it takes to load and
// check every shipped file. One core.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

#include "adapters/yaml_library/library.h"
#include "engine/calendar/counting.h"

using namespace tocsin;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_of(const std::function<void()>& work) {
  const auto from = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - from).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// A clock's newest version, counted from many instants.
struct Counted {
  const workflow::ClockVersion* version;
  const calendar::WorkDays* work_days;
};

constexpr int kRuns = 5, kInstants = 2000;

void report(const char* name, double rate, double limit) {
  std::printf("%-46s %12.0f /s   limit %9.0f   ratio %.2f\n", name, rate, limit, rate / limit);
}

}  // namespace

int main() {
  const yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  const auto clocks = *library.clocks();
  std::map<std::string, calendar::WorkDays> days;
  const auto calendars = *library.calendars();
  for (const auto& name : calendars) days.emplace(name, *library.calendar(name));
  std::vector<Counted> all;
  for (const auto& clock : clocks) {
    const auto& version = clock.versions.back();
    all.push_back({&version, &days.at(version.calendar.empty() ? "ireland" : version.calendar)});
  }
  const auto first = *parse_instant("2025-09-01T00:17Z");
  const auto starts = [&](int i) {  // a year of instants, covered by every calendar
    return calendar::Starts{first + minutes(263 * i), {}, {}};
  };
  std::int64_t sum = 0;
  std::size_t steps = 0;
  std::vector<double> silent, spoken;
  for (int run = 0; run < kRuns; ++run) {
    silent.push_back(static_cast<double>(all.size()) * kInstants / seconds_of([&] {
                       for (int i = 0; i < kInstants; ++i) {
                         const auto from = starts(i);
                         for (const auto& one : all)
                           sum += calendar::deadline(one.version->rule, from, one.work_days).at.value_or(Instant{}).micros;
                       }
                     }));
    spoken.push_back(static_cast<double>(all.size()) * (kInstants / 10) / seconds_of([&] {
                       for (int i = 0; i < kInstants / 10; ++i) {
                         const auto from = starts(i * 10);
                         for (const auto& one : all)
                           steps += calendar::count(one.version->rule, from, one.work_days).steps.size();
                       }
                     }));
  }
  std::printf("%zu clocks, checksum %lld, %zu steps\n", all.size(), static_cast<long long>(sum), steps);
  report("a deadline", median(silent), 1'000'000);
  report("a deadline with its derivation", median(spoken), 200'000);

  std::vector<double> loads;
  std::size_t files = 0;
  for (int run = 0; run < kRuns; ++run)
    loads.push_back(seconds_of([&] {
      const yaml_library::Library fresh(TOCSIN_SOURCE_DIR "/workflows");
      files = fresh.clocks()->size();
      const auto places = *fresh.calendars();
      for (const auto& name : places)
        if (!fresh.calendar(name)) std::abort();
      const auto workflows = *fresh.names();
      for (const auto& name : workflows)
        if (fresh.find(name)->definition == nullptr) std::abort();
      if (!fresh.methods()) std::abort();
    }));
  std::printf("%-46s %9.1f ms      limit %9.0f ms\n", "loading and checking every shipped file", median(loads) * 1000,
              200.0);
  return files == 0;
}
