// SPDX-License-Identifier: Apache-2.0
#include "engine/base/in_quotes.h"

#include <algorithm>

#include "engine/base/json.h"

namespace tocsin {
namespace {

bool continues_a_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;
  const bool is_cut = text.size() > kMost;
  auto end = is_cut ? kMost : text.size();
  while (is_cut && end > 0 && continues_a_letter(text[end])) --end;
  if (end == 0) end = std::min(text.size(), kMost);  // no letters at all
  std::string shown;
  for (const char c : text.substr(0, end)) shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\'' ? '?' : c;
  if (!is_utf8(shown))
    for (auto& c : shown) c = static_cast<unsigned char>(c) >= 0x80 ? '?' : c;
  return "'" + shown + (is_cut ? "...'" : "'");
}

}  // namespace tocsin
