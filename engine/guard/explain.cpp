// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "engine/guard/syntax.h"

namespace tocsin::guard {
namespace {

std::string shown(const Value& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "not known"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(const std::string& s) const { return "'" + s + "'"; }
    std::string operator()(const std::vector<std::string>& words) const {
      std::string text;
      for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
      return "{" + text + "}";
    }
    std::string operator()(const Range& r) const {
      return (r.from ? std::to_string(*r.from) : "") + ".." + (r.to ? std::to_string(*r.to) : "");
    }
  };
  return std::visit(Show{}, value);
}

class Explainer {
 public:
  explicit Explainer(const Situation& situation) : situation_(situation) {}

  /// Collects why `node` is not `wanted`.
  void why_not(const Node& node, Truth wanted) {
    if (truth_of(node, situation_) == wanted) return;
    switch (node.kind) {
      case Node::Kind::not_: return why_not(*node.children[0], wanted == Truth::yes ? Truth::no : Truth::yes);
      case Node::Kind::and_:
      case Node::Kind::or_:
        for (const auto& child : node.children) why_not(*child, wanted);
        return;
      case Node::Kind::compare: return comparison(node, wanted);
      case Node::Kind::in: return membership(node, wanted);
      case Node::Kind::has:
        return add(node.name, node.name + (wanted == Truth::yes ? " is not known" : " is known, and should not be"));
      case Node::Kind::call: return call(node, wanted);
      default: return never(wanted);
    }
  }

  std::vector<Reason> reasons;

 private:
  void add(std::string subject, std::string sentence) {
    const auto same = [&](const Reason& r) { return r.subject == subject; };
    if (std::none_of(reasons.begin(), reasons.end(), same)) reasons.push_back({std::move(subject), std::move(sentence)});
  }

  /// What has no name in it is so or is not, whatever is recorded.
  void never(Truth wanted) {
    add("condition", "the condition is never " + std::string(wanted == Truth::yes ? "true" : "false"));
  }

  void comparison(const Node& node, Truth wanted) {
    const auto& left = *node.children[0];
    const auto& right = *node.children[1];
    bool is_open = false;
    for (const auto* side : {&left, &right}) {
      if (side->kind != Node::Kind::name || value_of(*side, situation_).index() != 0) continue;
      add(side->name, side->name + " is not known");
      is_open = true;
    }
    if (is_open) return;
    if (left.kind == Node::Kind::name) return mismatch(left, node.compare, right, wanted);
    if (right.kind == Node::Kind::name) return mismatch(right, mirrored(node.compare), left, wanted);
    for (const auto& [said, asked] : {std::pair(&left, &right), std::pair(&right, &left)})
      if (const auto* word = std::get_if<bool>(&said->value); said->kind == Node::Kind::literal && word != nullptr) {
        const bool holds = (*word == (node.compare == Node::Compare::equal)) == (wanted == Truth::yes);
        return why_not(*asked, holds ? Truth::yes : Truth::no);
      }
    never(wanted);
  }

  /// `name` compared with something, where the name has a value.
  void mismatch(const Node& name, Node::Compare compare, const Node& with, Truth wanted) {
    const auto other = shown(value_of(with, situation_));
    const bool plain = (compare == Node::Compare::equal) == (wanted == Truth::yes) &&
                       (compare == Node::Compare::equal || compare == Node::Compare::not_equal);
    const std::string asks = plain ? "not " + other
                                   : std::string(wanted == Truth::yes ? "and should be " : "and should not be ") +
                                         std::string(word(compare)) + " " + other;
    add(name.name, name.name + " is " + shown(value_of(name, situation_)) + ", " + asks);
  }

  void membership(const Node& node, Truth wanted) {
    const auto& item = *node.children[0];
    const auto& name = item.kind == Node::Kind::name ? item : *node.children[1];
    if (name.kind != Node::Kind::name) return never(wanted);
    const auto value = value_of(name, situation_);
    if (value.index() == 0) return add(name.name, name.name + " is not known");
    add(name.name,
        name.name + " is " + shown(value) + (wanted == Truth::yes ? ", which does not fit" : ", which should not be"));
  }

  void call(const Node& node, Truth wanted) {
    const auto subject = node.name == "final" ? "final(" + node.argument + ")" : node.argument;
    const bool open = truth_of(node, situation_) == Truth::unknown;
    const std::string word = node.name == "final" ? "in a final state" : node.name;
    if (open) return add(subject, "whether " + node.argument + " is " + word + " cannot be said yet");
    add(subject, node.argument + " is " + (wanted == Truth::yes ? "not " : "") + word);
  }

  const Situation& situation_;
};

void collect(const Node& node, std::vector<std::string>& all) {
  std::string name = node.kind == Node::Kind::name || node.kind == Node::Kind::has ? node.name
                     : node.kind == Node::Kind::call                               ? node.argument
                                                                                   : "";
  if (!name.empty() && std::find(all.begin(), all.end(), name) == all.end()) all.push_back(std::move(name));
  for (const auto& child : node.children) collect(*child, all);
}

}  // namespace

std::vector<Reason> explain(const Guard& guard, const Situation& situation) {
  Explainer explainer(situation);
  explainer.why_not(guard.root(), Truth::yes);
  return std::move(explainer.reasons);
}

std::vector<std::string> names(const Guard& guard) {
  std::vector<std::string> all;
  collect(guard.root(), all);
  return all;
}

}  // namespace tocsin::guard
