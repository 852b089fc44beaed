// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/settings_reader.h"

#include <algorithm>

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {
namespace {

/// Takes one `name: value` line, or says what is wrong with it.
void take(Page& page, const std::vector<std::string>& known, const std::string& profile, const Member& member,
          ReadSettings& read) {
  const auto& [name, value] = member;
  const auto place = page.place(name.line, name.byte);
  if (std::find(known.begin(), known.end(), name.text) == known.end())
    return page.wrong(place, "there is no setting " + in_quotes(name.text), nearest_hint(name.text, known));
  if (value.kind != Node::Kind::scalar)
    return page.wrong(page.place(value.line, value.byte),
                      in_quotes(name.text) + " is one value, and this is " + std::string(name_of(value.kind)),
                      "write " + name.text + ": VALUE");
  read.settings.push_back({profile, name.text, value.text, name.line});
}

/// Whether a file holds only blank lines and comments.
bool says_nothing(const Page& page) {
  for (std::size_t i = 0; i < page.lines(); ++i)
    if (const auto first = page.line(i).find_first_not_of(" \t");
        first != std::string_view::npos && page.line(i)[first] != '#')
      return false;
  return true;
}

}  // namespace

ReadSettings read_settings(const std::string& path, const std::string& text, const std::vector<std::string>& known) {
  ReadSettings read;
  Page page(path, text);
  if (says_nothing(page)) return read;
  const auto tree = read_tree(page);
  auto names = known;
  names.emplace_back("profiles");
  auto inner_names = known;
  std::erase(inner_names, "profile");  // a profile names no other
  if (tree && page.issues().empty()) {
    for (const auto& member : tree->members) {
      if (member.key.text != "profiles") {
        take(page, names, "", member, read);
        continue;
      }
      if (member.value.kind != Node::Kind::map && member.value.kind != Node::Kind::nothing) {
        page.wrong(page.place(member.value.line, member.value.byte), "'profiles' holds a mapping for each profile");
        continue;
      }
      for (const auto& [name, profile] : member.value.members) {
        read.profiles.push_back({"", name.text, "", name.line});
        if (!is_name_with_hyphens(name.text))
          page.wrong(page.place(name.line, name.byte), in_quotes(name.text) + " is no name for a profile",
                     "a lower-case letter, then letters, digits, '_' or '-'");
        if (profile.kind != Node::Kind::map && profile.kind != Node::Kind::nothing)
          page.wrong(page.place(profile.line, profile.byte), "a profile holds lines of NAME: VALUE");
        for (const auto& inner : profile.members) take(page, inner_names, name.text, inner, read);
      }
    }
  }
  read.issues = page.issues();
  return read;
}

}  // namespace tocsin::yaml_library
