// SPDX-License-Identifier: Apache-2.0
#include "tests/house/house.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace tocsin::tests {
namespace {

constexpr std::size_t kMostLines = 400;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool is_standard(const std::string& header) { return header.find_first_of("./") == std::string::npos; }

bool is_posix(const std::string& header) {
  static const std::set<std::string> plain = {"fcntl.h", "poll.h", "pwd.h", "signal.h", "spawn.h", "termios.h", "unistd.h"};
  return plain.contains(header) || header.starts_with("sys/");
}

std::string why_not_outside(const Room& room, const std::string& path, const std::string& header) {
  if (is_standard(header)) return "";
  if (path.starts_with("engine/") && path.ends_with(".h")) return "headers of engine/ name only the standard library";
  for (const auto& prefix : room.outside)
    if (prefix == "posix" ? is_posix(header) : header == prefix || header.starts_with(prefix + "/")) return "";
  return "FLOORS does not name it for " + room.name;
}

std::string why_not_room(const Floors& floors, const Room& room, const std::string& path, const std::string& header) {
  const auto other = floors.find(folder_of(header));
  if (other == floors.end()) return "FLOORS knows no such room";
  if (other->first == room.name) return "";
  if (other->second.floor >= room.floor)
    return other->first + " is on floor " + std::to_string(other->second.floor) + ", " + room.name + " on " +
           std::to_string(room.floor);
  if (other->first.starts_with("adapters/") && path != "cli/shop/wiring.cpp")
    return "only cli/shop/wiring.cpp names adapters";
  return "";
}

}  // namespace

Floors read_floors(const std::string& text, std::vector<std::string>& offences) {
  Floors floors;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    line = line.substr(0, line.find('#'));
    std::istringstream words(line);
    Room room;
    if (!(words >> room.floor >> room.name)) {
      if (line.find_first_not_of(' ') != std::string::npos) offences.push_back("FLOORS: this is no floor and room: " + line);
      continue;
    }
    for (std::string prefix; words >> prefix;) room.outside.push_back(prefix);
    if (!floors.emplace(room.name, room).second) offences.push_back("FLOORS names " + room.name + " twice");
  }
  return floors;
}

std::vector<std::string> include_offences(const Floors& floors, const std::string& path, const std::string& text) {
  const auto room = floors.find(folder_of(path));
  if (room == floors.end()) return {path + " lies in a folder that FLOORS does not name"};
  static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])", std::regex::multiline);
  std::vector<std::string> offences;
  for (std::sregex_iterator found(text.begin(), text.end(), include), end; found != end; ++found) {
    const auto header = (*found)[2].str();
    const auto why =
        (*found)[1] == "<" ? why_not_outside(room->second, path, header) : why_not_room(floors, room->second, path, header);
    if (!why.empty()) offences.push_back(path + " includes " + header + ": " + why);
  }
  return offences;
}

std::vector<std::string> page_offences(const std::string& path, const std::string& text) {
  std::vector<std::string> offences;
  const bool is_code = path.ends_with(".h") || path.ends_with(".cpp") || path.ends_with(".c");
  const bool is_shell = text.starts_with("#!");
  if ((is_code && !text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) ||
      (is_shell && text.find("\n# SPDX-License-Identifier: Apache-2.0\n") == std::string::npos))
    offences.push_back(path + " does not begin with its SPDX licence line");
  static const std::regex nameless(
      R"((^|[/_])(util|utils|helper|helpers|manager|handler|common|misc|data|info|impl)([/_.]|$))");
  if (std::regex_search(path, nameless)) offences.push_back(path + " is called by a word that says nothing");
  static const std::regex nameless_type(R"((class|struct) \w*(Util|Helper|Manager|Handler|Common|Misc|Data|Info|Impl)s?\b)");
  if (std::smatch found; is_code && std::regex_search(text, found, nameless_type))
    offences.push_back(path + " has a type called by a word that says nothing: " + found.str());
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (is_code && static_cast<std::size_t>(lines) > kMostLines)
    offences.push_back(path + " has " + std::to_string(lines) + " lines: more than one concept lives there");
  static const std::regex machine(R"((^|[\s"'=(:])/(home|root|Users|work|check|build|mnt)/\w)");
  if (std::smatch found; std::regex_search(text, found, machine))
    offences.push_back(path + " names a path of somebody's machine:" + found.str());
  return offences;
}

}  // namespace tocsin::tests
