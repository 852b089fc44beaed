// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/yaml_library/yaml_tree.h"
#include "engine/base/time.h"

namespace tocsin::yaml_library {

/// Whether a word may name something: a lower-case letter, then letters, digits, `_`, at most 64. Names that
/// guards never select may hold `-` too.
bool is_name(std::string_view word);
bool is_name_with_hyphens(std::string_view word);

/// The members of one mapping, read by name. What is unknown, missing or of the wrong type is said on the
/// page; the reader then returns the neutral value and reading goes on, so that all mistakes are found in one
/// go.
///
///   Fields fields(page, node, "state 'open'", {"title", "initial", "final"});
///   state.title = fields.text("title");      // "" when absent
///   state.initial = fields.flag("initial");  // false when absent; an error when it says `yes`
class Fields {
 public:
  /// `owner` says in messages whose members these are. A node of kind `nothing` counts as an empty mapping. What is
  /// missing is said at `name`, the word before the colon, where there is one.
  Fields(Page& page, const Node& node, std::string owner, const std::vector<std::string>& known, const Node* name = nullptr);

  const Node* find(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  /// As find, and says it when the key is missing and no key of the mapping is a slip of the finger for it.
  const Node* require(std::string_view key, std::string hint = {}) const;
  /// Whether an unknown key comes nearest to this word; that mistake is said already.
  bool is_misspelt(std::string_view key) const { return misspelt_.find(key) != misspelt_.end(); }

  std::string text(std::string_view key) const;
  std::string required_text(std::string_view key, std::string hint = {}) const;
  bool flag(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<Instant> instant(std::string_view key) const;
  /// One word or a list of words, each once; says it, with the hint, when the list is there and empty.
  std::vector<const Node*> words(std::string_view key, std::string if_empty = "name at least one") const;
  std::vector<std::string> texts(std::string_view key) const;
  /// One of the words, else says so and returns the nearest or the first, so that what follows is read as it was meant.
  std::string one_of(std::string_view key, const std::vector<std::string>& words) const;
  /// The members of the mapping under the key, whatever they are called; empty when absent.
  std::vector<std::pair<const Node*, const Node*>> entries(std::string_view key) const;
  /// The same, each key a name.
  std::vector<std::pair<const Node*, const Node*>> named(std::string_view key, bool hyphens) const;

  workflow::Place place() const { return place_of(node_); }
  /// The place of the word before the colon; the key is there.
  workflow::Place place_of_key(std::string_view key) const;
  workflow::Place place_of(const Node& node) const { return page_.place(node.line, node.byte); }
  void wrong(const Node& node, std::string message, std::string hint = {}) const;
  const std::string& owner() const { return owner_; }
  Page& page() const { return page_; }

 private:
  /// The text of a scalar, or none after saying what is there instead.
  std::optional<std::string> scalar(const Node& node, std::string_view key) const;

  Page& page_;
  const Node& node_;
  const Node* name_;
  std::string owner_;
  std::set<std::string, std::less<>> misspelt_;  ///< known keys that an unknown one comes nearest to
};

}  // namespace tocsin::yaml_library
