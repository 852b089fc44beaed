// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::commands {

/// Whether a clock hangs on the fact: an obligation names it as where its deadline runs from.
bool is_anchor(const workflow::Definition& definition, const std::string& fact);

/// Whether a deadline depends on the fact in any way: it is an anchor, another start that a limit runs from, or says what was directed.
bool moves_deadlines(const workflow::Definition& definition, const std::string& fact);

/// Whether changing the fact needs a reason: it was judged, or a deadline depends on it, and it has a value. `full_name` is with its data set.
bool needs_reason(const workflow::Definition& definition, const case_file::CaseFile& file, const workflow::Fact& fact,
                  const std::string& full_name);

/// Whether a deadline would run from a later instant, or end later or never, in the case afterwards. First judging is not moving.
bool moves_later(const workflow::Definition& definition, const case_file::CaseFile& before, const case_file::CaseFile& after,
                 const std::string& fact, const std::string& full_name);

/// Whether a known time would begin or end later. A missing end counts as the beginning, a missing beginning as the end.
bool is_later(const Json& after, const Json& before);

/// `invalid` where a clock hangs on the fact, no version of it was in force at that time, and one is now: a year mistyped would take
/// the duty its deadline. A clock that is not in force yet asks nothing.
Result<void> check_in_force(const workflow::Definition& definition, const std::string& fact, const Json& value, Instant now);

}  // namespace tocsin::commands
