// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/explain.h"

#include <algorithm>
#include <iterator>

#include "engine/workflow/deadline.h"
#include "engine/workflow/plan.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"

namespace tocsin::workflow {
namespace {

using case_file::CaseFile;
using case_file::People;
using guard::Truth;

std::string value_hint(const Fact& fact) {
  switch (fact.kind) {
    case Fact::Kind::choice: {
      std::string words;
      for (const auto& word : fact.words) words += (words.empty() ? "" : "|") + word;
      return "'" + words + "'";  // for a shell too: pasted as it is, it is one value and refused
    }
    case Fact::Kind::set: return fact.words.empty() ? "A,B" : fact.words.front() + ",...";
    case Fact::Kind::count: return "NUMBER";
    case Fact::Kind::text: return "TEXT";
    default: return "TIME";
  }
}

std::string file_command(const CaseFile& file, const std::string& obligation) {
  return "notice record " + file.ref + " " + obligation + " --channel NAME --reference pending";
}

/// The command that would remove what is missing.
std::string command_for(const Definition& definition, const CaseFile& file, const std::string& subject) {
  const auto name = subject.substr(subject.find('.') + 1);
  if (subject.starts_with("facts."))
    if (const auto* fact = definition.fact(name)) return "case set " + file.ref + " " + name + "=" + value_hint(*fact);
  if (subject.starts_with("obligations."))
    if (const auto* obligation = definition.obligation(name)) return file_command(file, obligation->name);
  if (subject.starts_with("actions.")) return "action list " + file.ref;
  if (subject.starts_with("states.")) {
    const auto* region = definition.region(name);
    const auto at = file.states.find(name);
    if (region == nullptr || at == file.states.end()) return {};
    for (const auto& transition : region->transitions)
      if (std::find(transition.from.begin(), transition.from.end(), at->second) != transition.from.end())
        return "case move " + file.ref + " " + transition.name;
  }
  return {};
}

void add(std::vector<Missing>& all, Missing missing) {
  const auto same = [&](const Missing& other) { return other.subject == missing.subject; };
  if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(missing));
}

std::string holders(const People& people, const std::string& role) {
  std::string who;
  for (const auto& name : people.holders(role)) who += (who.empty() ? "" : " or ") + name;
  return who.empty() ? "nobody listed" : who;
}

void add_role(std::vector<Missing>& all, const Transition& transition, const People& people, std::string_view by) {
  if (transition.by.empty() || by.empty() || people.holds_any(by, transition.by)) return;
  const auto& role = transition.by.front();
  add(all, {"role." + role, "it takes the role '" + role + "', held by " + holders(people, role),
            people.holders(role).empty() ? "people add NAME --role " + role : ""});
}

void add_owed(std::vector<Missing>& all, const Definition& definition, const CaseFile& file) {
  const CaseSituation situation(definition, file);
  for (const auto& obligation : definition.obligations) {
    const auto* clock = definition.clock(obligation.clock);
    if (clock == nullptr || !obligation.blocks(*clock)) continue;
    if (situation.settled(obligation.name) == Truth::yes) continue;
    for (const auto& standing : standings_of(definition, file, obligation)) {
      const bool is_settled = standing.file != nullptr ? standing.file->is_settled() : standing.applies == "no";
      if (is_settled) continue;
      const bool is_open = standing.file == nullptr && standing.applies == "unknown";
      add(all, {"obligations." + (obligation.per == Level::breach ? obligation.name : standing.name),
                "'" + standing.name + "' (" + clock->title + ") is " +
                    (is_open ? "perhaps owed: what decides it is not known" : "owed and not settled"),
                file_command(file, standing.name)});
    }
  }
}

/// The newest proposal of the transition that still counts.
const case_file::Decision* open_proposal(const CaseFile& file, const std::string& transition) {
  for (auto d = file.decisions.rbegin(); d != file.decisions.rend(); ++d)
    if (d->kind == "transition" && d->subject == transition && !d->done && !d->is_declined() &&
        !relied_on_has_changed(file, d->relied_on))
      return &*d;
  return nullptr;
}

void add_approval(std::vector<Missing>& all, const Transition& transition, const CaseFile& file, const People& people) {
  const auto& approval = *transition.approval;
  const auto subject = "approval." + (approval.second.empty() ? approval.by : approval.second);
  const auto* proposal = open_proposal(file, transition.name);
  if (proposal == nullptr) {
    add(all, {subject,
              "nobody holding '" + approval.by + "' (" + holders(people, approval.by) + ") has proposed it on today's facts",
              "decision propose " + file.ref + " " + transition.name + " --because TEXT"});
    return;
  }
  if (proposal->effective) return;
  const auto digest = proposal->digest.substr(0, 8);
  const bool advised = approval.advice.empty() ||
                       std::any_of(proposal->advice.begin(), proposal->advice.end(),
                                   [&](const auto& advice) { return people.has_held(advice.first, approval.advice); });
  if (!advised)
    add(all, {"advice." + approval.advice,
              "nobody holding '" + approval.advice + "' (" + holders(people, approval.advice) + ") has advised",
              "decision advise " + file.ref + " " + digest + " --because TEXT"});
  add(all, {subject,
            "no second person holding '" + approval.second + "' (" + holders(people, approval.second) + ") has approved it",
            "decision approve " + file.ref + " " + digest});
}

void add_confirmations(std::vector<Missing>& all, const CaseFile& file) {
  for (const auto& decision : file.decisions)
    if (decision.awaits_confirmation())
      add(all, {"confirmation." + decision.approved_by,
                decision.approved_by + " has not confirmed the approval of '" + decision.subject + "' that was relayed by " +
                    decision.relayed,
                "decision approve " + file.ref + " " + decision.digest.substr(0, 8) + " --as " + decision.approved_by});
}

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "'" : " or '") + word + "'";
  return text;
}

}  // namespace

NextStep next_step(const Definition& definition, const CaseFile& file, const People& people, std::string_view name,
                   std::string_view by) {
  const auto [region, transition] = definition.transition(name);
  if (transition == nullptr) return {};
  NextStep step{transition->name, region->name, transition->to, false, {}};
  const auto at = file.states.find(region->name);
  const std::string state = at == file.states.end() ? "" : at->second;
  if (file.stage == case_file::Stage::closed)
    add(step.missing, {"case", "the case is closed", "case reopen " + file.ref + " --because TEXT"});
  if (std::find(transition->from.begin(), transition->from.end(), state) == transition->from.end())
    add(step.missing,
        {"states." + region->name, region->name + " is '" + state + "', and it leads out of " + list_of(transition->from),
         command_for(definition, file, "states." + region->name)});
  add_role(step.missing, *transition, people, by);
  if (transition->guard)
    for (auto& reason : guard::explain(*transition->guard, CaseSituation(definition, file)))
      add(step.missing, {reason.subject, reason.sentence, command_for(definition, file, reason.subject)});
  if (region == definition.closing_region() && region->state(transition->to)->final) {
    add_owed(step.missing, definition, file);
    add_confirmations(step.missing, file);
  }
  if (transition->approval) add_approval(step.missing, *transition, file, people);
  step.allowed = step.missing.empty();
  return step;
}

std::vector<NextStep> next_steps(const Definition& definition, const CaseFile& file, const People& people,
                                 std::string_view by) {
  std::vector<NextStep> steps;
  for (const auto& region : definition.regions) {
    const auto at = file.states.find(region.name);
    for (const auto& transition : region.transitions)
      if (at != file.states.end() &&
          std::find(transition.from.begin(), transition.from.end(), at->second) != transition.from.end())
        steps.push_back(next_step(definition, file, people, transition.name, by));
  }
  return steps;
}

std::vector<Standing> standings_of(const Definition& definition, const CaseFile& file, const Obligation& obligation) {
  const CaseSituation situation(definition, file);
  const auto applies_on = [&](const std::string& data_set) -> std::string {
    const auto applies = situation.applies(obligation, data_set);
    return applies == Truth::yes ? "yes" : applies == Truth::no ? "no" : "unknown";
  };
  std::vector<Standing> all;
  for (const auto& held : file.obligations) {
    if (held.of != obligation.name) continue;
    all.push_back({&held, &obligation, held.name, std::string(word(held.state)), held.kind, held.basis,
                   applies_on(held.data_set), held.is_settled() ? "" : file_command(file, held.name)});
  }
  const auto* clock = definition.clock(obligation.clock);
  const auto* version = clock->in_force(file.last_recorded);
  for (const auto& data_set : data_sets_at(file, obligation.per)) {
    const auto name = CaseFile::obligation_in(data_set, obligation.name);
    if (file.obligation(name) != nullptr) continue;
    all.push_back({nullptr, &obligation, name, "unraised", std::string(word(clock->weight())),
                   version == nullptr ? "" : version->basis, applies_on(data_set), ""});
  }
  return all;
}

std::vector<Standing> standings(const Definition& definition, const CaseFile& file) {
  std::vector<Standing> all;
  for (const auto& obligation : definition.obligations) {
    auto some = standings_of(definition, file, obligation);
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<std::string> derivation(const Definition& definition, const CaseFile& file, std::string_view name) {
  const auto* held = file.obligation(name);
  if (held != nullptr) return held->derivation;
  const auto* obligation = definition.obligation(CaseFile::obligation_of(name));
  if (obligation == nullptr) return {};
  const auto data_set = data_set_of(name);
  const auto applies = CaseSituation(definition, file).applies(*obligation, data_set);
  std::vector<std::string> lines = {
      "not raised: " + std::string(applies == Truth::no ? "its condition does not hold" : "no anchor is known yet")};
  for (const auto& anchor : obligation->anchor) lines.push_back("runs from: " + anchor.text());
  if (obligation->applies) lines.push_back("owed when: " + obligation->applies->text());
  return lines;
}

std::vector<OtherReading> other_readings(const Definition& definition, const CaseFile& file,
                                         const case_file::ObligationFile& held) {
  const auto* obligation = definition.obligation(held.of);
  const auto* clock = definition.clock(held.clock);
  const auto* version = clock == nullptr || !held.anchor_at ? nullptr : clock->in_force(*held.anchor_at);
  std::vector<OtherReading> all;
  if (obligation == nullptr || version == nullptr) return all;
  const auto with = counted_with(definition, file, *obligation, held.data_set, *version, *held.anchor_at);
  for (const auto& reading : version->also)
    all.push_back({reading.name(), calendar::deadline(reading.rule, with.starts, with.work_days).at, reading.note});
  return all;
}

}  // namespace tocsin::workflow
