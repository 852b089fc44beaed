// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tocsin {

/// What a run of plain bytes may hold beside ASCII.
enum class Beyond { no, yes };

/// How many bytes at the front of the text a JSON string holds as they are: from the space on, neither quote nor backslash;
/// bytes over 0x7f count only where `beyond` says so. Eight at a time: most of what is stored is such bytes.
template <Beyond beyond>
std::size_t plain_length(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  std::size_t i = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (std::uint64_t x = 0; i + sizeof x <= text.size(); i += sizeof x) {
      std::memcpy(&x, text.data() + i, sizeof x);
      const auto quote = x ^ (ones * '"'), backslash = x ^ (ones * '\\');
      // A borrow can mark the byte after a marked one, never one before it: the lowest mark is right.
      auto marks = ((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash);
      if constexpr (beyond == Beyond::no) marks |= x;
      marks &= tops;
      if (marks != 0) return i + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    }
  }
  for (; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == '"' || c == '\\' || (beyond == Beyond::no && c >= 0x80)) break;
  }
  return i;
}

}  // namespace tocsin
