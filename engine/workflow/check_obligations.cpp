// SPDX-License-Identifier: Apache-2.0
// Obligations: a legal basis, a party, an anchor that can ever be known, and all that their clocks ask of them.
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

void check_exempted(const Obligation& obligation, const Anchor& anchor, const Definition& definition, Findings& findings) {
  const auto* of = definition.obligation(anchor.name);
  const auto* clock = of == nullptr ? nullptr : definition.clock(of->clock);
  if (clock == nullptr || clock->exemption(anchor.exemption) != nullptr) return;
  std::vector<std::string> known;
  for (const auto& one : clock->exemptions) known.push_back(one.name);
  findings.error(findings.place_of("obligations." + obligation.name + ".anchor." + anchor.text(), obligation.place),
                 "clock '" + clock->id + "' has no exemption '" + anchor.exemption + "'",
                 nearest_hint(anchor.exemption, known));
}

void check_anchor(const Obligation& obligation, const Anchor& anchor, const Definition& definition, Findings& findings) {
  const auto key = "obligations." + obligation.name + ".anchor." + anchor.text();
  if (anchor.kind == Anchor::Kind::filed || anchor.kind == Anchor::Kind::exempted) {
    findings.expect(key, anchor.name, names_of(definition.obligations), "obligation", obligation.place);
  }
  if (anchor.kind == Anchor::Kind::exempted) check_exempted(obligation, anchor, definition, findings);
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

/// The starts that a rule names besides the anchor, each once.
std::set<std::string> starts_of(const calendar::Rule& rule) {
  std::set<std::string> names;
  for (const auto& limit : rule.limits)
    for (const auto* name : {&limit.after, &limit.unless_passed_at})
      if (!name->empty()) names.insert(*name);
  return names;
}

bool counts_days(const calendar::Rule& rule) {
  const auto unit = calendar::unit_of(rule.counting);
  return unit == calendar::Unit::days || unit == calendar::Unit::months ||
         std::any_of(rule.limits.begin(), rule.limits.end(), counts_days);
}

/// What a version of the clock asks of the obligation.
void check_version(const Obligation& obligation, const ClockVersion& version, const Definition& definition,
                   Findings& findings) {
  const auto key = "obligations." + obligation.name;
  const auto place = findings.place_of(key + ".clock." + obligation.clock, obligation.place);
  if ((counts_days(version.rule) || version.relief) && definition.work_days(version) == nullptr)
    findings.error(place, "clock '" + obligation.clock + "' counts days, and no calendar says whose",
                   "add calendar: with the place whose days count to the workflow");
  for (const auto& start : starts_of(version.rule)) {
    const auto named = [&](const auto& one) { return one.first == start; };
    if (std::none_of(obligation.starts.begin(), obligation.starts.end(), named))
      findings.error(place,
                     "a limit of clock '" + obligation.clock + "' runs from '" + start + "', and nothing says when that was",
                     "add starts: {" + start + ": facts.NAME}");
  }
  if (version.relief && !version.relief->not_for.empty() && obligation.relief_for.empty())
    findings.error(place, "the relief of clock '" + obligation.clock + "' is not for everybody, and nothing says who we are",
                   "add relief_for: with the fact that does");
  if (!version.from_submission_of.empty()) {
    const auto runs = [&](const Anchor& anchor) {
      const auto* of = anchor.kind == Anchor::Kind::filed ? definition.obligation(anchor.name) : nullptr;
      return of != nullptr && of->clock == version.from_submission_of;
    };
    if (!std::all_of(obligation.anchor.begin(), obligation.anchor.end(), runs))
      findings.error(obligation.place,
                     "clock '" + obligation.clock + "' runs from the filing that meets " + version.from_submission_of,
                     "let it be anchored on filed() of an obligation with that clock, and on nothing else");
  }
}

void check_named_facts(const Obligation& obligation, const Clock& clock, const Definition& definition, Findings& findings) {
  const auto key = "obligations." + obligation.name;
  findings.expect(key + ".directed." + obligation.directed, obligation.directed, names_of(definition.facts), "fact",
                  obligation.place);
  findings.expect(key + ".relief_for." + obligation.relief_for, obligation.relief_for, names_of(definition.facts), "fact",
                  obligation.place);
  if (const auto* fact = definition.fact(obligation.directed)) {
    const bool is_as_directed = std::any_of(clock.versions.begin(), clock.versions.end(), [](const ClockVersion& version) {
      return version.rule.counting == calendar::Counting::as_directed;
    });
    if (!is_as_directed)
      findings.error(findings.place_of(key + ".directed." + fact->name, obligation.place),
                     "clock '" + clock.id + "' is not counted as directed", "leave 'directed' out");
    if (fact->kind != Fact::Kind::time && fact->kind != Fact::Kind::count)
      findings.error(findings.place_of(key + ".directed." + fact->name, obligation.place),
                     "fact '" + fact->name + "' names no time",
                     "a fact of type time names the deadline, one of type count the hours");
    if (fact->kind == Fact::Kind::count && fact->judged)
      findings.error(findings.place_of(key + ".directed." + fact->name, obligation.place),
                     "fact '" + fact->name + "' is judged, and what is judged is moved later by a decision on a time alone",
                     "leave 'judged' out: whoever may say the hours is named with 'by'");
  }
  const auto* who = definition.fact(obligation.relief_for);
  if (who == nullptr) return;
  for (const auto& version : clock.versions)
    for (const auto& word : version.relief ? version.relief->not_for : std::vector<std::string>{})
      if (std::find(who->words.begin(), who->words.end(), word) == who->words.end())
        findings.error(findings.place_of(key + ".relief_for." + who->name, obligation.place),
                       "the clock's relief is not for '" + word + "', and fact '" + who->name + "' has no such word",
                       "add it to the words of the fact");
}

/// Where an exemption demands a duty in its place, that duty has to be in the workflow.
void check_exemptions(const Obligation& obligation, const Clock& clock, const Definition& definition, Findings& findings) {
  if (!obligation.rule_out) return;
  for (const auto& exemption : clock.exemptions) {
    if (exemption.raises.empty()) continue;
    const auto replaces = [&](const Obligation& other) {
      return other.clock == exemption.raises &&
             std::any_of(other.anchor.begin(), other.anchor.end(), [&](const Anchor& anchor) {
               return anchor.kind == Anchor::Kind::exempted && anchor.name == obligation.name &&
                      anchor.exemption == exemption.name;
             });
    };
    if (std::any_of(definition.obligations.begin(), definition.obligations.end(), replaces)) continue;
    findings.error(obligation.place,
                   "exemption '" + exemption.name + "' of clock '" + clock.id + "' demands " + exemption.raises +
                       " in its place, and no obligation is on that clock",
                   "add one with anchor: exempted(obligations." + obligation.name + "." + exemption.name + ")");
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
  for (const auto& [name, anchors] : obligation.starts)
    for (const auto& anchor : anchors) check_anchor(obligation, anchor, definition, findings);
  if (clock == nullptr) return;
  if (!clock->proposed.empty() && !obligation.proposed)
    findings.error(findings.place_of(key + ".clock." + obligation.clock, obligation.place),
                   "clock '" + clock->id + "' is only proposed: it is no law yet",
                   "add proposed: true to watch it all the same; it will gate nothing");
  for (const auto& version : clock->versions) check_version(obligation, version, definition, findings);
  check_named_facts(obligation, *clock, definition, findings);
  check_exemptions(obligation, *clock, definition, findings);
  const bool mandatory = clock->kind == Clock::Kind::mandatory && obligation.blocks(*clock);
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

}  // namespace

void check_obligations(const Definition& definition, Findings& findings) {
  if (definition.obligations.empty()) {
    findings.warning(definition.place, "the workflow has no obligations: a case could close with nobody told");
  }
  for (const auto& obligation : definition.obligations) check_obligation(obligation, definition, findings);
  check_circles(definition, findings);
}

}  // namespace tocsin::workflow
