// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/guard/guard.h"

namespace tocsin::guard {

/// A node of a guard's syntax tree.
struct Node {
  enum class Kind { literal, name, list, not_, and_, or_, compare, in, has, call };
  enum class Compare { equal, not_equal, less, less_equal, greater, greater_equal };

  Kind kind = Kind::literal;
  std::size_t offset = 0;
  Value value = {};           ///< literal
  std::string name = {};      ///< name, has: the path; call: the function
  std::string argument = {};  ///< call: the path it is asked about
  Compare compare = Compare::equal;
  std::vector<std::string> order = {};  ///< compare, once checked: the words of an ordered choice from low to high
  std::vector<std::shared_ptr<Node>> children = {};
};

/// The value of an expression that need not be a condition: for the conformance cases of CEL. Lists hold what their literals hold.
struct Evaluated {
  enum class Kind { unknown, boolean, integer, text, list };
  Kind kind = Kind::unknown;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;
  std::vector<Evaluated> list;
};
Evaluated evaluate_value(const Guard& guard, const Situation& situation);

constexpr std::string_view word(Node::Compare compare) {
  constexpr std::string_view words[] = {"==", "!=", "<", "<=", ">", ">="};
  return words[static_cast<std::size_t>(compare)];
}

/// The comparison that says the same with its sides changed.
constexpr Node::Compare mirrored(Node::Compare compare) {
  switch (compare) {
    case Node::Compare::less: return Node::Compare::greater;
    case Node::Compare::less_equal: return Node::Compare::greater_equal;
    case Node::Compare::greater: return Node::Compare::less;
    case Node::Compare::greater_equal: return Node::Compare::less_equal;
    default: return compare;
  }
}

/// Compares two values; `order` is that of an ordered choice, or empty. Three-valued: a range decides only what holds for every value in it.
Truth compare_values(const Value& left, Node::Compare compare, const Value& right, const std::vector<std::string>& order);

Truth truth_of(const Node& node, const Situation& situation);
Value value_of(const Node& node, const Situation& situation);

}  // namespace tocsin::guard
