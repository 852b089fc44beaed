// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::method {

/// A number of at most two decimals as a whole number of hundredths: 0.25 is 25. Sums and products stay exact.
using Hundredths = std::int64_t;

/// Always with two decimals: "0.25", "-1.00".
std::string text_of(Hundredths value);

/// Reads "3", "0.5" or "-1.25". None for anything else: a third decimal, a sign +, an exponent, zeros in front, more than six
/// digits before the point.
std::optional<Hundredths> parse_hundredths(std::string_view text);

}  // namespace tocsin::method
