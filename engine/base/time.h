// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tocsin {

/// A length of elapsed time in microseconds. An hour is 3600 real seconds, whatever the wall clock did.
struct Duration {
  std::int64_t micros = 0;                            ///< microseconds; may be negative
  auto operator<=>(const Duration&) const = default;  ///< by length
};

/// N seconds; also negative ones. No check for overflow: n is below 2^63 / 1'000'000.
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }  ///< n minutes
constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }    ///< n hours of 3600 seconds

/// A point on the UTC time line, microseconds since 1970-01-01T00:00:00Z. Never local, never ambiguous.
struct Instant {
  std::int64_t micros = 0;                           ///< since 1970-01-01T00:00:00Z; negative before
  auto operator<=>(const Instant&) const = default;  ///< by time
};

constexpr Instant operator+(Instant t, Duration d) { return {t.micros + d.micros}; }  ///< elapsed time after
constexpr Instant operator-(Instant t, Duration d) { return {t.micros - d.micros}; }  ///< elapsed time before
constexpr Duration operator-(Instant a, Instant b) { return {a.micros - b.micros}; }  ///< elapsed time from b to a

/// Reads RFC 3339 with an offset or Z ("2026-05-02T20:00:00.5+01:00"); the seconds may be left out.
/// Returns `invalid`, saying what is missing, for a time without zone, an impossible date, a year outside
/// 1900-2999, a leap second, or more than six decimals.
Result<Instant> parse_instant(std::string_view text);

/// Writes UTC with Z: "2026-05-02T19:00:00Z", six decimals only when the second is not whole.
/// parse_instant(format_instant(t)) == t.
std::string format_instant(Instant t);
void append_instant(std::string& out, Instant t);  ///< the same, behind what is there

}  // namespace tocsin
