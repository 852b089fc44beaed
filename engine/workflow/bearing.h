// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/guard/guard.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// The facts that are not known, seen from a data set or group, and whose answer could make the condition come out otherwise than it
/// does now or would with another answer. Found by trying: each allowed word of a choice, each word of a set and all of them, none and
/// very many of a count, "known" of everything else. Names as the definition has them, in the order of the condition. Pure, thread-safe.
std::vector<std::string> facts_that_decide(const Definition& definition, const case_file::CaseFile& file,
                                           const guard::Guard& condition, const std::string& data_set);

/// The names under which a fact that is not known, seen from a data set or group, would be set: where a data set has groups, theirs.
/// Empty where every one of them is known.
std::vector<std::string> unknown_names(const Definition& definition, const case_file::CaseFile& file,
                                       std::string_view data_set, std::string_view fact);

}  // namespace tocsin::workflow
