// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// Data sets and groups: what hangs on which of them, and whose value of a fact counts there. The breach as first reported is the
/// data set without a name, ""; everything that is said without naming one is said of it. Pure.

/// What an obligation of this level is owed for, in the order in which it was added. A data set without groups stands for its people.
std::vector<std::string> data_sets_at(const case_file::CaseFile& file, Level level);

/// The data set or group of that level, seen from another one: a group's data set, and "" for what hangs on the breach.
std::string seen_from(const case_file::CaseFile& file, std::string_view data_set, Level level);

/// The full name of the fact whose value counts there: the group's own where it is known, else that of its data set.
std::string fact_seen_from(const Definition& definition, const case_file::CaseFile& file, std::string_view data_set,
                           std::string_view fact);

/// The adopted claim that counts there, or null.
const case_file::Claim* claim_seen_from(const Definition& definition, const case_file::CaseFile& file,
                                        std::string_view data_set, std::string_view fact);

/// The newest assessment by the method that suggests the fact which speaks for that data set or group, its own before its data set's
/// before that of the breach as first reported; null where there is none, or it suggests no word.
const case_file::SeverityAssessment* suggestion_seen_from(const case_file::CaseFile& file, std::string_view data_set,
                                                          const Fact& fact);

/// A fact as a person names it, "footage.risk", taken apart.
struct NamedFact {
  std::string_view data_set;
  std::string_view fact;
};
NamedFact named_fact(std::string_view name);

/// The data set or group that an instance of an obligation hangs on: "footage" of "ico@footage#2"; "" of "ico".
std::string data_set_of(std::string_view instance);

/// Whether a fact of this level may be set for that data set or group.
bool may_be_set_for(const case_file::CaseFile& file, std::string_view data_set, Level level);

}  // namespace tocsin::workflow
