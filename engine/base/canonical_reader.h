// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"

namespace tocsin {

/// Reads canonical JSON (RFC 8785) front to back, for whoever knows what comes next: our own bytes, millions of times. It
/// understands less than parse_json() and never something else: white space, escapes, doubles, keys beyond ASCII or out of
/// order, and deep nesting make it give up. Then ask parse_json(), which also says what is wrong.
///
///   CanonicalReader in(R"({"n":3,"name":"risk"})");
///   std::int64_t n;
///   std::string name;
///   in.take("{\"n\":") && in.integer(n) && in.take(",\"name\":") && in.text(name) && in.take("}") && in.ended();
///
/// Each function returns false where it gives up; what it was to fill is then unspecified. Views the text.
class CanonicalReader {
 public:
  explicit CanonicalReader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  /// Exactly these bytes, a literal: its length is known where it is compared.
  template <std::size_t size>
  bool take(const char (&literal)[size]) {
    constexpr std::size_t length = size - 1;
    if (left() < length || std::memcmp(at_, literal, length) != 0) return false;
    at_ += length;
    return true;
  }
  bool next_is(char c) const { return at_ != end_ && *at_ == c; }
  bool ended() const { return at_ == end_; }

  bool integer(std::int64_t& number);
  /// A string of ASCII without escapes, seen in place.
  bool ascii(std::string_view& text);
  /// The bytes between two quotes so far apart, whatever they are: for digests and times, whose readers look at each.
  bool sized(std::size_t length, std::string_view& text);
  /// Any string without escapes, seen in place.
  bool view(std::string_view& text);
  bool text(std::string& text);
  bool value(Json& value) { return value_at(value, 0); }

 private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  bool value_at(Json& value, int depth);
  bool object(Json& value, int depth);
  bool members(std::vector<Json::Member>& waiting, std::size_t first, int depth);
  bool array(Json& value, int depth);

  const char* at_;
  const char* end_;
};

}  // namespace tocsin
