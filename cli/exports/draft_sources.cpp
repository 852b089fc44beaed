// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/draft_sources.h"

#include <algorithm>

#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"
#include "engine/workflow/values.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using case_file::ObligationFile;
using workflow::FieldSource;
using Kind = FieldSource::Kind;
using State = obligation::State;

/// A guard's value in the form in which events keep it; null while unknown.
Json stored(const guard::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return Json(*number);
  if (const auto* word = std::get_if<std::string>(&value)) return Json(*word);
  if (const auto* words = std::get_if<std::vector<std::string>>(&value)) return Json::array(*words);
  const auto* range = std::get_if<guard::Range>(&value);
  if (range == nullptr) return {};
  Json json = Json::object();
  if (range->from) json.set("from", *range->from);
  if (range->to) json.set("to", *range->to);
  return json;
}

bool is_owed(const ObligationFile& one) { return one.state == State::due || one.state == State::overdue; }

}  // namespace

std::string short_name(const FieldSource& source) { return source.kind == Kind::fact ? source.name : source.text(); }

std::vector<std::string> listed(const Json& value) {
  std::vector<std::string> out;
  if (value.is_text()) out.push_back(value.text());
  for (const auto& item : value.items()) out.push_back(item.text());
  return out;
}

std::optional<Known> DraftSources::words_of(const case_file::TextRef& text) const {
  if (!text) return std::nullopt;
  const auto found = words_.find({text.n, text.field});
  if (found == words_.end() || !found->second) return Known{{}, true, true, words_.withheld.contains({text.n, text.field})};
  return Known{Json(*found->second), false, true};
}

std::vector<const ObligationFile*> DraftSources::held(std::string_view clock) const {
  const auto meant = form_.clock_for(clock, duty_.clock->id);
  std::vector<const ObligationFile*> all;
  for (const auto& one : file_.obligations)
    if (one.clock == meant && one.owed_by.empty() && is_seen(one)) all.push_back(&one);
  return all;
}

/// What hangs on the whole breach, on the data set that is drafted for, on its groups, and on the data set of a group drafted for.
bool DraftSources::is_seen(const ObligationFile& one) const {
  const auto* obligation = view_.definition->obligation(one.of);
  if (obligation == nullptr || obligation->per == workflow::Level::breach || one.data_set == duty_.data_set) return true;
  const auto data_set = [&](const std::string& name) { return workflow::seen_from(file_, name, workflow::Level::data_set); };
  return data_set(one.data_set) == duty_.data_set || one.data_set == data_set(duty_.data_set);
}

const case_file::Notice* DraftSources::filing(std::string_view clock) const {
  const auto all = held(clock);
  return all.empty() ? nullptr : file_.standing_filing(*all.back());
}

bool DraftSources::is_late() const {
  if (form_.clocks.empty()) return false;
  const auto all = held(form_.clocks.front());
  return !all.empty() && (all.back()->state == State::overdue || all.back()->state == State::met_late);
}

bool DraftSources::is_follow_up() const { return !form_.clocks.empty() && filing(form_.clocks.front()) != nullptr; }

/// Where several groups are told apart, one that is still owed speaks for all: nothing is said to be done that is half done.
std::optional<Known> DraftSources::state(std::string_view clock) const {
  const auto all = held(clock);
  if (all.empty()) return Known{Json(obligation::word(State::unraised))};
  const auto owed = std::find_if(all.rbegin(), all.rend(), [](const auto* one) { return is_owed(*one); });
  return Known{Json(obligation::word(owed == all.rend() ? all.back()->state : (*owed)->state))};
}

void DraftSources::add_besides(const std::string& full_name, std::vector<Said>& into) const {
  const auto* fact = file_.fact_file(full_name);
  if (fact == nullptr) return;
  for (const auto& claim : fact->standing)
    if (&claim != fact->adopted() && claim.is_known()) into.push_back({full_name, &claim});
}

std::vector<Said> DraftSources::besides(const std::string& fact) const {
  std::vector<Said> all;
  if (view_.definition->fact(fact) != nullptr)
    add_besides(workflow::fact_seen_from(*view_.definition, file_, duty_.data_set, fact), all);
  return all;
}

std::optional<Known> DraftSources::of_groups(const workflow::Fact& fact) const {
  if (fact.per != workflow::Level::group || fact.vaulted()) return std::nullopt;
  Known known;
  known.value = stored(workflow::CaseSituation(*view_.definition, file_, duty_.data_set).value("facts." + fact.name));
  if (known.value.is_null()) return std::nullopt;
  for (const auto& group : file_.data_sets) {
    if (!group.is_group || group.of != duty_.data_set) continue;
    const auto name = CaseFile::fact_in(group.name, fact.name);
    if (const auto* claim = file_.fact(name)) known.said.push_back({name, claim});
    add_besides(name, known.besides);
  }
  return known;
}

std::optional<Known> DraftSources::fact(const std::string& name) const {
  const auto* defined = view_.definition->fact(name);
  if (defined == nullptr) return std::nullopt;
  const auto* claim = workflow::claim_seen_from(*view_.definition, file_, duty_.data_set, name);
  if (claim == nullptr || !claim->is_known()) return of_groups(*defined);
  auto known = claim->vaulted ? words_of({claim->n, "value"}) : std::optional(Known{claim->value});
  const auto full_name = workflow::fact_seen_from(*view_.definition, file_, duty_.data_set, name);
  known->said.push_back({full_name, claim});
  add_besides(full_name, known->besides);
  return known;
}

std::optional<Known> DraftSources::known(const FieldSource& source, bool complete) const {
  switch (source.kind) {
    case Kind::fact: return fact(source.name);
    case Kind::begin:
    case Kind::end: {
      auto found = fact(source.name);
      if (!found) return std::nullopt;
      const auto span = workflow::span_of(found->value);
      const auto at = source.kind == Kind::begin ? span.from : span.to;
      if (!at) return std::nullopt;
      found->value = Json(format_instant(*at));
      return found;
    }
    case Kind::exactness: {
      auto found = fact(source.name);
      if (found) found->value = Json(found->value.is_integer() ? "exact" : "approximate");
      return found;
    }
    case Kind::state: return state(source.name);
    case Kind::filed: {
      const auto* notice = filing(source.name);
      return notice == nullptr ? std::nullopt : std::optional(Known{Json(format_instant(notice->at))});
    }
    case Kind::reference: {
      const auto* notice = filing(source.name);
      return notice == nullptr || notice->reference_pending ? std::nullopt : words_of(notice->reference);
    }
    case Kind::reason: {
      const auto* notice = filing(source.name);
      return notice == nullptr ? std::nullopt : words_of(notice->reason);
    }
    case Kind::exemption: {
      const auto all = held(source.name);
      if (all.empty() || !all.back()->ruling || all.back()->ruling->exemption.empty()) return std::nullopt;
      return Known{Json(all.back()->ruling->exemption)};
    }
    case Kind::ref: return Known{Json(file_.ref), false, true};
    case Kind::notification: return Known{Json(is_follow_up() ? "follow_up" : "new")};
    case Kind::completeness: return Known{Json(complete ? "complete" : "incomplete")};
    case Kind::lateness: return Known{Json(is_late() ? "late" : "in_time")};
  }
  return std::nullopt;
}

}  // namespace tocsin::cli
