// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/yaml_library/fields.h"
#include "engine/method/method.h"

namespace tocsin::yaml_library {

/// Reads the tree of a method file (docs/formats/method.md) and says on the page what is wrong with it, also what
/// method::check() finds. `name` is what the file is known by, "enisa-2013". Use the method only when the page has no issue.
method::Method read_method(Page& page, const Node& root, std::string_view name);

/// A method file alone: the method, or what is wrong with it, sorted by place.
struct MethodReading {
  std::optional<method::Method> method;
  std::vector<workflow::Issue> issues;
};

/// Reads the text of a method file, from disk or as a store kept it; touches no disk. Thread-safe.
MethodReading read_method_file(const workflow::SourceFile& file);

}  // namespace tocsin::yaml_library
