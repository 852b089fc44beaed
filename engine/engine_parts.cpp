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
  for (auto& matter : workflow::open_matters(definition, file))
    card.items.push_back({file.ref, std::move(matter.kind), std::move(matter.name), std::move(matter.shelf), matter.key,
                          std::move(matter.basis), ""});
  // What hangs on an obligation lies on a shelf of its own, which no list of what is owed reads.
  for (const auto& reminder : workflow::reminders(definition, file))
    card.items.push_back({file.ref, "reminder", reminder.obligation + " " + workflow::in_words(reminder.length), "reminder",
                          reminder.at, "", ""});
  if (!file.incident.empty()) card.states[std::string(kIncidentKey)] = file.incident;
  return card;
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

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace tocsin
