// SPDX-License-Identifier: Apache-2.0
// The front door, auditing: everything is read again, and each step is judged again under the rules of its day.
#include <algorithm>

#include "engine/engine.h"
#include "engine/engine_parts.h"
#include "engine/workflow/plan.h"
#include "engine/workflow/situation.h"

namespace tocsin {
namespace {

using case_file::CaseFile;
using case_file::People;
using ledger::Event;
using workflow::Definition;

/// Judges the steps of one case in order; keeps the case as it was before each.
class Judge {
 public:
  Judge(const Definition& definition, const std::vector<Event>& site, Verification& report)
      : definition_(definition), site_(site), report_(report) {}

  void judge(const Event& event) {
    listed_by(event.recorded_at);
    if (event.rules > ledger::kRules) problem(event, "was judged by newer rules than this version knows");
    else if (file_.version > 0) judge_step(event);
    if (event.recorded_at < file_.last_recorded) problem(event, "was written down before the event before it");
    if (event.at > event.recorded_at) problem(event, "happened after it was written down");
  }

  Result<void> apply(const Event& event) { return file_.apply(event); }
  const CaseFile& file() const { return file_; }

 private:
  void problem(const Event& event, const std::string& what) {
    report_.problems.push_back("case " + event.stream + " event " + std::to_string(event.n) + " (" + event.type + ") " +
                               what);
  }

  /// The list of people as it was at an instant.
  void listed_by(Instant at) {
    while (next_person_ < site_.size() && site_[next_person_].recorded_at <= at)
      if (!people_.apply(site_[next_person_++])) break;
  }

  void judge_step(const Event& event) {
    if (event.by == ledger::kClock) return judge_suggestion(event);
    if (!people_.empty() && people_.find(event.by) == nullptr) problem(event, "was written by somebody who was not listed");
    if (event.type == "moved") judge_move(event);
    if (event.type == "notice_recorded") judge_notice(event);
    if (event.type == "decision_approved") judge_approval(event);
  }

  /// What the clock or the workflow did must be what they would do again.
  void judge_suggestion(const Event& event) {
    if (event.type == "case_reopened") {
      if (workflow::nothing_owed(definition_, file_)) problem(event, "reopened a case in which nothing was owed");
      return;
    }
    const auto again = workflow::plan(definition_, file_, event.recorded_at);
    const bool same =
        again && again->event.type == event.type && again->event.body == event.body && again->event.at == event.at;
    if (same) return;
    const auto* obligation = event.type == "obligation_raised" ? definition_.obligation(event.body["of"].text()) : nullptr;
    if (obligation != nullptr &&
        workflow::raise_for_filing(definition_, file_, *obligation, event.body["data_set"].text()).event.body == event.body)
      return;
    problem(event, "is not what the pinned workflow and law would have recorded");
  }

  void judge_move(const Event& event) {
    const auto step = workflow::next_step(definition_, file_, people_, event.body["transition"].text(), event.by);
    for (const auto& missing : step.missing) problem(event, "was taken although " + missing.sentence);
  }

  void judge_notice(const Event& event) {
    judge_verdict(event, event.body);
    for (const auto& other : event.body["also"].items()) judge_verdict(event, other);
  }

  void judge_verdict(const Event& event, const Json& met) {
    const auto* held = file_.obligation(met["obligation"].text());
    const auto& verdict = met["verdict"].text();
    if (held == nullptr || verdict == "further") return;
    const auto due = held->verdict_due();
    if ((verdict == "late") != (due && event.at > *due)) problem(event, "has a verdict that the deadline does not give");
  }

  void judge_approval(const Event& event) {
    const auto* decision = file_.decision(event.body["decision"].integer());
    if (decision == nullptr) return;
    if (decision->proposed_by == event.by) problem(event, "was approved by its own proposer");
    if (workflow::relied_on_has_changed(file_, decision->relied_on))
      problem(event, "was approved on facts that had changed");
    if (decision->account == event.account)
      report_.notes.push_back("case " + event.stream + ": '" + decision->subject +
                              "' was proposed and approved from the same account");
  }

  const Definition& definition_;
  const std::vector<Event>& site_;
  Verification& report_;
  std::size_t next_person_ = 0;
  People people_;
  CaseFile file_;
};

void compare_records(const std::vector<ledger::Record>& records, Verification& report) {
  for (const auto& record : records) {
    auto wrong = ledger::verify_record(record);
    report.problems.insert(report.problems.end(), wrong.begin(), wrong.end());
  }
}

}  // namespace

void Engine::verify_words(std::string_view stream, const std::vector<ledger::Event>& events, Verification& report) const {
  std::vector<std::string> digests;
  for (const auto& event : events)
    for (const auto& [field, digest] : event.texts) digests.push_back(digest);
  if (digests.empty()) return;
  auto words = vault_.open(stream, digests);
  if (words) return;  // what is still there was compared with its digest; what was forgotten is nobody's fault
  const auto message = "the words of " + std::string(stream) + " were not checked: " + words.error().message;
  if (words.error().code == Errc::corrupt)
    report.problems.push_back("the words of " + std::string(stream) + ": " + words.error().message);
  else if (std::find(report.warnings.begin(), report.warnings.end(), message) == report.warnings.end())
    report.warnings.push_back(message);
}

Result<void> Engine::verify_case(std::string_view ref, const std::vector<ledger::Event>& site, Verification& report) const {
  auto records = store_.read(ref);
  if (!records) return std::move(records).error();
  ++report.cases;
  report.events += static_cast<std::int64_t>(records->size());
  compare_records(*records, report);
  auto events = ledger::verify_stream(*records);
  if (!events) {
    report.problems.push_back(events.error().message);
    return {};
  }
  auto pinned = definition((*events).front().body["definition"].text());
  if (!pinned) {
    report.problems.push_back("case " + std::string(ref) + ": " + pinned.error().message);
    return {};
  }
  Judge judge(**pinned, site, report);
  for (const auto& event : *events) {
    judge.judge(event);
    if (auto applied = judge.apply(event); !applied) {
      report.problems.push_back("case " + std::string(ref) + " event " + std::to_string(event.n) +
                                " does not fit: " + applied.error().message);
      return {};
    }
  }
  for (const auto& decision : judge.file().decisions)
    if (decision.awaits_confirmation())
      report.notes.push_back("case " + std::string(ref) + ": the approval of '" + decision.subject +
                             "' was relayed and is not confirmed");
  verify_words(ref, *events, report);
  return {};
}

Result<Verification> Engine::verify(std::string_view ref) const {
  Verification report;
  auto site_records = store_.read(ledger::kSiteStream);
  if (!site_records) return std::move(site_records).error();
  compare_records(*site_records, report);
  auto site = ledger::verify_stream(*site_records);
  if (!site) report.problems.push_back(site.error().message);
  const std::vector<ledger::Event> people = site ? *site : std::vector<ledger::Event>{};
  if (!ref.empty()) {
    if (auto ok = verify_case(ref, people, report); !ok) return std::move(ok).error();
    return report;
  }
  report.events += static_cast<std::int64_t>(site_records->size());
  std::string after;
  while (true) {
    auto page = store_.cards(after, 1000);
    if (!page) return std::move(page).error();
    if (page->empty()) break;
    for (const auto& card : *page)
      if (auto ok = verify_case(card.stream, people, report); !ok) return std::move(ok).error();
    after = page->back().stream;
  }
  auto findings = store_.inspect();
  if (!findings) return std::move(findings).error();
  for (auto& finding : *findings)
    (finding.is_warning ? report.warnings : report.problems).push_back(std::move(finding.message));
  return report;
}

}  // namespace tocsin
