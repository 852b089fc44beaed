// SPDX-License-Identifier: Apache-2.0
// The front door, reading. Nothing here writes.
#include <algorithm>
#include <cstdint>

#include "engine/commands/decide.h"
#include "engine/engine.h"
#include "engine/engine_parts.h"

namespace tocsin {

Error no_case(std::string_view ref) {
  return Error{
      Errc::not_found, "there is no case '" + std::string(ref.substr(0, 64)) + "' in this store", "", {}, "case list"};
}

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
                  site->at(then),
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
  if (!commands::is_reference(prefix))  // perhaps it is words, so it is not repeated
    return Error{Errc::not_found,
                 "no case has such a reference: it has 1 to 64 letters, digits, dots, underscores or hyphens",
                 "",
                 {},
                 "case list"};
  auto found = store_.find_streams(prefix, 6);
  if (!found) return std::move(found).error();
  for (const auto& name : *found)
    if (commands::equal_ignoring_case(name, prefix)) return name;
  if (found->empty()) return no_case(prefix);
  if (found->size() == 1) return found->front();
  std::string some;
  for (const auto& name : *found) some += (some.empty() ? "" : ", ") + name;
  return Error{Errc::invalid, "several cases begin with '" + std::string(prefix) + "': " + some, "", {}, "case list"};
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

std::string Engine::why_closed(const Error& error) const {
  if (error.code != Errc::corrupt) return "key_missing";
  // The vault recognises under its key alone, without any words.
  return vault_.recognise("") ? "damaged" : "key_wrong";
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
