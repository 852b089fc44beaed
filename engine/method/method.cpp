// SPDX-License-Identifier: Apache-2.0
// What both kinds share: the front of check() and assess(), and the judging of names and words.
#include "engine/method/method.h"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/base/nearest.h"
#include "engine/method/kinds.h"

namespace tocsin::method {
namespace {

constexpr std::size_t few = 12;       // words that a hint may list
constexpr std::size_t most_said = 8;  // mistakes in one sentence: more would be a book

/// What is wrong with the names and words alone, all in one error.
std::optional<Error> misspelt(const Method& method, const std::vector<Asked>& asked, const Given& given) {
  std::vector<std::string> all_names;
  for (const auto& one : asked) all_names.push_back(one.name);
  std::set<std::string_view> seen;
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i < given.size() && wrong.size() < most_said; ++i) {
    const auto& [name, word] = given[i];
    const auto* one = named(asked, name);
    const auto say = [&](const std::string& message, const std::string& hint) {
      wrong.push_back(hint.empty() ? sentence(message) : sentence(message + ": " + hint));
    };
    if (one == nullptr) {
      say("answer " + std::to_string(i + 1) + " has a name that " + method.name + " does not ask for",
          hint_for(name, all_names));
    } else if (!seen.insert(name).second) {
      say("'" + name + "' is answered twice", "keep one of the two");
    } else if (std::find(one->words.begin(), one->words.end(), word) == one->words.end()) {
      say("'" + name + "' does not know this word", hint_for(word, one->words));
    }
  }
  if (wrong.empty()) return std::nullopt;
  std::string message;
  for (const auto& one : wrong) message += (message.empty() ? "" : " ") + one;
  return Error{Errc::invalid, std::move(message)};
}

}  // namespace

std::string hint_for(std::string_view word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  if (!near.empty()) return "did you mean '" + near + "'?";
  if (known.empty() || known.size() > few) return {};
  return (known.size() == 1 ? "known is " : "known are ") + listed(known);
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

const std::string* word_for(const Given& given, std::string_view name) {
  for (const auto& [key, word] : given) {
    if (key == name) return &word;
  }
  return nullptr;
}

std::string sentence(std::string text) {
  const bool ends = !text.empty() && std::string_view(".?!").find(text.back()) != std::string_view::npos;
  return ends ? text : text + ".";
}

std::string suggestion_step(const Suggestion& suggestion) {
  return "This suggests " + suggestion.fact + ": " + suggestion.word + " (confidence " + suggestion.confidence +
         "). A person decides.";
}

std::vector<Mistake> check(const Method& method) {
  const auto* scoring = std::get_if<Scoring>(&method.rules);
  return scoring != nullptr ? check_scoring(*scoring) : check_tree(std::get<Tree>(method.rules));
}

Result<Assessment> assess(const Method& method, const std::vector<std::pair<std::string, std::string>>& inputs) {
  const auto mistakes = check(method);
  if (!mistakes.empty()) {
    return Error{Errc::invalid,
                 "method " + method.name + " has a mistake at " + mistakes.front().at + ": " + mistakes.front().message};
  }
  const auto* scoring = std::get_if<Scoring>(&method.rules);
  const auto asked = scoring != nullptr ? asked_by(*scoring) : asked_by(std::get<Tree>(method.rules));
  if (auto error = misspelt(method, asked, inputs)) return *std::move(error);
  if (scoring != nullptr) return assess_scoring(method, *scoring, inputs);
  return assess_tree(method, std::get<Tree>(method.rules), inputs);
}

}  // namespace tocsin::method
