// SPDX-License-Identifier: Apache-2.0
#include "engine/base/canonical_reader.h"

#include "engine/base/json_scan.h"

namespace tocsin {
namespace {

constexpr int kDeepest = 16;  ///< far less than parse_json() allows: what is deeper is none of ours
constexpr std::ptrdiff_t kMostDigits = 18;
constexpr std::size_t kUsualMembers = 14, kFewMembers = 4;  ///< of a body, of what lies in it

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

bool CanonicalReader::text(std::string& text) {
  std::string_view seen;
  if (!view(seen)) return false;
  text.assign(seen);
  return true;
}

bool CanonicalReader::object(Json& value, int depth) {
  ++at_;
  Json::Object members;
  if (!next_is('}')) {
    members.reserve(depth == 0 ? kUsualMembers : kFewMembers);
    do {
      std::string_view key;
      if (!ascii(key) || !take(":") || (!members.empty() && members.back().first >= key)) return false;
      if (!value_at(members.emplace_back(key, Json()).second, depth + 1)) return false;
    } while (take(","));
  }
  value = Json::object_of_sorted(std::move(members));
  return take("}");
}

bool CanonicalReader::array(Json& value, int depth) {
  ++at_;
  Json::Array items;
  if (!next_is(']')) {
    items.reserve(kFewMembers);
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
