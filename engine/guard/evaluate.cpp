// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/guard/syntax.h"

namespace tocsin::guard {
namespace {

Truth truth(bool b) { return b ? Truth::yes : Truth::no; }

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth opposite(Truth t) { return t == Truth::unknown ? t : truth(t == Truth::no); }

bool holds(Node::Compare compare, std::strong_ordering order) {
  switch (compare) {
    case Node::Compare::equal: return order == 0;
    case Node::Compare::not_equal: return order != 0;
    case Node::Compare::less: return order < 0;
    case Node::Compare::less_equal: return order <= 0;
    case Node::Compare::greater: return order > 0;
    case Node::Compare::greater_equal: return order >= 0;
  }
  return false;
}

/// True or false only where it is so for every value in the range: the two ends decide order, and equality needs the range to be a point.
Truth compare_range(const Range& range, Node::Compare compare, std::int64_t with) {
  const bool below = range.to && *range.to < with, above = range.from && *range.from > with;
  switch (compare) {
    case Node::Compare::equal:
    case Node::Compare::not_equal: {
      if (below || above) return truth(compare == Node::Compare::not_equal);
      const bool point = range.from && range.to && *range.from == *range.to;
      return point ? truth(compare == Node::Compare::equal) : Truth::unknown;
    }
    case Node::Compare::less:
      if (below) return Truth::yes;
      return range.from && *range.from >= with ? Truth::no : Truth::unknown;
    case Node::Compare::less_equal:
      if (range.to && *range.to <= with) return Truth::yes;
      return above ? Truth::no : Truth::unknown;
    case Node::Compare::greater: return opposite(compare_range(range, Node::Compare::less_equal, with));
    case Node::Compare::greater_equal: return opposite(compare_range(range, Node::Compare::less, with));
  }
  return Truth::unknown;
}

Truth is_in(const Node& node, const Situation& situation) {
  const auto wanted = value_of(*node.children[0], situation);
  const auto& where = *node.children[1];
  if (where.kind == Node::Kind::list) {
    auto found = Truth::no;
    for (const auto& item : where.children) {
      const auto same = compare_values(wanted, Node::Compare::equal, value_of(*item, situation), {});
      if (same == Truth::yes) return same;
      if (same == Truth::unknown) found = Truth::unknown;
    }
    return found;
  }
  const auto value = value_of(where, situation);
  const auto* set = std::get_if<std::vector<std::string>>(&value);
  const auto* text = std::get_if<std::string>(&wanted);
  if (set == nullptr || text == nullptr) return Truth::unknown;
  return truth(std::find(set->begin(), set->end(), *text) != set->end());
}

Truth call(const Node& node, const Situation& situation) {
  if (node.name == "settled") return situation.settled(node.argument);
  if (node.name == "filed") return truth(situation.filed(node.argument));
  if (node.name == "incomplete") return truth(situation.incomplete(node.argument));
  if (node.name == "late") return truth(situation.late(node.argument));
  if (node.name == "final") return truth(situation.final(node.argument));
  if (node.name == "exempted") return truth(situation.exempted(node.argument));
  return Truth::unknown;
}

}  // namespace

Truth compare_values(const Value& left, Node::Compare compare, const Value& right, const std::vector<std::string>& order) {
  if (left.index() == 0 || right.index() == 0) return Truth::unknown;
  const auto* range = std::get_if<Range>(&left);
  if (range != nullptr && std::holds_alternative<std::int64_t>(right))
    return compare_range(*range, compare, std::get<std::int64_t>(right));
  if (std::holds_alternative<Range>(right) && std::holds_alternative<std::int64_t>(left))
    return compare_values(right, mirrored(compare), left, order);
  if (left.index() != right.index()) return truth(compare == Node::Compare::not_equal);
  if (const auto* a = std::get_if<std::int64_t>(&left)) return truth(holds(compare, *a <=> std::get<std::int64_t>(right)));
  if (const auto* a = std::get_if<bool>(&left)) return truth(holds(compare, *a <=> std::get<bool>(right)));
  if (const auto* a = std::get_if<std::string>(&left)) {
    const auto& b = std::get<std::string>(right);
    if (order.empty()) return truth(holds(compare, *a <=> b));
    return truth(holds(compare, std::find(order.begin(), order.end(), *a) <=> std::find(order.begin(), order.end(), b)));
  }
  return Truth::unknown;  // two ranges: nothing is so for every pair; sets are not compared, as check() says
}

Value value_of(const Node& node, const Situation& situation) {
  switch (node.kind) {
    case Node::Kind::literal: return node.value;
    case Node::Kind::name: return situation.value(node.name);
    default: {
      const auto t = truth_of(node, situation);
      return t == Truth::unknown ? Value{} : Value(t == Truth::yes);
    }
  }
}

Truth truth_of(const Node& node, const Situation& situation) {
  switch (node.kind) {
    case Node::Kind::literal:
    case Node::Kind::name: {
      const auto value = value_of(node, situation);
      const auto* b = std::get_if<bool>(&value);
      return b == nullptr ? Truth::unknown : truth(*b);
    }
    case Node::Kind::not_: return opposite(truth_of(*node.children[0], situation));
    case Node::Kind::and_:
    case Node::Kind::or_: {
      const bool is_and = node.kind == Node::Kind::and_;
      const auto decides = is_and ? Truth::no : Truth::yes;
      auto result = is_and ? Truth::yes : Truth::no;
      for (const auto& child : node.children) {
        const auto t = truth_of(*child, situation);
        if (t == decides) return t;
        result = is_and ? both(result, t) : opposite(both(opposite(result), opposite(t)));
      }
      return result;
    }
    case Node::Kind::compare:
      return compare_values(value_of(*node.children[0], situation), node.compare, value_of(*node.children[1], situation),
                            node.order);
    case Node::Kind::in: return is_in(node, situation);
    case Node::Kind::has: return truth(situation.has(node.name));
    case Node::Kind::call: return call(node, situation);
    case Node::Kind::list: return Truth::unknown;
  }
  return Truth::unknown;
}

Truth evaluate(const Guard& guard, const Situation& situation) { return truth_of(guard.root(), situation); }

namespace {

Evaluated evaluated(const Node& node, const Situation& situation) {
  Evaluated result;
  if (node.kind == Node::Kind::list) {
    result.kind = Evaluated::Kind::list;
    for (const auto& child : node.children) result.list.push_back(evaluated(*child, situation));
    return result;
  }
  const auto value = value_of(node, situation);
  if (const auto* b = std::get_if<bool>(&value)) result.kind = Evaluated::Kind::boolean, result.boolean = *b;
  if (const auto* i = std::get_if<std::int64_t>(&value)) result.kind = Evaluated::Kind::integer, result.integer = *i;
  if (const auto* s = std::get_if<std::string>(&value)) result.kind = Evaluated::Kind::text, result.text = *s;
  return result;
}

}  // namespace

Evaluated evaluate_value(const Guard& guard, const Situation& situation) { return evaluated(guard.root(), situation); }

}  // namespace tocsin::guard
