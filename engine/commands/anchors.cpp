// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/anchors.h"

#include <algorithm>

#include "engine/commands/recorder.h"
#include "engine/workflow/deadline.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

bool hangs_on(const Obligation& obligation, const std::string& fact) {
  return std::any_of(obligation.anchor.begin(), obligation.anchor.end(),
                     [&](const Anchor& a) { return a.kind == Anchor::Kind::fact && a.name == fact; });
}

/// Both ends as the clock counts them.
Span counted_ends(const Json& value) {
  const auto span = span_of(value);
  return {span.from ? span.from : span.to, span.from && span.to ? span.to : span.from ? span.from : span.to};
}

/// Whether it counts from the fact beside its anchor: another start, or the time or hours that were directed.
bool counts_with(const Obligation& obligation, const std::string& fact) {
  return obligation.directed == fact ||
         std::any_of(obligation.starts.begin(), obligation.starts.end(), [&](const auto& start) {
           return std::any_of(start.second.begin(), start.second.end(),
                              [&](const Anchor& a) { return a.kind == Anchor::Kind::fact && a.name == fact; });
         });
}

/// The end by which lateness is judged, counted now; none where the law then gives no deadline.
std::optional<Instant> end_of(const Definition& definition, const case_file::CaseFile& file, const Obligation& obligation,
                              const std::string& data_set, const AnchorPoint& anchor) {
  Json body = Json::object();
  put_deadline(body, definition, file, obligation, data_set, anchor);
  const auto end = parse_instant(body[body["due_latest"].is_text() ? "due_latest" : "due"].text());
  return end ? std::optional(*end) : std::nullopt;
}

bool ends_later(const Definition& definition, const case_file::CaseFile& before, const case_file::CaseFile& after,
                const Obligation& obligation, const std::string& data_set) {
  const auto was = anchor_point(definition, before, obligation, data_set),
             is = anchor_point(definition, after, obligation, data_set);
  if (!was || !is) return false;
  const auto ended = end_of(definition, before, obligation, data_set, *was);
  const auto ends = end_of(definition, after, obligation, data_set, *is);
  return ended && (!ends || *ended < *ends);
}

}  // namespace

bool moves_deadlines(const Definition& definition, const std::string& fact) {
  return std::any_of(definition.obligations.begin(), definition.obligations.end(),
                     [&](const Obligation& o) { return hangs_on(o, fact) || counts_with(o, fact); });
}

bool needs_reason(const Definition& definition, const case_file::CaseFile& file, const Fact& fact,
                  const std::string& full_name) {
  return (fact.judged || moves_deadlines(definition, fact.name)) && file.fact(full_name) != nullptr;
}

bool moves_later(const Definition& definition, const case_file::CaseFile& before, const case_file::CaseFile& after,
                 const std::string& fact, const std::string& full_name) {
  if (before.fact(full_name) == nullptr) return false;
  return std::any_of(definition.obligations.begin(), definition.obligations.end(), [&](const Obligation& o) {
    const auto data_sets = data_sets_at(before, o.per);
    return std::any_of(data_sets.begin(), data_sets.end(), [&](const std::string& data_set) {
      if (counts_with(o, fact) && ends_later(definition, before, after, o, data_set)) return true;
      const auto was = anchor_point(definition, before, o, data_set), is = anchor_point(definition, after, o, data_set);
      if (!was || !is || was->anchor == nullptr || was->anchor->name != fact) return false;
      // Lateness is judged by the later end, so it may not move either. A missing end counts as the beginning.
      return was->at < is->at || was->until.value_or(was->at) < is->until.value_or(is->at);
    });
  });
}

bool is_anchor(const Definition& definition, const std::string& fact) {
  return std::any_of(definition.obligations.begin(), definition.obligations.end(),
                     [&](const Obligation& o) { return hangs_on(o, fact); });
}

bool is_later(const Json& after, const Json& before) {
  const auto is = counted_ends(after), was = counted_ends(before);
  return was.from < is.from || was.to < is.to;
}

Result<void> check_in_force(const Definition& definition, const std::string& fact, const Json& value, Instant now) {
  const auto ends = counted_ends(value);
  for (const auto& obligation : definition.obligations) {
    const auto* clock = definition.clock(obligation.clock);
    if (clock == nullptr || !hangs_on(obligation, fact) || clock->in_force(now) == nullptr) continue;
    for (const auto& at : {ends.from, ends.to})
      if (at && clock->in_force(*at) == nullptr)
        return invalid("no version of " + clock->id + " was in force at " + format_instant(*at) + ": is the year right?",
                       "clock explain " + clock->id);
  }
  return {};
}

}  // namespace tocsin::commands
