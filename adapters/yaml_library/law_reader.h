// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {

/// Reads the tree of a law file (docs/formats/law.md) into its clocks. `name` is what the file is known by,
/// "uk-gdpr".
std::vector<workflow::Clock> read_law(Page& page, const Node& root, std::string_view name);

}  // namespace tocsin::yaml_library
