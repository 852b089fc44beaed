// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace tocsin {

/// A JSON value: null, boolean, 64-bit integer, double, UTF-8 string, array, or object.
/// An object keeps its members sorted by key in the order of RFC 8785 (UTF-16 code units), each key once, so that
/// equal values have equal bytes.
///
///   Json fact = Json::object({{"name", "risk"}, {"value", "high_risk"}});
///   fact.set("n", 3);
///   canonical(fact);                       // {"n":3,"name":"risk","value":"high_risk"}
///   fact["name"].text();                   // "risk"
///   fact["absent"].is_null();              // true: an absent member reads as null
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : held_(value) {}
  Json(int value) : held_(std::int64_t{value}) {}
  Json(std::int64_t value) : held_(value) {}
  Json(double value) : held_(value) {}
  Json(const char* value) : held_(std::string(value)) {}
  Json(std::string value) : held_(std::move(value)) {}
  Json(std::string_view value) : held_(std::string(value)) {}
  Json(Array value) : held_(std::move(value)) {}

  static Json array() { return Json(Array{}); }
  static Json array(std::initializer_list<Json> items) { return Json(Array(items)); }
  static Json array(const std::vector<std::string>& items) { return Json(Array(items.begin(), items.end())); }
  static Json object() {
    Json j;
    j.held_ = Object{};
    return j;
  }
  /// Of two members with one key the later wins.
  static Json object(std::initializer_list<Member> members);
  /// Takes members that are already sorted and unique; the parser's short cut.
  static Json object_of_sorted(Object members) {
    Json j;
    j.held_ = std::move(members);
    return j;
  }

  bool is_null() const { return held_.index() == 0; }
  bool is_bool() const { return held_.index() == 1; }
  bool is_integer() const { return held_.index() == 2; }
  bool is_double() const { return held_.index() == 3; }
  bool is_text() const { return held_.index() == 4; }
  bool is_array() const { return held_.index() == 5; }
  bool is_object() const { return held_.index() == 6; }

  /// Readers that never fail: the neutral value (false, 0, "", empty) where the value is of another kind.
  bool boolean() const {
    const auto* v = std::get_if<1>(&held_);
    return v != nullptr && *v;
  }
  std::int64_t integer() const {
    const auto* v = std::get_if<2>(&held_);
    return v != nullptr ? *v : 0;
  }
  double number() const {
    const auto* v = std::get_if<3>(&held_);
    return v != nullptr ? *v : static_cast<double>(integer());
  }
  const std::string& text() const;
  const Array& items() const;
  const Object& members() const;

  /// The member's value; the shared null value where there is none or this is no object.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return !(*this)[key].is_null(); }

  /// Takes a member's value out; null where there is none. The member stays, as null.
  Json take(std::string_view key);

  /// Sets a member of an object (a null value becomes an object first), replacing an older one.
  Json& set(std::string_view key, Json value);
  /// Appends to an array (a null value becomes an array first).
  Json& push(Json value);

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> held_;
};

/// The canonical bytes of RFC 8785 (JCS). Strings must be valid UTF-8; doubles finite (asserted).
std::string canonical(const Json& value);
void append_canonical(std::string& out, const Json& value);
void append_canonical(std::string& out, std::string_view text);  ///< a string, quoted and escaped

/// The same value indented by two spaces, for people.
std::string pretty(const Json& value);

/// Reads one JSON text. Returns `invalid` for anything else: trailing bytes, duplicate keys, invalid UTF-8, lone
/// surrogates, nesting over 64. A number without fraction or exponent that fits 64 bits is an integer.
Result<Json> parse_json(std::string_view text);

/// True where the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing over U+10FFFF, no overlong forms).
bool is_utf8(std::string_view text);

}  // namespace tocsin
