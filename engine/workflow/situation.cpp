// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/situation.h"

#include <algorithm>

#include "engine/workflow/values.h"

namespace tocsin::workflow {

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

}  // namespace

Value CaseSituation::value(std::string_view name) const {
  if (name.starts_with("facts.")) {
    const auto* claim = file_.fact(after_dot(name));
    const auto* fact = claim == nullptr ? nullptr : definition_.fact(after_dot(name));
    return fact == nullptr ? Value{} : value_of(*fact, *claim);
  }
  if (name.starts_with("states.")) {
    const auto found = file_.states.find(after_dot(name));
    return found == file_.states.end() ? Value{} : Value(found->second);
  }
  if (name == "actions.open") return std::int64_t{file_.open_actions()};
  return {};
}

bool CaseSituation::has(std::string_view name) const {
  return !name.starts_with("facts.") || file_.fact(after_dot(name)) != nullptr;
}

Truth CaseSituation::applies(const Obligation& obligation) const {
  if (!obligation.applies) return Truth::yes;
  if (depth_ >= kDeepest) return Truth::unknown;
  return guard::evaluate(*obligation.applies, CaseSituation(definition_, file_, depth_ + 1));
}

Truth CaseSituation::settled(std::string_view name) const {
  const auto of = after_dot(name);
  bool raised = false;
  for (const auto& instance : file_.obligations) {
    if (instance.of != of) continue;
    if (!instance.is_settled()) return Truth::no;
    raised = true;
  }
  if (raised) return Truth::yes;
  const auto* obligation = definition_.obligation(of);
  if (obligation == nullptr) return Truth::unknown;
  const auto applies_now = applies(*obligation);
  return applies_now == Truth::no ? Truth::yes : applies_now == Truth::unknown ? Truth::unknown : Truth::no;
}

bool CaseSituation::filed(std::string_view name) const {
  const auto* obligation = file_.obligation(after_dot(name));
  return obligation != nullptr && file_.standing_filing(*obligation) != nullptr;
}

bool CaseSituation::incomplete(std::string_view name) const {
  const auto* obligation = file_.obligation(after_dot(name));
  if (obligation == nullptr || obligation->filings.empty()) return false;
  const auto* last = file_.notice(obligation->filings.back());
  return last != nullptr && !last->gaps.empty() && !last->claimed_complete;
}

bool CaseSituation::late(std::string_view name) const {
  const auto* obligation = file_.obligation(after_dot(name));
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

bool nothing_owed(const Definition& definition, const case_file::CaseFile& file) {
  const CaseSituation situation(definition, file);
  return std::all_of(definition.obligations.begin(), definition.obligations.end(), [&](const Obligation& obligation) {
    const auto* clock = definition.clock(obligation.clock);
    const bool blocks = obligation.owed_by.empty() && clock != nullptr && clock->kind != Clock::Kind::voluntary;
    return !blocks || situation.settled(obligation.name) == Truth::yes;
  });
}

}  // namespace tocsin::workflow
