// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/icalendar.h"
#include "cli/times/typed_times.h"
#include "cli/verbs/recording.h"
#include "cli/views/due_list.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

#include <charconv>
#include <ostream>

namespace tocsin::cli {
namespace {

/// Cases whose deadlines belong into a calendar: the open ones, and those that changed lately, so that what they settled is taken out.
bool belongs_into_calendar(const CaseView& view, Instant now) {
  return view.file->stage == case_file::Stage::open || view.file->last_recorded + hours(24 * 30) > now;
}

Result<int> due_as_icalendar(const Call& call, const Engine& engine, Instant now) {
  std::vector<std::string> refs;
  if (call.has("--case")) {
    auto ref = engine.resolve(call.one("--case"));
    if (!ref) return std::move(ref).error();
    refs.push_back(*ref);
  } else {
    auto cases = engine.cases("", 10'000'000);
    if (!cases) return std::move(cases).error();
    for (const auto& one : *cases)
      if (!call.has("--incident") || one.incident == call.one("--incident")) refs.push_back(one.ref);
  }
  std::vector<CalendarEntry> entries;
  for (const auto& ref : refs) {
    auto view = engine.show(ref, now);
    if (!view) return std::move(view).error();
    if (!call.has("--case") && !belongs_into_calendar(*view, now)) continue;
    std::string title;
    if (call.has("--titles")) {
      auto words = engine.words(*view, view->file->title);
      if (!words) return std::move(words).error();
      title = words->value_or("");
    }
    auto some = calendar_of(*view, title);
    entries.insert(entries.end(), some.begin(), some.end());
  }
  call.world.out << to_icalendar(entries);
  return 0;
}

/// How far --within looks ahead: 90m, 24h or 3d.
Result<std::optional<Duration>> window_of(const Call& call) {
  if (!call.has("--within")) return std::optional<Duration>{};
  const auto text = call.one("--within");
  constexpr std::int64_t kMost = 1'000'000;
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const auto unit = std::string_view(read.ptr, static_cast<std::size_t>(end - read.ptr));
  if (read.ec == std::errc{} && number > 0 && number <= kMost) {
    if (unit == "m") return std::optional(minutes(number));
    if (unit == "h") return std::optional(hours(number));
    if (unit == "d") return std::optional(hours(24 * number));
  }
  return usage_error("--within takes a length of time like 90m, 24h or 3d, not " + in_quotes(text));
}

/// What a watch of this machine wants to know: whether anything is late, or will be within the window.
bool is_pressing(const Due& list, bool has_window) {
  return !list.items.empty() && (has_window || list.items.front().bucket == "overdue");
}

std::string why_no_titles(Shop& shop) {
  const auto facts = shop.facts();
  if (!facts) return what_shuts("key_missing");
  return what_shuts(facts->key == ports::KeyState::fits ? "damaged" : "key_" + std::string(word(facts->key)));
}

}  // namespace

Result<int> due(Call& call) {
  const auto said_zone = call.setting("zone");
  const auto zone = said_zone.empty() ? std::string("Europe/London") : said_zone;
  auto as_of = TypedTimes(call, zone).option("--as-of", TypedTimes::When::any);
  if (!as_of) return std::move(as_of).error();
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto within = window_of(call);
  if (!within) return std::move(within).error();
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto now = *as_of ? Result<Instant>(**as_of) : reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  if (auto ok = check_no_json_beside(call, "--ics"); !ok) return std::move(ok).error();
  if (call.has("--ics") && (call.has("--check") || call.has("--within")))
    return usage_error("--check and --within are about the list, and --ics prints none");
  if (call.has("--ics")) return due_as_icalendar(call, (*shop)->engine(), *now);
  if (call.has("--case") || call.has("--titles")) return usage_error("--case and --titles go with --ics");
  auto list = (*shop)->engine().due(*now, static_cast<std::size_t>(*limit), *as_of, call.one("--incident"), *within);
  if (!list) return std::move(list).error();
  const auto purpose = (*shop)->store().purpose();
  constexpr int kPressing = 8;
  const int code = call.has("--check") && is_pressing(*list, within->has_value()) ? kPressing : 0;
  if (call.json()) {
    auto body = json_of(*list, *now, purpose);
    if (*within) body.set("until", format_instant(*now + **within));
    call.print(body);
    return code;
  }
  print_due(Screen(call), *list, {*now, *within, purpose, zone});
  if (list->vault_closed) call.world.err << "tocsin: titles are not shown: " << why_no_titles(**shop) << "\n";
  return code;
}

}  // namespace tocsin::cli
