// SPDX-License-Identifier: Apache-2.0
#include "cli/views/words.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <istream>
#include <ostream>
#include <utility>

#include "cli/line/editor.h"
#include "engine/commands/decide.h"

namespace tocsin::cli {
namespace {

constexpr std::size_t kLongest = 1 << 20;

Result<std::string> read_all(std::istream& in, std::string_view from) {
  std::string text(kLongest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return usage_error(std::string(from) + " cannot be read: check that it is a file you may read");
  if (text.size() > kLongest)
    return usage_error(std::string(from) + " is longer than 1 MiB: shorten it, or record where it is kept");
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

/// The value of a fact, named for a message; what is no fact's name may be somebody's words.
std::string value_named(std::string_view fact) {
  const bool is_name = std::all_of(fact.begin(), fact.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
  return is_name ? "the value of '" + std::string(fact) + "'" : "the value";
}

Result<std::string> checked(std::string text, std::string_view option) {
  if (text.size() > kLongest)
    return usage_error("the text of " + std::string(option) +
                       " is longer than 1 MiB: shorten it, or record where it is kept");
  if (!is_utf8(text))
    return usage_error("the text of " + std::string(option) + " is not valid UTF-8: save it as UTF-8 and try again");
  return text;
}

}  // namespace

Result<std::string> text_of(const Call& call, std::string_view option) {
  if (const auto written = call.written.find(option); written != call.written.end()) return checked(written->second, option);
  const auto given = call.one(option);
  if (given == "@") {
    auto text = text_from_editor(call.world, option);  // the value of a fact
    return text ? checked(std::move(*text), option) : text;
  }
  if (given == "-") {
    if (std::exchange(call.world.has_read_input, true))
      return usage_error(
          "standard input can be read once, and two values ask for it: give one of them from a file, with @FILE");
    auto text = read_all(call.world.in, "standard input");
    if (text && text->empty()) return usage_error("standard input is empty, and " + std::string(option) + " needs words");
    return text ? checked(std::move(*text), option) : text;
  }
  if (given.size() > 1 && given.front() == '@') {
    std::ifstream file(given.substr(1), std::ios::binary);
    if (!file)
      return usage_error("the file of " + std::string(option) +
                         " cannot be read: after @ comes its name; words that begin so come from standard input, with -");
    auto text = read_all(file, "the file of " + std::string(option));
    if (text && text->empty()) return usage_error("the file of " + std::string(option) + " is empty, and it needs words");
    return text ? checked(std::move(*text), option) : text;
  }
  return checked(given, option);
}

Result<std::optional<Instant>> time_of(const Call& call, std::string_view option) {
  if (!call.has(option)) return std::optional<Instant>{};
  auto at = parse_instant(call.one(option));
  if (!at) return usage_error(std::string(option) + ": " + at.error().message);
  return std::optional(*at);
}

Result<std::int64_t> number_of(const Call& call, std::string_view option, std::int64_t fallback, bool allow_all) {
  const auto text = option == "--limit" ? call.setting("limit") : call.one(option);
  if (!call.has(option) && text.empty()) return fallback;
  if (allow_all && text == "all") return std::int64_t{0};
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1)
    return usage_error(std::string(option) + " takes a whole number from 1" + (allow_all ? " or 'all'" : "") + ", not " +
                       in_quotes(text));
  return number;
}

Result<std::vector<std::pair<std::string, std::string>>> pairs_of(const Call& call, std::string_view option) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& text : call.all(option)) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return usage_error(std::string(option == "--fact" ? "a fact" : "what is set") +
                         " is given as NAME=VALUE: put a value with spaces in quotes");
    auto value = text.substr(equals + 1);
    if (call.verb.writes && (value == "TEXT" || value == "VALUE"))
      return usage_error("'" + value + "' only stands for the words that belong there", call.verb.words + " --help");
    if (value == "-" || value.starts_with('@')) {
      Call of_value(call.world, call.verb);
      const auto name = value_named(std::string_view(text).substr(0, equals));
      of_value.values[name] = {value};
      auto read = text_of(of_value, name);
      if (!read) return std::move(read).error();
      value = std::move(*read);
    }
    pairs.emplace_back(text.substr(0, equals), std::move(value));
  }
  return pairs;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from <= text.size() && !text.empty();) {
    const auto comma = std::min(text.find(',', from), text.size());
    if (comma > from) words.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return words;
}

Result<Request> request_of(const Call& call, const TypedTimes& times) {
  Request request;
  request.by = call.setting("as");
  if (request.by.empty() && !call.has("--as")) request.by = call.world.account;
  if (request.by.empty()) return usage_error("nobody is named: say who you are with --as NAME");
  if (request.by.size() > 64 || !is_utf8(request.by) || commands::has_control_characters(request.by))
    return usage_error("a name is at most 64 bytes of UTF-8 without control characters: " + in_quotes(request.by));
  request.account = call.world.account;
  request.program = "tocsin " TOCSIN_VERSION;
  request.now = call.world.clock();
  auto at = times.option("--at", TypedTimes::When::happened);
  if (!at) return std::move(at).error();
  request.at = *at;
  request.request_id = call.one("--request-id");
  if (call.has("--request-id") && request.request_id.empty()) return usage_error("--request-id needs an id");
  if (call.has("--expect-version")) {
    auto version = number_of(call, "--expect-version", 1);
    if (!version) return std::move(version).error();
    request.expected_version = *version;
  }
  request.dry_run = call.has("--dry-run");
  request.marks = {call.one("--marking"), call.has("--privileged")};
  if (call.has("--marking") && request.marks.marking.empty()) return usage_error("--marking needs a word");
  return request;
}

Result<std::string> case_of(Call& call, const Engine& engine) {
  auto said = call.one("CASE");
  if (call.has("CASE") && said.empty())  // a variable that was not set must not mean another case
    return usage_error("the reference of the case is empty", "case list");
  if (said.empty()) {
    said = call.world.variable("TOCSIN_CASE");
    if (said.empty()) return usage_error("which case? give its reference, or set TOCSIN_CASE", "case list");
    call.world.err << "case " << in_quotes(said) << " (TOCSIN_CASE)\n";
  }
  if (said.size() > 64)
    return usage_error("a case reference has at most 64 characters, and this has " + std::to_string(said.size()));
  auto ref = engine.resolve(said);
  if (ref) call.world.case_ref = *ref;
  return ref;
}

}  // namespace tocsin::cli
