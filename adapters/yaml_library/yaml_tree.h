// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/yaml_library/page.h"

namespace tocsin::yaml_library {

struct Member;

/// A value of a YAML file and where it stands. Nothing is guessed from its look: `012`, `no` and `2026-05-02`
/// are the text that was written.
struct Node {
  enum class Kind { nothing, scalar, list, map };
  Kind kind = Kind::nothing;
  std::string text;             ///< scalar
  bool plain = false;           ///< scalar: written without quotes, on no block
  std::vector<Node> items;      ///< list
  std::vector<Member> members;  ///< map: in the order of the file
  std::size_t line = 0;         ///< counted from 0
  std::size_t byte = 0;         ///< in its line, counted from 0

  const Node* member(std::string_view key) const;
};

struct Member {
  Node key, value;
};

/// "a list", "a mapping", "nothing", "text": what a node is, for messages.
std::string_view name_of(Node::Kind kind);

/// Reads one YAML document. Returns none, and says why on the page, for: a syntax error, more than 1 MiB,
/// nesting over 64, aliases, anchors, tags, several documents, invalid UTF-8, control characters. A key given
/// twice is said on the page and its first value kept.
std::optional<Node> read_tree(Page& page);

/// The limits above, for tests and documents.
inline constexpr std::size_t largest_file = 1U << 20U;
inline constexpr std::size_t deepest_nesting = 64;

}  // namespace tocsin::yaml_library
