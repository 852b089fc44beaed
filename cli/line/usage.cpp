// SPDX-License-Identifier: Apache-2.0
#include "cli/line/usage.h"

#include <algorithm>

#include "cli/line/pages.h"

namespace tocsin::cli {
namespace {

constexpr std::size_t kSide = 26;       // where the second column of a list begins
constexpr std::size_t kVerbs = 20;      // the same in a list of verbs
constexpr std::size_t kNarrowest = 40;  // narrower terminals scroll

std::size_t usable(int columns) { return std::clamp<std::size_t>(static_cast<std::size_t>(columns), kNarrowest, 110); }

/// A name beside what it means; a long name has a line of its own.
std::string side_by_side(const std::string& name, std::string_view meaning, std::size_t columns, std::size_t side = kSide) {
  std::string line = "  " + name;
  line += name.size() + 4 <= side ? std::string(side - 2 - name.size(), ' ') : "\n" + std::string(side, ' ');
  return line + wrapped(meaning, columns - side, side) + "\n";
}

std::string noun_of(const Verb& verb) { return verb.words.substr(0, verb.words.find(' ')); }

bool has_noun(const Verb& verb) { return verb.words.find(' ') != std::string::npos; }

}  // namespace

const std::vector<ExitCode>& exit_codes() {
  static const std::vector<ExitCode> codes = {
      {0, "", "done"},
      {1, "", "internal error, or recorded and the answer could not be written"},
      {2, "invalid", "usage, values, times, files; `workflow check` with errors"},
      {3, "not_found", "case, transition, obligation, clock, store"},
      {4, "forbidden", "a role or an approval is missing"},
      {5, "conflict", "a name or request id is taken, a stale version, a decision whose facts changed"},
      {6, "refused", "by workflow or law; a story that went otherwise than it says"},
      {7, "corrupt", "not a database, wrong vault key, a changed byte; `audit verify` with problems"},
      {8, "", "`due --check`: something is overdue, or due within `--within`"},
      {10, "unavailable", "lock, disk full, read-only, newer schema, missing key, clock behind: try again"},
  };
  return codes;
}

std::string shown_option(const Option& option) {
  return option.name + (option.value.empty() || is_positional(option) ? "" : " " + option.value);
}

std::vector<OptionGroup> option_groups(const Verb& verb) {
  std::vector<OptionGroup> groups = {{"", verb.options}};
  if (verb.writes) groups.push_back({"what every verb that writes takes", write_options()});
  auto shared = common_options();
  if (!verb.list.empty()) shared.insert(shared.begin(), jsonl_option());
  groups.push_back({"what every verb takes", std::move(shared)});
  return groups;
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string lines;
  std::size_t length = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (length > 0 && length + 1 + word.size() > columns) {
      lines += "\n" + std::string(indent, ' ');
      length = 0;
    }
    if (length > 0) lines += ' ';
    lines += word;
    length += (length > 0 ? 1 : 0) + word.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string synopsis(const Verb& verb, std::size_t columns) {
  const std::string start = "tocsin " + verb.words;
  std::string lines;
  std::string line = start;
  for (const auto& option : verb.options) {
    const auto shown = shown_option(option);
    const auto part = (option.required ? shown : "[" + shown + "]") + (option.repeats ? "..." : "");
    if (line.size() + 1 + part.size() > columns && line.size() > start.size()) {
      lines += line + "\n";
      line = std::string(start.size(), ' ');
    }
    line += " " + part;
  }
  return lines + line;
}

std::string usage(const Verb& verb, int columns) {
  const auto width = usable(columns);
  auto lines = synopsis(verb, width - 7);
  for (auto at = lines.find('\n'); at != std::string::npos; at = lines.find('\n', at + 1)) lines.insert(at + 1, 7, ' ');
  std::string text = verb.summary + "\n\nusage: " + lines + "\n";
  for (const auto& group : option_groups(verb)) {
    if (group.options.empty()) continue;
    text += group.title.empty() ? "\n" : "\n" + group.title + ":\n";
    for (const auto& option : group.options)
      text += side_by_side(shown_option(option), option.help + (option.repeats ? "; may be given again" : ""), width);
  }
  const auto page = verb_page(verb.words);
  if (!page.examples.empty()) text += "\nfor example:\n";
  for (const auto& example : page.examples) text += "  " + example + "\n";
  return text + "\nmore: tocsin help " + verb.words + "\n";
}

std::string verbs_of(const std::vector<Verb>& table, std::string_view noun, int columns) {
  std::string text;
  for (const auto& verb : table)
    if (has_noun(verb) && noun_of(verb) == noun) text += side_by_side(verb.words, verb.summary, usable(columns), kVerbs);
  return text;
}

std::string overview(const std::vector<Verb>& table, int columns) {
  std::string text = "tocsin takes a personal-data breach from detection to closure.\n\n";
  std::string nouns = " ";  // those that were shown
  for (const auto& verb : table)
    if (!has_noun(verb)) text += side_by_side(verb.words, verb.summary, usable(columns), kVerbs);
  for (const auto& verb : table) {
    if (!has_noun(verb) || nouns.find(" " + noun_of(verb) + " ") != std::string::npos) continue;
    nouns += noun_of(verb) + " ";
    text += "\n" + verbs_of(table, noun_of(verb), columns);
  }
  text += "\n'tocsin VERB --help' says what a verb takes, 'tocsin help VERB' all there is to say about it.\n";
  std::string names;
  for (const auto& topic : topics()) names += (names.empty() ? "" : ", ") + std::string(topic.name);
  return text + "Topics for 'tocsin help': " + wrapped(names, 53, 2) + ".\n\nThis is a record keeper, not legal advice.\n";
}

}  // namespace tocsin::cli
