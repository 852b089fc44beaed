// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/times/spoken_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/commands/recorder.h"

namespace tocsin::cli {
namespace {

/// Roles that a workflow asks for or somebody holds. Any other may be given, and may be a slip.
std::vector<std::string> known_roles(const Call& call, const case_file::People& people) {
  std::vector<std::string> roles = {"admin"};
  for (const auto& person : people.listed) roles.insert(roles.end(), person.roles.begin(), person.roles.end());
  const auto library = open_library(call);
  if (const auto names = library->names())
    for (const auto& name : *names)
      if (const auto reading = library->find(name); reading && reading->definition != nullptr)
        for (const auto& [role, title] : reading->definition->roles) roles.push_back(role);
  return roles;
}

void warn_about_roles(const Call& call, const case_file::People& people, const std::vector<std::string>& roles) {
  const auto known = known_roles(call, people);
  for (const auto& role : roles) {
    if (std::find(known.begin(), known.end(), role) != known.end()) continue;
    const auto nearest = commands::did_you_mean(role, known);
    if (!nearest.empty())
      call.world.err << "tocsin: warning: no workflow asks for the role " << in_quotes(role) << nearest << "\n";
  }
}

/// What was recorded of a person, as a sentence.
std::string entry_of(const commands::AddPerson& entry, const case_file::Person* known, const std::string& zone) {
  const auto named = shown(Json::array(entry.roles));
  if (!entry.until)
    return entry.name +
           (known == nullptr || known->roles.empty() ? " as " : ": " + shown(Json::array(known->roles)) + " -> ") + named;
  std::vector<std::string> beside = known == nullptr ? std::vector<std::string>{} : known->roles;
  std::erase_if(beside, [&](const std::string& role) {
    return std::find(entry.roles.begin(), entry.roles.end(), role) != entry.roles.end();
  });
  return entry.name + " as " + named + " until " + said_back(*entry.until, zone) +
         (beside.empty() ? "" : ", beside " + shown(Json::array(beside)));
}

/// The roles of a person as a line says them; those that ended, too.
std::string roles_of(const case_file::Person& person, const std::string& zone) {
  std::string text;
  for (const auto& role : person.roles) {
    const auto end = person.until.find(role);
    text += (text.empty() ? "" : ", ") + role + (end == person.until.end() ? "" : " until " + said_back(end->second, zone));
  }
  for (const auto& role : person.ended)
    text += (text.empty() ? "no longer " : "; no longer ") + role + ", ended " + said_back(person.until.at(role), zone);
  return text;
}

Json ends_of(const case_file::Person& person, const std::vector<std::string>& roles) {
  Json ends = Json::object();
  for (const auto& role : roles)
    if (const auto end = person.until.find(role); end != person.until.end()) ends.set(role, format_instant(end->second));
  return ends;
}

}  // namespace

Result<int> people_add(Call& call) {
  const auto zone = zone_without_case(call.world);
  const TypedTimes times(call, zone);
  auto request = request_of(call, times);
  if (!request) return std::move(request).error();
  auto until = times.option("--until", TypedTimes::When::to_come);
  if (!until) return std::move(until).error();
  const auto name = call.one("NAME");
  const auto roles = list_of(call.one("--role"));
  const commands::AddPerson entry{name, roles, *until};
  const auto add = [&](Engine& engine) { return engine.add_person(entry, *request); };
  auto shop = open_or_make_shop(call, add);
  if (!shop) return std::move(shop).error();
  auto before = (*shop)->engine().people();
  if (!before) return std::move(before).error();
  *before = before->at(request->now);
  auto outcome = add((*shop)->engine());
  if (!outcome) return std::move(outcome).error();
  if (!outcome->dry_run) call.world.recorded = "event " + std::to_string(outcome->version) + " of the list of people";
  if (!outcome->repeated) warn_about_roles(call, *before, roles);
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  const auto* known = outcome->repeated ? nullptr : before->find(name);
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"person", name},
                             {"roles", Json::array(roles)},
                             {"roles_before", known == nullptr ? Json() : Json::array(known->roles)},
                             {"until", *until ? Json(format_instant(**until)) : Json()},
                             {"version", outcome->version},
                             {"repeated", outcome->repeated},
                             {"dry_run", outcome->dry_run}}));
    return 0;
  }
  auto& out = call.world.out;
  if (outcome->repeated) out << "recorded before under this request id; nothing was written now\n";
  if (outcome->dry_run) out << "DRY RUN: nothing was written\n";
  out << "people of this store (names are claimed, not proven)\n"
      << (outcome->dry_run ? "would record: " : "recorded: ") << entry_of(entry, known, zone) << "\n"
      << people->listed.size() << " listed, " << (people->admin.empty() ? request->by : people->admin)
      << " may list others -> tocsin " << next_command(call, "people list") << "\n";
  return 0;
}

Result<int> people_list(Call& call) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  auto now = reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  *people = people->at(*now);
  const auto zone = zone_without_case(call.world);
  if (!call.json()) call.world.out << banner((*shop)->store().purpose());
  Json list = Json::array();
  for (const auto& person : people->listed) {
    list.push(Json::object({{"name", person.name},
                            {"roles", Json::array(person.roles)},
                            {"until", ends_of(person, person.roles)},
                            {"ended", ends_of(person, person.ended)},
                            {"since", format_instant(person.since)}}));
    if (!call.json()) call.world.out << person.name << "  " << roles_of(person, zone) << "\n";
  }
  if (call.json())
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"admin", people->admin.empty() ? Json() : Json(people->admin)},
                             {"version", people->version},
                             {"people", list}}));
  else if (!people->listed.empty()) call.world.out << people->admin << " made the first entry, and may list others\n";
  else
    call.world.out << "nobody is listed: anyone may open, set, note and record -> tocsin "
                   << next_command(call, "people add NAME --role ROLE") << "\n";
  return 0;
}

}  // namespace tocsin::cli
