// SPDX-License-Identifier: Apache-2.0
// A configuration file changed line by line, so that comments and the order of lines stay.
#include <algorithm>
#include <sstream>

#include "cli/line/settings.h"

namespace tocsin::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Always in quotes where YAML could read something else than these words.
std::string as_yaml(std::string_view value) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '/' || c == '.' || c == '_' || c == '-'; };
  const bool is_nothing = value == "null" || value == "Null" || value == "NULL";  // YAML's word for no value
  if (std::all_of(value.begin(), value.end(), plain) && value.front() != '-' && value.front() != '.' && !is_nothing)
    return std::string(value);
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? "''" : std::string(1, c);
  return text + "'";
}

/// Where a line for a setting that is not there yet goes: below the last of its company, and the line's indentation.
std::size_t place_for(const SettingsPage& page, std::string_view profile, std::vector<std::string>& lines,
                      std::string& indent) {
  const auto last_of = [&](std::string_view of) {
    std::size_t after = 0;
    for (const auto& one : page.settings)
      if (one.profile == of) after = std::max(after, one.line + 1);
    return after;
  };
  if (profile.empty()) {
    const auto last = last_of("");
    return last == 0 && page.profiles.empty() ? lines.size() : last;
  }
  const auto heading =
      std::find_if(page.profiles.begin(), page.profiles.end(), [&](const SettingLine& one) { return one.name == profile; });
  indent = "    ";
  if (heading != page.profiles.end()) {
    const auto last = last_of(profile);
    if (last == 0) return heading->line + 1;
    const auto& above = lines[last - 1];
    indent = above.substr(0, std::min(above.find_first_not_of(' '), above.size()));
    return last;
  }
  std::size_t end = lines.size();
  if (page.profiles.empty()) lines.emplace_back("profiles:");
  else {
    end = page.profiles.back().line + 1;
    for (const auto& one : page.settings)
      if (one.profile == page.profiles.back().name) end = std::max(end, one.line + 1);
  }
  if (page.profiles.empty()) end = lines.size();
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(end), "  " + std::string(profile) + ":");
  return end + 1;
}

}  // namespace

Result<std::string> with_setting(const SettingsPage& page, std::string_view profile, std::string_view name,
                                 const std::string* value) {
  auto lines = lines_of(page.text);
  const auto known = std::find_if(page.settings.begin(), page.settings.end(),
                                  [&](const SettingLine& one) { return one.profile == profile && one.name == name; });
  if (known != page.settings.end()) {
    auto& line = lines[known->line];
    if (value != nullptr) line = line.substr(0, line.find(std::string(name))) + std::string(name) + ": " + as_yaml(*value);
    else lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(known->line));
  } else if (value != nullptr) {
    std::string indent;
    const auto at = place_for(page, profile, lines, indent);
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), indent + std::string(name) + ": " + as_yaml(*value));
  }
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace tocsin::cli
