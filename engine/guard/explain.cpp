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
      case Node::Kind::name: return add(node.name, node.name + " is " + shown(value_of(node, situation_)));
      default: return add("condition", "the condition is never " + std::string(wanted == Truth::yes ? "true" : "false"));
    }
  }

  std::vector<Reason> reasons;

 private:
  void add(std::string subject, std::string sentence) {
    const auto same = [&](const Reason& r) { return r.subject == subject; };
    if (std::none_of(reasons.begin(), reasons.end(), same)) reasons.push_back({std::move(subject), std::move(sentence)});
  }

  void comparison(const Node& node, Truth wanted) {
    const bool name_left = node.children[0]->kind == Node::Kind::name;
    const auto& name = *node.children[name_left ? 0 : 1];
    const auto value = value_of(name, situation_);
    const auto other = shown(value_of(*node.children[name_left ? 1 : 0], situation_));
    if (value.index() == 0) return add(name.name, name.name + " is not known");
    const bool plain = (node.compare == Node::Compare::equal) == (wanted == Truth::yes) &&
                       (node.compare == Node::Compare::equal || node.compare == Node::Compare::not_equal);
    const std::string asks = plain ? "not " + other
                                   : std::string(wanted == Truth::yes ? "and should be " : "and should not be ") +
                                         std::string(word(node.compare)) + " " + other;
    add(name.name, name.name + " is " + shown(value) + ", " + asks);
  }

  void membership(const Node& node, Truth wanted) {
    const auto& item = *node.children[0];
    const auto& where = *node.children[1];
    const auto& name = item.kind == Node::Kind::name ? item : where;
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
