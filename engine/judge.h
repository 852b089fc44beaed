// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/commands/decision_subject.h"
#include "engine/engine.h"

namespace tocsin {

/// An event and its place among all events of the store.
struct PlacedEvent {
  ledger::Event event;
  std::int64_t seq = 0;
};
/// The events of records that verify, with the places that the store gave them.
std::vector<PlacedEvent> placed(std::vector<ledger::Event> events, const std::vector<ledger::Record>& records);

/// Judges who listed people. Problems go to the report.
void judge_people(const std::vector<PlacedEvent>& site, Verification& report);

/// Judges each step of one case again under the rules of its day: what the clock recorded, who might do what a person did, and that
/// nothing was left out before it. Keeps the case as it was before each step. Problems and notes go to the report.
class Judge {
 public:
  /// Keeps references: `events` are the whole case, `site` the list of people.
  Judge(const workflow::Definition& definition, const std::vector<PlacedEvent>& site, const std::vector<PlacedEvent>& events,
        Verification& report)
      : definition_(definition), site_(site), events_(events), report_(report) {}

  /// Judges and applies all; false where an event does not fit the case before it.
  bool judge_all();
  const case_file::CaseFile& file() const { return file_; }

 private:
  void judge(std::size_t index);
  void judge_opening(const ledger::Event& event);
  void judge_suggestion(std::size_t index);
  void judge_person(std::size_t index);
  void judge_follow_up(std::size_t index);
  void judge_move(const ledger::Event& event);
  void judge_notice(const ledger::Event& event);
  void judge_verdict(const ledger::Event& event, const Json& met);
  void judge_proposal(const ledger::Event& event);
  void judge_decision_step(const ledger::Event& event);
  void judge_approval(const ledger::Event& event, const case_file::Decision& decision);
  void judge_effect(const ledger::Event& event);

  void list_people_until(const PlacedEvent& event);
  bool is_raised_for_filing(std::size_t index) const;
  commands::Asked asked_by(const ledger::Event& event) const;
  void problem(const ledger::Event& event, const std::string& what);

  const workflow::Definition& definition_;
  const std::vector<PlacedEvent>& site_;
  const std::vector<PlacedEvent>& events_;
  Verification& report_;
  std::size_t next_person_ = 0;
  case_file::People listed_;  ///< all entries so far
  case_file::People people_;  ///< the same, at the time of the event that is judged
  case_file::CaseFile file_;
};

}  // namespace tocsin
