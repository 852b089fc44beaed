// SPDX-License-Identifier: Apache-2.0
// The front door, reading: what is owed over all cases.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>

#include "engine/commands/decide.h"
#include "engine/engine.h"
#include "engine/engine_parts.h"
#include "engine/workflow/card.h"

namespace tocsin {
namespace {

DueItem due_item(std::string ref, const workflow::OpenMatter& matter, Instant now) {
  DueItem due;
  due.ref = std::move(ref);
  due.kind = matter.kind;
  due.name = matter.name;
  due.bucket = workflow::bucket_of(matter, now);
  due.provisional = matter.is_provisional();
  if (matter.has_deadline()) {
    due.due = matter.key;
    due.judged_by = due.bucket == "overdue" && matter.latest ? matter.latest : due.due;
  } else {
    due.since = matter.key;
    due.age_hours = std::max<std::int64_t>(0, (now - matter.key).micros / hours(1).micros);
  }
  due.basis = matter.basis;
  return due;
}

bool is_sooner(const DueItem& a, const DueItem& b) { return a.judged_by < b.judged_by; }

/// What an anchor known within limits gives is overdue once its later end has passed. A shelf has those ends in order; the earlier
/// end and the article are asked of the case, so only for what the list shows. False where the list does not fit the case, which is
/// the audit's to say.
Result<bool> complete_range(const ports::EventStore& store, DueItem& item) {
  auto records = store.read(item.ref);
  if (!records) return std::move(records).error();
  auto file = case_file::fold_stored(*records);
  if (!file) return std::move(file).error();
  const auto* held = file->obligation(item.name);
  if (held == nullptr || !held->due) return false;
  item.due = held->due;
  item.basis = held->basis;
  return true;
}

DueItem late_range(const ports::OpenItem& latest) {
  DueItem item;
  item.ref = latest.stream;
  item.kind = "obligation";
  item.name = latest.name;
  item.bucket = "overdue";
  item.judged_by = latest.key;
  item.provisional = true;
  return item;
}

/// Completes the ranges of an overdue list, which are those without a deadline yet, and drops what does not fit.
Result<void> complete_ranges(const ports::EventStore& store, std::vector<DueItem>& items) {
  for (auto item = items.begin(); item != items.end();) {
    auto fits = item->due ? Result<bool>(true) : complete_range(store, *item);
    if (!fits) return std::move(fits).error();
    item = *fits ? item + 1 : items.erase(item);
  }
  return {};
}

/// A part of the list, in the order of a bucket.
struct Part {
  std::string_view shelf;
  std::optional<Instant> from, until;
};

}  // namespace

Result<std::set<std::string>> Engine::cases_of(std::string_view incident) const {
  std::set<std::string> all;
  for (std::string after;;) {
    auto page = store_.cards(after, 1000);
    if (!page) return std::move(page).error();
    if (page->empty()) break;
    for (const auto& card : *page)
      if (const auto of = card.states.find(kIncidentKey);
          of != card.states.end() && commands::equal_ignoring_case(of->second, incident))
        all.insert(card.stream);
    after = page->back().stream;
  }
  if (!all.empty()) return all;
  return Error{Errc::not_found,
               "no case of this store belongs to incident '" + std::string(incident.substr(0, 64)) + "'",
               "",
               {},
               "case list"};
}

Result<std::vector<DueReminder>> Engine::reminders(Instant now, std::size_t most, const std::set<std::string>* only) const {
  auto items = read_shelf(store_, "reminder", now, now + hours(72) + Duration{1}, only == nullptr ? most : SIZE_MAX);
  if (!items) return std::move(items).error();
  std::vector<DueReminder> all;
  for (auto& item : *items)
    if (only == nullptr || only->contains(item.stream))
      all.push_back({std::move(item.stream), std::move(item.name), item.key});
  return all;
}

Result<Due> Engine::due(Instant now, std::size_t limit, std::optional<Instant> as_of, std::string_view incident,
                        std::optional<Duration> within) const {
  if (as_of) return due_as_of(*as_of, limit, incident, within);
  std::set<std::string> of_incident;
  const auto* only = incident.empty() ? nullptr : &of_incident;
  if (only != nullptr) {
    auto cases = cases_of(incident);
    if (!cases) return std::move(cases).error();
    of_incident = std::move(*cases);
  }
  // What an incident leaves out is not known before it is read.
  const std::size_t most = limit == 0 || only != nullptr ? SIZE_MAX : limit + 1;
  Due due;
  std::map<std::string, std::string> titles;
  const auto add = [&](const ports::OpenItem& item, std::optional<Instant> latest) {
    if (only != nullptr && !only->contains(item.stream)) return;
    titles.emplace(item.stream, item.title_digest);
    due.items.push_back(due_item(item.stream, {item.kind, item.name, item.group, item.key, item.basis, latest}, now));
  };
  const auto read = [&](const Part& part, std::size_t wanted) -> Result<void> {
    auto items = read_shelf(store_, part.shelf, part.from, part.until, wanted);
    if (!items) return std::move(items).error();
    for (const auto& item : *items) add(item, std::nullopt);
    return {};
  };
  // Shelves of one bucket are read in full width before they are merged by deadline.
  for (const auto* shelf : {"dated", "provisional"})
    if (auto ok = read({shelf, {}, now}, most); !ok) return std::move(ok).error();
  auto passed = read_shelf(store_, workflow::kLatest, {}, now, most);
  if (!passed) return std::move(passed).error();
  std::set<std::pair<std::string, std::string>> late;
  for (const auto& item : *passed) {
    if (only != nullptr && !only->contains(item.stream)) continue;
    due.items.push_back(late_range(item));
    titles.emplace(item.stream, item.title_digest);
    late.emplace(item.stream, item.name);
  }
  std::stable_sort(due.items.begin(), due.items.end(), is_sooner);
  if (due.items.size() > most) due.items.resize(most);
  if (auto ok = complete_ranges(store_, due.items); !ok) return std::move(ok).error();
  const auto left = [&] { return most - std::min(most, due.items.size()); };
  const auto end = within ? std::optional(now + *within + Duration{1}) : std::nullopt;
  if (!within)
    if (auto ok = read({"undated", {}, {}}, left()); !ok) return std::move(ok).error();
  const auto provisional = static_cast<std::ptrdiff_t>(due.items.size());
  if (const auto wanted = left(); wanted != 0) {
    if (auto ok = read({"provisional", now, end}, wanted); !ok) return std::move(ok).error();
    // There is room left, so every overdue one is known: as many more hold what is not.
    auto ranges =
        read_shelf(store_, workflow::kRange, {}, end, wanted > SIZE_MAX - late.size() ? wanted : wanted + late.size());
    if (!ranges) return std::move(ranges).error();
    for (const auto& item : *ranges)
      if (!late.contains({item.stream, item.name})) add(item, now);
    std::stable_sort(due.items.begin() + provisional, due.items.end(), is_sooner);
  }
  const auto day = now + hours(24) + Duration{1}, three_days = now + hours(72) + Duration{1};
  for (auto part : {Part{"dated", now, day}, Part{"dated", day, three_days}, Part{"dated", three_days, {}},
                    Part{"not_started", {}, {}}}) {
    if (end && (part.shelf == "not_started" || *part.from >= *end)) break;
    if (end) part.until = part.until ? std::min(*part.until, *end) : *end;
    if (auto ok = read(part, left()); !ok) return std::move(ok).error();
  }
  due.more = limit != 0 && due.items.size() > limit;
  if (due.more) due.items.resize(limit);
  put_titles(due, titles);
  auto ahead = reminders(now, limit == 0 ? SIZE_MAX : limit, only);
  if (!ahead) return std::move(ahead).error();
  due.reminders = std::move(*ahead);
  return due;
}

Result<Due> Engine::due_as_of(Instant as_of, std::size_t limit, std::string_view incident,
                              std::optional<Duration> within) const {
  Due due;
  std::map<std::string, std::string> titles;
  std::string after;
  while (true) {
    auto page = store_.cards(after, 1000);
    if (!page) return std::move(page).error();
    for (const auto& card : *page) {
      auto view = show(card.stream, as_of, as_of);
      if (!view && view.error().code == Errc::not_found) continue;
      if (!view) return std::move(view).error();
      if (!incident.empty() && !commands::equal_ignoring_case(view->file->incident, incident)) continue;
      titles.emplace(card.stream, card.title_digest);
      for (const auto& matter : workflow::open_matters(*view->definition, *view->file))
        due.items.push_back(due_item(card.stream, matter, as_of));
      for (const auto& one : workflow::reminders(*view->definition, *view->file))
        if (as_of <= one.at && one.at <= as_of + hours(72))
          due.reminders.push_back({card.stream, one.obligation + " " + workflow::in_words(one.length), one.at});
    }
    if (page->empty()) break;
    after = page->back().stream;
  }
  if (within) std::erase_if(due.items, [&](const DueItem& item) { return !item.due || *item.due > as_of + *within; });
  std::stable_sort(due.items.begin(), due.items.end(), [](const DueItem& a, const DueItem& b) {
    const auto rank_a = workflow::bucket_rank(a.bucket), rank_b = workflow::bucket_rank(b.bucket);
    return std::tuple(rank_a, a.judged_by, -a.age_hours) < std::tuple(rank_b, b.judged_by, -b.age_hours);
  });
  std::stable_sort(due.reminders.begin(), due.reminders.end(),
                   [](const DueReminder& a, const DueReminder& b) { return a.at < b.at; });
  due.more = limit != 0 && due.items.size() > limit;
  if (due.more) due.items.resize(limit);
  put_titles(due, titles);
  return due;
}

/// Titles are a comfort: a list without them still says what is owed.
void Engine::put_titles(Due& due, const std::map<std::string, std::string>& digests) const {
  std::map<std::string, std::optional<std::string>> titles;
  for (auto& item : due.items) {
    auto known = titles.find(item.ref);
    if (known == titles.end()) {
      const auto digest = digests.find(item.ref);
      std::optional<std::string> title;
      if (!due.vault_closed && digest != digests.end() && !digest->second.empty()) {
        auto words = vault_.open(item.ref, {digest->second});
        if (!words) due.vault_closed = true;
        else title = words->front();
      }
      known = titles.emplace(item.ref, std::move(title)).first;
    }
    item.has_title = known->second.has_value();
    if (item.has_title) item.title = *known->second;
  }
}

}  // namespace tocsin
