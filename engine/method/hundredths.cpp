// SPDX-License-Identifier: Apache-2.0
#include "engine/method/hundredths.h"

#include <algorithm>

namespace tocsin::method {
namespace {

constexpr std::size_t most_digits = 6;  // before the point: no score is near a million

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string text_of(Hundredths value) {
  const auto size = value < 0 ? -value : value;
  const auto cents = std::to_string(size % 100);
  return (value < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

std::optional<Hundredths> parse_hundredths(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  const auto decimals = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  const bool fits = !whole.empty() && whole.size() <= most_digits && !decimals.empty() && decimals.size() <= 2;
  const bool has_zeros_in_front = whole.size() > 1 && whole.front() == '0';
  if (!fits || has_zeros_in_front || !are_digits(whole) || !are_digits(decimals)) return std::nullopt;
  auto digits = std::string(whole) + std::string(decimals);
  if (decimals.size() == 1) digits += '0';
  const auto size = static_cast<Hundredths>(std::stoll(digits));
  return is_negative ? -size : size;
}

}  // namespace tocsin::method
