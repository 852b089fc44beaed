// SPDX-License-Identifier: Apache-2.0
#include "engine/judge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/commands/anchors.h"
#include "engine/commands/decision_record.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/explain.h"
#include "engine/workflow/plan.h"
#include "engine/workflow/situation.h"

namespace tocsin {
namespace {

using ledger::Event;

/// Events of one command that follow each other without a word of the workflow between them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kOneCommand = {{
    {"case_opened", "incident_linked"},
    {"case_opened", "fact_set"},
    {"incident_linked", "fact_set"},
    {"data_set_added", "fact_set"},
    {"fact_set", "fact_set"},
    {"decision_proposed", "obligation_ruled_out"},
    {"decision_proposed", "notice_withdrawn"},
    {"decision_proposed", "fact_set"},
    {"decision_approved", "obligation_ruled_out"},
    {"decision_approved", "notice_withdrawn"},
    {"decision_approved", "fact_set"},
}};

bool is_of_one_command(const Event& before, const Event& event) {
  return before.by == event.by && before.account == event.account && before.recorded_at == event.recorded_at &&
         std::find(kOneCommand.begin(), kOneCommand.end(),
                   std::pair<std::string_view, std::string_view>(before.type, event.type)) != kOneCommand.end();
}

}  // namespace

std::vector<PlacedEvent> placed(std::vector<Event> events, const std::vector<ledger::Record>& records) {
  std::vector<PlacedEvent> all;
  all.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) all.push_back({std::move(events[i]), records[i].seq});
  return all;
}

void judge_people(const std::vector<PlacedEvent>& site, Verification& report) {
  case_file::People people;
  for (const auto& [event, seq] : site) {
    const auto then = people.at(event.recorded_at);
    const auto allowed =
        event.type == "person_added" ? commands::may_list_people(then, event.by) : commands::listed_by(then, event.by);
    if (const auto& ok = allowed; !ok)
      report.problems.push_back("people event " + std::to_string(event.n) + " was recorded although " + ok.error().message);
    if (auto ok = people.apply(event); !ok) {
      report.problems.push_back("people event " + std::to_string(event.n) + " does not fit: " + ok.error().message);
      return;
    }
  }
}

void Judge::problem(const Event& event, const std::string& what) {
  report_.problems.push_back("case " + event.stream + " event " + std::to_string(event.n) + " (" + event.type + ") " + what);
}

void Judge::problem_since(int rules, const Event& event, const std::string& what) {
  if (event.rules >= rules) return problem(event, what);
  report_.notes.push_back("case " + event.stream + " event " + std::to_string(event.n) + " (" + event.type + ") " + what +
                          "; the rules of its day did not ask for more");
}

bool Judge::judge_all() {
  for (std::size_t i = 0; i < events_.size(); ++i) {
    judge(i);
    const auto& event = events_[i].event;
    if (auto applied = file_.apply(event); !applied) {
      report_.problems.push_back("case " + event.stream + " event " + std::to_string(event.n) +
                                 " does not fit: " + applied.error().message);
      return false;
    }
  }
  return true;
}

void Judge::judge(std::size_t index) {
  const auto& event = events_[index].event;
  list_people_until(events_[index]);
  if (event.rules > ledger::kRules) problem(event, "was judged by newer rules than this version knows");
  else if (file_.version == 0) judge_opening(event);
  else if (event.by == ledger::kClock) judge_suggestion(index);
  else judge_person(index);
  if (event.recorded_at < file_.last_recorded) problem(event, "was written down before the event before it");
  if (event.at > event.recorded_at) problem(event, "happened after it was written down");
}

/// The list of people as it was then: entries are never older than what was done under the list before them.
void Judge::list_people_until(const PlacedEvent& until) {
  const auto is_before = [&](const PlacedEvent& entry) {
    return std::pair(entry.event.recorded_at, entry.seq) < std::pair(until.event.recorded_at, until.seq);
  };
  bool is_another_list = listed_.has_ends();
  while (next_person_ < site_.size() && is_before(site_[next_person_])) {
    is_another_list = true;
    if (!listed_.apply(site_[next_person_++].event)) break;
  }
  if (is_another_list) people_ = listed_.at(until.event.recorded_at);
}

commands::Asked Judge::asked_by(const Event& event) const {
  return {definition_, people_, event.by, event.account, event.program, event.recorded_at, event.at};
}

void Judge::judge_opening(const Event& event) {
  if (auto ok = commands::listed_by(people_, event.by); !ok) problem(event, "was recorded although " + ok.error().message);
  const auto& body = event.body;
  Json states = Json::object();
  for (const auto& region : definition_.regions) states.set(region.name, region.initial().name);
  if (body["workflow"].text() != definition_.name || body["workflow_version"].integer() != definition_.version)
    problem(event, "names another workflow than the one it is pinned to");
  if (!(body["states"] == states)) problem(event, "does not begin in the initial states of its workflow");
}

/// What the clock or the workflow did must be what they would do again.
void Judge::judge_suggestion(std::size_t index) {
  const auto& event = events_[index].event;
  if (event.type == "case_reopened") {
    if (workflow::nothing_owed(definition_, file_)) problem(event, "reopened a case in which nothing was owed");
    return;
  }
  const auto again = workflow::plan(definition_, file_, event.recorded_at);
  const bool same =
      again && again->event.type == event.type && again->event.body == event.body && again->event.at == event.at;
  if (!same && !is_raised_for_filing(index)) problem(event, "is not what the pinned workflow and law would have recorded");
}

/// A filing raises what it meets, whatever the workflow says: then the next thing a person did is that filing.
bool Judge::is_raised_for_filing(std::size_t index) const {
  const auto& event = events_[index].event;
  const auto* obligation = event.type == "obligation_raised" ? definition_.obligation(event.body["of"].text()) : nullptr;
  if (obligation == nullptr ||
      !(workflow::raise_for_filing(definition_, file_, *obligation, event.body["data_set"].text()).event.body == event.body))
    return false;
  const auto next =
      std::find_if(events_.begin() + static_cast<std::ptrdiff_t>(index), events_.end(), [](const PlacedEvent& later) {
        // A filing for several duties may reopen one of them on its way.
        const bool is_on_the_way = later.event.type == "duty_reopened" && later.event.body["cause"].text() == "filing";
        return later.event.by != ledger::kClock && !is_on_the_way;
      });
  if (next == events_.end() || next->event.type != "notice_recorded") return false;
  const auto& name = event.body["obligation"].text();
  const auto& also = next->event.body["also"].items();
  return next->event.body["obligation"].text() == name ||
         std::any_of(also.begin(), also.end(), [&](const Json& other) { return other["obligation"].text() == name; });
}

void Judge::judge_person(std::size_t index) {
  const auto& event = events_[index].event;
  if (auto ok = commands::listed_by(people_, event.by); !ok) problem(event, "was written by somebody who was not listed");
  judge_follow_up(index);
  if (event.type == "fact_set") judge_fact(event);
  if (event.type == "moved") judge_move(event);
  if (event.type == "notice_recorded") judge_notice(event);
  if (event.type == "decision_proposed") judge_proposal(event);
  const bool answers =
      event.type == "decision_advised" || event.type == "decision_approved" || event.type == "decision_declined";
  if (answers) judge_decision_step(event);
  else if (event.body.has("decision")) judge_effect(event);
  if (event.body.has("action") && event.type != "action_added") judge_settled_action(event);
  if (event.body.has("marks")) judge_marks(event);
}

/// Before a person is heard, everything that time and the workflow had to say is recorded.
void Judge::judge_follow_up(std::size_t index) {
  const auto& event = events_[index].event;
  if (is_of_one_command(events_[index - 1].event, event)) return;
  if (const auto left = workflow::plan(definition_, file_, event.recorded_at))
    problem(event, "was recorded although '" + left->event.type + "' had to be recorded before it");
}

/// Who may judge a fact was asked from the first day; that a deadline is moved with a reason, and not by one person alone, since rules 2.
void Judge::judge_fact(const Event& event) {
  const auto* fact = definition_.fact(event.body["fact"].text());
  if (fact == nullptr) return problem(event, "sets a fact that its workflow does not have");
  if (event.body.has("decision")) return;  // two people said so; judge_effect() asks whether they did
  const bool is_holder = fact->by.empty() || people_.empty() || people_.holds_any(event.by, fact->by);
  if (event.body["adoptable"].boolean() != is_holder)
    problem(event, is_holder ? "is not adoptable although a holder said it" : "is adoptable although no holder said it");
  const auto full_name = case_file::CaseFile::fact_in(event.body["data_set"].text(), fact->name);
  if (file_.fact(full_name) == nullptr) return;  // first judging needs no reason and is not moving
  if (commands::needs_reason(definition_, file_, *fact, full_name) && !event.texts.contains("because"))
    problem_since(2, event, "changes what was judged or what a deadline depends on, without a reason");
  if (!fact->judged || !commands::moves_deadlines(definition_, fact->name)) return;
  auto after = file_;
  if (after.apply(event) && commands::moves_later(definition_, file_, after, fact->name, full_name))
    problem_since(2, event, "moves a deadline later, by one person alone");
}

void Judge::judge_move(const Event& event) {
  const auto step = workflow::next_step(definition_, file_, people_, event.body["transition"].text(), event.by);
  for (const auto& missing : step.missing) problem(event, "was taken although " + missing.sentence);
}

void Judge::judge_notice(const Event& event) {
  judge_verdict(event, event.body);
  for (const auto& other : event.body["also"].items()) judge_verdict(event, other);
  const auto* held = file_.obligation(event.body["obligation"].text());
  const auto* obligation = held == nullptr ? nullptr : definition_.obligation(held->of);
  const auto* clock = obligation == nullptr ? nullptr : definition_.clock(obligation->clock);
  if (clock == nullptr) return;  // applying it says so
  if (!(event.body["gaps"] == Json::array(workflow::gaps_of(definition_, file_, *clock, held->data_set))))
    problem(event, "has other gaps than the law's contents and the facts known then give");
}

void Judge::judge_verdict(const Event& event, const Json& met) {
  const auto* held = file_.obligation(met["obligation"].text());
  const auto& verdict = met["verdict"].text();
  if (held == nullptr || verdict == "further") return;
  const auto due = held->verdict_due();
  if ((verdict == "late") != (due && event.at > *due)) problem(event, "has a verdict that the deadline does not give");
}

void Judge::judge_proposal(const Event& event) {
  auto subject = commands::subject_of_proposal(definition_, file_, event.body, event.recorded_at);
  if (!subject) return problem(event, "was recorded although " + subject.error().message);
  if (auto ok = commands::may_propose(asked_by(event), *subject); !ok)
    problem(event, "was recorded although " + ok.error().message);
  judge_exemption(event);
  if (subject->kind != event.body["kind"].text()) problem(event, "is of another kind than its subject");
  if (event.body["effective"].boolean() != (subject->second.empty() && subject->advice.empty()))
    problem(event, "takes effect otherwise than its workflow says");
}

void Judge::judge_exemption(const Event& event) {
  const auto* clock = definition_.clock(event.body["record"]["clock"].text());
  const auto* exemption = clock == nullptr ? nullptr : clock->exemption(event.body["record"]["exemption"].text());
  if (exemption == nullptr) return;
  if (auto ok = commands::check_exemption_in_force(*exemption, event.at); !ok)
    problem(event, "was recorded although " + ok.error().message);
}

void Judge::judge_decision_step(const Event& event) {
  const auto* decision = file_.decision(event.body["decision"].integer());
  if (decision == nullptr) return;  // applying it says so
  auto subject = commands::subject_of(definition_, file_, *decision, event.recorded_at);
  if (!subject) return problem(event, "was recorded although " + subject.error().message);
  const auto asked = asked_by(event);
  const auto allowed = event.type == "decision_advised"    ? commands::may_advise(asked, *subject)
                       : event.type == "decision_declined" ? commands::may_decline(asked, *subject, *decision)
                                                           : commands::may_approve(asked, file_, *subject, *decision);
  if (!allowed) problem(event, "was recorded although " + allowed.error().message);
  if (decision->is_declined()) problem(event, "was recorded although the decision had been declined");
  if (event.type == "decision_declined" && (decision->effective || !decision->approved_by.empty()))
    problem(event, "declines what had been decided already");
  if (event.type == "decision_approved") judge_approval(event, *decision);
}

void Judge::judge_settled_action(const Event& event) {
  const auto found = std::find_if(file_.actions.begin(), file_.actions.end(),
                                  [&](const auto& action) { return action.number == event.body["action"].integer(); });
  if (found == file_.actions.end()) return;  // applying it says so
  if (!found->is_open()) problem(event, "settles an action that was settled already");
  if (event.type == "action_done") return;
  if (!event.texts.contains("because")) problem(event, "gives no reason");
  if (event.type != "risk_accepted") return;
  if (auto ok = commands::may_accept_risk(asked_by(event)); !ok)
    problem(event, "was recorded although " + ok.error().message);
}

void Judge::judge_marks(const Event& event) {
  if (auto ok = commands::check_marks(definition_, case_file::marks_of(event)); !ok)
    problem(event, "was recorded although " + ok.error().message);
}

void Judge::judge_approval(const Event& event, const case_file::Decision& decision) {
  if (workflow::relied_on_has_changed(file_, decision.relied_on)) problem(event, "was approved on facts that had changed");
  if (decision.account == event.account)
    report_.notes.push_back("case " + event.stream + ": '" + decision.subject +
                            "' was proposed and approved from the same account");
}

/// What a decision brings about needs the decision.
void Judge::judge_effect(const Event& event) {
  const auto n = event.body["decision"].integer();
  if (event.type == "moved" && n == 0) return;  // what is missing was said
  const auto* decision = file_.decision(n);
  if (event.type == "approval_confirmed" || decision == nullptr || decision->effective) return;
  problem(event, "carries out a decision that nobody approved");
}

}  // namespace tocsin
