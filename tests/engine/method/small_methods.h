// SPDX-License-Identifier: Apache-2.0
// Two small methods, one of each kind, and what is wrong with them after a change.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/method/method.h"

namespace tocsin::tests {

using namespace tocsin::method;

using Answers = std::vector<std::pair<std::string, std::string>>;

/// Weight times number, plus a nuisance: as small as a method that uses everything can be.
inline Method parcels() {
  Scoring scoring;
  scoring.inputs = {
      {"weight", "Weight", {{"light", "light", 25}, {"heavy", "heavy", 150}}, "", {}, ""},
      {"number",
       "Number",
       {{"one", "one", 100}, {"ten", "ten", 1000}},
       "weight",
       {{"light", {"one", "ten"}}, {"heavy", {"one"}}},
       ""},
      {"nuisance", "Nuisance", {{"none", "none", 0}, {"noise", "noise", -50}, {"smell", "smell", 300}}, "", {}, ""},
  };
  scoring.parts = {{"mass", "Mass", {"weight"}, {}, {}},
                   {"count", "Count", {"number"}, {}, 500},
                   {"bother", "Bother", {"nuisance"}, 0, {}}};
  scoring.multiply = {"mass", "count"};
  scoring.add = {"bother"};
  scoring.bands = {{"small", "Small", {}, 125}, {"big", "Big", 125, {}}};
  scoring.flags = {{"fragile", "Fragile", ""}};
  scoring.suggests = {{"van", {{"big", "needed"}}, "M", "Our own reading."}};
  return {"parcels", "Parcels", "", "nowhere", "M", "", scoring};
}

inline Method doors() {
  Tree tree;
  tree.questions = {
      {"colour", "Which colour is the door?", {{"red", "Red", "key"}, {"blue", "Blue", "outside"}}, "nowhere", "M", ""},
      {"key", "Have you a key?", {{"yes", "Yes", "inside"}, {"no", "No", "outside"}}, "nowhere", "M", ""},
  };
  tree.outcomes = {{"inside", "Inside", "Sit down", {{"warm", "yes"}}, "the lease", "nowhere", "B", "for now"},
                   {"outside", "Outside", "Wait", {}, "", "nowhere", "M", ""}};
  return {"doors", "Doors", "", "nowhere", "M", "", tree};
}

inline std::string refusal(const Method& method, const Answers& answers) {
  const auto result = assess(method, answers);
  if (result) return "assessed as " + result->result;
  CHECK(result.error().code == Errc::invalid);
  return result.error().message;
}

/// "inputs.x.by: message (hint)" of each mistake after a change.
template <class Rules, class Change>
std::vector<std::string> mistakes(Method method, Change change) {
  change(std::get<Rules>(method.rules));
  std::vector<std::string> out;
  for (const auto& one : check(method)) out.push_back(one.at + ": " + one.message + " (" + one.hint + ")");
  return out;
}
template <class Change>
std::vector<std::string> in_parcels(Change change) {
  return mistakes<Scoring>(parcels(), change);
}
template <class Change>
std::vector<std::string> in_doors(Change change) {
  return mistakes<Tree>(doors(), change);
}

using Said = std::vector<std::string>;

}  // namespace tocsin::tests
