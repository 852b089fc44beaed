// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/case_file/case_lifecycle.h"
#include "engine/case_file/contact_point.h"
#include "engine/case_file/people.h"
#include "engine/case_file/text_ref.h"
#include "engine/ledger/chain.h"
#include "engine/obligation/obligation.h"

namespace tocsin::case_file {

/// One party's answer to one question at one time.
struct Claim {
  Json value;             ///< in the form of docs/formats/event.md; null when taken back or when it lies in the vault
  bool vaulted = false;   ///< the value is words(n, "value")
  std::int64_t n = 0;     ///< the event that recorded it: the version of the fact
  Instant at;             ///< when it was so
  Instant recorded_at;    ///< when it was written down
  std::string by;         ///< who recorded it
  std::string source;     ///< the party it comes from
  std::string status;     ///< claimed, confirmed, disputed, withdrawn
  bool adoptable = true;  ///< false where the fact names who judges it and somebody else said it

  bool is_known() const { return vaulted || !value.is_null(); }  ///< false: unknown, or taken back
};

/// A fact of the case: never overwritten, one standing claim per source.
struct FactFile {
  std::string name;             ///< "risk", or "footage.risk"
  std::vector<Claim> standing;  ///< the newest claim of each source
  int values = 0;               ///< how many were ever recorded
  std::int64_t version = 0;     ///< the event at which the adopted value last changed; 0: never known

  /// The latest `at` among confirmed ones, else among claimed ones; ties go to the latest recorded. Null when nothing is known.
  const Claim* adopted() const;
};

/// Data that the breach hit, with a regime and a risk of its own, or a group of people in such data. What is said without naming one is
/// said of the breach as it was first reported, which is the data set without a name.
struct DataSet {
  std::string name;       ///< unique within the case
  std::string of;         ///< a group: the data set it is in; empty for the one without a name
  bool is_group = false;  ///< people in a data set, not a data set
  std::int64_t n = 0;     ///< its event
  TextRef title;          ///< what it is, in words
};

/// A notice as recorded: what was told to whom, when, how.
struct Notice {
  int number = 0;          ///< 1, 2, 3 ... within the case
  std::string obligation;  ///< instance, "ico", "ico@footage" or "staff#2"
  /// What the same notice is for another obligation that it meets.
  struct Also {
    std::string verdict;            ///< in_time, late or further
    std::vector<std::string> gaps;  ///< what it lacks there
  };
  std::map<std::string, Also, std::less<>> also;            ///< by instance
  std::int64_t n = 0;                                       ///< its event
  Instant at;                                               ///< when it was told
  Instant recorded_at;                                      ///< when it was written down
  std::string by;                                           ///< who recorded it
  std::string channel;                                      ///< "telephone"
  bool reference_pending = false;                           ///< the recipient's reference is not known yet
  TextRef reference;                                        ///< of the notice, or of its latest receipt
  TextRef text;                                             ///< the words as sent
  TextRef reason;                                           ///< the reasons for a delay
  bool claimed_complete = false;                            ///< whoever recorded it claimed that it has no gaps
  std::vector<std::string> gaps;                            ///< what it lacks of what the law asks
  std::map<std::string, std::int64_t, std::less<>> stated;  ///< facts and the versions it stated
  std::string verdict;                                      ///< in_time, late, or further; frozen
  bool entered_late = false;                                ///< done in time, entered when overdue
  bool withdrawn = false;                                   ///< it was recorded in error

  /// What it lacks of what the obligation's clock asks; `obligation` is one that it meets.
  const std::vector<std::string>& gaps_for(std::string_view instance) const;
};

/// Why an obligation was judged not to apply.
struct RulingOut {
  std::int64_t decision = 0;  ///< the proposal's event
  std::map<std::string, std::int64_t, std::less<>>
      relied_on;                     ///< facts whose new value reopens it, review triggers among them
  Instant at;                        ///< when it was decided
  std::string outcome;               ///< not_applicable, exempt, not_met_threshold or restricted; empty in the first format
  std::string exemption;             ///< of the clock; empty: none
  std::optional<Instant> review_at;  ///< when it is to be looked at again
  std::optional<Instant> ends_at;    ///< restricted: when it ends by itself
};

/// One duty, one instance of it.
struct ObligationFile {
  std::string name;      ///< "staff#2"; the first instance has the bare name
  std::string of;        ///< "staff"
  int instance = 1;      ///< 1, 2, 3 ...
  std::string data_set;  ///< or group, that it hangs on; empty: the breach as first reported
  obligation::State state = obligation::State::unraised;  ///< as the table has it
  std::optional<Instant> due;                             ///< none: without undue delay
  std::optional<Instant> due_latest;                      ///< where the anchor is a range; verdicts use it
  bool provisional = false;                               ///< a better anchor may move the deadline
  std::string anchor;                                     ///< "facts.aware_at"; empty: none known yet
  std::optional<Instant> anchor_at;                       ///< what the deadline was counted from
  std::optional<Instant> anchor_until;                    ///< the other end, where the anchor is a range
  std::optional<Instant> since;                           ///< what its age is counted from
  std::string clock;                                      ///< its id, "uk.gdpr.33_1"
  std::string kind;                                       ///< mandatory, contractual, voluntary
  std::string basis;                                      ///< the article
  std::string law_from;                                   ///< in force from, as text; empty: from the beginning
  std::string owed_by;                                    ///< a party; empty: us
  std::vector<std::string> derivation;                    ///< of the deadline, a sentence a step
  std::vector<int> filings;         ///< numbers of notices that were not withdrawn, oldest first; the first one stands
  std::optional<RulingOut> ruling;  ///< why it is ruled out; none where it is not
  std::map<std::string, Json, std::less<>> settled_with;  ///< again_when facts when it was last met or ruled out

  std::int64_t changes = 0;  ///< how often something about it changed after it was raised

  /// Met, met late or ruled out.
  bool is_settled() const {
    return state == obligation::State::met || state == obligation::State::met_late || state == obligation::State::ruled_out;
  }
  /// The deadline that verdicts use.
  std::optional<Instant> verdict_due() const { return due_latest ? due_latest : due; }
};

/// A recorded judgement on its way: proposed, advised, approved, carried out.
struct Decision {
  std::int64_t n = 0;                                          ///< the proposal's event
  std::string digest;                                          ///< hex; see decision_digest()
  std::string kind;                                            ///< rule_out, transition, notice, anchor
  std::string subject;                                         ///< "ico", "close", "notice:2", "aware_at"
  Json value;                                                  ///< anchor: the new time
  std::string proposed_by;                                     ///< who
  std::string account;                                         ///< from which account
  Instant at;                                                  ///< when
  TextRef because;                                             ///< the reason, in words
  std::map<std::string, std::int64_t, std::less<>> relied_on;  ///< 0: not known when proposed
  std::vector<std::pair<std::string, TextRef>> advice;         ///< who, words
  std::string approved_by;                                     ///< empty until approved
  std::string approver_account;                                ///< from which account it was approved
  bool same_account = false;                                   ///< proposed and approved from one account: worth a look
  std::string relayed;                                         ///< channel, when the approver was not at the keyboard
  std::optional<Instant> confirm_by;                           ///< relayed: 24 h after the approval
  bool confirmed = false;                                      ///< the approver confirmed it at a keyboard
  std::string declined_by;   ///< who said no; the proposal is void from then on. Empty: nobody did
  TextRef declined_because;  ///< in words
  bool effective = false;    ///< permits its transition, or its effect was recorded
  bool done = false;         ///< transition: executed
  Json record;               ///< the structured fields of the decision record (docs/formats/event.md); null: none
  std::map<std::string, TextRef, std::less<>>
      words;  ///< its fields in words: legal_test, factors, counter_arguments, evidence
  /// Relayed, and not yet confirmed.
  bool awaits_confirmation() const { return !relayed.empty() && !confirmed && !approved_by.empty(); }
  bool is_declined() const { return !declined_by.empty(); }  ///< somebody said no: it permits nothing
};

/// How severe the breach is by a method that is data: a suggestion, never a decision.
struct SeverityAssessment {
  std::int64_t n = 0;                                        ///< its event
  std::string method;                                        ///< "enisa-2013"
  std::string data_set;                                      ///< or group; empty: the breach as first reported
  Json inputs;                                               ///< name: word
  std::string result;                                        ///< the band or the outcome
  std::string score;                                         ///< "4.75"; empty where the method scores nothing
  std::map<std::string, std::string, std::less<>> suggests;  ///< fact, word
  std::string by;                                            ///< who assessed
  Instant at;                                                ///< when
  TextRef because;                                           ///< the reason, in words
};

/// A piece of remediation. Open until somebody says what became of it.
struct Action {
  /// Where an action stands.
  enum class State { open, done, dropped, risk_accepted };
  int number = 0;              ///< 1, 2, 3 ... within the case
  std::int64_t n = 0;          ///< its event
  TextRef text;                ///< what is to be done, in words
  std::string owner;           ///< who does it; may be empty
  std::optional<Instant> due;  ///< by when; none: no date
  Instant at;                  ///< when it was added
  State state = State::open;   ///< where it stands
  std::string settled_by;      ///< who said it was done, dropped it, or accepted the risk that stays; empty while it is open
  std::optional<Instant> settled_at;  ///< when it was done, dropped or accepted as a risk; none: it is open
  TextRef because;                    ///< of its settling, in words

  bool is_open() const { return state == State::open; }  ///< neither done, nor dropped, nor accepted as a risk
};

constexpr std::string_view word(Action::State state) {
  constexpr std::string_view words[] = {"open", "done", "dropped", "risk_accepted"};
  return words[static_cast<int>(state)];
}

/// A case: the sum of the events recorded about it. A plain value; copying it is how what-if works.
///
///   auto file = fold(events);         // Result<CaseFile>
///   file->states.at("case");          // "open"
struct CaseFile {
  std::string ref;                                             ///< the case's reference
  std::string store;                                           ///< live, story, exercise
  std::string workflow;                                        ///< "uk/supplier-breach"
  int workflow_version = 0;                                    ///< of the file's own count
  std::string definition;                                      ///< digest, hex
  std::int64_t version = 0;                                    ///< number of the last event
  Digest last_seal;                                            ///< filled by whoever read or sealed the events
  Stage stage = Stage::unopened;                               ///< as the table has it
  Instant opened_at;                                           ///< when it says that it was opened
  Instant last_recorded;                                       ///< recorded_at of the last event
  TextRef title;                                               ///< in words
  std::string title_digest;                                    ///< hex, as the opening's `texts` has it
  std::map<std::string, std::string, std::less<>> states;      ///< region: state
  std::map<std::string, std::string, std::less<>> returns_to;  ///< region in a final state: the state it left
  std::vector<FactFile> facts;                                 ///< in the order in which they were first said
  std::vector<ObligationFile> obligations;                     ///< in the order in which they were raised
  std::vector<Notice> notices;                                 ///< by number
  std::vector<Decision> decisions;                             ///< in the order of their proposals
  std::vector<Action> actions;                                 ///< by number
  std::vector<DataSet> data_sets;                              ///< in the order in which they were added
  std::vector<SeverityAssessment> assessments;                 ///< oldest first
  std::vector<ContactPoint> contacts;                          ///< of this case alone, those that were removed among them
  std::string incident;  ///< the supplier's incident that this case belongs to; empty: none

  const Claim* fact(std::string_view name) const;          ///< the adopted claim, or null
  const FactFile* fact_file(std::string_view name) const;  ///< with all its claims, or null
  const DataSet* data_set(std::string_view name) const;    ///< or group; null when there is none
  /// The newest assessment by a method, of a data set or group; null when there is none.
  const SeverityAssessment* assessment(std::string_view method, std::string_view data_set) const;
  /// "staff#2" or "ico@footage#2"; without a number the newest instance. Null when it was never raised.
  const ObligationFile* obligation(std::string_view name) const;
  ObligationFile* obligation(std::string_view name);  ///< the same, to be changed
  const Notice* notice(int number) const;             ///< null when there is none
  /// The filing that stands for an obligation; null when none does.
  const Notice* standing_filing(const ObligationFile& obligation) const;
  const Decision* decision(std::int64_t n) const;          ///< by its proposal's event; null when there is none
  int open_actions() const;                                ///< not finished
  std::int64_t fact_version(std::string_view name) const;  ///< FactFile::version; 0 when it was never known

  /// How facts and obligations of a data set or group are named: "footage.risk", "ico@footage"; of the one without a name: "risk", "ico".
  static std::string fact_in(std::string_view data_set, std::string_view fact);
  static std::string obligation_in(std::string_view data_set, std::string_view obligation);  ///< the same of an obligation
  /// The obligation's name in the workflow: "ico" of "ico@footage#2".
  static std::string_view obligation_of(std::string_view instance);

  /// Applies one event through the tables. On failure (`refused`, as the table says) the value is unusable: work on a copy.
  Result<void> apply(const ledger::Event& event);
};

/// Takes over what only sealing gives: the keyed digests of words that were still drafts when they were applied.
void take_digests(CaseFile& file, const std::vector<ledger::Event>& sealed);

/// Rebuilds a case; a misfit is `corrupt` and names the event.
Result<CaseFile> fold(const std::vector<ledger::Event>& events);

/// The same from what a store kept, verified as ledger::verify_stream() does, an event at a time: for whoever needs the case and not
/// its events. Fills last_seal. A chain that is broken anywhere is told before a misfit.
Result<CaseFile> fold_stored(const std::vector<ledger::Record>& records);

/// SHA-256 in hex over the canonical JSON of case, number, subject, keyed digest of the reason, and relied-on facts with versions.
std::string decision_digest(const ledger::Event& proposal);

/// in_time or late: how the standing filing looks on today's deadline; empty where no filing stands.
std::string on_current_facts(const CaseFile& file, const ObligationFile& obligation);

}  // namespace tocsin::case_file
