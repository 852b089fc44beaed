// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/values.h"

#include <algorithm>
#include <charconv>

namespace tocsin::workflow {
namespace {

Error wrong(const Fact& fact, std::string why) {
  return Error{Errc::invalid, "'" + fact.name + "' " + std::move(why), "fact " + fact.name, {}, {}};
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Error unknown_word(const Fact& fact, std::string_view typed) {
  const auto nearest = guard::nearest(typed, fact.words);
  return wrong(fact, "does not know this word" + (nearest.empty() ? "." : "; did you mean '" + nearest + "'?") +
                         " Known: " + listed(fact.words));
}

bool knows(const Fact& fact, std::string_view word) {
  return std::find(fact.words.begin(), fact.words.end(), word) != fact.words.end();
}

/// Splits "A..B" where either side may be empty; nullopt when there are no two dots.
std::optional<std::pair<std::string_view, std::string_view>> ends_of(std::string_view typed) {
  const auto dots = typed.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  return std::pair(typed.substr(0, dots), typed.substr(dots + 2));
}

Result<Json> read_time(const Fact& fact, std::string_view typed) {
  const auto one = [&](std::string_view text) -> Result<Json> {
    if (text.empty()) return Json();
    auto at = parse_instant(text);
    if (!at) return wrong(fact, "needs a time: " + at.error().message);
    return Json(format_instant(*at));
  };
  const auto ends = ends_of(typed);
  if (!ends) return one(typed);
  auto from = one(ends->first), to = one(ends->second);
  if (!from) return from;
  if (!to) return to;
  if (from->is_null() && to->is_null())
    return wrong(fact, "needs at least one end of the range; 'unknown' takes a value back");
  if (!from->is_null() && !to->is_null() && *parse_instant(to->text()) < *parse_instant(from->text()))
    return wrong(fact, "has a range that ends before it begins");
  return Json::object({{"from", *from}, {"to", *to}});
}

Result<Json> read_count(const Fact& fact, std::string_view typed) {
  const auto one = [&](std::string_view text) -> Result<Json> {
    if (text.empty()) return Json();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
      return wrong(fact, "needs a number (126), a range (12000.., ..47000, 12000..47000) or unknown");
    return Json(number);
  };
  const auto ends = ends_of(typed);
  if (!ends) return typed.empty() ? one("x") : one(typed);
  auto from = one(ends->first), to = one(ends->second);
  if (!from) return from;
  if (!to) return to;
  if (from->is_null() && to->is_null()) return one("x");
  if (!from->is_null() && !to->is_null() && to->integer() < from->integer())
    return wrong(fact, "has a range that ends below its beginning");
  return Json::object({{"from", *from}, {"to", *to}});
}

Result<Json> read_set(const Fact& fact, std::string_view typed) {
  std::vector<std::string> found;
  while (!typed.empty()) {
    const auto comma = std::min(typed.find(','), typed.size());
    const auto word = typed.substr(0, comma);
    if (!knows(fact, word)) return unknown_word(fact, word);
    found.emplace_back(word);
    typed.remove_prefix(std::min(comma + 1, typed.size()));
  }
  if (found.empty()) return wrong(fact, "needs at least one word of: " + listed(fact.words));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return Json::array(found);
}

}  // namespace

Result<Json> read_value(const Fact& fact, std::string_view typed) {
  constexpr std::size_t kMaxText = 1 << 20, kMaxOther = 4096;
  if (typed.size() > (fact.kind == Fact::Kind::text ? kMaxText : kMaxOther)) return wrong(fact, "is too long");
  if (!is_utf8(typed)) return wrong(fact, "is not valid UTF-8: save the text as UTF-8 and try again");
  if (typed == "unknown") return Json();
  switch (fact.kind) {
    case Fact::Kind::time:
    case Fact::Kind::period: return typed.empty() ? Result<Json>(wrong(fact, "needs a time")) : read_time(fact, typed);
    case Fact::Kind::text: return typed.empty() ? Result<Json>(wrong(fact, "needs some words")) : Result<Json>(Json(typed));
    case Fact::Kind::choice: return knows(fact, typed) ? Result<Json>(Json(typed)) : Result<Json>(unknown_word(fact, typed));
    case Fact::Kind::set: return read_set(fact, typed);
    case Fact::Kind::count: return read_count(fact, typed);
  }
  return wrong(fact, "has no kind");
}

Span span_of(const Json& value) {
  const auto one = [](const Json& end) -> std::optional<Instant> {
    if (!end.is_text()) return std::nullopt;
    auto at = parse_instant(end.text());
    return at ? std::optional(*at) : std::nullopt;
  };
  if (value.is_object()) return {one(value["from"]), one(value["to"])};
  return {one(value), one(value)};
}

guard::Range range_of(const Json& value) {
  const auto one = [](const Json& end) { return end.is_integer() ? std::optional(end.integer()) : std::nullopt; };
  if (value.is_object()) return {one(value["from"]), one(value["to"])};
  return {one(value), one(value)};
}

bool is_worse(const Fact& fact, const Json& before, const Json& after) {
  if (before.is_null() || after.is_null()) return false;
  const auto rank = [&](const Json& word) {
    return std::find(fact.words.begin(), fact.words.end(), word.text()) - fact.words.begin();
  };
  switch (fact.kind) {
    case Fact::Kind::set:
      return std::any_of(after.items().begin(), after.items().end(), [&](const Json& item) {
        return std::find(before.items().begin(), before.items().end(), item) == before.items().end();
      });
    case Fact::Kind::choice: return fact.ordered && rank(after) > rank(before);
    case Fact::Kind::count: return range_of(after).from.value_or(0) > range_of(before).from.value_or(0);
    default: return false;
  }
}

}  // namespace tocsin::workflow
