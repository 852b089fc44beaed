// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/time.h"
#include "engine/case_file/marks.h"

namespace tocsin::commands {

/// What somebody asks for. Texts are people's words and go to the vault; everything else may lie in an event.
/// `at` is when the thing happened; none means now.
struct OpenCase {
  std::string ref = {};                                         ///< [A-Za-z0-9._-]{1,64}
  std::string title = {};                                       ///< one line of words
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< NAME, VALUE as typed
  std::string incident = {};                                    ///< the supplier's incident it belongs to, or empty
  bool ref_is_made = false;  ///< nobody chose the reference: the same command has another one when it comes again
};
/// NAME may be that of a fact or DATA_SET.FACT, GROUP.FACT.
struct SetFacts {
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< NAME, VALUE as typed; "unknown" takes back
  std::string source = {};                                      ///< party; empty: the controller
  std::string status = {};   ///< empty: confirmed from a holder of the fact's `by`, else claimed
  std::string because = {};  ///< why; needed where the fact is judged or a clock runs from it
};
/// Something worth keeping that is no fact.
struct Note {
  std::string text = {};       ///< words
  std::string with = {};       ///< party, or empty
  std::string by = {};         ///< channel: phone, mail, ...
  std::string direction = {};  ///< in, out, or empty
};
/// Takes a transition.
struct Move {
  std::string transition = {};  ///< its name in the workflow
  std::string because = {};     ///< words; may be empty
};
/// Says that somebody was told. Nothing is sent.
struct RecordNotice {
  std::string obligation = {};         ///< the duty it meets: "ico", "ico@footage", "staff#2"
  std::string channel = {};            ///< how: "telephone"
  std::string reference = {};          ///< "pending" is the word for not yet known
  std::string text = {};               ///< the words as sent
  std::string reason = {};             ///< reasons for the delay
  bool complete = false;               ///< claims that it has no gaps
  std::vector<std::string> also = {};  ///< other obligations that the same notice meets
};
/// Adds the reference that came later.
struct RecordReceipt {
  int notice = 0;              ///< its number
  std::string reference = {};  ///< the recipient's
};
/// Why a duty is judged not to apply, field by field (UK GDPR Art 33(5); the ICO's accountability framework). What is empty was not said.
struct DecisionRecord {
  std::string outcome = {};     ///< not_applicable, exempt, not_met_threshold, restricted; empty: as the exemption says
  std::string exemption = {};   ///< of the obligation's clock
  std::string ground = {};      ///< of a restriction
  std::string likelihood = {};  ///< very_likely, likely, neutral, unlikely, very_unlikely
  std::string severity = {};    ///< low, medium, high, very_high
  std::string legal_test = {};  ///< words
  std::string factors = {};     ///< words: data, sensitivity, volume, special people, who holds it, recoverability
  std::string counter_arguments = {};         ///< words: why reporting was considered and rejected
  std::string evidence = {};                  ///< words: what is kept, where
  std::vector<std::string> review_when = {};  ///< facts whose new value reopens it
  std::optional<Instant> review_at = {};      ///< when it is looked at again
  std::optional<Instant> ends_at = {};        ///< restricted: when it ends by itself

  /// Nothing was said.
  bool empty() const {
    return outcome.empty() && exemption.empty() && ground.empty() && likelihood.empty() && severity.empty() &&
           legal_test.empty() && factors.empty() && counter_arguments.empty() && evidence.empty() && review_when.empty() &&
           !review_at && !ends_at;
  }
};
/// Proposes a decision.
struct Propose {
  std::string subject = {};                 ///< an obligation, a transition, notice:N, NAME=TIME
  std::string because = {};                 ///< the reason; needed
  std::vector<std::string> relies_on = {};  ///< facts; a new value of one makes the decision void
  DecisionRecord record = {};               ///< what the law wants on record
};
/// Ends a restriction: the duty that it withheld is owed again.
struct EndRestriction {
  std::string obligation = {};  ///< the duty that was withheld
  std::string because = {};     ///< the reason; needed
};
/// Advises on a decision, before it is approved.
struct Advise {
  std::string digest = {};   ///< at least eight hex digits, or the subject in a story
  std::string because = {};  ///< the advice, in words
};
/// Approves a decision, or confirms an approval that was relayed.
struct Approve {
  std::string digest = {};   ///< as in Advise
  std::string because = {};  ///< words; may be empty
  std::string relayed = {};  ///< channel, or empty
};
/// Says no to a proposal: who may approve may. It is void afterwards; another may be made.
struct Decline {
  std::string digest = {};   ///< as in Advise
  std::string because = {};  ///< the reason, in words
  std::string relayed = {};  ///< channel, or empty: nothing is permitted by a no, so it needs no confirmation
};
/// Adds a piece of remediation.
struct AddAction {
  std::string text = {};            ///< what is to be done, in words
  std::string owner = {};           ///< who does it; may be empty
  std::optional<Instant> due = {};  ///< by when; may lie in the future
};
/// Says that an action is done.
struct FinishAction {
  int number = 0;            ///< the action's
  std::string because = {};  ///< words; may be empty
};
/// An action that nobody wants done any more.
struct DropAction {
  int number = 0;            ///< the action's
  std::string because = {};  ///< the reason, in words
};
/// An action that will not be done, and the risk that stays is accepted by the one who asks.
struct AcceptRisk {
  int number = 0;            ///< the action's
  std::string because = {};  ///< the reason, in words
};
/// Reopens a closed case.
struct Reopen {
  std::string because = {};  ///< the reason; needed
};
/// Adds a set of data that the breach hit, or a group of people in one.
struct AddDataSet {
  std::string name = {};                                        ///< [a-z][a-z0-9_-]{0,39}, unique in the case
  std::string title = {};                                       ///< words; may be empty
  bool is_group = false;                                        ///< people, not data
  std::string of = {};                                          ///< a group: its data set; empty: the one first reported
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< NAME, VALUE as typed, without the data set's name
};
/// Assesses severity by a method; it suggests and decides nothing.
struct AssessSeverity {
  std::string method = {};                                       ///< "enisa-2013"
  std::vector<std::pair<std::string, std::string>> inputs = {};  ///< NAME, WORD
  std::string data_set = {};                                     ///< or group; empty: the breach as first reported
  std::string because = {};                                      ///< words; may be empty
};
/// Says to which supplier's incident the case belongs.
struct LinkIncident {
  std::string incident = {};  ///< a reference that all cases of the incident share
};

/// Adds a line to the address book: how a party is reached.
struct AddContact {
  std::string party = {};  ///< of a case: one of its workflow's parties; of the store: any name
  std::string kind = {};   ///< phone, mail, web or post
  std::string value = {};  ///< words: a number, an address
  std::string hours = {};  ///< words: when somebody answers; may be empty
  std::string note = {};   ///< words: what it is for; may be empty
};
/// Takes a line out of the address book; what was said of it stays in the history.
struct RemoveContact {
  int number = 0;            ///< the line's
  std::string because = {};  ///< may be empty
};
/// Says that privileged words go into what leaves the house, and why.
struct IncludePrivileged {
  std::string document = {};  ///< register or notice-draft
  std::string because = {};   ///< the reason, in words
};

/// Lets personal identifiers stand in a draft that somebody is to send. The places name no value.
struct AllowIdentifiers {
  std::string obligation = {};           ///< instance, "ico" or "ico@footage"
  std::string form = {};                 ///< the template's name; empty: the draft had none
  std::string form_digest = {};          ///< SHA-256 in hex of its file
  std::vector<std::string> places = {};  ///< "how_found 1:12 email"
  std::string because = {};              ///< the reason, in words
};

/// Of a case that is open or closed; OpenCase, people and the store's address book have doors of their own.
using Command = std::variant<SetFacts, Note, Move, RecordNotice, RecordReceipt, Propose, Advise, Approve, Decline, AddAction,
                             FinishAction, DropAction, AcceptRisk, Reopen, EndRestriction, AddDataSet, AssessSeverity,
                             LinkIncident, AddContact, RemoveContact, IncludePrivileged, AllowIdentifiers>;

/// Lists a person, or replaces the roles of one who is listed.
struct AddPerson {
  std::string name = {};                ///< at most 64 bytes, without control characters
  std::vector<std::string> roles = {};  ///< what they may do from now on
  std::optional<Instant> until = {};    ///< the last instant at which these roles are held; none: until another entry
};

}  // namespace tocsin::commands
