// SPDX-License-Identifier: Apache-2.0
#include "tests/support/complaint.h"

#include <algorithm>
#include <string_view>

#include "engine/base/json.h"

namespace tocsin::tests {
namespace {

using workflow::Issue;
using workflow::SourceFile;

std::size_t letters(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Line 0 and column 0 mean "no place" and "the whole line"; one past the last letter is where something is missing.
bool is_inside(const Issue& issue, const std::vector<SourceFile>& files) {
  const auto& place = issue.place;
  if (place.line == 0) return place.column == 0;
  const auto file = std::find_if(files.begin(), files.end(), [&](const SourceFile& one) { return one.path == place.file; });
  if (file == files.end() || place.line < 0 || place.column < 0) return false;
  std::string_view rest = file->text;
  for (int line = 1; line < place.line; ++line) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
  }
  return static_cast<std::size_t>(place.column) <= letters(rest.substr(0, rest.find('\n'))) + 1;
}

}  // namespace

std::string complaint(bool is_read, const std::vector<Issue>& issues, const std::vector<SourceFile>& files) {
  const bool is_wrong = std::any_of(issues.begin(), issues.end(), [](const Issue& one) { return !one.is_warning; });
  if (is_read == is_wrong) return is_read ? "read although it is wrong" : "not read, and nothing is said";
  for (const auto& issue : issues) {
    const auto said = format_issue(issue);
    if (!is_inside(issue, files)) return "a place outside the file: " + said;
    if (issue.message.empty() || !is_utf8(said)) return "nothing a person can read: " + said;
  }
  return {};
}

}  // namespace tocsin::tests
