// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {

/// Reads `contacts` of a law file (docs/formats/law.md): party, then a list of ways to reach it, each with its source.
std::vector<workflow::PublicContact> read_contacts(Page& page, const Node& root);

}  // namespace tocsin::yaml_library
