// SPDX-License-Identifier: Apache-2.0
// Decisions: proposed by one person, advised by another, approved by a second.
#include <algorithm>
#include <charconv>

#include "engine/commands/decision_record.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

using case_file::CaseFile;
using case_file::Decision;

/// What a proposal is about, and who takes part in it.
struct Subject {
  std::string kind;  ///< rule_out, transition, notice, anchor
  std::string name;
  Json value;
  std::vector<std::string> by;      ///< any of these roles proposes; empty: anybody listed
  std::vector<std::string> second;  ///< any of these approves; empty: nobody needs to
  std::string advice;
  std::vector<std::string> relies_on;  ///< where the proposer names nothing
};

std::vector<std::string> as_list(const std::string& role) {
  return role.empty() ? std::vector<std::string>{} : std::vector<std::string>{role};
}

std::vector<std::string> roles_of(const Approval& approval) {
  std::vector<std::string> roles;
  for (const auto* role : {&approval.by, &approval.second, &approval.advice})
    if (!role->empty()) roles.push_back(*role);
  return roles;
}

/// A ruling out relies on every judgement, on one that nobody has made yet too: its first value reopens the duty.
std::vector<std::string> judged_facts(const Definition& definition, const CaseFile& file, const std::string& data_set) {
  std::vector<std::string> names;
  for (const auto& fact : definition.facts)
    if (fact.judged) names.push_back(fact_seen_from(definition, file, data_set, fact.name));
  return names;
}

std::vector<std::string> guard_facts(const Transition& transition) {
  std::vector<std::string> names;
  if (!transition.guard) return names;
  for (const auto& name : guard::names(*transition.guard))
    if (name.starts_with("facts.")) names.push_back(name.substr(6));
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

Result<Subject> anchor_subject(const Definition& definition, const CaseFile& file, std::string_view text, Instant now) {
  const auto equals = text.find('=');
  const auto full_name = std::string(text.substr(0, equals));
  const auto* fact = definition.fact(named_fact(full_name).fact);
  if (fact == nullptr || !fact->judged || fact->kind != Fact::Kind::time)
    return invalid("only a judged time is moved by a decision; other facts are set with 'case set'");
  auto value = read_value(*fact, text.substr(equals + 1));
  if (!value) return std::move(value).error();
  const auto span = span_of(*value);
  if ((span.to && *span.to > now) || (span.from && *span.from > now))
    return invalid("'" + fact->name + "' lies in the future: it says when a thing happened");
  const auto* known = file.fact(full_name);
  if (known == nullptr || value->is_null() || !(span_of(known->value).from < span.from))
    return invalid("this does not move '" + fact->name + "' later: set it with 'case set'",
                   "case set " + file.ref + " " + full_name + "=TIME --because TEXT");
  return Subject{"anchor", full_name, std::move(*value), fact->by, fact->by, {}, {full_name}};
}

Result<Subject> subject_of(const Definition& definition, const CaseFile& file, const std::string& text, Instant now) {
  if (text.starts_with("notice:")) return notice_subject(definition, file, text);
  if (text.find('=') != std::string::npos) return anchor_subject(definition, file, text, now);
  const auto [region, transition] = definition.transition(text);
  if (transition != nullptr) {
    if (!transition->approval)
      return invalid("'" + text + "' needs no decision: take it", "case move " + file.ref + " " + text);
    const auto& a = *transition->approval;
    return Subject{"transition", text, {}, as_list(a.by), as_list(a.second), a.advice, guard_facts(*transition)};
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
  const auto at = text.find('@');
  const auto data_set = at == std::string::npos ? std::string() : text.substr(at + 1, text.find('#') - at - 1);
  if (!may_be_set_for(file, data_set, obligation->per))
    return Error{Errc::not_found,
                 "'" + obligation->name + "' hangs on nothing of that name in " + file.ref,
                 "",
                 {},
                 "case show " + file.ref};
  const auto* held = file.obligation(text);
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

Result<void> holds_one_of(const Asked& asked, const std::vector<std::string>& roles, std::string_view what) {
  if (asked.people.empty())
    return forbidden(std::string(what) + " needs a person with a role, and nobody is listed: list who works the case",
                     std::string(what), {"role." + (roles.empty() ? std::string("listed") : roles.front())},
                     "people add NAME --role ROLE");
  if (roles.empty() || asked.people.holds_any(asked.by, roles)) return {};
  return holds(asked, roles.front(), what);
}

Result<void> carry_out(Recorder& recorder, const Decision& decision, bool second_person) {
  const auto& asked = recorder.asked();
  auto& file = recorder.file();
  if (decision.kind == "transition") return {};  // `case move` carries it out
  if (decision.kind == "anchor") {
    const auto named = named_fact(decision.subject);
    auto body = Json::object({{"fact", named.fact},
                              {"value", decision.value},
                              {"source", "controller"},
                              {"status", "confirmed"},
                              {"adoptable", true},
                              {"decision", decision.n},
                              {"cause", decision.n}});
    if (!named.data_set.empty()) body.set("data_set", named.data_set);
    return recorder.record("fact_set", asked.at, std::move(body));
  }
  if (decision.kind == "notice") {
    const int number = std::stoi(decision.subject.substr(7));
    auto body =
        Json::object({{"notice", number}, {"obligation", file.notice(number)->obligation}, {"decision", decision.n}});
    if (second_person) body.set("approved_by", asked.by);
    return recorder.record("notice_withdrawn", asked.at, std::move(body));
  }
  const auto of = CaseFile::obligation_of(decision.subject);
  const auto at = decision.subject.find('@');
  const auto data_set =
      at == std::string::npos ? std::string() : decision.subject.substr(at + 1, decision.subject.find('#') - at - 1);
  const auto* obligation = asked.definition.obligation(of);
  const auto* clock = asked.definition.clock(obligation->clock);
  const auto* version = clock->in_force(asked.at);
  auto relied = Json::object();
  for (const auto& [name, v] : decision.relied_on) relied.set(name, v);
  auto body = Json::object({{"obligation", decision.subject},
                            {"of", of},
                            {"clock", clock->id},
                            {"kind", word(clock->weight())},
                            {"basis", version == nullptr ? "" : version->basis},
                            {"decision", decision.n},
                            {"decided_by", decision.proposed_by},
                            {"relied_on", std::move(relied)}});
  if (!data_set.empty()) body.set("data_set", data_set);
  for (const auto* key : {"outcome", "exemption", "review_at", "ends_at"})
    if (decision.record.has(key)) body.set(key, decision.record[key]);
  if (second_person) body.set("approved_by", asked.by);
  if (!obligation->again_when.empty())
    body.set("settled_with", settlement_values(asked.definition, *obligation, file, data_set));
  return recorder.record("obligation_ruled_out", asked.at, std::move(body));
}

/// Eight digits of its digest name a decision; its subject does where only one is open (stories cannot know digests).
Result<std::int64_t> named_decision(const CaseFile& file, const std::string& name) {
  std::vector<std::int64_t> found;
  const bool is_hex = name.size() >= 8 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  for (const auto& decision : file.decisions) {
    const bool is_open = decision.approved_by.empty() || decision.awaits_confirmation();
    if (is_hex ? decision.digest.starts_with(name) : decision.subject == name && is_open && !decision.done)
      found.push_back(decision.n);
    else if (!is_hex && decision.subject == name && decision.awaits_confirmation()) found.push_back(decision.n);
  }
  if (found.size() > 1 && !is_hex) found = {found.back()};
  if (found.size() == 1) return found.front();
  if (found.empty())
    return Error{Errc::not_found,
                 "there is no open decision of that digest in " + file.ref + ": name it by at least eight hex digits",
                 "",
                 {},
                 "decision list " + file.ref};
  return Error{Errc::invalid, "several decisions begin with these digits: give more", "", {}, "decision list " + file.ref};
}

Error stale(const CaseFile& file, const Decision& decision) {
  return Error{Errc::conflict,
               "a fact that this decision relied on has changed since: propose it again",
               "decision",
               {},
               "decision propose " + file.ref + " " + decision.subject + " --because TEXT"};
}

Result<void> confirm(Recorder& recorder, const Decision& decision) {
  return recorder.record("approval_confirmed", recorder.asked().at,
                         Json::object({{"decision", decision.n}, {"subject", decision.subject}}));
}

Result<void> may_approve(const Asked& asked, const Decision& decision, const Subject& subject) {
  if (auto ok =
          holds_one_of(asked, subject.second.empty() ? subject.by : subject.second, "approving '" + decision.subject + "'");
      !ok)
    return ok;
  if (asked.by == decision.proposed_by)
    return forbidden("an approver is another person than the proposer", "decision",
                     {"approval." + (subject.second.empty() ? std::string("second") : subject.second.front())});
  const bool advised = subject.advice.empty() ||
                       std::any_of(decision.advice.begin(), decision.advice.end(),
                                   [&](const auto& advice) { return asked.people.holds(advice.first, subject.advice); });
  if (advised) return {};
  return forbidden("nobody holding '" + subject.advice + "' has advised on '" + decision.subject + "' yet", "decision",
                   {"advice." + subject.advice}, "decision advise CASE " + decision.digest.substr(0, 8) + " --because TEXT");
}

/// The subject of a proposal that was made, for the roles it asks of an approver.
Result<Subject> roles_for(const Definition& definition, const CaseFile& file, const Decision& decision, Instant now) {
  if (decision.kind != "anchor") return subject_of(definition, file, decision.subject, now);
  const auto* fact = definition.fact(named_fact(decision.subject).fact);
  return Subject{"anchor", decision.subject, decision.value, fact->by, fact->by, {}, {}};
}

}  // namespace

Result<void> propose(Recorder& recorder, const Propose& command) {
  const auto& asked = recorder.asked();
  auto subject = subject_of(asked.definition, recorder.file(), command.subject, asked.now);
  if (!subject) return std::move(subject).error();
  if (command.because.empty())
    return invalid("a decision needs a reason: give --because",
                   "decision propose " + recorder.file().ref + " " + command.subject + " --because TEXT");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  if (auto ok = holds_one_of(asked, subject->by, "proposing '" + command.subject + "'"); !ok) return ok;
  Json relies_on = Json::object();
  auto relied_on = command.relies_on.empty() ? subject->relies_on : command.relies_on;
  relied_on.insert(relied_on.end(), command.record.review_when.begin(), command.record.review_when.end());
  for (const auto& name : relied_on) {
    if (asked.definition.fact(named_fact(name).fact) == nullptr)
      return invalid("there is no fact '" + name + "' to rely on");
    relies_on.set(name, recorder.file().fact_version(name));
  }
  const bool at_once = subject->second.empty() && subject->advice.empty();
  auto body = Json::object(
      {{"kind", subject->kind}, {"subject", subject->name}, {"relies_on", std::move(relies_on)}, {"effective", at_once}});
  if (!subject->value.is_null()) body.set("value", subject->value);
  auto record = record_of(asked, subject->kind, subject->name, command.record);
  if (!record) return std::move(record).error();
  if (!record->is_null()) body.set("record", std::move(*record));
  const auto& r = command.record;
  if (auto ok = recorder.record("decision_proposed", asked.at, std::move(body),
                                {{"because", command.because},
                                 {"legal_test", r.legal_test},
                                 {"factors", r.factors},
                                 {"counter_arguments", r.counter_arguments},
                                 {"evidence", r.evidence}});
      !ok)
    return ok;
  if (!at_once) return {};
  const auto decision = recorder.file().decisions.back();
  if (auto ok = carry_out(recorder, decision, false); !ok) return ok;
  return recorder.follow_observation();
}

Result<void> advise(Recorder& recorder, const Advise& command) {
  const auto& asked = recorder.asked();
  auto n = named_decision(recorder.file(), command.digest);
  if (!n) return std::move(n).error();
  if (command.because.empty()) return invalid("advice is words: give them with --because");
  if (auto ok = check_words("the advice", command.because); !ok) return ok;
  const auto decision = *recorder.file().decision(*n);
  auto subject = roles_for(asked.definition, recorder.file(), decision, asked.now);
  if (!subject) return std::move(subject).error();
  if (auto ok = holds_one_of(asked, as_list(subject->advice), "advising on '" + decision.subject + "'"); !ok) return ok;
  return recorder.record("decision_advised", asked.at, Json::object({{"decision", *n}, {"subject", decision.subject}}),
                         {{"because", command.because}});
}

Result<void> approve(Recorder& recorder, const Approve& command) {
  const auto& asked = recorder.asked();
  auto n = named_decision(recorder.file(), command.digest);
  if (!n) return std::move(n).error();
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  const auto decision = *recorder.file().decision(*n);
  if (!decision.approved_by.empty()) {
    if (decision.awaits_confirmation() && decision.approved_by == asked.by && command.relayed.empty())
      return confirm(recorder, decision);
    return Error{
        Errc::conflict, "this decision was approved already", "decision", {}, "decision list " + recorder.file().ref};
  }
  if (decision.effective)
    return Error{
        Errc::conflict, "this decision took effect when it was proposed: it needs no second person", "decision", {}, ""};
  auto subject = roles_for(asked.definition, recorder.file(), decision, asked.now);
  if (!subject) return std::move(subject).error();
  if (auto ok = may_approve(asked, decision, *subject); !ok) return ok;
  if (relied_on_has_changed(recorder.file(), decision.relied_on)) return stale(recorder.file(), decision);
  auto body =
      Json::object({{"decision", *n}, {"subject", decision.subject}, {"same_account", asked.account == decision.account}});
  if (!command.relayed.empty()) {
    if (auto ok = check_channel(command.relayed); !ok) return ok;
    body.set("relayed", command.relayed).set("confirm_by", format_instant(asked.now + hours(24)));
  }
  if (auto ok = recorder.record("decision_approved", asked.at, std::move(body), {{"because", command.because}}); !ok)
    return ok;
  if (auto ok = carry_out(recorder, decision, true); !ok) return ok;
  return recorder.follow_observation();
}

Result<void> end_restriction(Recorder& recorder, const EndRestriction& command) {
  const auto& asked = recorder.asked();
  const auto& file = recorder.file();
  const auto is_withheld = [](const case_file::ObligationFile* one) {
    return one != nullptr && one->state == obligation::State::ruled_out && one->ruling &&
           one->ruling->outcome == "restricted";
  };
  const auto* held = file.obligation(command.obligation);
  for (const auto& one : file.obligations)  // the plain name means the instance that is withheld
    if (!is_withheld(held) && is_withheld(&one) && CaseFile::obligation_in(one.data_set, one.of) == command.obligation)
      held = &one;
  const bool is_restricted = is_withheld(held);
  if (!is_restricted)
    return refused("nothing restricts '" + command.obligation.substr(0, 64) + "' now", "obligation",
                   "case show " + file.ref);
  if (command.because.empty())
    return invalid("ending a restriction needs a reason: give --because",
                   "decision end " + file.ref + " " + held->name + " --because TEXT");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  const auto* obligation = asked.definition.obligation(held->of);
  if (obligation != nullptr && obligation->rule_out)
    if (auto ok = holds_one_of(asked, roles_of(*obligation->rule_out), "ending the restriction of '" + held->name + "'");
        !ok)
      return ok;
  if (auto ok = recorder.record("duty_reopened", asked.at, Json::object({{"obligation", held->name}, {"ended", true}}),
                                {{"because", command.because}});
      !ok)
    return ok;
  return recorder.follow_observation();
}

}  // namespace tocsin::commands
