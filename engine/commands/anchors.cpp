// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/anchors.h"

#include <algorithm>

#include "engine/commands/recorder.h"
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

}  // namespace

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
