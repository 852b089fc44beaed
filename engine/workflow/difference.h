// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// One thing that is otherwise in a second look at a case.
struct Difference {
  std::string subject;  ///< "obligations.staff", "transitions.close"
  std::string kind;     ///< appears, moves, turns_late, turns_in_time, changes, becomes_possible, becomes_impossible
  std::string before;   ///< in words: "due by 2026-05-05T19:40:00Z, provisional"; empty: nothing
  std::string after;
};

/// What is otherwise in `after`: obligations that appear, move or turn late, and transitions that open or close. Pure.
std::vector<Difference> differences(const Definition& definition, const case_file::CaseFile& before,
                                    const case_file::CaseFile& after, const case_file::People& people);

}  // namespace tocsin::workflow
