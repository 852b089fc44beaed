// SPDX-License-Identifier: Apache-2.0
#include "engine/base/canonical_reader.h"

#include <iterator>
#include <utility>

#include "engine/base/json_scan.h"

namespace tocsin {
namespace {

constexpr int kDeepest = 16;  ///< far less than parse_json() allows: what is deeper is none of ours
constexpr std::ptrdiff_t kMostDigits = 18;
constexpr std::size_t kFewItems = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool CanonicalReader::integer(std::int64_t& number) {
  const bool negative = next_is('-');
  if (negative) ++at_;
  const char* first = at_;
  number = 0;
  for (; at_ != end_ && is_digit(*at_) && at_ - first < kMostDigits; ++at_) number = number * 10 + (*at_ - '0');
  if (at_ == first || (*first == '0' && (negative || at_ - first > 1))) return false;
  if (at_ != end_ && (is_digit(*at_) || *at_ == '.' || *at_ == 'e' || *at_ == 'E')) return false;
  if (negative) number = -number;
  return true;
}

bool CanonicalReader::ascii(std::string_view& text) {
  if (!next_is('"')) return false;
  ++at_;
  text = {at_, plain_length<Beyond::no>({at_, left()})};
  at_ += text.size();
  return take("\"");
}

bool CanonicalReader::view(std::string_view& text) {
  const char* first = at_;
  if (ascii(text)) return true;
  at_ = first;
  if (!next_is('"')) return false;
  ++at_;
  text = {at_, plain_length<Beyond::yes>({at_, left()})};
  at_ += text.size();
  return take("\"") && is_utf8(text);
}

bool CanonicalReader::sized(std::size_t length, std::string_view& text) {
  if (left() < length + 2 || *at_ != '"' || at_[length + 1] != '"') return false;
  text = {at_ + 1, length};
  at_ += length + 2;
  return true;
}

bool CanonicalReader::text(std::string& text) {
  std::string_view seen;
  if (!view(seen)) return false;
  text.assign(seen);
  return true;
}

bool CanonicalReader::members(std::vector<Json::Member>& waiting, std::size_t first, int depth) {
  do {
    std::string_view key;
    if (!ascii(key) || !take(":") || (waiting.size() > first && waiting.back().first >= key)) return false;
    if (next_is('"')) {  // most values
      std::string_view text;
      if (!view(text)) return false;
      waiting.emplace_back(key, text);
      continue;
    }
    Json value;
    if (!value_at(value, depth + 1)) return false;
    waiting.emplace_back(key, std::move(value));
  } while (take(","));
  return take("}");
}

/// Members wait on a stack of the thread until their number is known, so that an object is allocated once and at its size.
bool CanonicalReader::object(Json& value, int depth) {
  thread_local std::vector<Json::Member> waiting;
  ++at_;
  const auto first = waiting.size();
  const bool fits = take("}") || members(waiting, first, depth);
  const auto from = waiting.begin() + static_cast<std::ptrdiff_t>(first);
  if (fits) value = Json::object_of_sorted(Json::Object(std::move_iterator(from), std::move_iterator(waiting.end())));
  waiting.erase(from, waiting.end());
  return fits;
}

bool CanonicalReader::array(Json& value, int depth) {
  ++at_;
  Json::Array items;
  if (!next_is(']')) {
    items.reserve(kFewItems);
    do {
      if (!value_at(items.emplace_back(), depth + 1)) return false;
    } while (take(","));
  }
  value = Json(std::move(items));
  return take("]");
}

bool CanonicalReader::value_at(Json& value, int depth) {
  if (at_ == end_ || depth > kDeepest) return false;
  switch (*at_) {
    case '"': {
      std::string_view seen;
      if (!view(seen)) return false;
      value = Json(seen);
      return true;
    }
    case '{': return object(value, depth);
    case '[': return array(value, depth);
    case 't': value = Json(true); return take("true");
    case 'f': value = Json(false); return take("false");
    case 'n': value = Json(); return take("null");
    default: {
      std::int64_t number = 0;
      if (!integer(number)) return false;
      value = Json(number);
      return true;
    }
  }
}

}  // namespace tocsin
