// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// What the parts of check() share: the definition and the mistakes found so far.
class Findings {
 public:
  explicit Findings(const Definition& definition) : definition_(definition) {}

  void error(Place place, std::string message, std::string hint = {});
  void warning(Place place, std::string message, std::string hint = {});
  /// The place of a word that the reader kept, else that of the thing it belongs to.
  Place place_of(const std::string& key, const Place& otherwise) const;
  /// An error at the place of the word unless it is one of the known; an absent word is the reader's
  /// business. `where` follows the word: " in region 'case'".
  void expect(const std::string& key, std::string_view word, const std::vector<std::string>& known, const std::string& what,
              const Place& owner, const std::string& where = {});

  const std::vector<Issue>& issues() const { return issues_; }
  std::vector<Issue> take() { return std::move(issues_); }

 private:
  const Definition& definition_;
  std::vector<Issue> issues_;
};

/// "did you mean 'risk'?", else the known words where they are few, else nothing.
std::string nearest_hint(std::string_view word, const std::vector<std::string>& known);

void check_regions(const Definition& definition, Findings& findings);
void check_obligations(const Definition& definition, Findings& findings);
/// Roles of an approval; `key` is where its words were kept ("transitions.close.approval").
void check_approval(const Approval& approval, const std::string& key, const Definition& definition, const Place& owner,
                    Findings& findings);

/// Letters in the first bytes of a UTF-8 text: a mistake's offset in a guard made into columns.
int letters_before(std::string_view text, std::size_t bytes);

/// The names of a list of parties, facts, states, ..., for hints.
template <class T>
std::vector<std::string> names_of(const std::vector<T>& all) {
  std::vector<std::string> out;
  for (const auto& one : all) out.push_back(one.name);
  return out;
}
std::vector<std::string> role_names(const Definition& definition);

}  // namespace tocsin::workflow
