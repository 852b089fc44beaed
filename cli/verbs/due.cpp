// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/exports/icalendar.h"
#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kZone = "Europe/London";  // lists span workflows; a case's own screens use its workflow's zone

std::string bucket_title(const std::string& bucket) {
  if (bucket == "overdue") return "OVERDUE";
  if (bucket == "no_deadline") return "WITHOUT UNDUE DELAY (no deadline in law; by age)";
  if (bucket == "provisional") return "PROVISIONAL (a better anchor is not known yet)";
  if (bucket == "24h") return "WITHIN 24 HOURS";
  if (bucket == "72h") return "WITHIN 72 HOURS";
  return bucket == "later" ? "LATER" : "NOT STARTED";
}

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

}  // namespace

Result<int> due(Call& call) {
  auto as_of = time_of(call, "--as-of");
  if (!as_of) return std::move(as_of).error();
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto now = *as_of ? Result<Instant>(**as_of) : reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  if (call.has("--ics")) return due_as_icalendar(call, (*shop)->engine(), *now);
  if (call.has("--case") || call.has("--titles")) return usage_error("--case and --titles go with --ics");
  auto list = (*shop)->engine().due(*now, static_cast<std::size_t>(*limit), *as_of, call.one("--incident"));
  if (!list) return std::move(list).error();
  const auto purpose = (*shop)->store().purpose();
  if (call.json()) {
    call.print(json_of(*list, *now, purpose));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(purpose) << "due as of " << both_times(*now, kZone) << "\n";
  std::string bucket;
  for (const auto& item : list->items) {
    if (item.bucket != bucket) out << "\n" << bucket_title(bucket = item.bucket) << "\n";
    out << "  " << item.ref << "  " << item.name << (item.kind == "obligation" ? "" : " (" + item.kind + ")");
    if (item.due)
      out << "  " << both_times(*item.due, kZone) << (item.provisional && bucket == "overdue" ? " PROVISIONAL" : "");
    else out << "  " << item.age_hours << " h old";
    out << (item.basis.empty() ? "" : "  " + item.basis) << "\n      "
        << (item.has_title ? visible(item.title) : "(title not readable)") << "\n";
  }
  if (list->items.empty()) out << "nothing is owed\n";
  if (!list->reminders.empty()) out << "\nREMINDERS (the next 72 hours)\n";
  for (const auto& one : list->reminders)
    out << "  " << both_times(one.at, kZone) << "  " << one.ref << "  " << one.obligation << "\n";
  if (list->more) out << "more: --limit all\n";
  if (list->vault_closed) call.world.err << "tocsin: titles are not shown: the vault's key is missing or wrong\n";
  return 0;
}

}  // namespace tocsin::cli
