// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/check.h"

#include <algorithm>
#include <iterator>

namespace tocsin::workflow {

namespace {

constexpr std::size_t few = 14;  // words a hint may list

/// Checks a guard's names and types and binds it; what is wrong is said at its place in the text.
void bind_guard(std::optional<guard::Guard>& guard, const guard::Scope& scope, const std::string& key, const Place& owner,
                const Definition& definition, Findings& findings) {
  if (!guard) return;
  auto checked = guard::check(*guard, scope);
  const auto text = definition.places.find(key + ".text");
  for (auto& mistake : checked.mistakes) {
    auto place = findings.place_of(key, owner);
    if (text != definition.places.end()) {
      place = text->second;
      place.column += letters_before(guard->text(), mistake.offset);
    }
    findings.error(place, std::move(mistake.message), std::move(mistake.hint));
  }
  if (checked.guard) guard = std::move(checked.guard);
}

void check_guards(Definition& definition, Findings& findings) {
  const auto scope = scope_of(definition);
  for (auto& region : definition.regions) {
    for (auto& one : region.transitions) {
      bind_guard(one.guard, scope, "transitions." + one.name + ".guard", one.place, definition, findings);
    }
  }
  for (auto& one : definition.obligations) {
    bind_guard(one.applies, scope, "obligations." + one.name + ".applies", one.place, definition, findings);
  }
}

void check_facts(const Definition& definition, Findings& findings) {
  const auto roles = role_names(definition);
  for (const auto& fact : definition.facts) {
    for (const auto& role : fact.by) {
      findings.expect("facts." + fact.name + ".by." + role, role, roles, "role", fact.place);
    }
    findings.expect("facts." + fact.name + ".suggested_by." + fact.suggested_by, fact.suggested_by,
                    names_of(definition.methods), "method", fact.place);
  }
}

void check_handling(const Definition& definition, Findings& findings) {
  for (const auto& role : definition.accept_risk)
    findings.expect("accept_risk." + role, role, role_names(definition), "role", definition.place);
}

}  // namespace

void Findings::error(Place place, std::string message, std::string hint) {
  issues_.push_back({std::move(place), false, std::move(message), std::move(hint), {}});
}

void Findings::warning(Place place, std::string message, std::string hint) {
  issues_.push_back({std::move(place), true, std::move(message), std::move(hint), {}});
}

Place Findings::place_of(const std::string& key, const Place& otherwise) const {
  const auto found = definition_.places.find(key);
  return found == definition_.places.end() ? otherwise : found->second;
}

void Findings::expect(const std::string& key, std::string_view word, const std::vector<std::string>& known,
                      const std::string& what, const Place& owner, const std::string& where) {
  if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return;
  error(place_of(key, owner), "there is no " + what + " '" + std::string(word) + "'" + where, nearest_hint(word, known));
}

std::string nearest_hint(std::string_view word, const std::vector<std::string>& known) {
  // One letter is near to every other one; that is no slip of the finger.
  auto near = word.size() > 1 ? guard::nearest(word, known) : std::string();
  if (near.empty() && word.size() > 2) {  // "aware" for "aware_at", when it can mean only one
    const auto longer = [&](const std::string& one) { return one.starts_with(word); };
    if (std::count_if(known.begin(), known.end(), longer) == 1) near = *std::find_if(known.begin(), known.end(), longer);
  }
  if (!near.empty()) return "did you mean '" + near + "'?";
  if (known.empty() || known.size() > few) return {};
  std::string list;
  for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
  return (known.size() == 1 ? "known is: " : "known are: ") + list;
}

int letters_before(std::string_view text, std::size_t bytes) {
  const auto before = text.substr(0, bytes);
  return static_cast<int>(
      std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> role_names(const Definition& definition) {
  std::vector<std::string> out;
  for (const auto& role : definition.roles) out.push_back(role.first);
  return out;
}

void check_approval(const Approval& approval, const std::string& key, const Definition& definition, const Place& owner,
                    Findings& findings) {
  const auto roles = role_names(definition);
  findings.expect(key + ".by." + approval.by, approval.by, roles, "role", owner);
  findings.expect(key + ".second." + approval.second, approval.second, roles, "role", owner);
  findings.expect(key + ".advice." + approval.advice, approval.advice, roles, "role", owner);
}

std::vector<Issue> check(Definition& definition) {
  Findings findings(definition);
  check_facts(definition, findings);
  check_handling(definition, findings);
  check_regions(definition, findings);
  check_obligations(definition, findings);
  check_guards(definition, findings);
  auto issues = findings.take();
  auto of_law = check_clocks(definition.clocks);
  std::move(of_law.begin(), of_law.end(), std::back_inserter(issues));
  return issues;
}

}  // namespace tocsin::workflow
