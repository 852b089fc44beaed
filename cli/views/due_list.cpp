// SPDX-License-Identifier: Apache-2.0
#include "cli/views/due_list.h"

#include <algorithm>
#include <set>
#include <vector>

#include "cli/screen/table.h"
#include "cli/times/local_time.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

constexpr int kRoomForLaw = 100, kRoomForTitle = 140;

struct Bucket {
  std::string_view name, title, counted;
  Tone heading, row;
};

// clang-format off
constexpr Bucket kBuckets[] = {
    {"overdue",     "OVERDUE",                                             "OVERDUE",          Tone::bad,    Tone::bad},
    {"no_deadline", "WITHOUT UNDUE DELAY (no deadline in law; by age)",    "without deadline", Tone::strong, Tone::soon},
    {"provisional", "PROVISIONAL (a better anchor is not known yet)",      "provisional",      Tone::strong, Tone::plain},
    {"24h",         "WITHIN 24 HOURS",                                     "within 24 hours",  Tone::soon,   Tone::soon},
    {"72h",         "WITHIN 72 HOURS",                                     "within 72 hours",  Tone::strong, Tone::plain},
    {"later",       "LATER",                                               "later",            Tone::strong, Tone::plain},
    {"not_started", "NOT STARTED (what decides it is not known yet)",      "not started",      Tone::quiet,  Tone::quiet},
};
// clang-format on

const Bucket& bucket_of(const DueItem& item) {
  const auto* found = std::find_if(std::begin(kBuckets), std::end(kBuckets) - 1,
                                   [&](const Bucket& bucket) { return bucket.name == item.bucket; });
  return *found;
}

std::string how_far(const DueItem& item, Instant now) {
  if (item.judged_by) return relative(*item.judged_by, now);
  return item.since && item.bucket != "not_started" ? length_in_words(std::max(Duration{}, now - *item.since)) + " old" : "";
}

std::string when_of(const DueItem& item, const DueScreen& how) {
  if (!item.due) return "";
  return short_deadline(*item.due, how.zone, how.now) + (item.provisional && item.bucket == "overdue" ? " PROVISIONAL" : "");
}

/// "2 OVERDUE, 1 within 24 hours, in 3 cases".
std::string counts_of(const Due& list) {
  std::string text;
  for (const auto& bucket : kBuckets) {
    const auto count =
        std::count_if(list.items.begin(), list.items.end(), [&](const DueItem& item) { return item.bucket == bucket.name; });
    if (count != 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(bucket.counted);
  }
  std::set<std::string_view> cases;
  for (const auto& item : list.items) cases.insert(item.ref);
  text += ", in " + std::to_string(cases.size()) + (cases.size() == 1 ? " case" : " cases");
  return (list.more ? "of the first " + std::to_string(list.items.size()) + ": " : "") + text;
}

/// What stands below an item where the screen has no room for it beside it.
std::string more_about(const DueItem& item, bool repeats_case, bool has_law) {
  std::string text;
  if (!repeats_case) text = item.has_title ? visible(item.title) : "(title not readable)";
  if (!has_law && !item.basis.empty()) text += (text.empty() ? "[" : "  [") + item.basis + "]";
  return text;
}

Table table_of(const Screen& screen, const Due& list, const DueScreen& how) {
  const bool has_law = screen.columns() >= kRoomForLaw, has_title = screen.columns() >= kRoomForTitle;
  std::vector<Column> columns = {{"case"}, {"owed"}, {""}, {"by", true}};
  if (has_law) columns.push_back({"law", true});
  if (has_title) columns.push_back({"title", true});
  Table table(columns);
  const DueItem* before = nullptr;
  for (const auto& item : list.items) {
    const auto& bucket = bucket_of(item);
    const bool begins = before == nullptr || before->bucket != item.bucket;
    if (begins) {
      table.heading("", Tone::plain);
      table.heading(std::string(bucket.title), bucket.heading);
    }
    std::vector<Cell> cells = {{item.ref, Tone::strong},
                               {item.name + (item.kind == "obligation" ? "" : " (" + item.kind + ")")},
                               {how_far(item, how.now), bucket.row},
                               {when_of(item, how)}};
    if (has_law) cells.push_back({item.basis, Tone::quiet});
    if (has_title) cells.push_back({item.has_title ? visible(item.title) : "(title not readable)"});
    table.row(std::move(cells));
    if (!has_title)
      if (const auto more = more_about(item, !begins && before->ref == item.ref, has_law); !more.empty())
        table.detail(more, Tone::quiet);
    if (before == nullptr) table.command(command_for(item.ref, item.kind, item.name));
    before = &item;
  }
  return table;
}

}  // namespace

void print_due(const Screen& screen, const Due& list, const DueScreen& how) {
  const auto& [now, within, purpose, zone] = how;
  screen.banner(banner(purpose));
  screen.say("due as of " + both_times(now, zone));
  if (within)
    screen.say("overdue, or with a deadline by " + both_times(now + *within, zone) + "; what has no deadline is not listed",
               0, Tone::quiet);
  table_of(screen, list, how).print(screen, 2);
  if (list.items.empty()) screen.say(within ? "nothing is overdue or due by then" : "nothing is owed", 0, Tone::good);
  if (!list.reminders.empty()) {
    screen.line();
    screen.line("REMINDERS (the next 72 hours)", Tone::strong);
    Table reminders({{"case"}, {"of"}, {""}, {"at", true}});
    for (const auto& one : list.reminders)
      reminders.row({{one.ref}, {one.obligation}, {relative(one.at, now)}, {both_times(one.at, zone)}});
    reminders.print(screen, 2);
  }
  if (list.items.empty()) return;
  screen.line();
  screen.say(counts_of(list), 0, Tone::strong);
  if (list.more) screen.line("more: --limit all");
}

}  // namespace tocsin::cli
