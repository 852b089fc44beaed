// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/workflow/check.h"

namespace tocsin::yaml_library {

/// A setting as a configuration file names it.
struct ReadSetting {
  std::string profile;   ///< empty: for every profile
  std::string name;      ///< "db"
  std::string value;     ///< what was written; never guessed from its look
  std::size_t line = 0;  ///< of its name, counted from 0
};

/// What a configuration file says, and what is wrong with it; with issues nothing of it is to be used.
struct ReadSettings {
  std::vector<ReadSetting> settings;
  std::vector<ReadSetting> profiles;  ///< each profile as a name without a value, and its line
  std::vector<workflow::Issue> issues;
};

/// Reads `name: value` lines, and below `profiles:` the same for each profile (docs/cli.md, Settings). Names that are not
/// `known` are mistakes with the nearest known one as hint.
ReadSettings read_settings(const std::string& path, const std::string& text, const std::vector<std::string>& known);

}  // namespace tocsin::yaml_library
