// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/plan.h"

#include <algorithm>

#include "engine/calendar/counting.h"
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

std::optional<AnchorPoint> point_of(const CaseFile& file, const Anchor& anchor) {
  switch (anchor.kind) {
    case Anchor::Kind::opened: return AnchorPoint{&anchor, {}, file.opened_at, {}, false};
    case Anchor::Kind::filed: {
      const auto* obligation = file.obligation(anchor.name);
      const auto* filing = obligation == nullptr ? nullptr : file.standing_filing(*obligation);
      if (filing == nullptr) return std::nullopt;
      return AnchorPoint{&anchor, {}, filing->at, {}, false};
    }
    case Anchor::Kind::fact: {
      const auto* claim = file.fact(anchor.name);
      if (claim == nullptr) return std::nullopt;
      const auto span = span_of(claim->value);
      const auto at = span.from ? span.from : span.to;  // a range without a beginning uses its end
      if (!at) return std::nullopt;
      const bool is_range = claim->value.is_object();
      return AnchorPoint{&anchor, {}, *at, is_range && span.from && span.to ? span.to : std::nullopt, is_range};
    }
  }
  return std::nullopt;
}

/// The members of an event that say by when: counted from the anchor under the version in force at its instant.
void put_deadline(Json& body, const Clock& clock, const AnchorPoint& anchor) {
  std::vector<std::string> steps;
  steps.push_back("anchor: " + anchor.text() + " = " + format_instant(anchor.at) +
                  (anchor.until ? " to " + format_instant(*anchor.until) : "") +
                  (anchor.provisional ? " (provisional: a better anchor is not known yet)" : ""));
  body.set("anchor", anchor.text()).set("anchor_at", format_instant(anchor.at)).set("anchor_until", json_of(anchor.until));
  body.set("since", format_instant(anchor.at));
  const auto* version = clock.in_force(anchor.at);
  if (version == nullptr) {
    steps.push_back("law: no version of " + clock.id + " was in force then, so there is no deadline");
    body.set("provisional", anchor.provisional).set("derivation", Json::array(steps));
    return;
  }
  steps.push_back("law: " + clock.id + ", " + version->basis +
                  (version->from ? ", in force from " + format_instant(*version->from) : "") + " (" + clock.place.file +
                  ":" + std::to_string(clock.place.line) + ")");
  auto counted = calendar::count(version->counting, version->period_hours, anchor.at);
  steps.insert(steps.end(), counted.steps.begin(), counted.steps.end());
  body.set("basis", version->basis).set("law_from", json_of(version->from)).set("due", json_of(counted.due));
  if (anchor.until && counted.due) {
    const auto latest = calendar::count(version->counting, version->period_hours, *anchor.until);
    body.set("due_latest", json_of(latest.due));
    steps.push_back("the anchor is a range: the earlier deadline is shown, lateness is judged by " +
                    format_instant(*latest.due));
  }
  body.set("provisional", anchor.provisional).set("derivation", Json::array(steps));
}

Json raised_body(const Definition& definition, const Obligation& obligation, const CaseFile& file, int instance) {
  const auto* clock = definition.clock(obligation.clock);
  Json body =
      Json::object({{"obligation", instance == 1 ? obligation.name : obligation.name + "#" + std::to_string(instance)},
                    {"of", obligation.name},
                    {"instance", instance},
                    {"clock", clock->id},
                    {"kind", word(clock->kind)},
                    {"cause", file.version},
                    {"provisional", false}});
  if (!obligation.owed_by.empty()) body.set("owed_by", obligation.owed_by);
  return body;
}

Draft raised(const Definition& definition, const Obligation& obligation, const CaseFile& file, int instance,
             const std::optional<AnchorPoint>& anchor) {
  const auto* clock = definition.clock(obligation.clock);
  auto body = raised_body(definition, obligation, file, instance);
  if (anchor) put_deadline(body, *clock, *anchor);
  else if (const auto* version = clock->in_force(file.last_recorded)) body.set("basis", version->basis);
  return by_itself("obligation_raised", file, file.last_recorded, std::move(body));
}

std::optional<Draft> missed(const CaseFile& file, Instant now) {
  const ObligationFile* first = nullptr;
  for (const auto& obligation : file.obligations) {
    const auto due = obligation.verdict_due();
    if (obligation.state != obligation::State::due || !due || now <= *due) continue;
    if (first == nullptr || *due < *first->verdict_due()) first = &obligation;
  }
  if (first == nullptr) return std::nullopt;
  const auto due = *first->verdict_due();
  return by_itself("obligation_missed", file, after_deadline(due),
                   Json::object({{"obligation", first->name}, {"due", format_instant(due)}}));
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
    if (!defined->again_when.empty()) body.set("settled_with", settlement_values(*defined, file));
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
  for (const auto& obligation : definition.obligations) {
    if (file.obligation(obligation.name) != nullptr) continue;
    const auto anchor = anchor_point(file, obligation);
    if (!anchor || situation.applies(obligation) == Truth::no) continue;
    return raised(definition, obligation, file, 1, anchor);
  }
  return std::nullopt;
}

std::optional<Draft> anchor_moved(const Definition& definition, const CaseFile& file) {
  for (const auto& held : file.obligations) {
    const auto* obligation = definition.obligation(held.of);
    if (obligation == nullptr || held.instance != 1) continue;  // an instance that came again keeps its own anchor
    const auto anchor = anchor_point(file, *obligation);
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
    const bool same =
        held.anchor_at == anchor->at && held.anchor_until == anchor->until && held.provisional == anchor->provisional;
    if (same && held.anchor == anchor->text()) continue;
    Json body = Json::object({{"obligation", held.name}, {"cause", file.version}});
    put_deadline(body, *definition.clock(obligation->clock), *anchor);
    return by_itself("anchor_moved", file, file.last_recorded, std::move(body));
  }
  return std::nullopt;
}

/// A worse value after the newest instance was settled raises the next; its anchor is when that became known.
std::optional<Draft> raised_again(const Definition& definition, const CaseFile& file, const CaseSituation& situation) {
  for (const auto& obligation : definition.obligations) {
    const auto* newest = obligation.again_when.empty() ? nullptr : file.obligation(obligation.name);
    if (newest == nullptr || !newest->is_settled() || situation.applies(obligation) == Truth::no) continue;
    for (const auto& name : obligation.again_when) {
      const auto* fact = definition.fact(name);
      const auto* claim = file.fact(name);
      const auto before = newest->settled_with.find(name);
      if (fact == nullptr || claim == nullptr || before == newest->settled_with.end()) continue;
      if (!is_worse(*fact, before->second, claim->value)) continue;
      return raised(definition, obligation, file, newest->instance + 1,
                    AnchorPoint{nullptr, name, claim->at, std::nullopt, false});
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<AnchorPoint> anchor_point(const CaseFile& file, const Obligation& obligation) {
  for (std::size_t i = 0; i < obligation.anchor.size(); ++i) {
    auto point = point_of(file, obligation.anchor[i]);
    if (!point) continue;
    point->provisional = point->provisional || i > 0;
    return point;
  }
  return std::nullopt;
}

std::optional<Draft> plan(const Definition& definition, const CaseFile& file, Instant now) {
  if (file.stage == case_file::Stage::unopened) return std::nullopt;
  const CaseSituation situation(definition, file);
  if (file.stage == case_file::Stage::open)
    if (auto draft = missed(file, now)) return draft;
  if (auto draft = filing_stands(definition, file)) return draft;
  if (auto draft = reopened_duty(file)) return draft;
  if (auto draft = raised_next(definition, file, situation)) return draft;
  if (auto draft = anchor_moved(definition, file)) return draft;
  return raised_again(definition, file, situation);
}

Draft raise_for_filing(const Definition& definition, const CaseFile& file, const Obligation& obligation) {
  return raised(definition, obligation, file, 1, anchor_point(file, obligation));
}

std::optional<Instant> alarm(const CaseFile& file) {
  if (file.stage != case_file::Stage::open) return std::nullopt;
  std::optional<Instant> first;
  for (const auto& obligation : file.obligations) {
    const auto due = obligation.verdict_due();
    if (obligation.state == obligation::State::due && due && (!first || after_deadline(*due) < *first))
      first = after_deadline(*due);
  }
  return first;
}

Json settlement_values(const Obligation& obligation, const CaseFile& file) {
  Json values = Json::object();
  for (const auto& name : obligation.again_when) {
    const auto* claim = file.fact(name);
    values.set(name, claim == nullptr ? Json() : claim->value);
  }
  return values;
}

bool relied_on_has_changed(const CaseFile& file, const std::map<std::string, std::int64_t, std::less<>>& relied_on) {
  return std::any_of(relied_on.begin(), relied_on.end(),
                     [&](const auto& fact) { return file.fact_version(fact.first) != fact.second; });
}

}  // namespace tocsin::workflow
