// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.h"
#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// One thing that stands in the way, and what would remove it.
struct Missing {
  std::string subject;   ///< "facts.risk", "obligations.ico", "approval.gold", "role.siro", "states.assessment"
  std::string sentence;  ///< "facts.risk is not known"
  std::string next;      ///< "case set CASE risk=unlikely|risk|high_risk", without the program's name; may be empty
};

/// A transition that leads out of a current state, and whether it may be taken now by `by` (empty: by somebody suitable).
struct NextStep {
  std::string transition;        ///< its name
  std::string region;            ///< whose it is
  std::string to;                ///< the state it leads to
  bool allowed = false;          ///< it may be taken now
  std::vector<Missing> missing;  ///< why not; empty when allowed
};
/// In the order of the definition. Pure.
std::vector<NextStep> next_steps(const Definition& definition, const case_file::CaseFile& file,
                                 const case_file::People& people, std::string_view by);

/// The same for one transition, whether or not it leads out of the current state.
NextStep next_step(const Definition& definition, const case_file::CaseFile& file, const case_file::People& people,
                   std::string_view transition, std::string_view by);

/// An obligation of the definition as it stands: raised instances, and those that are not raised yet, for each data set and group.
struct Standing {
  const case_file::ObligationFile* file = nullptr;  ///< null: unraised
  const Obligation* definition = nullptr;           ///< what the workflow says of it
  std::string name;                                 ///< of the instance; of one that is not raised, its name there
  std::string state;                                ///< the word of obligation::State
  std::string kind;                                 ///< mandatory, contractual or voluntary
  std::string basis;                                ///< the article
  std::string applies;                              ///< yes, no, unknown
  std::string next;  ///< "notice record CASE ico --channel ... --reference ..."; empty when settled
};
/// In the order of the definition. Pure; views the file and the definition.
std::vector<Standing> standings(const Definition& definition, const case_file::CaseFile& file);
/// Those of one obligation, on every data set and group.
std::vector<Standing> standings_of(const Definition& definition, const case_file::CaseFile& file,
                                   const Obligation& obligation);

/// Another reading of an obligation's period, shown beside its deadline.
struct OtherReading {
  std::string name;            ///< "eu1182"
  std::optional<Instant> due;  ///< none: no deadline by it
  std::string note;            ///< whose reading it is
};
/// Of an instance that has an anchor; else empty. Pure.
std::vector<OtherReading> other_readings(const Definition& definition, const case_file::CaseFile& file,
                                         const case_file::ObligationFile& held);

/// The derivation of an obligation's deadline, one step a line: anchor, rule, version in force, article, steps, result.
std::vector<std::string> derivation(const Definition& definition, const case_file::CaseFile& file,
                                    std::string_view obligation);

}  // namespace tocsin::workflow
