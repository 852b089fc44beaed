// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"
#include "engine/workflow/definition.h"

namespace tocsin::yaml_library {

/// The keys by which a mapping says how long and how that is counted.
inline const std::vector<std::string> rule_keys = {"counting", "period_hours", "period_days", "period_months", "limits"};

/// Reads a rule from a version of a clock. A counting that is wrong is said, and guessed, so that it is no second mistake.
calendar::Rule read_rule(const Fields& fields);

/// Another reading of a rule: a period that it does not give is that of the rule itself.
workflow::Reading read_reading(const Fields& fields, const calendar::Rule& rule);

/// Whether the counting of this mapping could be read.
bool is_counting_known(const Fields& fields);

}  // namespace tocsin::yaml_library
