// SPDX-License-Identifier: Apache-2.0
// The front door, reading. Nothing here writes.
#include <algorithm>
#include <cstdint>
#include <tuple>

#include "engine/commands/decide.h"
#include "engine/engine.h"
#include "engine/engine_parts.h"
#include "engine/workflow/card.h"

namespace tocsin {

Error no_case(std::string_view ref) {
  return Error{
      Errc::not_found, "there is no case '" + std::string(ref.substr(0, 64)) + "' in this store", "", {}, "case list"};
}

namespace {

DueItem due_item(const ports::OpenItem& item, Instant now) {
  const workflow::OpenMatter matter{item.kind, item.name, item.group, item.key, item.basis};
  DueItem due;
  due.ref = item.stream;
  due.kind = item.kind;
  due.name = item.name;
  due.bucket = workflow::bucket_of(matter, now);
  if (item.group == "dated" || item.group == "provisional") due.due = item.key;
  else due.age_hours = std::max<std::int64_t>(0, (now - item.key).micros / hours(1).micros);
  due.basis = item.basis;
  return due;
}

/// Reads one shelf between two instants, page by page, until `most` items are there.
Result<std::vector<ports::OpenItem>> read_shelf(const ports::EventStore& store, std::string_view shelf,
                                                std::optional<Instant> from, std::optional<Instant> until,
                                                std::size_t most) {
  constexpr std::size_t kPage = 1000;
  std::vector<ports::OpenItem> all;
  std::optional<ports::ItemPosition> after;
  while (all.size() < most) {
    const auto wanted = std::min(kPage, most - all.size());
    auto page = store.items(shelf, from, until, after, wanted);
    if (!page) return std::move(page).error();
    const bool last = page->size() < wanted;
    for (auto& item : *page) all.push_back(std::move(item));
    if (last) break;
    after = ports::ItemPosition{all.back().key, all.back().stream, all.back().name};
  }
  return all;
}

}  // namespace

Result<std::shared_ptr<const workflow::Definition>> Engine::definition(const std::string& digest) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = definitions_.find(digest); known != definitions_.end()) return known->second;
  }
  auto stored = store_.find_definition(digest);
  if (!stored) return std::move(stored).error();
  if (!stored->has_value())
    return Error{
        Errc::corrupt,
        "the workflow that this case is pinned to is not in the store: keep the file as it is and run 'tocsin audit verify'",
        "",
        {},
        "audit verify"};
  auto files = unpack((*stored)->bytes);
  if (!files) return std::move(files).error();
  if (workflow::definition_digest(*files) != digest)
    return Error{Errc::corrupt,
                 "the stored workflow files do not give the digest that the case is pinned to: somebody changed them",
                 "",
                 {},
                 "audit verify"};
  auto reading = library_.parse(*files);
  if (reading.definition == nullptr)
    return Error{
        Errc::unavailable,
        "this version of tocsin cannot read the workflow that the case is pinned to: use the version that opened it",
        "",
        {},
        ""};
  const std::lock_guard lock(mutex_);
  return definitions_.emplace(digest, reading.definition).first->second;
}

Result<Engine::Loaded> Engine::load(std::string_view ref, std::optional<Instant> as_of) const {
  auto records = store_.read(ref);
  if (!records) return std::move(records).error();
  if (records->empty() || ref == ledger::kSiteStream) return no_case(ref);
  auto events = ledger::verify_stream(*records);
  if (!events) return std::move(events).error();
  if (as_of) std::erase_if(*events, [&](const ledger::Event& event) { return event.recorded_at > *as_of; });
  if (events->empty())
    return Error{Errc::not_found, "case " + std::string(ref) + " was not recorded yet by then", "", {}, "case list"};
  auto file = case_file::fold(*events);
  if (!file) return std::move(file).error();
  auto pinned = definition(file->definition);
  if (!pinned) return std::move(pinned).error();
  Loaded loaded{std::move(*events), {}, std::move(*file), std::move(*pinned)};
  for (std::size_t i = 0; i < loaded.events.size(); ++i) loaded.seals.push_back((*records)[i].seal);
  loaded.file.last_seal = loaded.seals.back();
  return loaded;
}

Result<CaseView> Engine::show(std::string_view ref, Instant now, std::optional<Instant> as_of) const {
  auto loaded = load(ref, as_of);
  if (!loaded) return std::move(loaded).error();
  auto site = people();
  if (!site) return std::move(site).error();
  const auto then = as_of ? *as_of : std::max(now, loaded->file.last_recorded);
  if (auto advanced = commands::advance(*loaded->definition, loaded->file, then); !advanced)
    return std::move(advanced).error();
  return CaseView{std::move(loaded->events),
                  std::move(loaded->seals),
                  std::make_shared<const case_file::CaseFile>(std::move(loaded->file)),
                  std::move(loaded->definition),
                  std::move(*site),
                  then};
}

Result<case_file::People> Engine::people() const {
  auto records = store_.read(ledger::kSiteStream);
  if (!records) return std::move(records).error();
  auto events = ledger::verify_stream(*records);
  if (!events) return std::move(events).error();
  auto folded = case_file::fold_people(*events);
  if (folded && !records->empty()) folded->last_seal = records->back().seal;
  return folded;
}

Result<std::string> Engine::resolve(std::string_view prefix) const {
  if (prefix.empty() || prefix.size() > 64)
    return Error{Errc::not_found, "no case has such a reference: it has 1 to 64 characters", "", {}, "case list"};
  auto found = store_.find_streams(prefix, 6);
  if (!found) return std::move(found).error();
  for (const auto& name : *found)
    if (equal_ignoring_case(name, prefix)) return name;
  if (found->empty()) return no_case(prefix);
  if (found->size() == 1) return found->front();
  std::string some;
  for (const auto& name : *found) some += (some.empty() ? "" : ", ") + name;
  return Error{Errc::invalid, "several cases begin with '" + std::string(prefix) + "': " + some, "", {}, "case list"};
}

Result<std::set<std::string>> Engine::cases_of(std::string_view incident) const {
  std::set<std::string> all;
  for (std::string after;;) {
    auto page = store_.cards(after, 1000);
    if (!page) return std::move(page).error();
    if (page->empty()) break;
    for (const auto& card : *page)
      if (const auto of = card.states.find(kIncidentKey); of != card.states.end() && of->second == incident)
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

Result<Due> Engine::due(Instant now, std::size_t limit, std::optional<Instant> as_of, std::string_view incident) const {
  if (as_of) return due_as_of(*as_of, limit, incident);
  std::set<std::string> of_incident;
  const auto* only = incident.empty() ? nullptr : &of_incident;
  if (only != nullptr) {
    auto cases = cases_of(incident);
    if (!cases) return std::move(cases).error();
    of_incident = std::move(*cases);
  }
  // What an incident leaves out is not known before it is read.
  const std::size_t most = limit == 0 || only != nullptr ? SIZE_MAX : limit + 1;
  const auto day = now + hours(24) + Duration{1}, three_days = now + hours(72) + Duration{1};
  struct Shelf {
    std::string_view name;
    std::optional<Instant> from, until;
  };
  const Shelf shelves[] = {{"dated", {}, now},        {"provisional", {}, now}, {"undated", {}, {}},
                           {"provisional", now, {}},  {"dated", now, day},      {"dated", day, three_days},
                           {"dated", three_days, {}}, {"not_started", {}, {}}};
  Due due;
  std::map<std::string, std::string> titles;
  for (const auto& shelf : shelves) {
    if (due.items.size() >= most) break;
    // The two overdue shelves are one bucket: both are read in full width before they are merged by deadline.
    const bool overdue = shelf.until == now && !shelf.from;
    auto items = read_shelf(store_, shelf.name, shelf.from, shelf.until, overdue ? most : most - due.items.size());
    if (!items) return std::move(items).error();
    for (const auto& item : *items) {
      if (only != nullptr && !only->contains(item.stream)) continue;
      titles.emplace(item.stream, item.title_digest);
      due.items.push_back(due_item(item, now));
    }
    if (overdue)
      std::stable_sort(due.items.begin(), due.items.end(), [](const DueItem& a, const DueItem& b) { return a.due < b.due; });
  }
  due.more = limit != 0 && due.items.size() > limit;
  if (due.more) due.items.resize(limit);
  put_titles(due, titles);
  auto ahead = reminders(now, limit == 0 ? SIZE_MAX : limit, only);
  if (!ahead) return std::move(ahead).error();
  due.reminders = std::move(*ahead);
  return due;
}

Result<CaseView> Engine::suppose(std::string_view ref, const std::vector<std::pair<std::string, std::string>>& facts,
                                 Instant now) const {
  auto view = show(ref, now);
  if (!view) return view;
  auto supposed = commands::suppose(*view->definition, *view->file, facts, view->now);
  if (!supposed) return std::move(supposed).error();
  view->file = std::make_shared<const case_file::CaseFile>(std::move(*supposed));
  return view;
}

Result<Due> Engine::due_as_of(Instant as_of, std::size_t limit, std::string_view incident) const {
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
      if (!incident.empty() && view->file->incident != incident) continue;
      titles.emplace(card.stream, card.title_digest);
      for (auto& matter : workflow::open_matters(*view->definition, *view->file))
        due.items.push_back(
            due_item({card.stream, matter.kind, matter.name, matter.shelf, matter.key, matter.basis, ""}, as_of));
      for (const auto& one : workflow::reminders(*view->definition, *view->file))
        if (as_of <= one.at && one.at <= as_of + hours(72))
          due.reminders.push_back({card.stream, one.obligation + " " + workflow::in_words(one.length), one.at});
    }
    if (page->empty()) break;
    after = page->back().stream;
  }
  std::stable_sort(due.items.begin(), due.items.end(), [](const DueItem& a, const DueItem& b) {
    const auto rank_a = workflow::bucket_rank(a.bucket), rank_b = workflow::bucket_rank(b.bucket);
    return std::tuple(rank_a, a.due, -a.age_hours) < std::tuple(rank_b, b.due, -b.age_hours);
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

Result<std::vector<CaseSummary>> Engine::cases(std::string_view after, std::size_t limit) const {
  auto cards = store_.cards(after, limit);
  if (!cards) return std::move(cards).error();
  std::vector<CaseSummary> all;
  for (const auto& card : *cards) {
    CaseSummary summary{card.stream, "", false, card.open, card.opened_at, card.workflow, card.states, card.version, ""};
    if (const auto of = summary.states.find(kIncidentKey); of != summary.states.end()) {
      summary.incident = of->second;
      summary.states.erase(of);
    }
    if (!card.title_digest.empty())
      if (auto words = vault_.open(card.stream, {card.title_digest}); words && words->front()) {
        summary.title = *words->front();
        summary.has_title = true;
      }
    all.push_back(std::move(summary));
  }
  return all;
}

Result<std::optional<std::string>> Engine::words(const CaseView& view, const case_file::TextRef& text) const {
  if (!text || text.n > static_cast<std::int64_t>(view.events.size())) return std::optional<std::string>{};
  const auto& texts = view.events[static_cast<std::size_t>(text.n - 1)].texts;
  const auto digest = texts.find(text.field);
  if (digest == texts.end()) return std::optional<std::string>{};
  auto opened = vault_.open(view.file->ref, {digest->second});
  if (!opened) return std::move(opened).error();
  return opened->front();
}

Result<std::map<std::pair<std::int64_t, std::string>, std::optional<std::string>>> Engine::all_words(
    const CaseView& view) const {
  std::vector<std::string> digests;
  std::vector<std::pair<std::int64_t, std::string>> keys;
  for (const auto& event : view.events)
    for (const auto& [field, digest] : event.texts) {
      digests.push_back(digest);
      keys.emplace_back(event.n, field);
    }
  auto opened = vault_.open(view.file->ref, digests);
  if (!opened) return std::move(opened).error();
  std::map<std::pair<std::int64_t, std::string>, std::optional<std::string>> words;
  for (std::size_t i = 0; i < keys.size(); ++i) words.emplace(std::move(keys[i]), std::move((*opened)[i]));
  return words;
}

}  // namespace tocsin
