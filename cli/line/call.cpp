// SPDX-License-Identifier: Apache-2.0
#include "cli/line/call.h"

#include <algorithm>
#include <cctype>
#include <ostream>

#include "cli/line/edited_texts.h"
#include "cli/line/settings.h"
#include "engine/guard/guard.h"

namespace tocsin::cli {
namespace {

std::vector<Option> options_of(const Verb& verb) {
  auto all = verb.options;
  if (verb.writes) all.insert(all.end(), write_options().begin(), write_options().end());
  if (!verb.list.empty()) all.push_back(jsonl_option());
  all.insert(all.end(), common_options().begin(), common_options().end());
  return all;
}

/// The verb that the first words name, and how many words that takes; the longest name wins.
std::pair<const Verb*, std::size_t> find_verb(const std::vector<Verb>& table, const std::vector<std::string>& words) {
  for (const std::size_t count : {2u, 1u}) {
    if (words.size() < count) continue;
    const auto name = count == 2 ? words[0] + " " + words[1] : words[0];
    const auto found = std::find_if(table.begin(), table.end(), [&](const Verb& verb) { return verb.words == name; });
    if (found != table.end()) return {&*found, count};
  }
  return {nullptr, 0};
}

Error unknown_verb(const std::vector<Verb>& table, const std::vector<std::string>& words) {
  std::string said = words[0];
  const bool is_one_word = words.size() == 1 || words[1].starts_with("-");
  std::vector<std::string> known;
  if (!is_one_word) said += " " + words[1];
  else
    for (const auto& verb : table) known.push_back(verb.words.substr(0, verb.words.find(' ')));
  std::string of_noun;
  for (const auto& verb : table) {
    known.push_back(verb.words);
    if (verb.words.starts_with(words[0] + " "))
      of_noun += (of_noun.empty() ? "" : ", ") + verb.words.substr(words[0].size() + 1);
  }
  if (is_one_word && !of_noun.empty())
    return usage_error("'" + said + "' is a group of commands: say which, " + of_noun, "help " + said);
  auto message = "there is no command " + in_quotes(said);
  const auto nearest = guard::nearest(said, known);
  if (!nearest.empty()) message += "; did you mean '" + nearest + "'?";
  else if (!of_noun.empty()) message += ": '" + words[0] + "' knows " + of_noun;
  return usage_error(message, "--help");
}

/// "-help" and "--help", but no time ("-40m"), no number and not "-", which is standard input.
bool is_like_an_option(std::string_view word) {
  return word.starts_with("--") || (word.size() > 1 && word[0] == '-' && std::isalpha(static_cast<unsigned char>(word[1])));
}

/// With one hyphen it may be the beginning of somebody's words, which are not repeated.
Error unknown_option(const Verb& verb, const std::vector<Option>& options, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& option : options) known.push_back(option.name);
  const auto nearest = guard::nearest(name, known);
  const bool is_short = !name.starts_with("--");
  const bool is_one_word = std::all_of(name.begin(), name.end(), [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); });
  auto message = "'" + verb.words + "' has no option " + (is_short && !is_one_word ? "of that name" : in_quotes(name));
  if (!nearest.empty()) message += "; did you mean '" + nearest + "'?";
  else if (is_short) message += ": words that begin with a hyphen come after --";
  return usage_error(message, verb.words + " --help");
}

/// Where people's words may stand, what is left over may be some of them, and is not repeated.
bool takes_words(const Verb& verb) {
  return verb.writes ||
         std::any_of(verb.options.begin(), verb.options.end(), [](const Option& o) { return o.name == "NAME=VALUE"; });
}

/// Gives the positional arguments their names. CASE may be left out where TOCSIN_CASE is set and the rest is there.
Result<void> assign(Call& call, const std::vector<Option>& positionals, const std::vector<std::string>& given) {
  std::size_t next = 0;
  if (!positionals.empty() && positionals[0].name == "CASE" && !call.world.variable("TOCSIN_CASE").empty()) {
    const bool starts_with_pair = !given.empty() && given[0].find('=') != std::string::npos;
    const auto needed = static_cast<std::size_t>(
        std::count_if(positionals.begin(), positionals.end(), [](const Option& o) { return o.required; }));
    if (starts_with_pair || given.size() <= needed) next = 1;
  }
  for (const auto& word : given) {
    if (next == positionals.size())
      return usage_error(takes_words(call.verb)
                             ? "'" + call.verb.words + "' got more words than it takes: put the text in quotes"
                             : "'" + call.verb.words + "' does not take " + in_quotes(word),
                         call.verb.words + " --help");
    call.values[positionals[next].name].push_back(word);
    if (!positionals[next].repeats) ++next;
  }
  return {};
}

/// True where somebody pasted a suggested command as it was printed: NAME, REF, TEXT stand there for what only they know.
bool is_placeholder(const Option& option, std::string_view value) {
  std::string_view left = is_positional(option) ? option.name : option.value;
  const auto is_shouted = [](char c) { return (c >= 'A' && c <= 'Z') || c == '='; };
  if (value.size() < 2 || option.name == "CASE" || !std::all_of(value.begin(), value.end(), is_shouted)) return false;
  for (;;) {
    const auto bar = left.find_first_of("|,");
    if (left.substr(0, bar) == value) return true;
    if (bar == std::string_view::npos) return false;
    left.remove_prefix(bar + 1);
  }
}

/// Nothing is recorded of a suggestion that was pasted without being filled in.
Result<void> check_filled_in(const Call& call, const std::vector<Option>& options) {
  if (!call.verb.writes) return {};
  for (const auto& option : options)
    for (const auto& value : call.all(option.name))
      if (is_placeholder(option, value))
        return usage_error("'" + value + "' only stands for what belongs there: " + option.help,
                           call.verb.words + " --help");
  return {};
}

}  // namespace

bool is_positional(const Option& option) { return !option.name.starts_with("-"); }

std::string World::variable(std::string_view name) const {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

std::string World::setting(std::string_view name) const {
  if (const auto found = commanded.find(name); found != commanded.end()) return found->second;
  if (const auto named = variable(variable_of(name)); !named.empty()) return named;
  const auto found = configured.find(name);
  return found == configured.end() ? "" : found->second;
}

std::string Call::one(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() || found->second.empty() ? "" : found->second.back();
}

std::vector<std::string> Call::all(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>{} : found->second;
}

std::string Call::setting(std::string_view name) const {
  const auto flag = "--" + std::string(name);
  return has(flag) ? one(flag) : world.setting(name);
}

void Call::print(const Json& body) const {
  if (has("--jsonl")) {
    for (const auto& item : body[verb.list].items()) world.out << canonical(item) << "\n";
    if (body["more"].boolean()) world.err << "more: --limit all\n";
    return;
  }
  const auto bytes = canonical(body);
  world.out << "{\"format\":1" << (bytes.size() > 2 ? "," : "") << bytes.substr(1) << "\n";
}

const std::vector<Option>& common_options() {
  static const std::vector<Option> options = {
      {"--db", "PATH", "the store; else TOCSIN_DB, else your data folder"},
      {"--workflows", "DIR", "workflow files; else TOCSIN_WORKFLOWS, else those that came with tocsin"},
      {"--as", "NAME", "who you are; else TOCSIN_AS, else the operating-system user"},
      {"--profile", "NAME", "a set of settings of your configuration file; else TOCSIN_PROFILE"},
      {"--json", "", "one JSON object on standard output"},
      {"--color", "auto|always|never", "whether screens use colour; auto: on a terminal, unless NO_COLOR is set"},
      {"--no-pager", "", "print what is longer than the screen at once"},
      {"--log-level", "off|error|warn|info|debug", "what is logged; nothing unless said, info where only --log-file is"},
      {"--log-file", "FILE", "where the log goes; else standard error"},
      {"--log-format", "text|json", "how the log is written"},
      {"--help", "", "this text"},
  };
  return options;
}

const Option& jsonl_option() {
  static const Option option = {"--jsonl", "", "a JSON object a line on standard output"};
  return option;
}

const std::vector<Option>& write_options() {
  static const std::vector<Option> options = {
      {"--at", "TIME", "when it happened: -40m, 20:10, 'sat 20:10', 2023-08-26T20:10+01:00; else now"},
      {"--dry-run", "", "judge it and show what would be recorded; write nothing"},
      {"--request-id", "ID", "the same command with the same id is recorded once"},
      {"--expect-version", "N", "refuse when the case has another version by now"},
      {"--marking", "WORD", "protective marking of the words, like official-sensitive"},
      {"--privileged", "", "the words are under legal professional privilege"},
  };
  return options;
}

int exit_code(Errc code) {
  switch (code) {
    case Errc::invalid: return 2;
    case Errc::not_found: return 3;
    case Errc::forbidden: return 4;
    case Errc::conflict: return 5;
    case Errc::refused: return 6;
    case Errc::corrupt: return 7;
    case Errc::unavailable: return 10;
  }
  return 1;
}

Error usage_error(std::string message, std::string next) {
  return Error{Errc::invalid, std::move(message), "usage", {}, std::move(next)};
}

Result<void> check_no_json_beside(const Call& call, std::string_view flag) {
  if (!call.has(flag) || !call.json()) return {};
  return usage_error("what " + std::string(flag) + " prints is not JSON: leave " +
                         (call.has("--jsonl") ? "--jsonl" : "--json") + " out, or " + std::string(flag),
                     call.verb.words + " --help");
}

Result<Call> parse(World& world, const std::vector<Verb>& table, const std::vector<std::string>& words) {
  const auto [verb, skip] = find_verb(table, words);
  if (verb == nullptr) return unknown_verb(table, words);
  Call call(world, *verb);
  const auto options = options_of(*verb);
  std::vector<Option> positionals;
  std::copy_if(options.begin(), options.end(), std::back_inserter(positionals), is_positional);
  std::vector<std::string> given;
  bool only_positionals = false;
  static const std::string kHelp = "--help";
  for (auto i = skip; i < words.size(); ++i) {
    const auto& word = words[i] == "-h" ? kHelp : words[i];
    if (word == "--" && !only_positionals) {
      only_positionals = true;
      continue;
    }
    if (!is_like_an_option(word) || only_positionals) {
      given.push_back(word);
      continue;
    }
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
    if (option == options.end()) return unknown_option(*verb, options, name);
    std::string value;
    if (equals != std::string::npos) value = word.substr(equals + 1);
    else if (!option->value.empty()) {
      if (i + 1 == words.size())
        return usage_error("'" + name + "' needs a value: " + option->value, verb->words + " --help");
      value = words[++i];
    }
    if (option->value.empty() && equals != std::string::npos) return usage_error("'" + name + "' takes no value");
    if (!option->repeats && call.has(name)) return usage_error("'" + name + "' was given twice");
    call.values[name].push_back(value);
  }
  if (call.has("--help")) return call;
  if (auto ok = assign(call, positionals, given); !ok) return std::move(ok).error();
  if (auto ok = check_filled_in(call, options); !ok) return std::move(ok).error();
  for (const auto& option : options) {
    if (!option.required || call.has(option.name)) continue;
    if (takes_text(option) && opens_editor(world) && !call.json()) {
      call.values[option.name] = {"@"};
      continue;
    }
    if (is_positional(option) && positionals.front().name == "CASE" && given.size() == 1 &&
        world.variable("TOCSIN_CASE").empty())
      return usage_error("'" + verb->words + "' needs CASE and " + option.name +
                             ", and only one was given: name the case first, or set TOCSIN_CASE",
                         verb->words + " --help");
    return usage_error("'" + verb->words + "' needs " +
                           (is_positional(option) ? option.name : option.name + " " + option.value) + ": " + option.help,
                       verb->words + " --help");
  }
  return call;
}

}  // namespace tocsin::cli
