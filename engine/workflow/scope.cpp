// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/scope.h"

#include <algorithm>

namespace tocsin::workflow {

using case_file::CaseFile;

namespace {

void add_groups_of(const CaseFile& file, const std::string& data_set, std::vector<std::string>& into) {
  const auto before = into.size();
  for (const auto& one : file.data_sets)
    if (one.is_group && one.of == data_set) into.push_back(one.name);
  if (into.size() == before) into.push_back(data_set);
}

}  // namespace

std::vector<std::string> data_sets_at(const CaseFile& file, Level level) {
  std::vector<std::string> all;
  const auto add = [&](const std::string& data_set) {
    if (level == Level::group) add_groups_of(file, data_set, all);
    else all.push_back(data_set);
  };
  add("");
  if (level == Level::breach) return all;
  for (const auto& one : file.data_sets)
    if (!one.is_group) add(one.name);
  return all;
}

std::string seen_from(const CaseFile& file, std::string_view data_set, Level level) {
  if (level == Level::breach || data_set.empty()) return {};
  const auto* found = file.data_set(data_set);
  if (found == nullptr) return {};
  return found->is_group && level == Level::data_set ? found->of : found->name;
}

std::string fact_seen_from(const Definition& definition, const CaseFile& file, std::string_view data_set,
                           std::string_view fact) {
  const auto* defined = definition.fact(fact);
  if (defined == nullptr || data_set.empty() || defined->per == Level::breach) return std::string(fact);
  auto own = CaseFile::fact_in(seen_from(file, data_set, defined->per), fact);
  if (defined->per != Level::group || file.fact(own) != nullptr) return own;
  auto of_data_set = CaseFile::fact_in(seen_from(file, data_set, Level::data_set), fact);
  return file.fact(of_data_set) != nullptr ? of_data_set : own;
}

const case_file::Claim* claim_seen_from(const Definition& definition, const CaseFile& file, std::string_view data_set,
                                        std::string_view fact) {
  if (data_set.empty()) return file.fact(fact);
  return file.fact(fact_seen_from(definition, file, data_set, fact));
}

const case_file::SeverityAssessment* suggestion_seen_from(const CaseFile& file, std::string_view data_set,
                                                          const Fact& fact) {
  if (fact.suggested_by.empty()) return nullptr;
  const auto* assessment = file.assessment(fact.suggested_by, data_set);
  if (assessment == nullptr) assessment = file.assessment(fact.suggested_by, seen_from(file, data_set, Level::data_set));
  if (assessment == nullptr) assessment = file.assessment(fact.suggested_by, "");
  return assessment == nullptr || !assessment->suggests.contains(fact.name) ? nullptr : assessment;
}

NamedFact named_fact(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return {{}, name};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

std::string data_set_of(std::string_view instance) {
  const auto at = instance.find('@');
  if (at == std::string_view::npos) return {};
  return std::string(instance.substr(at + 1, instance.find('#') - at - 1));
}

bool may_be_set_for(const CaseFile& file, std::string_view data_set, Level level) {
  if (data_set.empty()) return true;
  const auto* found = file.data_set(data_set);
  return found != nullptr && level != Level::breach && (level == Level::group || !found->is_group);
}

}  // namespace tocsin::workflow
