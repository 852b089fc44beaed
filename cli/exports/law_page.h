// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// The clocks as a page that a lawyer reads: one table for each regime, then each clock with its versions, contents, exemptions, sources and
/// marks. docs/law.md is this page; a test holds the two together.
std::string law_page(const std::vector<workflow::Clock>& clocks);

}  // namespace tocsin::cli
