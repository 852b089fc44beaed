// SPDX-License-Identifier: Apache-2.0
// States and transitions: every state can be reached and left, and somebody may take every transition.
#include <algorithm>
#include <set>

#include "engine/workflow/check.h"

namespace tocsin::workflow {

namespace {

void check_initial(const Region& region, Findings& findings) {
  if (region.states.empty()) {
    findings.error(region.place, "region '" + region.name + "' has no states");
    return;
  }
  const State* first = nullptr;
  for (const auto& state : region.states) {
    if (!state.initial) continue;
    if (first == nullptr) {
      first = &state;
    } else {
      findings.error(state.place, "region '" + region.name + "' has a second initial state, '" + state.name + "'",
                     "a case begins in exactly one state of each region");
    }
  }
  if (first == nullptr) {
    findings.error(region.place, "region '" + region.name + "' has no initial state",
                   "mark the state in which a case begins: {initial: true}");
  }
}

/// Whether a transition's ends could be read and exist; that they do not is said already, and what it then leaves unreached
/// is no second mistake.
bool knows_from(const Region& region, const Transition& one) {
  return !one.from.empty() && std::all_of(one.from.begin(), one.from.end(),
                                          [&](const std::string& from) { return region.state(from) != nullptr; });
}
bool knows_to(const Region& region, const Transition& one) { return region.state(one.to) != nullptr; }

/// States that some path leads to, guards aside: a guard may come true, a missing arrow may not.
std::set<std::string> reached(const Region& region) {
  std::set<std::string> seen;
  for (const auto& state : region.states) {
    if (state.initial) seen.insert(state.name);
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& one : region.transitions) {
      const bool leads =
          !knows_from(region, one) ||
          std::any_of(one.from.begin(), one.from.end(), [&](const std::string& from) { return seen.count(from) != 0; });
      if (leads && seen.insert(one.to).second) grew = true;
    }
  }
  return seen;
}

void check_paths(const Region& region, Findings& findings) {
  const auto begins = [](const State& state) { return state.initial; };
  if (std::none_of(region.states.begin(), region.states.end(), begins)) return;  // said already
  const auto seen = reached(region);
  const auto& all = region.transitions;
  const bool knows_ends = std::all_of(all.begin(), all.end(), [&](const Transition& one) { return knows_to(region, one); });
  const bool knows_begins =
      std::all_of(all.begin(), all.end(), [&](const Transition& one) { return knows_from(region, one); });
  for (const auto& state : region.states) {
    if (knows_ends && seen.count(state.name) == 0) {
      findings.error(state.place, "nothing leads to state '" + state.name + "' of region '" + region.name + "'",
                     "add a transition to it, or remove it");
    }
    const bool left = std::any_of(region.transitions.begin(), region.transitions.end(), [&](const Transition& one) {
      return one.to != state.name && std::find(one.from.begin(), one.from.end(), state.name) != one.from.end();
    });
    if (knows_begins && !left && !state.final) {
      findings.warning(state.place, "no transition leaves state '" + state.name + "', which is not final",
                       "add a way out, or mark it {final: true}");
    }
  }
}

void check_transition(const Region& region, const Transition& one, const Definition& definition, Findings& findings) {
  const auto key = "transitions." + one.name;
  const auto states = names_of(region.states);
  const auto where = " in region '" + region.name + "'";
  for (const auto& from : one.from) {
    findings.expect(key + ".from." + from, from, states, "state", one.place, where);
    const auto* state = region.state(from);
    if (state != nullptr && state->final) {
      findings.error(findings.place_of(key + ".from." + from, one.place),
                     "transition '" + one.name + "' leaves the final state '" + from + "'",
                     "a final state has no way out; reopening a case goes back by itself");
    }
  }
  findings.expect(key + ".to." + one.to, one.to, states, "state", one.place, where);
  for (const auto& role : one.by) findings.expect(key + ".by." + role, role, role_names(definition), "role", one.place);
  if (one.approval) check_approval(*one.approval, key + ".approval", definition, one.place, findings);
}

void check_transition_names(const Definition& definition, Findings& findings) {
  std::set<std::string> seen;
  for (const auto& region : definition.regions) {
    for (const auto& one : region.transitions) {
      if (seen.insert(one.name).second) continue;
      findings.error(one.place, "a second transition is called '" + one.name + "'",
                     "a transition is asked for by its name alone: give each its own in the whole workflow");
    }
  }
}

void check_closing(const Definition& definition, Findings& findings) {
  if (definition.regions.empty()) return;  // said already
  const auto* closing = definition.closing_region();
  if (closing == nullptr) {
    findings.error(definition.place, "no region closes the case",
                   "of several regions, the one whose final states close the case is called 'case'");
    return;
  }
  const bool ends = std::any_of(closing->states.begin(), closing->states.end(), [](const State& s) { return s.final; });
  if (!ends) {
    findings.error(closing->place, "region '" + closing->name + "' has no final state: the case could never close",
                   "mark at least one state {final: true}");
  }
}

}  // namespace

void check_regions(const Definition& definition, Findings& findings) {
  if (definition.regions.empty()) findings.error(definition.place, "the workflow has no regions");
  for (const auto& region : definition.regions) {
    check_initial(region, findings);
    for (const auto& one : region.transitions) check_transition(region, one, definition, findings);
    check_paths(region, findings);
  }
  check_transition_names(definition, findings);
  check_closing(definition, findings);
}

}  // namespace tocsin::workflow
