// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/nearest.h"

namespace tocsin::guard {

/// Unknown is not no: a guard has three values, combined as CEL combines unknowns
/// (false && unknown is false, true || unknown is true, everything else with unknown is unknown).
enum class Truth { no, unknown, yes };

/// What a name may hold; the checker compares these.
struct Type {
  /// The kinds there are.
  enum class Kind { boolean, integer, text, choice, set, count, time, state, vaulted };
  Kind kind = Kind::text;               ///< one of them
  std::vector<std::string> words = {};  ///< choice, set, state: the known words; for an ordered choice from low to high
  bool ordered = false;                 ///< the words of a choice go from low to high
};

/// A count known only within limits; an absent end is open.
struct Range {
  std::optional<std::int64_t> from;                              ///< lowest, included
  std::optional<std::int64_t> to;                                ///< highest, included
  friend bool operator==(const Range&, const Range&) = default;  ///< same ends
};

/// What a name holds now. monostate: unknown.
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>, Range>;

/// The names a guard may use, gathered from a definition.
struct Scope {
  std::map<std::string, Type, std::less<>> names;  ///< "facts.risk", "states.assessment", "actions.open"
  std::set<std::string, std::less<>> obligations;  ///< for settled(obligations.X), filed(), incomplete(), late()
  std::set<std::string, std::less<>> regions;      ///< for final(X)
  std::set<std::string, std::less<>> exemptions;   ///< "staff.art_34_3_c", for exempted(obligations.X.NAME)
};

/// What a guard is asked about: a case, seen through names.
class Situation {
 public:
  virtual ~Situation() = default;
  virtual Value value(std::string_view name) const = 0;  ///< "facts.risk"; monostate when unknown
  virtual bool has(std::string_view name) const = 0;     ///< never unknown; works for vaulted facts too
  /// Whether all instances of "obligations.ico" are met or ruled out.
  virtual Truth settled(std::string_view obligation) const = 0;
  virtual bool filed(std::string_view obligation) const = 0;       ///< whether a filing of it stands
  virtual bool incomplete(std::string_view obligation) const = 0;  ///< whether the standing filing has gaps
  virtual bool late(std::string_view obligation) const = 0;        ///< whether the standing filing came after the deadline
  virtual bool final(std::string_view region) const = 0;           ///< whether the region is in a final state
  virtual bool exempted(std::string_view exemption) const = 0;     ///< "obligations.staff.art_34_3_c": ruled out by it
};

/// A mistake in a guard's text: where, what, and perhaps the nearest known word.
struct Mistake {
  std::size_t offset = 0;  ///< bytes from the beginning of the text
  std::string message;     ///< one sentence
  std::string hint;        ///< "did you mean 'risk'?", or empty
};

/// Why a guard is not true: one thing that would have to change.
struct Reason {
  std::string subject;   ///< "facts.risk", "states.assessment", "obligations.ico", "actions.open"
  std::string sentence;  ///< "facts.risk is not known", "states.assessment is 'scoping', not 'assessed'"
};

struct Node;  // the syntax tree; guard.cpp's own

/// A condition in a workflow file: a subset of CEL (docs/formats/guard.md) that always ends.
/// An immutable value; copying shares the tree. Thread-safe.
///
///   Parsed parsed = parse("facts.risk == 'high_risk' && !settled(obligations.ico)");
///   check(*parsed.guard, scope);                 // no mistakes
///   evaluate(*parsed.guard, situation);          // Truth::unknown while nobody has judged the risk
class Guard {
 public:
  /// As parse() makes it.
  Guard(std::string text, std::shared_ptr<const Node> root) : text_(std::move(text)), root_(std::move(root)) {}
  const std::string& text() const { return text_; }  ///< as it was written
  const Node& root() const { return *root_; }        ///< for the functions below

 private:
  std::string text_;
  std::shared_ptr<const Node> root_;
};

/// A guard, or what is wrong with its text.
struct Parsed {
  std::optional<Guard> guard;     ///< none when there are mistakes
  std::vector<Mistake> mistakes;  ///< in the order of the text
};

/// Reads a guard. Refuses text over 4096 bytes and nesting over 64.
Parsed parse(std::string_view text);

/// Checks names and types, and binds comparisons of ordered choices to their order: evaluate only what check() returned.
/// `guard` is none when there are mistakes.
Parsed check(const Guard& guard, const Scope& scope);

/// What the condition is in a situation. Pure; always ends.
Truth evaluate(const Guard& guard, const Situation& situation);

/// Why evaluate() is not `yes`, in the order of the text, each subject once; empty when it is.
std::vector<Reason> explain(const Guard& guard, const Situation& situation);

/// The names a guard reads ("facts.risk", "obligations.ico", "actions.open"), each once, in the order of the text.
std::vector<std::string> names(const Guard& guard);

using tocsin::nearest;  // its old name

}  // namespace tocsin::guard
