// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/people.h"

#include <algorithm>

namespace tocsin::case_file {
namespace {

bool is_among(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool Person::holds(std::string_view role) const { return is_among(roles, role); }

People People::at(Instant t) const {
  People then = *this;
  for (auto& person : then.listed)
    std::erase_if(person.roles, [&](const std::string& role) {
      const auto end = person.until.find(role);
      const bool has_ended = end != person.until.end() && t > end->second;
      if (has_ended) person.ended.push_back(role);
      return has_ended;
    });
  return then;
}

bool People::has_ends() const {
  return std::any_of(listed.begin(), listed.end(), [](const Person& p) { return !p.until.empty(); });
}

const Person* People::find(std::string_view name) const {
  const auto found = std::find_if(listed.begin(), listed.end(), [&](const Person& p) { return p.name == name; });
  return found == listed.end() ? nullptr : &*found;
}

bool People::lists(std::string_view name) const {
  const auto* person = find(name);
  return person != nullptr && !person->roles.empty();
}

bool People::holds(std::string_view name, std::string_view role) const {
  const auto* person = find(name);
  return person != nullptr && person->holds(role);
}

bool People::has_held(std::string_view name, std::string_view role) const {
  const auto* person = find(name);
  return person != nullptr && (person->holds(role) || is_among(person->ended, role));
}

bool People::holds_any(std::string_view name, const std::vector<std::string>& roles) const {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) { return holds(name, role); });
}

std::vector<std::string> People::holders(std::string_view role) const {
  std::vector<std::string> names;
  for (const auto& person : listed)
    if (person.holds(role)) names.push_back(person.name);
  return names;
}

Result<void> People::apply(const ledger::Event& event) {
  if (event.type != "person_added")
    return Error{Errc::corrupt, "the site stream holds an event of type '" + event.type + "'", "", {}, {}};
  if (event.n == 1) admin = event.by;
  Person person{event.body["person"].text(), {}, event.n, event.at};
  for (const auto& role : event.body["roles"].items()) person.roles.push_back(role.text());
  if (event.body.has("until")) {
    const auto until = parse_instant(event.body["until"].text());
    if (!until) return Error{Errc::corrupt, "an entry of the list of people has an end that is no time", "", {}, {}};
    const auto named = person.roles;
    for (const auto& role : named) person.until[role] = *until;
    if (const auto* before = find(person.name))
      for (const auto& role : before->roles) {
        if (is_among(named, role)) continue;
        person.roles.push_back(role);
        if (const auto end = before->until.find(role); end != before->until.end()) person.until.insert(*end);
      }
  }
  std::erase_if(listed, [&](const Person& p) { return p.name == person.name; });  // a later entry replaces the roles
  listed.push_back(std::move(person));
  version = event.n;
  last_recorded = event.recorded_at;
  return {};
}

Result<People> fold_people(const std::vector<ledger::Event>& events) {
  People people;
  for (const auto& event : events)
    if (auto applied = people.apply(event); !applied) return std::move(applied).error();
  return people;
}

}  // namespace tocsin::case_file
