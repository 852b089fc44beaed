// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/workflow/definition.h"

namespace tocsin::commands {

/// Whether a clock hangs on the fact: an obligation names it as where its deadline runs from.
bool is_anchor(const workflow::Definition& definition, const std::string& fact);

/// Whether a known time would begin or end later. A missing end counts as the beginning, a missing beginning as the end.
bool is_later(const Json& after, const Json& before);

/// `invalid` where a clock hangs on the fact, no version of it was in force at that time, and one is now: a year mistyped would take
/// the duty its deadline. A clock that is not in force yet asks nothing.
Result<void> check_in_force(const workflow::Definition& definition, const std::string& fact, const Json& value, Instant now);

}  // namespace tocsin::commands
