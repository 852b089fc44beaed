// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <charconv>

#include "engine/base/json.h"

namespace tocsin {

namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kUsualMembers = 14;  ///< an event has thirteen

/// Builds our value straight from the parser's calls, so that no second tree is made.
struct Builder {
  static constexpr std::size_t max_object_size = 1'000'000, max_array_size = 1'000'000;
  static constexpr std::size_t max_key_size = 1 << 24, max_string_size = 1 << 28;

  struct Level {
    Json::Array items;
    Json::Object members;
    std::string key;
    bool is_object = false;
    bool is_sorted = true;
  };
  Builder() { levels.reserve(8); }

  std::vector<Level> levels;
  Json result;
  std::string text;
  const char* problem = nullptr;

  using error_code = boost::json::error_code;
  using string_view = boost::json::string_view;

  bool add(Json value) {
    if (levels.empty()) {
      result = std::move(value);
      return true;
    }
    auto& level = levels.back();
    if (!level.is_object) {
      level.items.push_back(std::move(value));
      return true;
    }
    level.is_sorted = level.is_sorted && (level.members.empty() || json_key_less(level.members.back().first, level.key));
    level.members.emplace_back(std::move(level.key), std::move(value));
    level.key.clear();
    return true;
  }
  bool fail(error_code& ec, const char* why) {
    problem = why;
    ec = boost::json::error::syntax;
    return false;
  }
  bool open(bool is_object) {
    levels.emplace_back();
    levels.back().is_object = is_object;
    if (is_object) levels.back().members.reserve(kUsualMembers);
    return true;
  }
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(true); }
  bool on_array_begin(error_code&) { return open(false); }
  bool on_array_end(std::size_t, error_code&) {
    Json value(std::move(levels.back().items));
    levels.pop_back();
    return add(std::move(value));
  }
  bool on_object_end(std::size_t, error_code& ec) {
    auto members = std::move(levels.back().members);
    if (!levels.back().is_sorted) {
      std::stable_sort(members.begin(), members.end(),
                       [](const auto& a, const auto& b) { return json_key_less(a.first, b.first); });
      const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
      if (std::adjacent_find(members.begin(), members.end(), same) != members.end())
        return fail(ec, "a key stands twice in one object");
    }
    levels.pop_back();
    return add(Json::object_of_sorted(std::move(members)));
  }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    levels.back().key.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code&) {
    levels.back().key.append(part.data(), part.size());
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    Json value(std::move(text));
    text.clear();
    return add(std::move(value));
  }
  bool on_number_part(string_view part, error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t number, string_view, error_code&) {
    text.clear();
    return add(Json(number));
  }
  bool on_uint64(std::uint64_t number, string_view, error_code&) {
    text.clear();
    return add(Json(static_cast<double>(number)));
  }
  /// Boost 1.81 rounds some doubles wrongly, so the text is read again.
  bool on_double(double, string_view part, error_code& ec) {
    text.append(part.data(), part.size());
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return fail(ec, "a number is too large");
    text.clear();
    return add(Json(number));
  }
  bool on_bool(bool value, error_code&) { return add(Json(value)); }
  bool on_null(error_code&) { return add(Json()); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

}  // namespace

Result<Json> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::json::basic_parser<Builder> parser(options);
  boost::json::error_code ec;
  const auto consumed = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && parser.done()) {
    const bool only_space = text.find_first_not_of(" \t\r\n", consumed) == std::string_view::npos;
    if (only_space) return std::move(parser.handler().result);
    return Error{Errc::invalid, "something follows the JSON value at byte " + std::to_string(consumed), "", {}, ""};
  }
  const auto* problem = parser.handler().problem;
  const std::string why = problem != nullptr ? problem : ec ? ec.message() : "it ends too early";
  return Error{Errc::invalid, "this is not JSON: " + why + " (near byte " + std::to_string(consumed) + ")", "", {}, ""};
}

}  // namespace tocsin
