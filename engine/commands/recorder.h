// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/commands/decide.h"
#include "engine/workflow/explain.h"

namespace tocsin::commands {

using workflow::Obligation;

/// Collects the events of one command while the case moves with them: each is numbered, signed with who asked, and applied, so that
/// what comes next is judged on what came before. Part of decide().
class Recorder {
 public:
  Recorder(const Asked& asked, case_file::CaseFile& file) : asked_(asked), file_(file) {}

  using Words = std::vector<std::pair<std::string_view, std::string_view>>;

  /// Adds an event by the person who asks. Empty words are left out.
  Result<void> record(std::string_view type, Instant at, Json body, const Words& words = {});
  /// Adds what the clock or the workflow suggested.
  Result<void> record(Draft suggestion);
  /// Adds what the plan suggests until it suggests nothing more.
  Result<void> follow();
  /// follow(), and reopens a closed case in which something is owed again.
  Result<void> follow_observation();

  const Asked& asked() const { return asked_; }
  case_file::CaseFile& file() { return file_; }
  /// Whether some words of this command carry its marks.
  bool has_marked() const { return has_marked_; }
  std::vector<Draft> take() { return std::move(drafts_); }

 private:
  const Asked& asked_;
  case_file::CaseFile& file_;
  std::vector<Draft> drafts_;
  bool has_marked_ = false;
};

/// The doors of decide(), by noun.
Result<void> set_facts(Recorder& recorder, const SetFacts& command);
Result<void> note(Recorder& recorder, const Note& command);
Result<void> move(Recorder& recorder, const Move& command);
Result<void> record_notice(Recorder& recorder, const RecordNotice& command);
Result<void> record_receipt(Recorder& recorder, const RecordReceipt& command);
Result<void> propose(Recorder& recorder, const Propose& command);
Result<void> advise(Recorder& recorder, const Advise& command);
Result<void> approve(Recorder& recorder, const Approve& command);
Result<void> decline(Recorder& recorder, const Decline& command);
Result<void> add_action(Recorder& recorder, const AddAction& command);
Result<void> finish_action(Recorder& recorder, const FinishAction& command);
Result<void> drop_action(Recorder& recorder, const DropAction& command);
Result<void> accept_risk(Recorder& recorder, const AcceptRisk& command);
Result<void> reopen(Recorder& recorder, const Reopen& command);
Result<void> end_restriction(Recorder& recorder, const EndRestriction& command);
Result<void> add_data_set(Recorder& recorder, const AddDataSet& command);
Result<void> assess_severity(Recorder& recorder, const AssessSeverity& command);
Result<void> link_incident(Recorder& recorder, const LinkIncident& command);
Result<void> add_contact(Recorder& recorder, const AddContact& command);
Result<void> remove_contact(Recorder& recorder, const RemoveContact& command);
Result<void> include_privileged(Recorder& recorder, const IncludePrivileged& command);
Result<void> allow_identifiers(Recorder& recorder, const AllowIdentifiers& command);

/// `forbidden` unless `by` holds the role; an empty list of people holds no role.
Result<void> holds(const Asked& asked, std::string_view role, std::string_view what);

Error invalid(std::string message, std::string next = {});
Error refused(std::string message, std::string by, std::string next = {});
Error forbidden(std::string message, std::string by, std::vector<std::string> missing, std::string next = {});

/// `invalid` where the workflow has no party of that name; none is none.
Result<void> check_party(const Definition& definition, const std::string& party);

/// "did you mean 'x'?" with a leading semicolon, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// `invalid` unless the protective marking is a word that the workflow's marking scheme has.
Result<void> check_marks(const Definition& definition, const case_file::Marks& marks);
/// Marks were given, and the command brought no words that they could speak of.
Error nothing_to_mark();

/// Channels lie in events: 1 to 40 letters, digits, spaces or hyphens.
Result<void> check_channel(std::string_view channel);
/// Words that go to the vault: valid UTF-8, at most 1 MiB.
Result<void> check_words(std::string_view what, std::string_view words);
/// Words that stand in one line of every list: no control characters either.
Result<void> check_title(std::string_view what, std::string_view title);

}  // namespace tocsin::commands
