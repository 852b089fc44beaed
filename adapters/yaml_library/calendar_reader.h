// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {

/// Checks the tree of a calendar file: its name and its holidays. No clock counts work days yet, so the dates
/// are kept only as a file of the definition.
void check_calendar(Page& page, const Node& root, std::string_view name);

}  // namespace tocsin::yaml_library
