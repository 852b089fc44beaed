// SPDX-License-Identifier: Apache-2.0
// What a breach hit, and what it belongs to: data sets and groups of people, the incident, severity by a method.
#include <algorithm>

#include "engine/commands/recorder.h"
#include "engine/method/method.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

/// Names lie in events and stand before '.' and after '@', so they are short words of letters, digits, '_' and '-'.
bool is_data_set_name(std::string_view name) {
  if (name.empty() || name.size() > 40 || name.front() < 'a' || name.front() > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

bool has_data_sets(const Definition& definition) {
  const auto hangs = [](const auto& one) { return one.per != Level::breach; };
  return std::any_of(definition.facts.begin(), definition.facts.end(), hangs) ||
         std::any_of(definition.obligations.begin(), definition.obligations.end(), hangs);
}

}  // namespace

Result<void> add_data_set(Recorder& recorder, const AddDataSet& command) {
  const auto& file = recorder.file();
  const auto what = std::string(command.is_group ? "group" : "data set");
  if (!has_data_sets(recorder.asked().definition))
    return invalid("workflow " + recorder.asked().definition.name + " keeps nothing by data set: its case is one data set",
                   "case show " + file.ref);
  if (!is_data_set_name(command.name))
    return invalid("the name of a " + what +
                   " is 1 to 40 lower-case letters, digits, '_' or '-', beginning with a letter; say more with --title");
  if (file.data_set(command.name) != nullptr)
    return Error{Errc::conflict,
                 "there is a data set or group '" + command.name + "' already: choose another name",
                 "data set",
                 {},
                 "dataset list " + file.ref};
  const auto* of = command.of.empty() ? nullptr : file.data_set(command.of);
  if (!command.of.empty() && (of == nullptr || of->is_group))
    return Error{Errc::not_found,
                 "there is no such data set in " + file.ref + " for the group to be in",
                 "",
                 {},
                 "dataset list " + file.ref};
  if (auto ok = check_title("the title", command.title); !ok) return ok;
  auto body = Json::object({{"data_set", command.name}, {"is_group", command.is_group}});
  if (!command.of.empty()) body.set("of", command.of);
  if (auto ok = recorder.record("data_set_added", recorder.asked().at, std::move(body), {{"title", command.title}}); !ok)
    return ok;
  if (command.facts.empty()) return recorder.follow_observation();
  SetFacts facts;  // known at once, so that nothing is owed that the data's regime rules out
  for (const auto& [name, value] : command.facts)
    facts.facts.emplace_back(case_file::CaseFile::fact_in(command.name, name), value);
  return set_facts(recorder, facts);
}

Result<void> assess_severity(Recorder& recorder, const AssessSeverity& command) {
  const auto& definition = recorder.asked().definition;
  const auto* method = definition.method(command.method);
  if (method == nullptr) {
    std::vector<std::string> known;
    for (const auto& one : definition.methods) known.push_back(one.name);
    return Error{Errc::not_found,
                 "workflow " + definition.name + " has no method of that name" + did_you_mean(command.method, known),
                 "",
                 {},
                 "severity methods " + recorder.file().ref};
  }
  if (!command.data_set.empty() && recorder.file().data_set(command.data_set) == nullptr)
    return Error{Errc::not_found,
                 "there is no data set or group of that name in " + recorder.file().ref,
                 "",
                 {},
                 "dataset list " + recorder.file().ref};
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  auto assessed = method::assess(*method, command.inputs);
  if (!assessed) return std::move(assessed).error();
  Json inputs = Json::object(), suggests = Json::object();
  for (const auto& [name, value] : command.inputs) inputs.set(name, value);
  for (const auto& one : assessed->suggests) suggests.set(one.fact, one.word);
  auto body = Json::object({{"method", method->name},
                            {"inputs", inputs},
                            {"result", assessed->result},
                            {"score", assessed->score},
                            {"steps", Json::array(assessed->steps)},
                            {"suggests", suggests}});
  if (!command.data_set.empty()) body.set("data_set", command.data_set);
  return recorder.record("severity_assessed", recorder.asked().at, std::move(body), {{"because", command.because}});
}

Result<void> link_incident(Recorder& recorder, const LinkIncident& command) {
  if (!is_reference(command.incident))
    return invalid("an incident is named like a case: 1 to 64 letters, digits, dots, underscores or hyphens");
  if (recorder.file().incident == command.incident)
    return refused("the case belongs to incident " + command.incident + " already", "incident");
  return recorder.record("incident_linked", recorder.asked().at, Json::object({{"incident", command.incident}}));
}

}  // namespace tocsin::commands
