// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/method/method.h"

// What method.cpp and the two kinds share; nobody else includes this.
namespace tocsin::method {

using Given = std::vector<std::pair<std::string, std::string>>;

/// Something that may be given: its name and the words it takes.
struct Asked {
  std::string name;
  std::vector<std::string> words;
};

/// Also the promise on which assess_scoring() relies: sums stay small, and each product is a whole number of hundredths.
std::vector<Mistake> check_scoring(const Scoring& scoring);
std::vector<Mistake> check_tree(const Tree& tree);

/// The names and words of `given` are known, and each name comes once.
Result<Assessment> assess_scoring(const Method& method, const Scoring& scoring, const Given& given);
Result<Assessment> assess_tree(const Method& method, const Tree& tree, const Given& given);

std::vector<Asked> asked_by(const Scoring& scoring);
std::vector<Asked> asked_by(const Tree& tree);

/// "did you mean 'risk'?", else the known words where they are few, else nothing.
std::string hint_for(std::string_view word, const std::vector<std::string>& known);

/// "a, b, c".
std::string listed(const std::vector<std::string>& words);

/// The word given under a name, or null.
const std::string* word_for(const Given& given, std::string_view name);

/// `text` with a full stop, unless it ends a sentence already.
std::string sentence(std::string text);

/// "This suggests risk: high_risk (confidence M). A person decides.": the last step of every assessment that suggests a word.
std::string suggestion_step(const Suggestion& suggestion);

/// The one of that name, or null.
template <class T>
const T* named(const std::vector<T>& all, std::string_view name) {
  for (const auto& one : all) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

template <class T>
std::vector<std::string> names_of(const std::vector<T>& all) {
  std::vector<std::string> out;
  for (const auto& one : all) out.push_back(one.name);
  return out;
}

}  // namespace tocsin::method
