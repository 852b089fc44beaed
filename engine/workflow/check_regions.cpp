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
          std::any_of(one.from.begin(), one.from.end(), [&](const std::string& from) { return seen.count(from) != 0; });
      if (leads && seen.insert(one.to).second) grew = true;
    }
  }
  return seen;
}

void check_paths(const Region& region, Findings& findings) {
  const auto seen = reached(region);
  if (seen.empty()) return;  // no initial state: said already
  for (const auto& state : region.states) {
    if (seen.count(state.name) == 0) {
      findings.error(state.place, "nothing leads to state '" + state.name + "' of region '" + region.name + "'",
                     "add a transition to it, or remove it");
    }
    const bool left = std::any_of(region.transitions.begin(), region.transitions.end(), [&](const Transition& one) {
      return one.to != state.name && std::find(one.from.begin(), one.from.end(), state.name) != one.from.end();
    });
    if (!left && !state.final) {
      findings.warning(state.place, "no transition leaves state '" + state.name + "', which is not final",
                       "add a way out, or mark it {final: true}");
    }
  }
}

void check_transition(const Region& region, const Transition& one, const Definition& definition, Findings& findings) {
  const auto key = "transitions." + one.name;
  const auto states = names_of(region.states);
  const auto what = "state in region '" + region.name + "':";
  for (const auto& from : one.from) {
    findings.expect(key + ".from." + from, from, states, what, one.place);
    const auto* state = region.state(from);
    if (state != nullptr && state->final) {
      findings.error(findings.place_of(key + ".from." + from, one.place),
                     "transition '" + one.name + "' leaves the final state '" + from + "'",
                     "a final state has no way out; reopening a case goes back by itself");
    }
  }
  findings.expect(key + ".to." + one.to, one.to, states, what, one.place);
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
