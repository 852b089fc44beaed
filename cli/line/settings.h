// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// Something that a user sets once instead of typing it with every command: a row of the table of settings.
struct Setting {
  std::string name;       ///< "log-level"; its environment variable is TOCSIN_LOG_LEVEL
  std::string value;      ///< what stands for its value in help; words with | are the only ones it takes
  std::string help;       ///< what it is
  std::string otherwise;  ///< what holds when nobody sets it
  bool is_flag = true;    ///< there is a flag of the same name

  bool is_path() const { return value == "PATH" || value == "DIR"; }  ///< its value names a file or a folder
};
const std::vector<Setting>& all_settings();
const Setting* find_setting(std::string_view name);

/// "TOCSIN_LOG_LEVEL" of "log-level".
std::string variable_of(std::string_view setting);

/// A line of a configuration file.
struct SettingLine {
  std::string profile;  ///< empty: it stands outside of all profiles
  std::string name;
  std::string value;
  std::size_t line = 0;  ///< counted from 0
};

/// A configuration file as read.
struct SettingsPage {
  std::string path;                   ///< empty: nothing says where it would be (no HOME)
  std::string text;                   ///< empty when there is no file
  std::vector<SettingLine> settings;  ///< in the order of the file
  std::vector<SettingLine> profiles;  ///< each profile's first line, without a value
  std::string value(std::string_view profile, std::string_view name) const;
  bool has_profile(std::string_view name) const;
};

/// $XDG_CONFIG_HOME/tocsin/config or its default below HOME; empty when the machine names neither.
std::string settings_path(const World& world);

/// The text of that file; empty when there is none. `invalid` for what is no file of at most 1 MiB, `unavailable` where it cannot be read.
Result<std::string> settings_text(const std::string& path);

/// Writes the file anew, whole or not at all, for its owner's eyes only (0600); a folder that is missing is made (0700). A link is
/// followed, so that a file kept elsewhere stays there. `unavailable` where it cannot be written; the old file is then as it was.
Result<void> write_settings(const std::string& path, const std::string& text);

/// Where a value comes from.
struct Origin {
  std::string value;
  std::string from;  ///< "flag --db", "environment TOCSIN_DB", "profile exercise", "file", "default"; empty: nobody set it
};

/// The profile in use: --profile, else TOCSIN_PROFILE, else `profile` of the file; empty: none.
Origin profile_in_use(const Call& call, const SettingsPage& page);

/// The value in use, and who set it: flag, then a profile named by a flag, environment, profile, file, default.
Origin origin_of(const Call& call, const SettingsPage& page, const Setting& setting);

/// Fills World::configured and World::commanded for this call. `invalid` for a profile that is not there or a value that cannot be.
Result<void> apply_settings(Call& call, const SettingsPage& page);

/// Whether a value fits; `invalid` with what would.
Result<void> check_setting(const Setting& setting, std::string_view value);

/// The text of the file with the setting changed, or taken out when `value` is null; other lines and comments stay as they are.
/// `invalid` for a file written in a way that cannot be changed line by line.
Result<std::string> with_setting(const SettingsPage& page, std::string_view profile, std::string_view name,
                                 const std::string* value);

}  // namespace tocsin::cli
