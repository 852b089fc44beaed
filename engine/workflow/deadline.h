// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// An obligation's anchor as it is known now; none when nothing is.
struct AnchorPoint {
  const Anchor* anchor = nullptr;  ///< none for an instance that came again: `fact` raised it
  std::string fact = {};
  Instant at;
  std::optional<Instant> until;  ///< a range
  bool provisional = false;

  std::string text() const { return anchor != nullptr ? anchor->text() : "facts." + fact; }
};

/// The first known anchor of an obligation on a data set or group.
std::optional<AnchorPoint> anchor_point(const Definition& definition, const case_file::CaseFile& file,
                                        const Obligation& obligation, const std::string& data_set);

/// Puts the members of an event that say by when: counted from the anchor under the version in force at its instant.
void put_deadline(Json& body, const Definition& definition, const case_file::CaseFile& file, const Obligation& obligation,
                  const std::string& data_set, const AnchorPoint& anchor);

/// Whether what is held of the deadline is what would be counted now.
bool is_counted_so(const case_file::ObligationFile& held, const Definition& definition, const case_file::CaseFile& file,
                   const Obligation& obligation, const AnchorPoint& anchor);

/// What a rule is counted with for one obligation of one case.
struct Counted {
  calendar::Rule rule;  ///< with the relief where it is known to be ours
  calendar::Starts starts;
  const calendar::WorkDays* work_days = nullptr;
};
Counted counted_with(const Definition& definition, const case_file::CaseFile& file, const Obligation& obligation,
                     const std::string& data_set, const ClockVersion& version, Instant event);

}  // namespace tocsin::workflow
