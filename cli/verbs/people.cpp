// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"
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
      call.world.err << "tocsin: warning: no workflow asks for the role " << quoted(role) << nearest << "\n";
  }
}

}  // namespace

Result<int> people_add(Call& call) {
  auto request = request_of(call);
  if (!request) return std::move(request).error();
  auto shop = open_shop(call, Missing::is_made);
  if (!shop) return std::move(shop).error();
  const auto name = call.one("NAME");
  const auto roles = list_of(call.one("--role"));
  auto before = (*shop)->engine().people();
  if (!before) return std::move(before).error();
  auto outcome = (*shop)->engine().add_person({name, roles}, *request);
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
                             {"version", outcome->version},
                             {"repeated", outcome->repeated},
                             {"dry_run", outcome->dry_run}}));
    return 0;
  }
  auto& out = call.world.out;
  if (outcome->repeated) out << "recorded before under this request id; nothing was written now\n";
  if (outcome->dry_run) out << "DRY RUN: nothing was written\n";
  out << "people of this store (names are claimed, not proven)\n"
      << (outcome->dry_run ? "would record: " : "recorded: ") << name
      << (known == nullptr ? " as " : ": " + shown(Json::array(known->roles)) + " -> ") << call.one("--role") << "\n"
      << people->listed.size() << " listed, " << (people->admin.empty() ? request->by : people->admin)
      << " may list others -> tocsin people list\n";
  return 0;
}

Result<int> people_list(Call& call) {
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  if (!call.json()) call.world.out << banner((*shop)->store().purpose());
  Json list = Json::array();
  for (const auto& person : people->listed) {
    list.push(Json::object(
        {{"name", person.name}, {"roles", Json::array(person.roles)}, {"since", format_instant(person.since)}}));
    if (!call.json()) call.world.out << person.name << "  " << shown(Json::array(person.roles)) << "\n";
  }
  if (call.json())
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"admin", people->admin.empty() ? Json() : Json(people->admin)},
                             {"version", people->version},
                             {"people", list}}));
  else if (people->listed.empty())
    call.world.out << "nobody is listed: anyone may open, set, note and record -> tocsin people add NAME --role ROLE\n";
  return 0;
}

}  // namespace tocsin::cli
