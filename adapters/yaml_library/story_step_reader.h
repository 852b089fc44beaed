// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"
#include "engine/workflow/story.h"

namespace tocsin::yaml_library {

/// Reads one step of a story: its one action and the keys that every step may have.
workflow::StoryStep read_step(Page& page, const Node& node);

/// A node as JSON: plain whole numbers are integers, plain true and false booleans, everything else text.
Json to_json(const Node& node);

}  // namespace tocsin::yaml_library
