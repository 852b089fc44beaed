// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/bearing.h"

#include <limits>
#include <map>

#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"

namespace tocsin::workflow {

using case_file::CaseFile;
using guard::Truth;
using guard::Value;

namespace {

/// What more a condition could name than anybody tries is taken to decide it.
constexpr int kMostTries = 20'000;

/// A case in which some facts that are not known were known.
class Supposed : public guard::Situation {
 public:
  explicit Supposed(const guard::Situation& as_it_is) : as_it_is_(as_it_is) {}
  std::map<std::string, Value, std::less<>> values;  ///< "facts.risk"

  Value value(std::string_view name) const override {
    const auto found = values.find(name);
    return found == values.end() ? as_it_is_.value(name) : found->second;
  }
  bool has(std::string_view name) const override { return values.contains(name) || as_it_is_.has(name); }
  Truth settled(std::string_view name) const override { return as_it_is_.settled(name); }
  bool filed(std::string_view name) const override { return as_it_is_.filed(name); }
  bool incomplete(std::string_view name) const override { return as_it_is_.incomplete(name); }
  bool late(std::string_view name) const override { return as_it_is_.late(name); }
  bool final(std::string_view name) const override { return as_it_is_.final(name); }
  bool exempted(std::string_view name) const override { return as_it_is_.exempted(name); }

 private:
  const guard::Situation& as_it_is_;
};

struct Open {
  std::string name;  ///< "facts.risk"
  std::vector<Value> answers;
};

std::vector<Value> answers_of(const Fact& fact) {
  if (fact.vaulted()) return {Value{}};
  std::vector<Value> all;
  switch (fact.kind) {
    case Fact::Kind::choice: all.assign(fact.words.begin(), fact.words.end()); break;
    case Fact::Kind::set:
      for (const auto& word : fact.words) all.emplace_back(std::vector<std::string>{word});
      all.emplace_back(fact.words);
      break;
    case Fact::Kind::count: all = {std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}; break;
    default: all = {Value{}};
  }
  return all;
}

class Trial {
 public:
  Trial(const guard::Guard& condition, const guard::Situation& as_it_is, const std::vector<Open>& open)
      : condition_(condition), supposed_(as_it_is), open_(open) {}

  /// Whether some answer to open fact `one` matters, under some answers to the others or none.
  bool decides(std::size_t one) { return with_others(0, one); }

 private:
  bool with_others(std::size_t next, std::size_t one) {
    if (next == open_.size()) return matters(open_[one]);
    if (with_others(next + 1, one)) return true;
    if (next == one) return false;
    for (const auto& answer : open_[next].answers) {
      supposed_.values[open_[next].name] = answer;
      const bool found = with_others(next + 1, one);
      supposed_.values.erase(open_[next].name);
      if (found) return true;
    }
    return false;
  }

  bool matters(const Open& fact) {
    const auto without = guard::evaluate(condition_, supposed_);
    bool differs = false;
    for (const auto& answer : fact.answers) {
      if (++tries_ > kMostTries) return true;
      supposed_.values[fact.name] = answer;
      differs = guard::evaluate(condition_, supposed_) != without;
      if (differs) break;
    }
    supposed_.values.erase(fact.name);
    return differs;
  }

  const guard::Guard& condition_;
  Supposed supposed_;
  const std::vector<Open>& open_;
  int tries_ = 0;
};

}  // namespace

std::vector<std::string> facts_that_decide(const Definition& definition, const CaseFile& file, const guard::Guard& condition,
                                           const std::string& data_set) {
  const CaseSituation as_it_is(definition, file, data_set);
  std::vector<Open> open;
  for (const auto& name : guard::names(condition)) {
    const auto* fact = name.starts_with("facts.") ? definition.fact(name.substr(6)) : nullptr;
    if (fact != nullptr && !unknown_names(definition, file, data_set, fact->name).empty())
      open.push_back({name, answers_of(*fact)});
  }
  std::vector<std::string> deciding;
  for (std::size_t i = 0; i < open.size(); ++i)
    if (Trial(condition, as_it_is, open).decides(i)) deciding.push_back(open[i].name.substr(6));
  return deciding;
}

std::vector<std::string> unknown_names(const Definition& definition, const CaseFile& file, std::string_view data_set,
                                       std::string_view name) {
  const auto* fact = definition.fact(name);
  if (fact == nullptr || claim_seen_from(definition, file, data_set, name) != nullptr) return {};
  const auto seen = seen_from(file, data_set, fact->per);
  std::vector<std::string> names;
  for (const auto& one : file.data_sets)
    if (fact->per == Level::group && one.is_group && one.of == seen) names.push_back(CaseFile::fact_in(one.name, name));
  if (const auto* held = file.data_set(seen); names.empty() || (held != nullptr && held->is_group))
    names = {CaseFile::fact_in(seen, name)};
  std::erase_if(names, [&](const std::string& full) { return file.fact(full) != nullptr; });
  return names;
}

}  // namespace tocsin::workflow
