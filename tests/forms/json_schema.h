// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tocsin::tests {

/// What is wrong with a JSON document under a JSON Schema, a sentence each; empty: it conforms. Both are texts. A text that is no JSON
/// is one mistake.
std::vector<std::string> schema_mistakes(const std::string& schema, const std::string& document);

}  // namespace tocsin::tests
