// SPDX-License-Identifier: Apache-2.0
// Obligations and the clocks they name: a legal basis, a party, and an anchor that can ever be known.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "engine/workflow/check.h"

namespace tocsin::workflow {

namespace {

std::vector<std::string> clock_ids(const Definition& definition) {
  std::vector<std::string> out;
  for (const auto& clock : definition.clocks) out.push_back(clock.id);
  return out;
}

void check_anchor(const Obligation& obligation, const Anchor& anchor, const Definition& definition, Findings& findings) {
  const auto key = "obligations." + obligation.name + ".anchor." + anchor.text();
  if (anchor.kind == Anchor::Kind::filed) {
    findings.expect(key, anchor.name, names_of(definition.obligations), "obligation", obligation.place);
  }
  if (anchor.kind != Anchor::Kind::fact) return;
  findings.expect(key, anchor.name, names_of(definition.facts), "fact", obligation.place);
  const auto* fact = definition.fact(anchor.name);
  if (fact == nullptr || fact->kind == Fact::Kind::time || fact->kind == Fact::Kind::period) return;
  findings.error(findings.place_of(key, obligation.place), "a clock cannot run from fact '" + fact->name + "'",
                 "an anchor is a fact of type time or period");
}

void check_again(const Obligation& obligation, const Definition& definition, Findings& findings) {
  for (const auto& name : obligation.again_when) {
    const auto key = "obligations." + obligation.name + ".again_when." + name;
    findings.expect(key, name, names_of(definition.facts), "fact", obligation.place);
    const auto* fact = definition.fact(name);
    if (fact == nullptr) continue;
    const bool can_worsen = !fact->vaulted() && (fact->kind == Fact::Kind::set || fact->kind == Fact::Kind::count ||
                                                 (fact->kind == Fact::Kind::choice && fact->ordered));
    if (can_worsen) continue;
    findings.error(findings.place_of(key, obligation.place), "fact '" + name + "' has no worse value",
                   "again_when takes sets, counts and ordered choices that do not lie in the vault");
  }
}

bool runs_from_a_filing(const Obligation& obligation) {
  return std::any_of(obligation.anchor.begin(), obligation.anchor.end(),
                     [](const Anchor& anchor) { return anchor.kind == Anchor::Kind::filed; });
}

void check_obligation(const Obligation& obligation, const Definition& definition, Findings& findings) {
  const auto key = "obligations." + obligation.name;
  const auto parties = names_of(definition.parties);
  const auto* clock = definition.clock(obligation.clock);
  if (obligation.clock.empty()) {
    findings.error(obligation.place, "obligation '" + obligation.name + "' has no legal basis",
                   "name its clock from a law file: clock: uk.gdpr.33_1");
  }
  findings.expect(key + ".clock." + obligation.clock, obligation.clock, clock_ids(definition), "clock", obligation.place);
  findings.expect(key + ".to." + obligation.to, obligation.to, parties, "party", obligation.place);
  findings.expect(key + ".owed_by." + obligation.owed_by, obligation.owed_by, parties, "party", obligation.place);
  for (const auto& anchor : obligation.anchor) check_anchor(obligation, anchor, definition, findings);
  check_again(obligation, definition, findings);
  if (obligation.rule_out) check_approval(*obligation.rule_out, key + ".rule_out", definition, obligation.place, findings);
  const bool mandatory = clock != nullptr && clock->kind == Clock::Kind::mandatory && obligation.owed_by.empty();
  if (mandatory && runs_from_a_filing(obligation) && !obligation.rule_out) {
    // The filing may be ruled out; then this anchor never comes and only a decision can settle the duty.
    findings.error(obligation.place, "obligation '" + obligation.name + "' runs from a filing and cannot be ruled out",
                   "add rule_out: if the filing never comes, only a decision can settle it");
  }
}

/// Obligations from which the filings they wait for lead back to themselves.
void check_circles(const Definition& definition, Findings& findings) {
  std::set<std::string> done;
  std::vector<std::string> path;
  const std::function<void(const Obligation&)> walk = [&](const Obligation& obligation) {
    const auto again = std::find(path.begin(), path.end(), obligation.name);
    if (again != path.end()) {
      std::string circle;
      for (auto at = again; at != path.end(); ++at) circle += *at + " -> ";
      const auto& next = again + 1 == path.end() ? obligation.name : *(again + 1);
      findings.error(
          findings.place_of("obligations." + *again + ".anchor.filed(obligations." + next + ")", obligation.place),
          "anchors run in a circle: " + circle + obligation.name, "let one of them run only from facts or case.opened_at");
      return;
    }
    if (!done.insert(obligation.name).second) return;
    path.push_back(obligation.name);
    for (const auto& anchor : obligation.anchor) {
      const auto* next = anchor.kind == Anchor::Kind::filed ? definition.obligation(anchor.name) : nullptr;
      if (next != nullptr && path.size() < 1000) walk(*next);
    }
    path.pop_back();
  };
  for (const auto& obligation : definition.obligations) walk(obligation);
}

/// Versions follow one another without gap or overlap.
void check_dates(const Clock& clock, std::vector<Issue>& issues) {
  const auto wrong = [&](std::string message) {
    issues.push_back({clock.place,
                      false,
                      "clock '" + clock.id + "': " + std::move(message),
                      "each version ends (until) where the next begins (from), the oldest first",
                      {}});
  };
  for (std::size_t i = 0; i < clock.versions.size(); ++i) {
    const auto& version = clock.versions[i];
    if (version.from && version.until && *version.until <= *version.from) wrong("a version ends before it begins");
    if (i == 0) continue;
    const auto& before = clock.versions[i - 1];
    if (!version.from || !before.until || *version.from < *before.until) {
      wrong("versions " + std::to_string(i) + " and " + std::to_string(i + 1) + " overlap");
    } else if (*before.until < *version.from) {
      wrong("there is a gap between versions " + std::to_string(i) + " and " + std::to_string(i + 1));
    }
  }
}

}  // namespace

std::vector<Issue> check_clocks(const std::vector<Clock>& clocks) {
  std::vector<Issue> issues;
  std::set<std::string> seen;
  for (const auto& clock : clocks) {
    const auto wrong = [&](std::string message, std::string hint) {
      issues.push_back({clock.place, false, "clock '" + clock.id + "' " + std::move(message), std::move(hint), {}});
    };
    if (!seen.insert(clock.id).second) wrong("is there twice", "an id names one clock in all law files");
    const bool unfounded = std::any_of(clock.versions.begin(), clock.versions.end(),
                                       [](const ClockVersion& version) { return version.basis.empty(); });
    if (clock.versions.empty() || unfounded) {
      wrong("has no legal basis", "each version names its article: basis: UK GDPR Art 33(1)");
    }
    if (clock.source.empty()) wrong("has no source", "say where its text was read");
    check_dates(clock, issues);
  }
  return issues;
}

void check_obligations(const Definition& definition, Findings& findings) {
  if (definition.obligations.empty()) {
    findings.warning(definition.place, "the workflow has no obligations: a case could close with nobody told");
  }
  for (const auto& obligation : definition.obligations) check_obligation(obligation, definition, findings);
  check_circles(definition, findings);
}

}  // namespace tocsin::workflow
