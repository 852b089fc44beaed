// SPDX-License-Identifier: Apache-2.0
// How a mistake in a file is printed for people.
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

namespace {

constexpr int widest_line = 160;

bool continues_a_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Bytes of the first `letters` letters of a UTF-8 text.
std::size_t bytes_of(std::string_view text, int letters) {
  std::size_t at = 0;
  while (at < text.size() && letters > 0) {
    ++at;
    while (at < text.size() && continues_a_letter(text[at])) ++at;
    --letters;
  }
  return at;
}

/// The line and a caret under the column; of a very long line only the surroundings.
std::string with_caret(std::string_view line, int column) {
  std::string cut_off;
  const int from = column > widest_line ? column - widest_line / 2 : 1;
  line.remove_prefix(bytes_of(line, from - 1));
  if (from > 1) cut_off = "...";
  const auto shown = line.substr(0, bytes_of(line, widest_line));
  std::string out = "  " + cut_off + std::string(shown) + (shown.size() < line.size() ? "...\n" : "\n");
  out += std::string(2 + cut_off.size(), ' ');
  for (const char c : line.substr(0, bytes_of(line, column - from))) {
    if (!continues_a_letter(c)) out += c == '\t' ? '\t' : ' ';  // a tab stays one, so that the caret stands right
  }
  return out + "^\n";
}

}  // namespace

std::string format_issue(const Issue& issue) {
  std::string out = issue.place.file;
  if (issue.place.line > 0) {
    out += ":" + std::to_string(issue.place.line);
    if (issue.place.column > 0) out += ":" + std::to_string(issue.place.column);
  }
  if (!out.empty()) out += ": ";
  out += (issue.is_warning ? "warning: " : "error: ") + issue.message + "\n";
  if (!issue.line.empty() && issue.place.column > 0) out += with_caret(issue.line, issue.place.column);
  if (!issue.hint.empty()) out += "  " + issue.hint + "\n";
  return out;
}

}  // namespace tocsin::workflow
