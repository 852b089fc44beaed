// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/decision_subject.h"

#include <algorithm>
#include <charconv>

#include "engine/commands/anchors.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

using case_file::CaseFile;
using case_file::Decision;

std::vector<std::string> as_list(const std::string& role) {
  return role.empty() ? std::vector<std::string>{} : std::vector<std::string>{role};
}

/// A ruling out relies on every judgement that is known.
std::vector<std::string> judged_facts(const Definition& definition, const CaseFile& file, const std::string& data_set) {
  std::vector<std::string> names;
  for (const auto& fact : definition.facts)
    if (fact.judged) names.push_back(fact_seen_from(definition, file, data_set, fact.name));
  return names;
}

void add(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// A transition relies on what its guard asks; one that ends a region on every judgement too, of every data set and group.
std::vector<std::string> facts_of(const Definition& definition, const CaseFile& file, const Region& region,
                                  const Transition& transition) {
  std::vector<std::string> names;
  if (transition.guard)
    for (const auto& name : guard::names(*transition.guard))
      if (name.starts_with("facts.")) add(names, name.substr(6));
  const auto* to = region.state(transition.to);
  if (to == nullptr || !to->final) return names;
  for (auto& name : judged_facts(definition, file, {})) add(names, std::move(name));
  for (const auto& data_set : file.data_sets)
    for (auto& name : judged_facts(definition, file, data_set.name)) add(names, std::move(name));
  return names;
}

Result<Subject> notice_subject(const Definition& definition, const CaseFile& file, std::string_view text) {
  int number = 0;
  const auto digits = text.substr(std::string_view("notice:").size());
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const auto* notice = error == std::errc() && end == digits.data() + digits.size() ? file.notice(number) : nullptr;
  if (notice == nullptr)
    return Error{Errc::not_found, "there is no such notice in " + file.ref, "", {}, "notice list " + file.ref};
  if (notice->withdrawn) return refused("notice " + std::to_string(number) + " is withdrawn already", "notice");
  const auto* held = file.obligation(notice->obligation);
  const auto* obligation = held == nullptr ? nullptr : definition.obligation(held->of);
  if (obligation == nullptr || !obligation->rule_out)
    return forbidden(
        "nobody may withdraw a filing of '" + notice->obligation + "': its workflow names nobody who rules it out",
        "obligation " + notice->obligation, {"approval.second"});
  return Subject{"notice", std::string(text), {}, {}, roles_of(*obligation->rule_out), {}, {}};
}

/// A judged time that would run later, or be taken back. `null` takes it back.
Result<Subject> anchor_subject(const Definition& definition, const CaseFile& file, const std::string& full_name,
                               const Json& value, Instant now) {
  const auto* fact = definition.fact(named_fact(full_name).fact);
  if (fact == nullptr || !fact->judged || fact->kind != Fact::Kind::time)
    return invalid("only a judged time is moved by a decision; other facts are set with 'case set'");
  const auto span = span_of(value);
  if ((span.to && *span.to > now) || (span.from && *span.from > now))
    return invalid("'" + fact->name + "' lies in the future: it says when a thing happened");
  const auto* known = file.fact(full_name);
  const bool takes_back = value.is_null() && moves_deadlines(definition, fact->name);
  if (known == nullptr || !(takes_back || (!value.is_null() && is_later(value, known->value))))
    return invalid("this does not move '" + fact->name + "' later: set it with 'case set'",
                   "case set " + file.ref + " " + full_name + "=TIME --because TEXT");
  return Subject{"anchor", full_name, value, fact->by, fact->by, {}, {full_name}};
}

Result<Subject> typed_anchor(const Definition& definition, const CaseFile& file, std::string_view text, Instant now) {
  const auto equals = text.find('=');
  const auto full_name = std::string(text.substr(0, equals));
  const auto* fact = definition.fact(named_fact(full_name).fact);
  if (fact == nullptr) return anchor_subject(definition, file, full_name, Json(), now);  // refused there
  auto value = read_value(*fact, text.substr(equals + 1));
  if (!value) return std::move(value).error();
  if (auto ok = check_in_force(definition, fact->name, *value, now); !ok) return std::move(ok).error();
  return anchor_subject(definition, file, full_name, *value, now);
}

}  // namespace

std::vector<std::string> roles_of(const Approval& approval) {
  std::vector<std::string> roles;
  for (const auto* role : {&approval.by, &approval.second, &approval.advice})
    if (!role->empty()) roles.push_back(*role);
  return roles;
}

Result<void> holds_one_of(const Asked& asked, const std::vector<std::string>& roles, std::string_view what) {
  if (asked.people.empty())
    return forbidden(std::string(what) + " needs a person with a role, and nobody is listed: list who works the case",
                     std::string(what), {"role." + (roles.empty() ? std::string("listed") : roles.front())},
                     "people add NAME --role ROLE");
  if (roles.empty() || asked.people.holds_any(asked.by, roles)) return {};
  return holds(asked, roles.front(), what);
}

Result<Subject> subject_of(const Definition& definition, const CaseFile& file, const std::string& text, Instant now) {
  if (text.starts_with("notice:")) return notice_subject(definition, file, text);
  if (text.find('=') != std::string::npos) return typed_anchor(definition, file, text, now);
  const auto [region, transition] = definition.transition(text);
  if (transition != nullptr) {
    if (!transition->approval)
      return invalid("'" + text + "' needs no decision: take it", "case move " + file.ref + " " + text);
    const auto& a = *transition->approval;
    return Subject{"transition",
                   text,
                   {},
                   as_list(a.by),
                   as_list(a.second),
                   a.advice,
                   facts_of(definition, file, *region, *transition)};
  }
  const auto* obligation = definition.obligation(CaseFile::obligation_of(text));
  if (obligation == nullptr) {
    std::vector<std::string> known;
    for (const auto& o : definition.obligations) known.push_back(o.name);
    for (const auto& r : definition.regions)
      for (const auto& t : r.transitions) known.push_back(t.name);
    return Error{Errc::not_found,
                 "a decision is about an obligation, a transition, notice:N or NAME=TIME" + did_you_mean(text, known),
                 "",
                 {},
                 "case show " + file.ref};
  }
  if (!obligation->rule_out)
    return forbidden("'" + text + "' cannot be ruled out: its workflow names nobody who may", "obligation " + text,
                     {"approval.rule_out"});
  const auto data_set = data_set_of(text);
  if (!may_be_set_for(file, data_set, obligation->per))
    return Error{Errc::not_found,
                 "'" + obligation->name + "' hangs on nothing of that name in " + file.ref,
                 "",
                 {},
                 "case show " + file.ref};
  const auto* held = file.obligation(text);
  if (held == nullptr && text.find('#') != std::string::npos && !text.ends_with("#1"))
    return Error{Errc::not_found, "obligation '" + text + "' has not come again yet", "", {}, "case show " + file.ref};
  if (held != nullptr && held->is_settled())
    return refused("'" + held->name + "' is " + std::string(word(held->state)) + " already: there is nothing to rule out",
                   "obligation " + held->name);
  const auto& a = *obligation->rule_out;
  return Subject{"rule_out",
                 held == nullptr ? CaseFile::obligation_in(data_set, obligation->name) : held->name,
                 {},
                 as_list(a.by),
                 as_list(a.second),
                 a.advice,
                 judged_facts(definition, file, data_set)};
}

Result<Subject> subject_of_proposal(const Definition& definition, const CaseFile& file, const Json& body, Instant now) {
  const auto& subject = body["subject"].text();
  if (body["kind"].text() == "anchor") return anchor_subject(definition, file, subject, body["value"], now);
  return subject_of(definition, file, subject, now);
}

Result<void> may_propose(const Asked& asked, const Subject& subject) {
  return holds_one_of(asked, subject.by, "proposing '" + subject.name + "'");
}

Result<void> may_advise(const Asked& asked, const Subject& subject) {
  return holds_one_of(asked, as_list(subject.advice), "advising on '" + subject.name + "'");
}

namespace {

/// Who answers a proposal holds the second role and is another person.
Result<void> may_answer(const Asked& asked, const Subject& subject, const Decision& decision, const std::string& verb,
                        const std::string& who) {
  if (auto ok =
          holds_one_of(asked, subject.second.empty() ? subject.by : subject.second, verb + " '" + decision.subject + "'");
      !ok)
    return ok;
  if (asked.by != decision.proposed_by) return {};
  return forbidden(who + " is another person than the proposer", "decision",
                   {"approval." + (subject.second.empty() ? std::string("second") : subject.second.front())}, "people list");
}

}  // namespace

Result<void> may_decline(const Asked& asked, const Subject& subject, const Decision& decision) {
  return may_answer(asked, subject, decision, "declining", "who declines");
}

Result<void> may_approve(const Asked& asked, const CaseFile& file, const Subject& subject, const Decision& decision) {
  if (auto ok = may_answer(asked, subject, decision, "approving", "an approver"); !ok) return ok;
  const bool advised = subject.advice.empty() ||
                       std::any_of(decision.advice.begin(), decision.advice.end(),
                                   [&](const auto& advice) { return asked.people.has_held(advice.first, subject.advice); });
  if (advised) return {};
  return forbidden("nobody holding '" + subject.advice + "' has advised on '" + decision.subject + "' yet", "decision",
                   {"advice." + subject.advice},
                   "decision advise " + file.ref + " " + decision.digest.substr(0, 8) + " --because TEXT");
}

Result<Subject> subject_of(const Definition& definition, const CaseFile& file, const Decision& decision, Instant now) {
  if (decision.kind != "anchor") return subject_of(definition, file, decision.subject, now);
  const auto* fact = definition.fact(named_fact(decision.subject).fact);
  if (fact == nullptr) return invalid("there is no fact '" + decision.subject + "' in " + definition.name);
  return Subject{"anchor", decision.subject, decision.value, fact->by, fact->by, {}, {}};
}

}  // namespace tocsin::commands
