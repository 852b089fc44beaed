// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/situation.h"

#include <algorithm>
#include <set>

#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::workflow {

using case_file::CaseFile;
using guard::Truth;
using guard::Value;

namespace {

constexpr int kDeepest = 8;

Value value_of(const Fact& fact, const case_file::Claim& claim) {
  if (claim.vaulted) return {};
  switch (fact.kind) {
    case Fact::Kind::choice: return claim.value.text();
    case Fact::Kind::set: {
      std::vector<std::string> words;
      for (const auto& item : claim.value.items()) words.push_back(item.text());
      return words;
    }
    case Fact::Kind::count: {
      const auto range = range_of(claim.value);
      if (range.from && range.to && *range.from == *range.to) return *range.from;
      return range;
    }
    default: return {};
  }
}

std::string_view after_dot(std::string_view name) {
  const auto dot = name.find('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

/// One value for several groups: the worst of an ordered choice, all words of a set, the sum of counts; unknown while one that could
/// change it is.
class Together {
 public:
  explicit Together(const Fact& fact) : fact_(fact) {}

  void add(const Value& value) {
    const bool is_known = value.index() != 0;
    all_known_ = all_known_ && is_known;
    any_known_ = any_known_ || is_known;
    if (const auto* word = std::get_if<std::string>(&value)) worst_ = std::max(worst_, rank(*word));
    if (const auto* words = std::get_if<std::vector<std::string>>(&value)) words_.insert(words->begin(), words->end());
    if (const auto* number = std::get_if<std::int64_t>(&value)) add_range({*number, *number});
    else if (const auto* range = std::get_if<guard::Range>(&value)) add_range(*range);
    else if (fact_.kind == Fact::Kind::count) sum_.to.reset();
  }

  Value value() const {
    if (!any_known_) return {};
    switch (fact_.kind) {
      case Fact::Kind::count: return sum_.from == sum_.to ? Value(*sum_.from) : Value(sum_);
      case Fact::Kind::set: return all_known_ ? Value(std::vector<std::string>(words_.begin(), words_.end())) : Value{};
      case Fact::Kind::choice: {
        const bool decided =
            fact_.ordered && worst_ >= 0 && (all_known_ || worst_ + 1 == static_cast<int>(fact_.words.size()));
        return decided ? Value(fact_.words[static_cast<std::size_t>(worst_)]) : Value{};
      }
      default: return {};
    }
  }

 private:
  int rank(const std::string& word) const {
    return static_cast<int>(std::find(fact_.words.begin(), fact_.words.end(), word) - fact_.words.begin());
  }
  void add_range(const guard::Range& range) {
    sum_.from = *sum_.from + range.from.value_or(0);
    sum_.to = sum_.to && range.to ? std::optional(*sum_.to + *range.to) : std::nullopt;
  }

  const Fact& fact_;
  bool all_known_ = true, any_known_ = false;
  int worst_ = -1;
  std::set<std::string> words_;
  guard::Range sum_{0, 0};
};

}  // namespace

Value CaseSituation::value(std::string_view name) const {
  if (name.starts_with("facts.")) {
    const auto* fact = definition_.fact(after_dot(name));
    if (fact == nullptr) return {};
    if (const auto* claim = claim_seen_from(definition_, file_, data_set_, fact->name)) return value_of(*fact, *claim);
    return of_groups(*fact);
  }
  if (name.starts_with("states.")) {
    const auto found = file_.states.find(after_dot(name));
    return found == file_.states.end() ? Value{} : Value(found->second);
  }
  if (name == "actions.open") return std::int64_t{file_.open_actions()};
  return {};
}

/// What the groups of a data set have together, where the data set itself has no value.
Value CaseSituation::of_groups(const Fact& fact) const {
  if (fact.per != Level::group || file_.data_sets.empty()) return {};
  Together together(fact);
  for (const auto& group : file_.data_sets) {
    if (!group.is_group || group.of != data_set_) continue;
    const auto* claim = file_.fact(CaseFile::fact_in(group.name, fact.name));
    together.add(claim == nullptr ? Value{} : value_of(fact, *claim));
  }
  return together.value();
}

bool CaseSituation::has(std::string_view name) const {
  if (!name.starts_with("facts.")) return true;
  const auto* fact = definition_.fact(after_dot(name));
  if (fact == nullptr) return false;
  return claim_seen_from(definition_, file_, data_set_, fact->name) != nullptr || of_groups(*fact).index() != 0;
}

Truth CaseSituation::applies(const Obligation& obligation, const std::string& data_set) const {
  if (!obligation.applies) return Truth::yes;
  if (depth_ >= kDeepest) return Truth::unknown;
  return guard::evaluate(*obligation.applies, CaseSituation(definition_, file_, data_set, depth_ + 1));
}

Truth CaseSituation::settled(std::string_view name) const {
  const auto of = after_dot(name);
  bool is_raised = false;
  for (const auto& instance : file_.obligations) {
    if (instance.of != of) continue;
    if (!instance.is_settled()) return Truth::no;
    is_raised = true;
  }
  const auto* obligation = definition_.obligation(of);
  if (obligation == nullptr) return is_raised ? Truth::yes : Truth::unknown;
  if (is_raised && obligation->per == Level::breach) return Truth::yes;
  auto all = Truth::yes;
  for (const auto& data_set : data_sets_at(file_, obligation->per)) {
    if (file_.obligation(CaseFile::obligation_in(data_set, of)) != nullptr) continue;
    const auto applies_there = applies(*obligation, data_set);
    if (applies_there == Truth::yes) return Truth::no;
    if (applies_there == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

const case_file::ObligationFile* CaseSituation::held(std::string_view name) const {
  const auto of = after_dot(name);
  const auto* obligation = definition_.obligation(of);
  if (obligation == nullptr || data_set_.empty()) return file_.obligation(of);
  return file_.obligation(CaseFile::obligation_in(seen_from(file_, data_set_, obligation->per), of));
}

bool CaseSituation::filed(std::string_view name) const {
  const auto* obligation = held(name);
  return obligation != nullptr && file_.standing_filing(*obligation) != nullptr;
}

bool CaseSituation::incomplete(std::string_view name) const {
  const auto* obligation = held(name);
  if (obligation == nullptr || obligation->filings.empty()) return false;
  const auto* last = file_.notice(obligation->filings.back());
  return last != nullptr && !last->gaps_for(obligation->name).empty() && !last->claimed_complete;
}

bool CaseSituation::late(std::string_view name) const {
  const auto* obligation = held(name);
  const auto* filing = obligation == nullptr ? nullptr : file_.standing_filing(*obligation);
  return filing != nullptr && !filing->reason && case_file::on_current_facts(file_, *obligation) == "late";
}

bool CaseSituation::final(std::string_view name) const {
  const auto* region = definition_.region(after_dot(name));
  const auto found = file_.states.find(after_dot(name));
  if (region == nullptr || found == file_.states.end()) return false;
  const auto* state = region->state(found->second);
  return state != nullptr && state->final;
}

bool CaseSituation::exempted(std::string_view name) const {
  const auto path = after_dot(name);  // "staff.art_34_3_c"
  const auto dot = path.find('.');
  const auto* obligation = held(name.substr(0, name.size() - path.size() + dot));
  return obligation != nullptr && obligation->state == obligation::State::ruled_out && obligation->ruling &&
         obligation->ruling->exemption == path.substr(dot + 1);
}

std::vector<std::string> gaps_of(const Definition& definition, const CaseFile& file, const Clock& clock,
                                 const std::string& data_set) {
  const CaseSituation situation(definition, file, data_set);
  std::vector<std::string> gaps;
  for (const auto& content : clock.contents) {
    if (content.where_possible) continue;
    bool could = false, does = false;
    for (const auto& name : content.facts) {
      could = could || definition.fact(name) != nullptr;
      does = does || situation.has("facts." + name);
    }
    if (could && !does) gaps.push_back(content.field);
  }
  return gaps;
}

bool nothing_owed(const Definition& definition, const CaseFile& file) {
  const CaseSituation situation(definition, file);
  return std::all_of(definition.obligations.begin(), definition.obligations.end(), [&](const Obligation& obligation) {
    const auto* clock = definition.clock(obligation.clock);
    const bool blocks = clock != nullptr && obligation.blocks(*clock);
    return !blocks || situation.settled(obligation.name) == Truth::yes;
  });
}

}  // namespace tocsin::workflow
