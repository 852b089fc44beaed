// SPDX-License-Identifier: Apache-2.0
#include "cli/line/settings.h"

#include <date/tz.h>

#include <algorithm>
#include <cctype>

#include "cli/line/completion.h"
#include "cli/line/places.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {
namespace {

std::vector<std::string> words_in(std::string_view value) {
  std::vector<std::string> words;
  while (true) {
    const auto bar = value.find('|');
    words.emplace_back(value.substr(0, bar));
    if (bar == std::string_view::npos) return words;
    value.remove_prefix(bar + 1);
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && text.find_first_not_of('0') != std::string_view::npos &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Error unfit(const Setting& setting, const std::string& wanted, std::string_view value) {
  return usage_error("'" + setting.name + "' is " + wanted + ", and not " + in_quotes(value));
}

/// What must not lie in a file that people copy between machines and show each other.
bool looks_secret(std::string_view name, std::string_view value) {
  if (name == "key")
    return value.size() >= 32 && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  const auto scheme = value.find("://");
  const auto at = value.find('@');
  return scheme != std::string_view::npos && at != std::string_view::npos &&
         value.substr(scheme + 3, at - scheme - 3).find(':') != std::string_view::npos;
}

Result<void> check_zone(std::string_view name) {
  try {
    date::locate_zone(std::string(name));
    return {};
  } catch (const std::exception&) {
    return usage_error("there is no time zone " + in_quotes(name) + ": give one of the tz database, as Europe/London");
  }
}

}  // namespace

const std::vector<Setting>& all_settings() {
  static const std::vector<Setting> table = {
      {"as", "NAME", "who you are", "the operating-system user"},
      {"color", "auto|always|never", "whether screens use colour", "auto: on a terminal, unless NO_COLOR is set"},
      {"db", "PATH", "the store", "tocsin/tocsin.db in your data folder"},
      {"editor", "COMMAND", "what texts are written in", "VISUAL, else EDITOR", false},
      {"key", "PATH", "the file with the vault's key, never the key itself", "vault.key beside this file", false},
      {"limit", "N|all", "how many rows lists print", "100"},
      {"log-count", "N", "how many older files of the log are kept", "5", false},
      {"log-file", "PATH", "where the log goes", "standard error"},
      {"log-format", "text|json", "how the log is written", "text"},
      {"log-level", "off|error|warn|info|debug", "what is logged", "off, or info with log-file"},
      {"log-size", "BYTES", "when a file of the log is full", "1048576", false},
      {"pager", "COMMAND", "what long output is read in", "PAGER, else less", false},
      {"profile", "NAME", "the profile in use when none is named", "none"},
      {"workflows", "DIR", "workflow files", "those that came with tocsin"},
      {"zone", "ZONE", "the time zone of what belongs to no one case, as Europe/London",
       "Europe/London for due, else the machine's", false},
  };
  return table;
}

const Setting* find_setting(std::string_view name) {
  const auto& table = all_settings();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Setting& one) { return one.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::string variable_of(std::string_view setting) {
  std::string variable = "TOCSIN_";
  for (const char c : setting) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

std::string SettingsPage::value(std::string_view profile, std::string_view name) const {
  for (const auto& one : settings)
    if (one.profile == profile && one.name == name) return one.value;
  return "";
}

bool SettingsPage::has_profile(std::string_view name) const {
  return std::any_of(profiles.begin(), profiles.end(), [&](const SettingLine& one) { return one.name == name; });
}

std::string settings_path(const World& world) {
  auto base = world.variable("XDG_CONFIG_HOME");
  if (base.empty() && !world.variable("HOME").empty()) base = world.variable("HOME") + "/.config";
  return base.empty() ? "" : base + "/tocsin/config";
}

Origin profile_in_use(const Call& call, const SettingsPage& page) {
  if (call.has("--profile")) return {call.one("--profile"), "flag --profile"};
  if (auto named = call.world.variable("TOCSIN_PROFILE"); !named.empty()) return {named, "environment TOCSIN_PROFILE"};
  if (auto named = page.value("", "profile"); !named.empty()) return {named, "file"};
  return {};
}

Origin origin_of(const Call& call, const SettingsPage& page, const Setting& setting) {
  const auto profile = profile_in_use(call, page);
  if (setting.name == "profile") return profile;
  const auto flag = "--" + setting.name;
  if (call.has(flag)) return {call.one(flag), "flag " + flag};
  const auto of_profile = profile.value.empty() ? std::string() : page.value(profile.value, setting.name);
  if (!of_profile.empty() && call.has("--profile")) return {of_profile, "profile " + profile.value};
  if (auto named = call.world.variable(variable_of(setting.name)); !named.empty())
    return {named, "environment " + variable_of(setting.name)};
  if (!of_profile.empty()) return {of_profile, "profile " + profile.value};
  if (auto named = page.value("", setting.name); !named.empty()) return {named, "file"};
  return {};
}

Result<void> apply_settings(Call& call, const SettingsPage& page) {
  const auto profile = profile_in_use(call, page);
  if (call.has("--profile") && profile.value.empty()) return usage_error("--profile names no profile");
  if (!profile.value.empty() && !page.has_profile(profile.value)) {
    std::vector<std::string> known;
    for (const auto& one : page.profiles) known.push_back(one.name);
    const auto near = nearest(profile.value, known);
    auto message = "there is no profile " + in_quotes(profile.value) + " (" + profile.from + ") in " + in_quotes(page.path);
    if (page.path.empty())
      message = "there is no profile " + in_quotes(profile.value) + ": without HOME there are no settings";
    return usage_error(message + (near.empty() ? "" : "; did you mean '" + near + "'?"), "config list");
  }
  for (const auto& [of_profile, name, value, line] : page.settings) {
    if (!of_profile.empty() && of_profile != profile.value) continue;
    if (const auto fits = check_setting(*find_setting(name), value); !fits)
      return usage_error(page.path + ":" + std::to_string(line + 1) + ": " + fits.error().message, "config list");
    if (of_profile.empty()) call.world.configured.emplace(name, value);
  }
  for (const auto& [of_profile, name, value, line] : page.settings) {
    if (of_profile.empty() || of_profile != profile.value) continue;
    call.world.configured[name] = value;
    if (call.has("--profile")) call.world.commanded[name] = value;
  }
  return {};
}

Result<void> check_setting(const Setting& setting, std::string_view value) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (value.empty()) return usage_error("'" + setting.name + "' needs a value: " + setting.help);
  if (value.size() > 4096 || !is_utf8(value) || std::any_of(value.begin(), value.end(), is_control))
    return usage_error("the value of '" + setting.name + "' is one line of UTF-8 of at most 4096 bytes");
  if (looks_secret(setting.name, value))
    return usage_error(setting.name == "key"
                           ? "'key' is the path of a file, and this looks like a key: a secret does not belong here"
                           : "a password does not belong into the settings");
  if (setting.name == "zone") return check_zone(value);
  if (setting.is_path()) return check_file_name(value);
  if (setting.value == "N" && !is_number(value)) return unfit(setting, "a whole number from 1", value);
  if (setting.value == "BYTES" && !is_number(value)) return unfit(setting, "a whole number of bytes from 1", value);
  const auto words = words_in(setting.value);
  if (words.size() == 1) return {};
  for (const auto& word : words)
    if (word == value || (word == "N" && is_number(value))) return {};
  const auto near = nearest(value, fixed_words({"", setting.value, ""}));
  auto error = unfit(setting, setting.value, value);
  if (!near.empty()) error.message += "; did you mean '" + near + "'?";
  return error;
}

}  // namespace tocsin::cli
