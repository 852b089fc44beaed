// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/guard/syntax.h"

namespace tocsin::guard {
namespace {

using Tree = std::shared_ptr<Node>;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What an expression gives, as far as the checker needs it.
struct Gives {
  Type type;
  bool known = true;  ///< false after a mistake, so that one mistake is told once
  const Node* literal = nullptr;
};

class Checker {
 public:
  Checker(const Scope& scope, std::vector<Mistake>& mistakes) : scope_(scope), mistakes_(mistakes) {}

  /// A copy of the tree with comparisons bound to the order of their words.
  Tree condition(const Node& node) {
    auto [tree, gives] = expression(node);
    if (gives.known && gives.type.kind != Type::Kind::boolean)
      mistake(node.offset, "a condition is true or false, and this is neither", "compare it with something");
    return tree;
  }

 private:
  using Typed = std::pair<Tree, Gives>;

  void mistake(std::size_t offset, std::string message, std::string hint = {}) {
    mistakes_.push_back({offset, std::move(message), std::move(hint)});
  }
  static Typed boolean(const Tree& tree) { return {tree, {{Type::Kind::boolean}, true, nullptr}}; }
  static std::string suggest(std::string_view word, const std::vector<std::string>& known) {
    const auto best = nearest(word, known);
    return best.empty() ? "" : "did you mean '" + best + "'?";
  }

  Typed expression(const Node& node) {
    const auto tree = std::make_shared<Node>(node);
    switch (node.kind) {
      case Node::Kind::literal: return literal(tree, node);
      case Node::Kind::name: return name(tree);
      case Node::Kind::list:
        mistake(node.offset, "a list stands only to the right of 'in'");
        return {tree, {{}, false, nullptr}};
      case Node::Kind::not_:
      case Node::Kind::and_:
      case Node::Kind::or_:
        for (auto& child : tree->children) child = condition(*child);
        return boolean(tree);
      case Node::Kind::compare: return comparison(tree);
      case Node::Kind::in: return membership(tree);
      case Node::Kind::has: return has(tree);
      case Node::Kind::call: return call(tree);
    }
    return boolean(tree);
  }

  static Typed literal(const Tree& tree, const Node& node) {
    Type type;
    if (std::holds_alternative<bool>(node.value)) type.kind = Type::Kind::boolean;
    else if (std::holds_alternative<std::int64_t>(node.value)) type.kind = Type::Kind::integer;
    return {tree, {type, true, &node}};
  }

  const Type* known_name(const Node& node) {
    const auto found = scope_.names.find(node.name);
    if (found != scope_.names.end()) return &found->second;
    std::vector<std::string> known;
    for (const auto& [name, type] : scope_.names) known.push_back(name);
    mistake(node.offset, "nothing is called '" + node.name + "' here", suggest(node.name, known));
    return nullptr;
  }

  Typed name(const Tree& tree) {
    const auto* type = known_name(*tree);
    if (type == nullptr) return {tree, {{}, false, nullptr}};
    if (type->kind == Type::Kind::vaulted || type->kind == Type::Kind::time) {
      mistake(tree->offset, "'" + tree->name + (type->kind == Type::Kind::vaulted ? "' lies in the vault" : "' is a time") +
                                ": a guard may only ask has(" + tree->name + ")");
      return {tree, {{}, false, nullptr}};
    }
    return {tree, {*type, true, nullptr}};
  }

  Typed has(const Tree& tree) {
    if (!tree->name.starts_with("facts.")) mistake(tree->offset, "has() asks about a fact: has(facts.NAME)");
    else known_name(*tree);
    return boolean(tree);
  }

  Typed call(const Tree& tree) {
    if (tree->name == "ever") {
      mistake(tree->offset, "ever() comes in a later version");
      return boolean(tree);
    }
    if (tree->name == "final") {
      if (!scope_.regions.contains(tree->argument))
        mistake(tree->offset, "final() asks about a region, and none is called '" + tree->argument + "'",
                suggest(tree->argument, {scope_.regions.begin(), scope_.regions.end()}));
      return boolean(tree);
    }
    if (tree->name == "exempted") {
      const std::string prefix = "obligations.";
      const auto exemption = tree->argument.starts_with(prefix) ? tree->argument.substr(prefix.size()) : "";
      std::vector<std::string> known;
      for (const auto& one : scope_.exemptions) known.push_back(prefix + one);
      if (!scope_.exemptions.contains(exemption))
        mistake(tree->offset,
                "exempted() asks about an exemption of an obligation's clock, and none is called '" + tree->argument + "'",
                suggest(tree->argument, known));
      return boolean(tree);
    }
    if (!is_one_of(tree->name, {"settled", "filed", "incomplete", "late"})) {
      mistake(tree->offset, "there is no function '" + tree->name + "()'",
              suggest(tree->name, {"settled", "filed", "incomplete", "late", "final", "has", "exempted"}));
      return boolean(tree);
    }
    const std::string prefix = "obligations.";
    const auto obligation = tree->argument.starts_with(prefix) ? tree->argument.substr(prefix.size()) : "";
    if (!scope_.obligations.contains(obligation)) {
      std::vector<std::string> known;
      for (const auto& o : scope_.obligations) known.push_back(prefix + o);
      mistake(tree->offset, "'" + tree->name + "()' asks about an obligation, and none is called '" + tree->argument + "'",
              suggest(tree->argument, known));
    }
    return boolean(tree);
  }

  /// A word that is compared with a choice, set or state has to be one of its words.
  void check_word(const Type& type, const Node& literal) {
    const auto* word = std::get_if<std::string>(&literal.value);
    if (word == nullptr) return mistake(literal.offset, "this is compared with words, and is none");
    if (std::find(type.words.begin(), type.words.end(), *word) == type.words.end())
      mistake(literal.offset, "'" + *word + "' is not one of its words", suggest(*word, type.words));
  }

  static bool has_words(const Type& type) {
    return type.kind == Type::Kind::choice || type.kind == Type::Kind::set || type.kind == Type::Kind::state;
  }
  static bool is_number(const Type& type) { return type.kind == Type::Kind::integer || type.kind == Type::Kind::count; }

  Typed comparison(const Tree& tree) {
    auto [left_tree, left] = expression(*tree->children[0]);
    auto [right_tree, right] = expression(*tree->children[1]);
    tree->children = {left_tree, right_tree};
    if (!left.known || !right.known) return boolean(tree);
    const bool orders = tree->compare != Node::Compare::equal && tree->compare != Node::Compare::not_equal;
    if (left.type.kind == Type::Kind::set || right.type.kind == Type::Kind::set) {
      mistake(tree->offset, "a set is not compared: ask whether a word is 'in' it");
      return boolean(tree);
    }
    const auto& worded = has_words(left.type) ? left : right;
    const auto& other = has_words(left.type) ? right : left;
    if (has_words(worded.type)) {
      if (other.literal != nullptr) check_word(worded.type, *other.literal);
      else if (other.type.kind != worded.type.kind || other.type.words != worded.type.words)
        mistake(tree->offset, "these two have different words and are never compared");
      if (orders && !worded.type.ordered) mistake(tree->offset, "its words have no order: compare with == or !=");
      if (worded.type.ordered) tree->order = worded.type.words;
      return boolean(tree);
    }
    const bool numbers = is_number(left.type) && is_number(right.type);
    if (!numbers && left.type.kind != right.type.kind) mistake(tree->offset, "the two sides are of different kinds");
    else if (orders && !numbers) mistake(tree->offset, "only numbers and ordered choices have an order");
    return boolean(tree);
  }

  Typed membership(const Tree& tree) {
    auto [item_tree, item] = expression(*tree->children[0]);
    auto& where = tree->children[1];
    tree->children[0] = item_tree;
    if (where->kind == Node::Kind::list) {
      auto list = std::make_shared<Node>(*where);
      for (auto& child : list->children) {
        auto [child_tree, gives] = expression(*child);
        child = child_tree;
        if (!item.known || !gives.known) continue;
        if (has_words(item.type) && gives.literal != nullptr) check_word(item.type, *gives.literal);
        else if (gives.type.kind != item.type.kind && !(is_number(gives.type) && is_number(item.type)))
          mistake(child->offset, "the list holds something of another kind");
      }
      where = std::move(list);
      return boolean(tree);
    }
    auto [set_tree, set] = expression(*where);
    where = set_tree;
    if (!set.known || !item.known) return boolean(tree);
    if (set.type.kind != Type::Kind::set) mistake(where->offset, "'in' asks about a set or a list");
    else if (item.literal != nullptr) check_word(set.type, *item.literal);
    return boolean(tree);
  }

  const Scope& scope_;
  std::vector<Mistake>& mistakes_;
};

}  // namespace

Parsed check(const Guard& guard, const Scope& scope) {
  Parsed parsed;
  auto tree = Checker(scope, parsed.mistakes).condition(guard.root());
  if (parsed.mistakes.empty()) parsed.guard = Guard(guard.text(), tree);
  return parsed;
}

}  // namespace tocsin::guard
