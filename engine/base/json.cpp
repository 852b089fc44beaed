// SPDX-License-Identifier: Apache-2.0
#include "engine/base/json.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

#include "engine/base/json_scan.h"

namespace tocsin {
namespace {

constexpr std::size_t kFew = 32;  ///< members up to which looking at each is faster than halving

/// RFC 8785 3.2.3 sorts keys by UTF-16 code units. That is byte order, except that the surrogates of characters over U+FFFF
/// (UTF-8 lead byte 0xF0 and above) come before U+E000 to U+FFFF (lead bytes 0xEE and 0xEF).
bool key_less(std::string_view a, std::string_view b) {
  const auto rank = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : static_cast<int>(byte);
  };
  const auto shorter = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shorter; ++i)
    if (a[i] != b[i]) return rank(a[i]) < rank(b[i]);
  return a.size() < b.size();
}

auto place_of(const Json::Object& members, std::string_view key) {
  return std::lower_bound(members.begin(), members.end(), key, [](const Json::Member& member, std::string_view wanted) {
    return key_less(member.first, wanted);
  });
}

/// The member of that key, or the end.
auto member_of(const Json::Object& members, std::string_view key) {
  // Keys of one length rarely end alike ("anchor_at", "law_from"), so nearly every other key is told apart without a call.
  const auto is_it = [key](const Json::Member& member) {
    const std::string& name = member.first;
    return name.size() == key.size() && (key.empty() || (name.back() == key.back() && name == key));
  };
  if (members.size() <= kFew) return std::find_if(members.begin(), members.end(), is_it);
  const auto place = place_of(members, key);
  return place != members.end() && is_it(*place) ? place : members.end();
}

/// ECMAScript's Number::toString, which RFC 8785 3.2.2.3 prescribes, from the shortest digits that read back the same.
void append_number(std::string& out, double value) {
  if (value == 0) {
    out += '0';
    return;
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const auto e = text.find('e');
  std::string digits(text.substr(0, e));
  std::erase(digits, '.');
  int exponent = 0;
  const auto exponent_text = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  const int point = exponent + 1, count = static_cast<int>(digits.size());
  if (value < 0) out += '-';
  if (count <= point && point <= 21) {
    out += digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, static_cast<std::size_t>(point)) + "." + digits.substr(static_cast<std::size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else {
    out += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + "e" + (exponent < 0 ? "-" : "+") +
           std::to_string(std::abs(exponent));
  }
}

void append_integer(std::string& out, std::int64_t value) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

void append_pretty(std::string& out, const Json& value, int depth) {
  const std::string indent(static_cast<std::size_t>(depth + 1) * 2, ' '), outdent(static_cast<std::size_t>(depth) * 2, ' ');
  const bool is_array = value.is_array() && !value.items().empty(),
             is_object = value.is_object() && !value.members().empty();
  if (!is_array && !is_object) return append_canonical(out, value);
  out += is_array ? "[\n" : "{\n";
  bool first = true;
  for (const auto& item : value.items()) {
    out += (first ? "" : ",\n") + indent;
    append_pretty(out, item, depth + 1);
    first = false;
  }
  for (const auto& [key, member] : value.members()) {
    out += (first ? "" : ",\n") + indent;
    append_canonical(out, std::string_view(key));
    out += ": ";
    append_pretty(out, member, depth + 1);
    first = false;
  }
  out += "\n" + outdent + (is_array ? "]" : "}");
}

}  // namespace

Json::Json(const Json& other) : integer_(0) {
  switch (other.kind_) {
    case Kind::text: new (&text_) std::string(other.text_); break;
    case Kind::array: new (&items_) Array(other.items_); break;
    case Kind::object: new (&members_) Object(other.members_); break;
    case Kind::real: real_ = other.real_; break;
    default: integer_ = other.integer_;
  }
  kind_ = other.kind_;
}

void Json::let_go_of_many() noexcept {
  if (kind_ == Kind::array) items_.~vector();
  else members_.~vector();
}

bool operator==(const Json& a, const Json& b) {
  if (a.kind_ != b.kind_) return false;
  switch (a.kind_) {
    case Json::Kind::text: return a.text_ == b.text_;
    case Json::Kind::array: return a.items_ == b.items_;
    case Json::Kind::object: return a.members_ == b.members_;
    case Json::Kind::real: return a.real_ == b.real_;
    default: return a.integer_ == b.integer_;
  }
}

Json Json::object(std::initializer_list<Named> members) {
  Json made = object();
  made.members_.reserve(members.size() + 4);  // most bodies get a few members more
  for (const auto& member : members) made.set(member.key, std::move(member.value));
  return made;
}

const std::string& Json::text() const {
  static const std::string none;
  return is_text() ? text_ : none;
}

const Json::Array& Json::items() const {
  static const Array none;
  return is_array() ? items_ : none;
}

const Json::Object& Json::members() const {
  static const Object none;
  return is_object() ? members_ : none;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json none;
  if (!is_object()) return none;
  const auto found = member_of(members_, key);
  return found != members_.end() ? found->second : none;
}

Json Json::take(std::string_view key) {
  if (!is_object()) return {};
  const auto found = members_.begin() + (member_of(members_, key) - members_.cbegin());
  return found != members_.end() ? std::exchange(found->second, Json()) : Json();
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) *this = object();
  assert(is_object());
  if (members_.empty() || key_less(members_.back().first, key)) {
    members_.emplace_back(key, std::move(value));
    return *this;
  }
  const auto found = members_.begin() + (place_of(members_, key) - members_.cbegin());
  if (found->first == key) found->second = std::move(value);
  else members_.emplace(found, key, std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) *this = array();
  assert(is_array());
  items_.push_back(std::move(value));
  return *this;
}

void append_canonical(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  while (true) {  // runs of ordinary bytes are copied whole
    const auto plain = plain_length<Beyond::yes>(text);
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    const auto c = static_cast<unsigned char>(text[plain]);
    text.remove_prefix(plain + 1);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\f': out += "\\f"; break;
      case '\r': out += "\\r"; break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out += '"';
}

void append_canonical(std::string& out, const Json& value) {
  if (value.is_null()) out += "null";
  else if (value.is_bool()) out += value.boolean() ? "true" : "false";
  else if (value.is_integer()) append_integer(out, value.integer());
  else if (value.is_double()) append_number(out, value.number());
  else if (value.is_text()) append_canonical(out, std::string_view(value.text()));
  else if (value.is_array()) {
    out += '[';
    for (const auto& item : value.items()) {
      if (&item != &value.items().front()) out += ',';
      append_canonical(out, item);
    }
    out += ']';
  } else {
    out += '{';
    for (const auto& member : value.members()) {
      if (&member != &value.members().front()) out += ',';
      append_canonical(out, std::string_view(member.first));
      out += ':';
      append_canonical(out, member.second);
    }
    out += '}';
  }
}

std::string canonical(const Json& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

std::string pretty(const Json& value) {
  std::string out;
  append_pretty(out, value, 0);
  return out;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const unsigned low = c == 0xE0 ? 0xA0u : c == 0xF0 ? 0x90u : 0x80u, high = c == 0xED ? 0x9Fu : c == 0xF4 ? 0x8Fu : 0xBFu;
    if (second < low || second > high) return false;
    for (std::size_t k = 2; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    i += length;
  }
  return true;
}

bool json_key_less(std::string_view a, std::string_view b) { return key_less(a, b); }

}  // namespace tocsin
