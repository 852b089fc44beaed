// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/guard/guard.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// Reads the value of a fact as a person types it, in the form in which events keep it:
///   time, period  "2026-05-02T20:10+01:00" -> "2026-05-02T19:10:00Z";  "A..B", "A..", "..B" -> {"from":..,"to":..}
///   choice        one of its words;   set  words separated by commas -> sorted array
///   count         "126" -> 126;  "12000..", "..47000", "12000..47000" -> {"from":..,"to":..}
///   text          as it is
///   "unknown"     null: takes the value back
/// Returns `invalid` with the words that are allowed, the nearest one first.
Result<Json> read_value(const Fact& fact, std::string_view typed);

/// A time that is known within limits. Of a single instant both are the same.
struct Span {
  std::optional<Instant> from;
  std::optional<Instant> to;
};
Span span_of(const Json& value);

/// A count known within limits, from its stored form.
guard::Range range_of(const Json& value);

/// Whether `after` is worse than `before`: a set gained an element, an ordered choice rose, a count's lower bound rose.
bool is_worse(const Fact& fact, const Json& before, const Json& after);

}  // namespace tocsin::workflow
