// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {

/// Reads the tree of a workflow file (docs/formats/workflow.md) into a definition without law. What does not
/// read well is said on the page and left out, but what has a name keeps it, so that one mistake is not
/// reported twice.
workflow::Definition read_workflow(Page& page, const Node& root);

}  // namespace tocsin::yaml_library
