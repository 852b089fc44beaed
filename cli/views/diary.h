// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/rehearsal.h"
#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// What a played step adds to the diary of its story: one entry an event, or one for a refusal, wrapped at 100 columns. Times are local to the
/// workflow's zone. Every line of a fiction ends in [invented]; a true event names where it is reported.
std::vector<std::string> diary_lines(const PlayedStep& played, const workflow::Story& story,
                                     const workflow::Definition& definition);

}  // namespace tocsin::cli
