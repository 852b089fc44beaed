// SPDX-License-Identifier: Apache-2.0
#include "cli/interview/answer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include "cli/line/call.h"
#include "cli/times/spoken_time.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {

using workflow::Fact;

namespace {

/// "High risk" and "high-risk" are high_risk.
std::string as_word(std::string_view typed) {
  std::string word(typed);
  for (auto& c : word) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (c == ' ' || c == '-') c = '_';
  }
  return word;
}

std::optional<Answer::Kind> request(std::string_view typed) {
  static constexpr std::array<std::pair<std::string_view, Answer::Kind>, 12> words = {{
      {"", Answer::Kind::not_known},
      {"?", Answer::Kind::not_known},
      {"unknown", Answer::Kind::not_known},
      {"not_known", Answer::Kind::not_known},
      {"don't_know", Answer::Kind::not_known},
      {"dont_know", Answer::Kind::not_known},
      {"don't_know_yet", Answer::Kind::not_known},
      {"help", Answer::Kind::help},
      {"why", Answer::Kind::why},
      {"back", Answer::Kind::back},
      {"quit", Answer::Kind::quit},
      {"exit", Answer::Kind::quit},
  }};
  const auto said = as_word(typed);
  for (const auto& [word, kind] : words)
    if (said == word) return kind;
  return std::nullopt;
}

/// A word of the fact, by its number from 1 or as it is; empty when it is neither.
std::string word_of(const Fact& fact, std::string_view typed) {
  const auto said = as_word(typed);
  for (const auto& word : fact.words)
    if (as_word(word) == said) return word;
  const bool is_number = !typed.empty() && typed.size() < 4 &&
                         std::all_of(typed.begin(), typed.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!is_number) return {};
  const auto number = static_cast<std::size_t>(std::stoi(std::string(typed)));
  return number >= 1 && number <= fact.words.size() ? fact.words[number - 1] : std::string();
}

Error no_such_word(const Fact& fact, std::string_view typed) {
  const auto near = nearest(as_word(typed), fact.words);
  return usage_error("that is none of the " + std::to_string(fact.words.size()) + " answers" +
                     (near.empty() ? ": type a number or a word" : "; did you mean '" + near + "'?"));
}

Result<std::string> choice(const Fact& fact, std::string_view typed) {
  auto word = word_of(fact, typed);
  if (word.empty()) return no_such_word(fact, typed);
  return word;
}

/// Words parted by commas; where there is no comma, by blanks.
Result<std::string> set(const Fact& fact, std::string_view typed) {
  const char between = typed.find(',') == std::string_view::npos && word_of(fact, typed).empty() ? ' ' : ',';
  std::string words;
  while (!typed.empty()) {
    const auto end = std::min(typed.find(between), typed.size());
    const auto one = trimmed(typed.substr(0, end));
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (one.empty()) continue;
    const auto word = word_of(fact, one);
    if (word.empty()) return no_such_word(fact, one);
    words += (words.empty() ? "" : ",") + word;
  }
  if (words.empty()) return usage_error("type numbers or words, with commas between them");
  return words;
}

/// "12,000" is 12000: commas that part three digits each, and nothing else, are left out.
std::string without_thousands(std::string_view number) {
  if (number.find(',') == std::string_view::npos) return std::string(number);
  std::string digits;
  std::size_t run = 0;
  bool first = true;
  for (const char c : number) {
    if (c == ',') {
      if (run == 0 || run > 3 || (!first && run != 3)) return std::string(number);
      first = false;
      run = 0;
    } else {
      digits += c;
      ++run;
    }
  }
  return run == 3 ? digits : std::string(number);
}

template <class One>
Result<std::string> ends(std::string_view typed, const One& one) {
  const auto dots = typed.find("..");
  if (dots == std::string_view::npos) return one(typed);
  auto from = trimmed(typed.substr(0, dots)), to = trimmed(typed.substr(dots + 2));
  std::string text;
  if (!from.empty()) {
    auto read = one(from);
    if (!read) return read;
    text = std::move(*read);
  }
  text += "..";
  if (to.empty()) return text;
  auto read = one(to);
  if (!read) return read;
  return text + *read;
}

Result<std::string> moment(const Fact& fact, std::string_view typed, Instant now, const std::string& zone) {
  auto at = read_time(typed, {now, zone, false, fact.future});
  if (!at) return std::move(at).error();
  return format_instant(*at);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

Result<Answer> understood(const Fact& fact, std::string_view typed, Instant now, const std::string& zone) {
  typed = trimmed(typed);
  if (word_of(fact, typed).empty())  // a workflow's word is an answer, whatever else it may mean here
    if (const auto kind = request(typed)) return Answer{*kind};
  auto value = [&]() -> Result<std::string> {
    switch (fact.kind) {
      case Fact::Kind::choice: return choice(fact, typed);
      case Fact::Kind::set: return set(fact, typed);
      case Fact::Kind::count:
        return ends(typed, [](std::string_view one) -> Result<std::string> { return without_thousands(one); });
      case Fact::Kind::time:
      case Fact::Kind::period: return ends(typed, [&](std::string_view one) { return moment(fact, one, now, zone); });
      case Fact::Kind::text: return std::string(typed);
    }
    return usage_error("this question takes no answer");
  }();
  if (!value) return std::move(value).error();
  return Answer{Answer::Kind::value, std::move(*value)};
}

}  // namespace tocsin::cli
