// SPDX-License-Identifier: Apache-2.0
// How each kind of event changes a case. Verdicts are taken from the events, steps from the tables.
#include <algorithm>
#include <unordered_map>

#include "engine/case_file/fold_parts.h"

namespace tocsin::case_file {
namespace {

using namespace fold_parts;

void take_deadline(ObligationFile& obligation, const Json& body) {
  obligation.due = instant(body["due"]);
  obligation.due_latest = instant(body["due_latest"]);
  obligation.provisional = body["provisional"].boolean();
  obligation.anchor = body["anchor"].text();
  obligation.anchor_at = instant(body["anchor_at"]);
  obligation.anchor_until = instant(body["anchor_until"]);
  obligation.since = instant(body["since"]);
  obligation.basis = body["basis"].text();
  obligation.law_from = body["law_from"].text();
  obligation.derivation = words(body["derivation"]);
}

void take_settled_with(ObligationFile& obligation, const Json& body) {
  obligation.settled_with.clear();
  for (const auto& [name, value] : body["settled_with"].members()) obligation.settled_with[name] = value;
}

Result<void> opened(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::opened); !ok) return ok;
  file.ref = event.stream;
  file.store = event.body["store"].text();
  file.workflow = event.body["workflow"].text();
  file.workflow_version = static_cast<int>(event.body["workflow_version"].integer());
  file.definition = event.body["definition"].text();
  file.opened_at = event.at;
  file.title = text_ref(event, "title");
  if (file.title) file.title_digest = event.texts.find("title")->second;
  for (const auto& [region, state] : event.body["states"].members()) file.states[region] = state.text();
  return {};
}

/// One claim per source stands; what somebody said who does not judge the fact never displaces what a judge said.
Result<void> fact_set(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  const auto name = CaseFile::fact_in(event.body["data_set"].text(), event.body["fact"].text());
  auto found = std::find_if(file.facts.begin(), file.facts.end(), [&](const FactFile& f) { return f.name == name; });
  if (found == file.facts.end()) found = file.facts.insert(file.facts.end(), FactFile{name, {}, 0, 0});
  Claim claim{event.body["value"],
              event.texts.contains("value"),
              event.n,
              event.at,
              event.recorded_at,
              event.by,
              event.body["source"].text(),
              event.body["status"].text(),
              event.body["adoptable"].boolean()};
  const auto* before = found->adopted();
  const bool was_known = before != nullptr;
  const Json old_value = was_known ? before->value : Json();
  std::erase_if(found->standing, [&](const Claim& c) { return c.source == claim.source && c.adoptable == claim.adoptable; });
  found->standing.push_back(std::move(claim));
  ++found->values;
  const auto* after = found->adopted();
  const bool is_known = after != nullptr;
  if (was_known != is_known || (is_known && (after->vaulted || !(after->value == old_value)))) found->version = event.n;
  if (!is_known) return {};
  for (auto& obligation : file.obligations) {  // the first value known after settling is what later ones are compared with
    const auto baseline = obligation.settled_with.find(name);
    if (baseline != obligation.settled_with.end() && baseline->second.is_null()) baseline->second = after->value;
  }
  return {};
}

Result<void> recorded_only(CaseFile& file, const Event&) { return step_case(file, Step::recorded); }

Result<void> moved(CaseFile& file, const Event& event) {
  const bool closes = event.body["closes"].boolean();
  const Standing standing{event.body["nothing_owed"].boolean(), event.body["approved"].boolean(), false};
  if (auto ok = step_case(file, closes ? Step::closed : Step::worked, standing); !ok) return ok;
  const auto& region = event.body["region"].text();
  const auto& from = event.body["from"].text();
  if (file.states[region] != from)
    return misfit("region '" + region + "' is '" + file.states[region] + "', not '" + from + "'");
  file.states[region] = event.body["to"].text();
  if (event.body["final"].boolean()) file.returns_to[region] = from;
  else file.returns_to.erase(region);
  if (auto* decision = decided(file, event)) decision->done = true;
  return {};
}

Result<void> obligation_raised(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  if (named(file, event) != nullptr) return misfit("the obligation was raised before");
  ObligationFile obligation;
  obligation.name = event.body["obligation"].text();
  obligation.of = event.body["of"].text();
  obligation.instance = static_cast<int>(event.body["instance"].integer());
  obligation.data_set = event.body["data_set"].text();
  obligation.clock = event.body["clock"].text();
  obligation.kind = event.body["kind"].text();
  obligation.owed_by = event.body["owed_by"].text();
  take_deadline(obligation, event.body);
  if (auto ok = step_obligation(obligation, obligation::Event::raised, {}); !ok) return ok;
  file.obligations.push_back(std::move(obligation));
  return {};
}

Result<void> anchor_moved(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* obligation = named(file, event);
  if (obligation == nullptr) return no_obligation(event);
  take_deadline(*obligation, event.body);
  return step_obligation(*obligation, obligation::Event::anchor_moved, {.has_reason = has_reason(event)});
}

Result<void> obligation_missed(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* obligation = named(file, event);
  if (obligation == nullptr) return no_obligation(event);
  const auto due = obligation->verdict_due();
  return step_obligation(*obligation, obligation::Event::missed, {.in_time = !due || event.at <= *due});
}

/// The first filing of an obligation moves it; a further one waits behind the one that stands.
Result<void> take_filing(ObligationFile& obligation, Notice& notice, const std::string& verdict, const Json& body) {
  if (verdict == "further") {
    if (obligation.filings.empty()) return misfit("a further filing needs a first one");
    return {};
  }
  notice.entered_late = notice.entered_late || (obligation.state == obligation::State::overdue && verdict == "in_time");
  const Circumstances circumstances{
      .in_time = verdict == "in_time",
      .has_evidence = !notice.channel.empty() && (notice.reference || notice.reference_pending)};
  if (auto ok = step_obligation(obligation, obligation::Event::met, circumstances); !ok) return ok;
  take_settled_with(obligation, body);
  return {};
}

/// The other obligations that one notice meets.
Result<void> take_also(CaseFile& file, Notice& notice, const Event& event) {
  for (const auto& other : event.body["also"].items()) {
    auto* obligation = instance(file, other["obligation"].text());
    if (obligation == nullptr) return misfit("there is no obligation '" + other["obligation"].text() + "'");
    const auto& verdict = other["verdict"].text();
    if (auto ok = take_filing(*obligation, notice, verdict, other); !ok) return ok;
    notice.also[obligation->name] = {verdict, words(other["gaps"])};
    obligation->filings.push_back(notice.number);
  }
  return {};
}

Result<void> notice_recorded(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* obligation = named(file, event);
  if (obligation == nullptr) return no_obligation(event);
  Notice notice;
  notice.number = static_cast<int>(event.body["notice"].integer());
  notice.obligation = obligation->name;
  notice.n = event.n;
  notice.at = event.at;
  notice.recorded_at = event.recorded_at;
  notice.by = event.by;
  notice.channel = event.body["channel"].text();
  notice.reference_pending = event.body["reference_pending"].boolean();
  notice.reference = text_ref(event, "reference");
  notice.text = text_ref(event, "text");
  notice.reason = text_ref(event, "reason");
  notice.claimed_complete = event.body["complete"].boolean();
  notice.gaps = words(event.body["gaps"]);
  notice.stated = versions(event.body["stated"]);
  notice.verdict = event.body["verdict"].text();
  if (auto ok = take_filing(*obligation, notice, notice.verdict, event.body); !ok) return ok;
  obligation->filings.push_back(notice.number);
  if (auto ok = take_also(file, notice, event); !ok) return ok;
  file.notices.push_back(std::move(notice));
  return {};
}

Result<void> filing_stands(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* obligation = named(file, event);
  auto* notice = const_cast<Notice*>(file.notice(static_cast<int>(event.body["notice"].integer())));
  if (obligation == nullptr || notice == nullptr) return no_obligation(event);
  const auto& verdict = event.body["verdict"].text();
  if (notice->obligation == obligation->name) notice->verdict = verdict;
  else notice->also[obligation->name].verdict = verdict;
  return take_filing(*obligation, *notice, verdict, event.body);
}

Result<void> receipt_recorded(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* notice = const_cast<Notice*>(file.notice(static_cast<int>(event.body["notice"].integer())));
  if (notice == nullptr) return misfit("there is no such notice");
  notice->reference = text_ref(event, "reference");
  notice->reference_pending = false;
  return {};
}

Result<void> notice_withdrawn(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* notice = const_cast<Notice*>(file.notice(static_cast<int>(event.body["notice"].integer())));
  if (named(file, event) == nullptr || notice == nullptr) return no_obligation(event);
  notice->withdrawn = true;
  if (auto* decision = decided(file, event)) decision->done = true;
  for (auto& obligation : file.obligations) {
    const bool stood = !obligation.filings.empty() && obligation.filings.front() == notice->number;
    std::erase(obligation.filings, notice->number);
    if (!stood) continue;
    if (auto ok =
            step_obligation(obligation, obligation::Event::filing_withdrawn,
                            {.has_reason = event.body.has("decision"), .second_person = event.body.has("approved_by")});
        !ok)
      return ok;
  }
  return {};
}

Result<void> obligation_ruled_out(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::worked); !ok) return ok;
  auto* obligation = named(file, event);
  if (obligation == nullptr) {  // settled before it was owed
    ObligationFile unraised;
    unraised.name = event.body["obligation"].text();
    unraised.of = event.body["of"].text();
    unraised.data_set = event.body["data_set"].text();
    unraised.clock = event.body["clock"].text();
    unraised.kind = event.body["kind"].text();
    unraised.basis = event.body["basis"].text();
    file.obligations.push_back(std::move(unraised));
    obligation = &file.obligations.back();
  }
  auto* decision = decided(file, event);
  if (decision != nullptr) decision->done = true;
  obligation->ruling =
      RulingOut{event.body["decision"].integer(), versions(event.body["relied_on"]), event.at,
                event.body["outcome"].text(),     event.body["exemption"].text(),    instant(event.body["review_at"]),
                instant(event.body["ends_at"])};
  take_settled_with(*obligation, event.body);
  return step_obligation(
      *obligation, obligation::Event::ruled_out,
      {.has_reason = decision != nullptr && decision->because, .has_decider = event.body.has("decided_by")});
}

Result<void> duty_reopened(CaseFile& file, const Event& event) {
  if (auto ok = step_case(file, Step::recorded); !ok) return ok;
  auto* obligation = named(file, event);
  if (obligation == nullptr) return no_obligation(event);
  obligation->ruling.reset();
  return step_obligation(*obligation, obligation::Event::duty_reopened, {.has_reason = has_reason(event)});
}

Result<void> case_reopened(CaseFile& file, const Event& event) {
  for (const auto& [region, state] : file.returns_to) file.states[region] = state;
  file.returns_to.clear();
  return step_case(file, Step::reopened, {.has_reason = has_reason(event)});
}

using Apply = Result<void> (*)(CaseFile&, const Event&);
const std::unordered_map<std::string_view, Apply> appliers = {
    {"case_opened", opened},
    {"fact_set", fact_set},
    {"note_added", recorded_only},
    {"moved", moved},
    {"obligation_raised", obligation_raised},
    {"anchor_moved", anchor_moved},
    {"obligation_missed", obligation_missed},
    {"notice_recorded", notice_recorded},
    {"filing_stands", filing_stands},
    {"receipt_recorded", receipt_recorded},
    {"notice_withdrawn", notice_withdrawn},
    {"decision_proposed", decision_proposed},
    {"decision_advised", decision_advised},
    {"decision_approved", decision_approved},
    {"decision_declined", decision_declined},
    {"approval_confirmed", approval_confirmed},
    {"obligation_ruled_out", obligation_ruled_out},
    {"duty_reopened", duty_reopened},
    {"action_added", action_added},
    {"action_done", action_settled},
    {"action_dropped", action_settled},
    {"risk_accepted", action_settled},
    {"contact_added", contact_changed},
    {"contact_removed", contact_changed},
    {"privileged_included", recorded_only},
    {"case_reopened", case_reopened},
    {"data_set_added", data_set_added},
    {"severity_assessed", severity_assessed},
    {"incident_linked", incident_linked},
    {"identifiers_allowed", recorded_only},
};

}  // namespace

Result<void> CaseFile::apply(const ledger::Event& event) {
  const auto found = appliers.find(event.type);
  if (found == appliers.end()) return misfit("no event is called '" + event.type + "'");
  if (event.n != version + 1) return misfit("its number does not follow " + std::to_string(version));
  if (auto ok = found->second(*this, event); !ok) return ok;
  version = event.n;
  last_recorded = event.recorded_at;
  return {};
}

}  // namespace tocsin::case_file
