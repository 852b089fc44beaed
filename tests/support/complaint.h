// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/workflow/definition.h"

namespace tocsin::tests {

/// Says why the answer of a reader is no good, or nothing: a file is read, or at least one mistake is told, each in words that a person can
/// read and at a place that the files have.
std::string complaint(bool is_read, const std::vector<workflow::Issue>& issues,
                      const std::vector<workflow::SourceFile>& files);

}  // namespace tocsin::tests
