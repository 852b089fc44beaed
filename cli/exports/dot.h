// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::cli {

/// A text as a string of the DOT language, quotes included. Whatever is in it is shown and means nothing: no quote ends the string, no
/// backslash or entity says anything to Graphviz, and what a terminal would obey (control characters, marks that turn the direction of
/// writing) stands there as its number. Long texts are cut at 2000 bytes, between characters.
///
///   dot_text("say \"no\"\nnow");   // "say \"no\" now"
std::string dot_text(std::string_view text);

/// Several lines as one label, each treated as by dot_text().
std::string dot_label(const std::vector<std::string>& lines);

/// What is said about a node, an edge or a graph: `[label="x", shape=box]`. Values are written as they are: quote them.
std::string dot_attributes(const std::vector<std::pair<std::string, std::string>>& attributes);

}  // namespace tocsin::cli
