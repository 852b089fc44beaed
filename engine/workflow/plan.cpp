// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/plan.h"

#include <algorithm>

#include "engine/workflow/deadline.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"
#include "engine/workflow/values.h"

namespace tocsin::workflow {
namespace {

using case_file::CaseFile;
using case_file::ObligationFile;
using guard::Truth;

Json json_of(const std::optional<Instant>& at) { return at ? Json(format_instant(*at)) : Json(); }

Draft by_itself(std::string_view type, const CaseFile& file, Instant at, Json body) {
  Draft draft;
  draft.event.type = type;
  draft.event.stream = file.ref;
  draft.event.at = at;
  draft.event.by = ledger::kClock;
  draft.event.body = std::move(body);
  return draft;
}

Json raised_body(const Definition& definition, const Obligation& obligation, const CaseFile& file,
                 const std::string& data_set, int instance) {
  const auto* clock = definition.clock(obligation.clock);
  const auto name = CaseFile::obligation_in(data_set, obligation.name);
  Json body = Json::object({{"obligation", instance == 1 ? name : name + "#" + std::to_string(instance)},
                            {"of", obligation.name},
                            {"instance", instance},
                            {"clock", clock->id},
                            {"kind", word(clock->weight())},
                            {"cause", file.version},
                            {"provisional", false}});
  if (!data_set.empty()) body.set("data_set", data_set);
  if (!obligation.owed_by.empty()) body.set("owed_by", obligation.owed_by);
  return body;
}

Draft raised(const Definition& definition, const Obligation& obligation, const CaseFile& file, const std::string& data_set,
             int instance, const std::optional<AnchorPoint>& anchor) {
  const auto* clock = definition.clock(obligation.clock);
  auto body = raised_body(definition, obligation, file, data_set, instance);
  if (anchor) put_deadline(body, definition, file, obligation, data_set, *anchor);
  else if (const auto* version = clock->in_force(file.last_recorded)) body.set("basis", version->basis);
  return by_itself("obligation_raised", file, file.last_recorded, std::move(body));
}

/// When an obligation changes by itself: its deadline passes, or the restriction by which it was ruled out ends.
std::optional<Instant> changes_by_itself(const ObligationFile& obligation) {
  if (obligation.state == obligation::State::due && obligation.verdict_due())
    return after_deadline(*obligation.verdict_due());
  if (obligation.state == obligation::State::ruled_out && obligation.ruling && obligation.ruling->ends_at)
    return after_deadline(*obligation.ruling->ends_at);
  return std::nullopt;
}

const ObligationFile* first_to_change(const CaseFile& file) {
  const ObligationFile* first = nullptr;
  for (const auto& obligation : file.obligations) {
    const auto at = changes_by_itself(obligation);
    if (at && (first == nullptr || *at < *changes_by_itself(*first))) first = &obligation;
  }
  return first;
}

std::optional<Draft> made_by_time(const CaseFile& file, Instant now) {
  const auto* first = first_to_change(file);
  if (first == nullptr || now < *changes_by_itself(*first)) return std::nullopt;
  const auto at = *changes_by_itself(*first);
  if (first->state == obligation::State::ruled_out)
    return by_itself("duty_reopened", file, at,
                     Json::object({{"obligation", first->name}, {"cause", first->ruling->decision}, {"ended", true}}));
  return by_itself("obligation_missed", file, at,
                   Json::object({{"obligation", first->name}, {"due", format_instant(*first->verdict_due())}}));
}

/// After a withdrawal the earliest further filing takes the place of the one that is gone.
std::optional<Draft> filing_stands(const Definition& definition, const CaseFile& file) {
  for (const auto& obligation : file.obligations) {
    const bool waits = obligation.state == obligation::State::due || obligation.state == obligation::State::overdue;
    const auto* filing = file.standing_filing(obligation);
    const auto* defined = definition.obligation(obligation.of);
    if (!waits || filing == nullptr || defined == nullptr) continue;
    const auto due = obligation.verdict_due();
    auto body = Json::object({{"obligation", obligation.name},
                              {"notice", filing->number},
                              {"verdict", due && filing->at > *due ? "late" : "in_time"}});
    if (!defined->again_when.empty())
      body.set("settled_with", settlement_values(definition, *defined, file, obligation.data_set));
    return by_itself("filing_stands", file, filing->at, std::move(body));
  }
  return std::nullopt;
}

std::optional<Draft> reopened_duty(const CaseFile& file) {
  for (const auto& obligation : file.obligations) {
    if (obligation.state != obligation::State::ruled_out || !obligation.ruling) continue;
    for (const auto& [name, version] : obligation.ruling->relied_on) {
      if (file.fact_version(name) == version) continue;
      return by_itself("duty_reopened", file, file.last_recorded,
                       Json::object({{"obligation", obligation.name}, {"cause", file.fact_version(name)}, {"fact", name}}));
    }
  }
  return std::nullopt;
}

std::optional<Draft> raised_next(const Definition& definition, const CaseFile& file, const CaseSituation& situation) {
  const auto on = [&](const Obligation& obligation, const std::string& data_set) -> std::optional<Draft> {
    if (file.obligation(CaseFile::obligation_in(data_set, obligation.name)) != nullptr) return std::nullopt;
    const auto anchor = anchor_point(definition, file, obligation, data_set);
    if (!anchor || situation.applies(obligation, data_set) == Truth::no) return std::nullopt;
    return raised(definition, obligation, file, data_set, 1, anchor);
  };
  static const std::string the_breach;
  for (const auto& obligation : definition.obligations) {
    if (obligation.per == Level::breach || file.data_sets.empty()) {
      if (auto draft = on(obligation, the_breach)) return draft;
      continue;
    }
    for (const auto& data_set : data_sets_at(file, obligation.per))
      if (auto draft = on(obligation, data_set)) return draft;
  }
  return std::nullopt;
}

std::optional<Draft> anchor_moved(const Definition& definition, const CaseFile& file) {
  for (const auto& held : file.obligations) {
    const auto* obligation = definition.obligation(held.of);
    if (obligation == nullptr || held.instance != 1) continue;  // an instance that came again keeps its own anchor
    const auto anchor = anchor_point(definition, file, *obligation, held.data_set);
    if (!anchor) {
      if (held.anchor.empty() || held.provisional) continue;
      Json body = Json::object({{"obligation", held.name}, {"cause", file.version}});
      // The last known anchor was taken back: the deadline stands, provisional.
      body.set("anchor", held.anchor)
          .set("anchor_at", json_of(held.anchor_at))
          .set("anchor_until", json_of(held.anchor_until));
      body.set("since", json_of(held.since)).set("due", json_of(held.due)).set("due_latest", json_of(held.due_latest));
      body.set("basis", held.basis).set("law_from", held.law_from.empty() ? Json() : Json(held.law_from));
      body.set("provisional", true).set("derivation", Json::array(held.derivation));
      return by_itself("anchor_moved", file, file.last_recorded, std::move(body));
    }
    if (is_counted_so(held, definition, file, *obligation, *anchor)) continue;
    Json body = Json::object({{"obligation", held.name}, {"cause", file.version}});
    put_deadline(body, definition, file, *obligation, held.data_set, *anchor);
    return by_itself("anchor_moved", file, file.last_recorded, std::move(body));
  }
  return std::nullopt;
}

/// A worse value after the newest instance was settled raises the next; its anchor is when that became known.
std::optional<Draft> raised_again(const Definition& definition, const CaseFile& file, const CaseSituation& situation) {
  for (const auto& held : file.obligations) {
    const auto* obligation = definition.obligation(held.of);
    if (obligation == nullptr || obligation->again_when.empty() || !held.is_settled()) continue;
    if (held.ruling && held.ruling->outcome == "restricted") continue;  // withheld for a time: what got worse waits with it
    if (file.obligation(CaseFile::obligation_in(held.data_set, held.of)) != &held) continue;  // not the newest
    if (situation.applies(*obligation, held.data_set) == Truth::no) continue;
    for (const auto& name : obligation->again_when) {
      const auto* fact = definition.fact(name);
      const auto* claim = claim_seen_from(definition, file, held.data_set, name);
      const auto before = held.settled_with.find(fact_seen_from(definition, file, held.data_set, name));
      if (fact == nullptr || claim == nullptr || before == held.settled_with.end()) continue;
      if (!is_worse(*fact, before->second, claim->value)) continue;
      return raised(definition, *obligation, file, held.data_set, held.instance + 1,
                    AnchorPoint{nullptr, name, claim->at, std::nullopt, false});
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Draft> plan(const Definition& definition, const CaseFile& file, Instant now) {
  if (file.stage == case_file::Stage::unopened) return std::nullopt;
  const CaseSituation situation(definition, file);
  if (file.stage == case_file::Stage::open)
    if (auto draft = made_by_time(file, now)) return draft;
  if (auto draft = filing_stands(definition, file)) return draft;
  if (auto draft = reopened_duty(file)) return draft;
  if (auto draft = raised_next(definition, file, situation)) return draft;
  if (auto draft = anchor_moved(definition, file)) return draft;
  return raised_again(definition, file, situation);
}

Draft raise_for_filing(const Definition& definition, const CaseFile& file, const Obligation& obligation,
                       const std::string& data_set) {
  return raised(definition, obligation, file, data_set, 1, anchor_point(definition, file, obligation, data_set));
}

std::optional<Instant> alarm(const CaseFile& file) {
  const auto* first = file.stage == case_file::Stage::open ? first_to_change(file) : nullptr;
  return first == nullptr ? std::nullopt : changes_by_itself(*first);
}

Json settlement_values(const Definition& definition, const Obligation& obligation, const CaseFile& file,
                       const std::string& data_set) {
  Json values = Json::object();
  for (const auto& name : obligation.again_when) {
    const auto* claim = claim_seen_from(definition, file, data_set, name);
    values.set(fact_seen_from(definition, file, data_set, name), claim == nullptr ? Json() : claim->value);
  }
  return values;
}

bool relied_on_has_changed(const CaseFile& file, const std::map<std::string, std::int64_t, std::less<>>& relied_on) {
  return std::any_of(relied_on.begin(), relied_on.end(),
                     [&](const auto& fact) { return file.fact_version(fact.first) != fact.second; });
}

}  // namespace tocsin::workflow
