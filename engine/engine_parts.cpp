// SPDX-License-Identifier: Apache-2.0
#include "engine/engine_parts.h"

#include <algorithm>

#include "engine/workflow/card.h"
#include "engine/workflow/plan.h"

namespace tocsin {

ports::Card card_of(const workflow::Definition& definition, const case_file::CaseFile& file) {
  ports::Card card;
  card.stream = file.ref;
  card.version = file.version;
  card.open = file.stage == case_file::Stage::open;
  card.opened_at = file.opened_at;
  card.title_digest = file.title_digest;
  card.workflow = file.workflow;
  card.states = file.states;
  card.alarm = workflow::alarm(file);
  for (auto& matter : workflow::open_matters(definition, file)) {
    if (matter.latest)
      card.items.push_back(
          {file.ref, std::string(workflow::kLatest), matter.name, std::string(workflow::kLatest), *matter.latest, "", ""});
    card.items.push_back({file.ref, std::move(matter.kind), std::move(matter.name), std::move(matter.shelf), matter.key,
                          std::move(matter.basis), ""});
  }
  // What hangs on an obligation lies on a shelf of its own, which no list of what is owed reads.
  for (const auto& reminder : workflow::reminders(definition, file))
    card.items.push_back({file.ref, "reminder", reminder.obligation + " " + workflow::in_words(reminder.length), "reminder",
                          reminder.at, "", ""});
  if (!file.incident.empty()) card.states[std::string(kIncidentKey)] = file.incident;
  return card;
}

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

ports::DefinitionFiles pack(const std::vector<workflow::SourceFile>& files, const std::string& digest) {
  Json list = Json::array();
  for (const auto& file : files) list.push(Json::array({Json(file.path), Json(file.text)}));
  return {digest, canonical(list)};
}

Result<std::vector<workflow::SourceFile>> unpack(const std::string& bytes) {
  auto list = parse_json(bytes);
  if (!list)
    return Error{Errc::corrupt,
                 "the stored workflow files cannot be read: keep the file as it is and run 'tocsin audit verify'",
                 "",
                 {},
                 ""};
  std::vector<workflow::SourceFile> files;
  for (const auto& file : list->items()) {
    if (file.items().size() != 2) return Error{Errc::corrupt, "the stored workflow files have another shape", "", {}, ""};
    files.push_back({file.items()[0].text(), file.items()[1].text()});
  }
  return files;
}

}  // namespace tocsin
