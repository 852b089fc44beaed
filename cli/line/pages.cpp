// SPDX-License-Identifier: Apache-2.0
#include "cli/line/pages.h"

#include <algorithm>

namespace tocsin::cli {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == '\n') text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

/// The lines of an indented block, without their indentation.
std::vector<std::string> block_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (line.starts_with("    ")) lines.emplace_back(line.substr(4));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

VerbPage verb_page(std::string_view words) {
  std::string name = "verbs/" + std::string(words);
  std::replace(name.begin(), name.end(), ' ', '-');
  VerbPage page;
  for (const auto& one : pages()) {
    if (one.name != name) continue;
    auto rest = one.text;
    auto next = rest.find("## ");
    page.details = trimmed(rest.substr(0, next));
    while (next != std::string_view::npos) {
      rest = rest.substr(next);
      const auto line_end = std::min(rest.find('\n'), rest.size());
      const auto heading = rest.substr(3, line_end - 3);
      next = rest.find("\n## ", line_end);
      if (next != std::string_view::npos) ++next;
      const auto lines = block_of(rest.substr(line_end, next == std::string_view::npos ? next : next - line_end));
      if (heading == "Example") page.examples = lines;
      if (heading == "JSON") page.json = lines;
      if (heading == "Exit codes") page.exit_codes = lines;
    }
  }
  return page;
}

std::vector<Topic> topics() {
  constexpr std::string_view kFolder = "topics/";
  std::vector<Topic> found;
  for (const auto& page : pages()) {
    if (!page.name.starts_with(kFolder)) continue;
    const auto file = page.name.substr(kFolder.size());
    const auto title_end = page.text.find('\n');
    found.push_back(
        {file.substr(file.find('-') + 1), page.text.substr(2, title_end - 2), trimmed(page.text.substr(title_end))});
  }
  return found;
}

}  // namespace tocsin::cli
