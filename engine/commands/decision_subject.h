// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/commands/decide.h"

namespace tocsin::commands {

/// What a proposal is about, and who takes part in it. The same rules judge a new step and, in the audit, one of old.
struct Subject {
  std::string kind;  ///< rule_out, transition, notice, anchor
  std::string name;
  Json value;
  std::vector<std::string> by;      ///< any of these roles proposes; empty: anybody listed
  std::vector<std::string> second;  ///< any of these approves; empty: nobody needs to
  std::string advice;
  std::vector<std::string> relies_on;  ///< where the proposer names nothing
};

/// Of words as typed: an obligation, a transition, notice:N, NAME=TIME. Pure, as all of these.
Result<Subject> subject_of(const Definition& definition, const case_file::CaseFile& file, const std::string& text,
                           Instant now);
/// Of a proposal as its event has it.
Result<Subject> subject_of_proposal(const Definition& definition, const case_file::CaseFile& file, const Json& body,
                                    Instant now);
/// Of a proposal that was made, for the roles it asks of who advises and approves.
Result<Subject> subject_of(const Definition& definition, const case_file::CaseFile& file,
                           const case_file::Decision& decision, Instant now);

/// `forbidden` with who may, where the one who asks may not.
Result<void> may_propose(const Asked& asked, const Subject& subject);
Result<void> may_advise(const Asked& asked, const Subject& subject);
Result<void> may_approve(const Asked& asked, const case_file::CaseFile& file, const Subject& subject,
                         const case_file::Decision& decision);
/// Who may approve may decline, without waiting for advice.
Result<void> may_decline(const Asked& asked, const Subject& subject, const case_file::Decision& decision);
/// Accepting a risk that stays: a role that the workflow names for it; where it names none, anybody who may write.
Result<void> may_accept_risk(const Asked& asked);

/// Every role that takes part in an approval.
std::vector<std::string> roles_of(const workflow::Approval& approval);
/// Any of the roles; none named: anybody listed. While nobody is listed nobody holds any.
Result<void> holds_one_of(const Asked& asked, const std::vector<std::string>& roles, std::string_view what);

}  // namespace tocsin::commands
