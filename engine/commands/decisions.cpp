// SPDX-License-Identifier: Apache-2.0
// Decisions: proposed by one person, advised by another, approved by a second.
#include <algorithm>

#include "engine/commands/decision_record.h"
#include "engine/commands/decision_subject.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

using case_file::CaseFile;
using case_file::Decision;

Result<void> carry_out(Recorder& recorder, const Decision& decision, bool second_person) {
  const auto& asked = recorder.asked();
  auto& file = recorder.file();
  if (decision.kind == "transition") return {};  // `case move` carries it out
  if (decision.kind == "anchor") {
    const auto named = named_fact(decision.subject);
    const auto* known = file.fact(decision.subject);
    const bool takes_back = decision.value.is_null() && known != nullptr;  // it is that source's answer that goes
    auto body = Json::object({{"fact", named.fact},
                              {"value", decision.value},
                              {"source", takes_back ? known->source : "controller"},
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
  const auto data_set = data_set_of(decision.subject);
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
    const bool is_open = !decision.is_declined() && (decision.approved_by.empty() || decision.awaits_confirmation());
    const bool is_named = is_hex
                              ? decision.digest.starts_with(name)
                              : decision.subject == name && ((is_open && !decision.done) || decision.awaits_confirmation());
    if (is_named) found.push_back(decision.n);
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

/// A proposal that somebody answered already, or that nobody has to answer; nothing where it is pending.
Result<void> is_pending(const CaseFile& file, const Decision& decision) {
  const auto settled = [&](const char* why, std::string next) {
    return Error{Errc::conflict, why, "decision", {}, std::move(next)};
  };
  if (decision.is_declined())
    return settled("this decision was declined: propose it again if it is still wanted",
                   "decision propose " + file.ref + " " + decision.subject + " --because TEXT");
  if (!decision.approved_by.empty()) return settled("this decision was approved already", "decision list " + file.ref);
  if (decision.effective) return settled("this decision took effect when it was proposed: it needs no second person", "");
  return {};
}

Result<void> confirm(Recorder& recorder, const Decision& decision) {
  return recorder.record("approval_confirmed", recorder.asked().at,
                         Json::object({{"decision", decision.n}, {"subject", decision.subject}}));
}

/// `invalid` for the first of these that is no fact of the case; `wanted` ends the sentence.
Result<void> check_fact_names(Recorder& recorder, const std::vector<std::string>& names, const std::string& wanted) {
  const auto& file = recorder.file();
  for (const auto& name : names) {
    const auto named = named_fact(name);
    const bool has_data_set = named.data_set.empty() || file.data_set(named.data_set) != nullptr;
    if (recorder.asked().definition.fact(named.fact) == nullptr || !has_data_set)
      return invalid("there is no fact of that name " + wanted, "case show " + file.ref);
  }
  return {};
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
  if (auto ok = may_propose(asked, *subject); !ok) return ok;
  Json relies_on = Json::object();
  const auto rests_on = command.relies_on.empty() ? subject->relies_on : command.relies_on;
  const auto& review_when = command.record.review_when;
  if (auto ok = check_fact_names(recorder, rests_on, "to rely on: name those that it rests on with --relies-on"); !ok)
    return ok;
  if (auto ok = check_fact_names(recorder, review_when, "to review it by: name one with --review-when"); !ok) return ok;
  for (const auto* names : {&rests_on, &review_when})
    for (const auto& name : *names) relies_on.set(name, recorder.file().fact_version(name));
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
  if (decision.is_declined())
    if (auto ok = is_pending(recorder.file(), decision); !ok) return ok;
  auto subject = subject_of(asked.definition, recorder.file(), decision, asked.now);
  if (!subject) return std::move(subject).error();
  if (auto ok = may_advise(asked, *subject); !ok) return ok;
  return recorder.record("decision_advised", asked.at, Json::object({{"decision", *n}, {"subject", decision.subject}}),
                         {{"because", command.because}});
}

Result<void> approve(Recorder& recorder, const Approve& command) {
  const auto& asked = recorder.asked();
  auto n = named_decision(recorder.file(), command.digest);
  if (!n) return std::move(n).error();
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  const auto decision = *recorder.file().decision(*n);
  if (decision.awaits_confirmation() && decision.approved_by == asked.by && command.relayed.empty())
    return confirm(recorder, decision);
  if (auto ok = is_pending(recorder.file(), decision); !ok) return ok;
  auto subject = subject_of(asked.definition, recorder.file(), decision, asked.now);
  if (!subject) return std::move(subject).error();
  if (auto ok = may_approve(asked, recorder.file(), *subject, decision); !ok) return ok;
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

Result<void> decline(Recorder& recorder, const Decline& command) {
  const auto& asked = recorder.asked();
  const auto& file = recorder.file();
  auto n = named_decision(file, command.digest);
  if (!n) return std::move(n).error();
  const auto decision = *file.decision(*n);
  if (auto ok = is_pending(file, decision); !ok) return ok;
  if (command.because.empty())
    return invalid("declining needs a reason, so that a better proposal can be made: give --because",
                   "decision decline " + file.ref + " " + decision.digest.substr(0, 8) + " --because TEXT");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  auto subject = subject_of(asked.definition, file, decision, asked.now);
  if (!subject) return std::move(subject).error();
  if (auto ok = may_decline(asked, *subject, decision); !ok) return ok;
  auto body =
      Json::object({{"decision", *n}, {"subject", decision.subject}, {"same_account", asked.account == decision.account}});
  if (!command.relayed.empty()) {
    if (auto ok = check_channel(command.relayed); !ok) return ok;
    body.set("relayed", command.relayed);
  }
  return recorder.record("decision_declined", asked.at, std::move(body), {{"because", command.because}});
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
