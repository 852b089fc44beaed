// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/deadline.h"

#include <algorithm>

#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::workflow {

using case_file::CaseFile;
using case_file::ObligationFile;

namespace {

Json json_of(const std::optional<Instant>& at) { return at ? Json(format_instant(*at)) : Json(); }

std::optional<AnchorPoint> point_of_fact(const case_file::Claim* claim, const Anchor& anchor) {
  if (claim == nullptr) return std::nullopt;
  const auto span = span_of(claim->value);
  const auto at = span.from ? span.from : span.to;  // a range without a beginning uses its end
  if (!at) return std::nullopt;
  const bool is_range = claim->value.is_object();
  return AnchorPoint{&anchor, {}, *at, is_range && span.from && span.to ? span.to : std::nullopt, is_range};
}

/// The obligation that an anchor speaks of, on the data set from which it is seen.
const ObligationFile* obligation_of(const Definition& definition, const CaseFile& file, const Anchor& anchor,
                                    const std::string& data_set) {
  const auto* defined = definition.obligation(anchor.name);
  if (defined == nullptr || data_set.empty()) return file.obligation(anchor.name);
  return file.obligation(CaseFile::obligation_in(seen_from(file, data_set, defined->per), anchor.name));
}

std::optional<AnchorPoint> point_of(const Definition& definition, const CaseFile& file, const Anchor& anchor,
                                    const std::string& data_set) {
  switch (anchor.kind) {
    case Anchor::Kind::opened: return AnchorPoint{&anchor, {}, file.opened_at, {}, false};
    case Anchor::Kind::fact: return point_of_fact(claim_seen_from(definition, file, data_set, anchor.name), anchor);
    case Anchor::Kind::filed: {
      const auto* obligation = obligation_of(definition, file, anchor, data_set);
      const auto* filing = obligation == nullptr ? nullptr : file.standing_filing(*obligation);
      if (filing == nullptr) return std::nullopt;
      return AnchorPoint{&anchor, {}, filing->at, {}, false};
    }
    case Anchor::Kind::exempted: {
      const auto* obligation = obligation_of(definition, file, anchor, data_set);
      if (obligation == nullptr || !obligation->ruling || obligation->ruling->exemption != anchor.exemption)
        return std::nullopt;
      return AnchorPoint{&anchor, {}, obligation->ruling->at, {}, false};
    }
  }
  return std::nullopt;
}

/// An order or a contract: a fact that names the time itself, or the hours from the event.
std::optional<Instant> directed(const Definition& definition, const CaseFile& file, const Obligation& obligation,
                                const std::string& data_set, Instant event) {
  const auto* fact = obligation.directed.empty() ? nullptr : definition.fact(obligation.directed);
  const auto* claim = fact == nullptr ? nullptr : claim_seen_from(definition, file, data_set, fact->name);
  if (claim == nullptr) return std::nullopt;
  if (fact->kind != Fact::Kind::count) return span_of(claim->value).from;
  const auto range = range_of(claim->value);
  return range.from ? std::optional(event + hours(*range.from)) : std::nullopt;
}

/// The relief is ours where everybody has it, or where it is known who we are and nobody excludes that. Unknown is not ours.
bool has_relief(const Definition& definition, const CaseFile& file, const Obligation& obligation,
                const std::string& data_set, const ClockVersion& version) {
  if (!version.relief) return false;
  if (version.relief->not_for.empty()) return true;
  const auto* claim = claim_seen_from(definition, file, data_set, obligation.relief_for);
  if (claim == nullptr) return false;
  const auto excludes = [&](const Json& word) {
    return std::find(version.relief->not_for.begin(), version.relief->not_for.end(), word.text()) !=
           version.relief->not_for.end();
  };
  if (claim->value.is_array()) return std::none_of(claim->value.items().begin(), claim->value.items().end(), excludes);
  return !excludes(claim->value);
}

/// What more than the anchor decides: then the deadline is counted again to see whether it moved.
bool depends_on_more(const ClockVersion& version) {
  return version.relief || version.rule.counting == calendar::Counting::min_of ||
         version.rule.counting == calendar::Counting::as_directed;
}

}  // namespace

std::optional<AnchorPoint> anchor_point(const Definition& definition, const CaseFile& file, const Obligation& obligation,
                                        const std::string& data_set) {
  for (std::size_t i = 0; i < obligation.anchor.size(); ++i) {
    auto point = point_of(definition, file, obligation.anchor[i], data_set);
    if (!point) continue;
    point->provisional = point->provisional || i > 0;
    return point;
  }
  return std::nullopt;
}

Counted counted_with(const Definition& definition, const CaseFile& file, const Obligation& obligation,
                     const std::string& data_set, const ClockVersion& version, Instant event) {
  Counted counted{version.rule, {event, {}, {}}, definition.work_days(version)};
  counted.rule.noon_relief = has_relief(definition, file, obligation, data_set, version);
  for (const auto& [name, anchors] : obligation.starts)
    for (const auto& anchor : anchors)
      if (const auto point = point_of(definition, file, anchor, data_set)) {
        counted.starts.named.emplace_back(name, point->at);
        break;
      }
  counted.starts.directed = directed(definition, file, obligation, data_set, event);
  return counted;
}

void put_deadline(Json& body, const Definition& definition, const CaseFile& file, const Obligation& obligation,
                  const std::string& data_set, const AnchorPoint& anchor) {
  const auto& clock = *definition.clock(obligation.clock);
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
  auto with = counted_with(definition, file, obligation, data_set, *version, anchor.at);
  auto counted = calendar::count(with.rule, with.starts, with.work_days);
  steps.insert(steps.end(), counted.steps.begin(), counted.steps.end());
  body.set("basis", version->basis).set("law_from", json_of(version->from)).set("due", json_of(counted.due));
  if (anchor.until && counted.due) {
    with.starts.event = *anchor.until;
    const auto latest = calendar::deadline(with.rule, with.starts, with.work_days);
    body.set("due_latest", json_of(latest.at));
    steps.push_back("the anchor is a range: the earlier deadline is shown, lateness is judged by " +
                    format_instant(*latest.at));
  }
  body.set("provisional", anchor.provisional || !counted.open.empty()).set("derivation", Json::array(steps));
}

bool is_counted_so(const ObligationFile& held, const Definition& definition, const CaseFile& file,
                   const Obligation& obligation, const AnchorPoint& anchor) {
  if (held.anchor_at != anchor.at || held.anchor_until != anchor.until || held.anchor != anchor.text()) return false;
  const auto* version = definition.clock(obligation.clock)->in_force(anchor.at);
  if (version == nullptr) return held.provisional == anchor.provisional;
  if (!depends_on_more(*version) && version->rule.counting <= calendar::Counting::eu1182_hours)
    return held.provisional == anchor.provisional;
  const auto with = counted_with(definition, file, obligation, held.data_set, *version, anchor.at);
  const auto now = calendar::deadline(with.rule, with.starts, with.work_days);
  return held.due == now.at && held.provisional == (anchor.provisional || !now.is_certain);
}

}  // namespace tocsin::workflow
