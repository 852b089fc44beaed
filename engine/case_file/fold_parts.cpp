// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/fold_parts.h"

#include <algorithm>

namespace tocsin::case_file::fold_parts {

Error misfit(std::string why) { return Error{Errc::corrupt, std::move(why), "", {}, {}}; }

std::optional<Instant> instant(const Json& value) {
  if (!value.is_text()) return std::nullopt;
  auto parsed = parse_instant(value.text());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

TextRef text_ref(const Event& event, std::string_view field) {
  return event.texts.contains(field) ? TextRef{event.n, std::string(field)} : TextRef{};
}

std::map<std::string, std::int64_t, std::less<>> versions(const Json& value) {
  std::map<std::string, std::int64_t, std::less<>> all;
  for (const auto& [name, version] : value.members()) all.emplace_hint(all.end(), name, version.integer());
  return all;
}

std::vector<std::string> words(const Json& value) {
  std::vector<std::string> all;
  all.reserve(value.items().size());
  for (const auto& item : value.items()) all.push_back(item.text());
  return all;
}

/// A reason is words, or the event that is the reason.
bool has_reason(const Event& event) { return event.texts.contains("because") || event.body.has("cause"); }

Result<void> step_obligation(ObligationFile& obligation, obligation::Event event, const Circumstances& circumstances) {
  auto state = obligation::step(obligation.state, event, circumstances);
  if (!state) return std::move(state).error();
  obligation.state = *state;
  if (event != obligation::Event::raised) ++obligation.changes;
  return {};
}

Result<void> step_case(CaseFile& file, Step taken, const Standing& standing) {
  auto stage = step(file.stage, taken, standing);
  if (!stage) return std::move(stage).error();
  file.stage = *stage;
  return {};
}

ObligationFile* instance(CaseFile& file, const std::string& name) {
  const auto found =
      std::find_if(file.obligations.begin(), file.obligations.end(), [&](const auto& o) { return o.name == name; });
  return found == file.obligations.end() ? nullptr : &*found;
}

ObligationFile* named(CaseFile& file, const Event& event) { return instance(file, event.body["obligation"].text()); }

Decision* decided(CaseFile& file, const Event& event) {
  return const_cast<Decision*>(file.decision(event.body["decision"].integer()));
}

Error no_obligation(const Event& event) {
  return misfit("there is no obligation '" + event.body["obligation"].text() + "'");
}
Error no_decision() { return misfit("there is no such decision"); }

Result<void> decision_proposed(CaseFile& file, const Event& event) {
  const auto& kind = event.body["kind"].text();
  if (auto ok = step_case(file, kind == "notice" ? Step::recorded : Step::worked); !ok) return ok;
  Decision decision;
  decision.n = event.n;
  decision.digest = decision_digest(event);
  decision.kind = kind;
  decision.subject = event.body["subject"].text();
  decision.value = event.body["value"];
  decision.proposed_by = event.by;
  decision.account = event.account;
  decision.at = event.at;
  decision.because = text_ref(event, "because");
  decision.relied_on = versions(event.body["relies_on"]);
  decision.effective = event.body["effective"].boolean();
  decision.record = event.body["record"];
  for (const auto& [field, digest] : event.texts)
    if (field != "because") decision.words[field] = TextRef{event.n, field};
  file.decisions.push_back(std::move(decision));
  return {};
}

static Result<void> decision_step(CaseFile& file, const Decision& decision) {
  return step_case(file, decision.kind == "notice" ? Step::recorded : Step::worked);
}

Result<void> decision_advised(CaseFile& file, const Event& event) {
  auto* decision = decided(file, event);
  if (decision == nullptr) return no_decision();
  decision->advice.emplace_back(event.by, text_ref(event, "because"));
  return decision_step(file, *decision);
}

Result<void> decision_approved(CaseFile& file, const Event& event) {
  auto* decision = decided(file, event);
  if (decision == nullptr) return no_decision();
  decision->approved_by = event.by;
  decision->approver_account = event.account;
  decision->same_account = event.account == decision->account;
  decision->relayed = event.body["relayed"].text();
  decision->confirm_by = instant(event.body["confirm_by"]);
  decision->effective = true;
  return decision_step(file, *decision);
}

Result<void> approval_confirmed(CaseFile& file, const Event& event) {
  auto* decision = decided(file, event);
  if (decision == nullptr) return no_decision();
  decision->confirmed = true;
  return step_case(file, Step::recorded);  // a closed case may still be confirmed: it says what happened
}

Result<void> decision_declined(CaseFile& file, const Event& event) {
  auto* decision = decided(file, event);
  if (decision == nullptr) return no_decision();
  decision->declined_by = event.by;
  decision->declined_because = text_ref(event, "because");
  return decision_step(file, *decision);
}

Result<void> action_added(CaseFile& file, const Event& event) {
  Action action;
  action.number = static_cast<int>(event.body["action"].integer());
  action.n = event.n;
  action.text = text_ref(event, "text");
  action.owner = event.body["owner"].text();
  action.due = instant(event.body["due"]);
  action.at = event.at;
  file.actions.push_back(std::move(action));
  return step_case(file, Step::worked);
}

Result<void> action_settled(CaseFile& file, const Event& event) {
  const auto number = event.body["action"].integer();
  const auto found =
      std::find_if(file.actions.begin(), file.actions.end(), [&](const Action& a) { return a.number == number; });
  if (found == file.actions.end()) return misfit("there is no such action");
  found->state = event.type == "action_done"      ? Action::State::done
                 : event.type == "action_dropped" ? Action::State::dropped
                                                  : Action::State::risk_accepted;
  found->settled_by = event.by;
  found->settled_at = event.at;
  found->because = text_ref(event, "because");
  return step_case(file, Step::worked);
}

Result<void> contact_changed(CaseFile& file, const Event& event) {
  if (auto ok = apply_contact(file.contacts, event); !ok) return ok;
  return step_case(file, Step::recorded);
}

Result<void> data_set_added(CaseFile& file, const Event& event) {
  const auto& body = event.body;
  if (file.data_set(body["data_set"].text()) != nullptr) return misfit("the data set was added before");
  file.data_sets.push_back(
      {body["data_set"].text(), body["of"].text(), body["is_group"].boolean(), event.n, text_ref(event, "title")});
  return step_case(file, Step::recorded);
}

Result<void> severity_assessed(CaseFile& file, const Event& event) {
  const auto& body = event.body;
  SeverityAssessment assessment{event.n,
                                body["method"].text(),
                                body["data_set"].text(),
                                body["inputs"],
                                body["result"].text(),
                                body["score"].text(),
                                {},
                                event.by,
                                event.at,
                                text_ref(event, "because")};
  for (const auto& [fact, word] : body["suggests"].members()) assessment.suggests[fact] = word.text();
  file.assessments.push_back(std::move(assessment));
  return step_case(file, Step::recorded);
}

Result<void> incident_linked(CaseFile& file, const Event& event) {
  file.incident = event.body["incident"].text();
  return step_case(file, Step::recorded);
}

}  // namespace tocsin::case_file::fold_parts
