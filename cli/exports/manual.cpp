// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/manual.h"

#include <algorithm>

#include "cli/line/pages.h"
#include "cli/line/usage.h"

namespace tocsin::cli {
namespace {

constexpr std::size_t kColumns = 120;

/// A cell of a Markdown table.
std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.replace(at, 1, "\\|");
  return text;
}

std::string option_table(const std::vector<Option>& options) {
  std::string text = "| option | meaning |\n|---|---|\n";
  for (const auto& option : options)
    text += "| `" + cell(shown_option(option)) + "` | " + cell(option.help) + (option.required ? " (needed)" : "") +
            (option.repeats ? "; may be given again" : "") + " |\n";
  return text;
}

std::string fenced(const std::vector<std::string>& lines) {
  std::string text = "```\n";
  for (const auto& line : lines) text += line + "\n";
  return text + "```\n";
}

std::string code_table() {
  std::string text = "| code | word | when |\n|---|---|---|\n";
  for (const auto& [code, word, when] : exit_codes())
    text += "| " + std::to_string(code) + " | " + (word.empty() ? "" : "`" + std::string(word) + "` ") + "| " +
            std::string(when) + " |\n";
  return text;
}

/// The shapes of all verbs beside each other, and what must be true of them.
std::string shapes(const std::vector<Verb>& table) {
  constexpr std::size_t kSide = 17;
  std::string text = "```\n";
  for (const auto& verb : table) {
    auto name = verb.words;
    for (const auto& line : verb_page(verb.words).json) {
      text += name + std::string(name.size() < kSide ? kSide - name.size() : 1, ' ') + line + "\n";
      name.clear();
    }
  }
  return text + "```\n";
}

std::string section(const Verb& verb) {
  std::string text = "### tocsin " + verb.words + "\n\n" + verb.summary + ".\n\n";
  text += fenced({synopsis(verb, kColumns)}) + "\n";
  if (!verb.options.empty()) text += option_table(verb.options) + "\n";
  return text + verb_markdown(verb);
}

}  // namespace

std::string verb_markdown(const Verb& verb) {
  const auto page = verb_page(verb.words);
  std::string text;
  if (!page.details.empty()) text += page.details + "\n\n";
  if (!page.examples.empty()) text += fenced(page.examples) + "\n";
  if (!page.json.empty()) text += "As JSON:\n\n" + fenced(page.json) + "\n";
  for (const auto& line : page.exit_codes) text += "* exit code " + line + "\n";
  return text + (page.exit_codes.empty() ? "" : "\n");
}

std::string manual_markdown(const std::vector<Verb>& table) {
  std::string text =
      "<!-- Made from cli/line/verbs.cpp and cli/pages by 'tocsin help --markdown': write there, not here. -->\n# The command line\n\n";
  for (const auto& page : pages())
    if (page.name == "intro") text += std::string(page.text) + "\n";
  text += "## Verbs\n\n```\n";
  for (const auto& verb : table) text += synopsis(verb, kColumns) + "\n";
  text += "```\n\n## What every verb takes\n\n" + option_table(common_options());
  text += "\nVerbs that write take besides:\n\n" + option_table(write_options()) + "\n";
  for (const auto& topic : topics()) {
    text += "## " + std::string(topic.title) + "\n\n";
    if (topic.name == "exit-codes") text += code_table() + "\n";
    text += std::string(topic.text) + "\n\n";
    if (topic.name == "json") text += shapes(table) + "\n";
  }
  text += "## Each verb\n\n";
  for (const auto& verb : table) text += section(verb);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace tocsin::cli
