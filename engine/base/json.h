// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <utility>
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
  using Array = std::vector<Json>;              ///< values in order
  using Member = std::pair<std::string, Json>;  ///< key, value
  using Object = std::vector<Member>;           ///< members in the order of RFC 8785
  struct Named;

  Json() : integer_(0) {}                                              ///< null
  Json(std::nullptr_t) : Json() {}                                     ///< null
  Json(bool value) : integer_(value ? 1 : 0), kind_(Kind::boolean) {}  ///< a boolean
  Json(int value) : integer_(value), kind_(Kind::integer) {}           ///< an integer
  Json(std::int64_t value) : integer_(value), kind_(Kind::integer) {}  ///< an integer
  Json(double value) : real_(value), kind_(Kind::real) {}       ///< a number with a fraction; must be finite to be printed
  Json(const char* value) : text_(value), kind_(Kind::text) {}  ///< a string; must be UTF-8 to be printed
  Json(std::string value) : text_(std::move(value)), kind_(Kind::text) {}  ///< a string
  Json(std::string_view value) : text_(value), kind_(Kind::text) {}        ///< a string
  Json(Array value) : items_(std::move(value)), kind_(Kind::array) {}      ///< an array

  Json(const Json& other);  ///< a copy
  /// What is left of `other` keeps its kind and holds little.
  Json(Json&& other) noexcept : kind_(other.kind_) { take_over(other); }
  Json& operator=(const Json& other) { return *this = Json(other); }  ///< a copy
  /// Takes over; `other` may lie inside this value.
  Json& operator=(Json&& other) noexcept {
    if (this == &other) return *this;
    if (kind_ <= Kind::text) return assign(other);
    Json old(std::move(*this));  // lives until the end: the other may lie inside it
    return assign(other);
  }
  ~Json() { let_go(); }

  static Json array() { return Json(Array{}); }                                        ///< an empty array
  static Json array(std::initializer_list<Json> items) { return Json(Array(items)); }  ///< an array of these
  /// Of strings.
  static Json array(const std::vector<std::string>& items) { return Json(Array(items.begin(), items.end())); }
  static Json object() { return object_of_sorted({}); }  ///< an empty object
  /// Of two members with one key the later wins.
  static Json object(std::initializer_list<Named> members);
  /// Takes members that are already sorted and unique; the parser's short cut.
  static Json object_of_sorted(Object members) {
    Json j;
    new (&j.members_) Object(std::move(members));
    j.kind_ = Kind::object;
    return j;
  }

  bool is_null() const { return kind_ == Kind::null; }        ///< null
  bool is_bool() const { return kind_ == Kind::boolean; }     ///< true or false
  bool is_integer() const { return kind_ == Kind::integer; }  ///< a whole number of 64 bits
  bool is_double() const { return kind_ == Kind::real; }      ///< a number with a fraction
  bool is_text() const { return kind_ == Kind::text; }        ///< a string
  bool is_array() const { return kind_ == Kind::array; }      ///< an array
  bool is_object() const { return kind_ == Kind::object; }    ///< an object

  /// Readers that never fail: the neutral value (false, 0, "", empty) where the value is of another kind.
  bool boolean() const { return is_bool() && integer_ != 0; }
  std::int64_t integer() const { return is_integer() ? integer_ : 0; }  ///< 0 for what is no integer
  /// Of an integer too; 0 for what is no number.
  double number() const { return is_double() ? real_ : static_cast<double>(integer()); }
  const std::string& text() const;  ///< empty for what is no string
  const Array& items() const;       ///< empty for what is no array
  const Object& members() const;    ///< empty for what is no object

  /// The member's value; the shared null value where there is none or this is no object.
  const Json& operator[](std::string_view key) const;
  /// Whether there is such a member and it is not null.
  bool has(std::string_view key) const { return !(*this)[key].is_null(); }

  /// Takes a member's value out; null where there is none. The member stays, as null.
  Json take(std::string_view key);

  /// Sets a member of an object (a null value becomes an object first), replacing an older one.
  Json& set(std::string_view key, Json value);
  /// Appends to an array (a null value becomes an array first).
  Json& push(Json value);

  friend bool operator==(const Json& a, const Json& b);  ///< same kind, same value; 1 and 1.0 differ

 private:
  enum class Kind : std::uint8_t { null, boolean, integer, real, text, array, object };

  /// Every event moves a few dozen values, so the two functions below are spelled out where the compiler sees them: a
  /// std::variant visits through a call each time. A value that was moved from keeps its kind and holds little.
  void take_over(Json& other) noexcept {
    switch (kind_) {
      case Kind::text: new (&text_) std::string(std::move(other.text_)); break;
      case Kind::array: new (&items_) Array(std::move(other.items_)); break;
      case Kind::object: new (&members_) Object(std::move(other.members_)); break;
      case Kind::real: real_ = other.real_; break;
      default: integer_ = other.integer_;
    }
  }
  Json& assign(Json& other) noexcept {
    let_go();
    kind_ = other.kind_;
    take_over(other);
    return *this;
  }
  void let_go() noexcept {
    if (kind_ == Kind::text) text_.~basic_string();
    else if (kind_ > Kind::text) let_go_of_many();
  }
  void let_go_of_many() noexcept;

  union {
    std::int64_t integer_;  ///< also a boolean's 0 or 1, and null's 0
    double real_;
    std::string text_;
    Array items_;
    Object members_;
  };
  Kind kind_ = Kind::null;
};

/// A member on its way into Json::object({...}): the key is only looked at, the value is moved out of the list.
struct Json::Named {
  /// The key is not copied: use it in the same expression.
  Named(std::string_view name, Json held) : key(name), value(std::move(held)) {}
  std::string_view key;  ///< the member's name
  mutable Json value;    ///< moved out by Json::object()
};

/// The canonical bytes of RFC 8785 (JCS). Strings must be valid UTF-8; doubles finite (asserted).
std::string canonical(const Json& value);
void append_canonical(std::string& out, const Json& value);      ///< the same, behind what is there
void append_canonical(std::string& out, std::string_view text);  ///< a string, quoted and escaped

/// The same value indented by two spaces, for people.
std::string pretty(const Json& value);

/// Reads one JSON text. Returns `invalid` for anything else: trailing bytes, duplicate keys, invalid UTF-8, lone
/// surrogates, nesting over 64. A number without fraction or exponent that fits 64 bits is an integer.
Result<Json> parse_json(std::string_view text);

/// The order of RFC 8785 (3.2.3): by UTF-16 code units.
bool json_key_less(std::string_view a, std::string_view b);

/// True where the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing over U+10FFFF, no overlong forms).
bool is_utf8(std::string_view text);

}  // namespace tocsin
