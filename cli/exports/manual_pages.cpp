// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/exports/manual.h"
#include "cli/line/pages.h"
#include "cli/line/usage.h"

namespace tocsin::cli {
namespace {

/// Text that roff takes literally.
std::string literal(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else if (c == '`') continue;  // marks of Markdown in the help of options and codes
    else out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

/// An argument of a macro, in quotes.
std::string argument(std::string_view text) {
  auto out = literal(text);
  for (auto at = out.find('"'); at != std::string::npos; at = out.find('"', at + 4)) out.replace(at, 1, "\\(dq");
  return "\"" + out + "\"";
}

std::string page_name(const Verb& verb) {
  auto name = "tocsin-" + verb.words;
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string heading(const std::string& name, std::string_view version) {
  auto title = name;
  std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) { return std::toupper(c); });
  return ".\\\" Made from the table of verbs by 'tocsin help --man'; changes here are lost.\n.TH " + argument(title) +
         " 1 \"\" " + argument("tocsin " + std::string(version)) + " \"Tocsin\"\n";
}

/// A tagged paragraph for each option: its name in bold, its value in italics.
std::string option_list(const std::vector<Option>& options) {
  std::string text;
  for (const auto& option : options) {
    text += ".TP\n\\fB" + literal(option.name) + "\\fR";
    if (!option.value.empty() && !is_positional(option)) text += " \\fI" + literal(option.value) + "\\fR";
    text += "\n" + literal(option.help) + (option.required ? " (needed)" : "") +
            (option.repeats ? "; may be given again" : "") + "\n";
  }
  return text;
}

std::string as_typed(const std::vector<std::string>& lines) {
  std::string text = ".nf\n.RS 4\n";
  for (const auto& line : lines) text += literal(line) + "\n";
  return text + ".RE\n.fi\n";
}

std::string code_list() {
  std::string text;
  for (const auto& [code, word, when] : exit_codes())
    text += ".TP\n\\fB" + std::to_string(code) + "\\fR" + (word.empty() ? "" : " " + literal(word)) + "\n" + literal(when) +
            "\n";
  return text;
}

std::string verb_page_of(const Verb& verb, std::string_view version) {
  const auto page = verb_page(verb.words);
  auto text = heading(page_name(verb), version);
  text += ".SH NAME\n" + literal(page_name(verb)) + " \\- " + literal(verb.summary) + "\n";
  text += ".SH SYNOPSIS\n.nf\n" + literal(synopsis(verb, 72)) + "\n.fi\n";
  if (!page.details.empty()) text += ".SH DESCRIPTION\n" + roff(page.details);
  text += ".SH OPTIONS\n";
  for (const auto& group : option_groups(verb)) {
    if (group.options.empty()) continue;
    if (!group.title.empty()) text += ".SS " + argument(group.title) + "\n";
    text += option_list(group.options);
  }
  if (!page.examples.empty()) text += ".SH EXAMPLES\n" + as_typed(page.examples);
  text += ".SH EXIT STATUS\n";
  if (!page.exit_codes.empty()) text += as_typed(page.exit_codes);
  text += "0 when done; all codes are in\n.BR tocsin (1).\n";
  if (!page.json.empty()) text += ".SH JSON\n" + as_typed(page.json);
  return text + ".SH SEE ALSO\n.BR tocsin (1)\n";
}

std::string front_page(const std::vector<Verb>& table, std::string_view version) {
  auto text = heading("tocsin", version);
  text += ".SH NAME\ntocsin \\- take a personal\\-data breach from detection to closure\n";
  text += ".SH SYNOPSIS\n.B tocsin\n[\\fIVERB\\fR [\\fIARGUMENTS\\fR]]\n.SH DESCRIPTION\n";
  for (const auto& page : pages())
    if (page.name == "intro") text += roff(page.text);
  text += ".SH COMMANDS\n";
  for (const auto& verb : table) text += ".TP\n.BR " + literal(page_name(verb)) + " (1)\n" + literal(verb.summary) + "\n";
  text += ".SH OPTIONS\nEvery verb takes these.\n" + option_list(common_options());
  text += ".SS \"Verbs that write take besides\"\n" + option_list(write_options());
  for (const auto& topic : topics()) {
    auto title = std::string(topic.title);
    std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) { return std::toupper(c); });
    text += ".SH " + argument(title) + "\n" + (topic.name == "exit-codes" ? code_list() + ".PP\n" : "") + roff(topic.text);
  }
  return text;
}

}  // namespace

std::map<std::string, std::string> manual_pages(const std::vector<Verb>& table, std::string_view version) {
  std::map<std::string, std::string> files = {{"tocsin.1", front_page(table, version)}};
  for (const auto& verb : table) files.emplace(page_name(verb) + ".1", verb_page_of(verb, version));
  return files;
}

}  // namespace tocsin::cli
