// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace tocsin::tests {

/// One line of FLOORS.
struct Room {
  std::string name;
  int floor = 0;
  std::vector<std::string> outside;  ///< prefixes of headers it may include, or "posix"
};

using Floors = std::map<std::string, Room>;

/// Reads FLOORS. What cannot be read becomes a sentence in `offences`.
Floors read_floors(const std::string& text, std::vector<std::string>& offences);

/// A sentence for each include of a file that the floors do not allow. `path` is relative to the repository.
std::vector<std::string> include_offences(const Floors& floors, const std::string& path, const std::string& text);

/// A sentence for each thing that no file of ours holds: no licence line, over 400 lines, a name that says
/// nothing, a path of somebody's machine.
std::vector<std::string> page_offences(const std::string& path, const std::string& text);

}  // namespace tocsin::tests
