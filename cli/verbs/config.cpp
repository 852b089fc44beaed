// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <ostream>

#include "cli/line/settings.h"
#include "cli/shop/wiring.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {
namespace {

Result<const Setting*> setting_of(const Call& call) {
  const auto name = call.one("SETTING");
  if (const auto* setting = find_setting(name)) return setting;
  std::vector<std::string> known;
  for (const auto& one : all_settings()) known.push_back(one.name);
  const auto near = nearest(name, known);
  return usage_error("there is no setting " + in_quotes(name) + (near.empty() ? "" : "; did you mean '" + near + "'?"),
                     "config list");
}

std::string profile_said(const Call& call) { return call.one("--profile"); }

/// Whether the new file says of every setting what the old one did, but for the one that was to change.
bool differs_only_in(const SettingsPage& before, const SettingsPage& after, const std::string& profile,
                     const std::string& name, const std::string* value) {
  const auto others = [&](const SettingsPage& page) {
    std::map<std::pair<std::string, std::string>, std::string> values;
    for (const auto& one : page.settings)
      if (one.profile != profile || one.name != name) values[{one.profile, one.name}] = one.value;
    return values;
  };
  return others(before) == others(after) && after.value(profile, name) == (value == nullptr ? "" : *value);
}

/// Changes the file, or prints what it would be.
Result<int> change(const Call& call, const Setting& setting, const std::string* value) {
  const auto profile = profile_said(call);
  if (!profile.empty() && setting.name == "profile") return usage_error("a profile cannot name another profile");
  auto page = read_settings(call.world);
  if (!page) return std::move(page).error();
  if (page->path.empty()) return usage_error("nothing says where your settings are: set HOME or XDG_CONFIG_HOME");
  if (value == nullptr && page->value(profile, setting.name).empty())
    return Error{
        Errc::not_found,
        "'" + setting.name + "' is not set in " + page->path + (profile.empty() ? "" : " for profile " + in_quotes(profile)),
        "settings",
        {},
        "config list"};
  auto text = with_setting(*page, profile, setting.name, value);
  if (!text) return std::move(text).error();
  const auto changed = read_settings(page->path, *text);
  if (!changed && !profile.empty() && !page->has_profile(profile)) return changed.error();
  if (!changed || !differs_only_in(*page, *changed, profile, setting.name, value))
    return usage_error("'" + setting.name + "' in " + page->path +
                       " is written in a way that only a person can change: use an editor");
  auto& out = call.world.out;
  if (call.has("--dry-run")) {
    if (call.json()) call.print(Json::object({{"path", page->path}, {"text", *text}}));
    else out << *text;
    return 0;
  }
  if (auto written = write_settings(page->path, *text); !written) return std::move(written).error();
  if (call.json())
    call.print(Json::object({{"path", page->path},
                             {"setting", setting.name},
                             {"value", value == nullptr ? Json() : Json(*value)},
                             {"profile", profile.empty() ? Json() : Json(profile)}}));
  else
    out << setting.name << (value == nullptr ? " is not set any more" : " = " + visible(*value))
        << (profile.empty() ? "" : "  in profile " + profile) << "\n"
        << "written: " << page->path << "\n";
  return 0;
}

/// The whole path, because a relative one would mean another file wherever the next command is typed.
std::string in_every_folder(const Call& call, const Setting& setting, const std::string& value) {
  std::error_code failed;
  const auto whole = std::filesystem::absolute(value, failed).lexically_normal().string();
  if (failed || whole == value) return value;
  call.world.err << setting.name << ": " << visible(value) << " is kept as " << visible(whole)
                 << ", so that it is the same in every folder\n";
  return whole;
}

/// The page, or an empty one with the mistake on standard error, so that what else is set can be seen.
SettingsPage page_or_none(const Call& call) {
  auto page = read_settings(call.world);
  if (page) return std::move(*page);
  print_error(call.world.err, page.error());
  return {settings_path(call.world), "", {}, {}};
}

Json json_of(const Setting& setting, const Origin& origin) {
  return Json::object({{"setting", setting.name},
                       {"value", origin.value.empty() ? Json() : Json(origin.value)},
                       {"from", origin.from.empty() ? Json("default") : Json(origin.from)},
                       {"default", setting.otherwise},
                       {"help", setting.help},
                       {"variable", variable_of(setting.name)}});
}

}  // namespace

Result<int> config_get(Call& call) {
  auto setting = setting_of(call);
  if (!setting) return std::move(setting).error();
  auto page = read_settings(call.world);
  if (!page) return std::move(page).error();
  const auto origin = origin_of(call, *page, **setting);
  if (call.json()) {
    call.print(json_of(**setting, origin));
    return 0;
  }
  if (origin.value.empty())
    return Error{Errc::not_found,
                 "'" + (*setting)->name + "' is not set: " + (*setting)->otherwise,
                 "settings",
                 {},
                 "config set " + (*setting)->name + " " + (*setting)->value};
  call.world.out << visible(origin.value) << "\n";
  return 0;
}

Result<int> config_set(Call& call) {
  auto setting = setting_of(call);
  if (!setting) return std::move(setting).error();
  auto value = call.one("VALUE");
  if (auto fits = check_setting(**setting, value); !fits) return std::move(fits).error();
  if ((*setting)->is_path()) value = in_every_folder(call, **setting, value);
  return change(call, **setting, &value);
}

Result<int> config_unset(Call& call) {
  auto setting = setting_of(call);
  if (!setting) return std::move(setting).error();
  return change(call, **setting, nullptr);
}

Result<int> config_list(Call& call) {
  const auto page = page_or_none(call);
  const auto profile = profile_in_use(call, page);
  if (call.json()) {
    auto list = Json::array(), profiles = Json::array();
    for (const auto& setting : all_settings()) list.push(json_of(setting, origin_of(call, page, setting)));
    for (const auto& one : page.profiles) profiles.push(one.name);
    call.print(Json::object({{"path", page.path}, {"profiles", profiles}, {"settings", list}}));
    return 0;
  }
  auto& out = call.world.out;
  out << (page.path.empty() ? "no file: HOME is not set"
                            : "file: " + visible(page.path) + (page.text.empty() ? " (not there)" : ""))
      << "\n\n";
  for (const auto& setting : all_settings()) {
    const auto [value, from] = origin_of(call, page, setting);
    out << setting.name << std::string(12 - setting.name.size(), ' ')
        << (value.empty() ? "(" + setting.otherwise + ")" : visible(value) + "  <- " + from) << "\n";
  }
  if (!page.profiles.empty()) out << "\nprofiles:";
  for (const auto& one : page.profiles) out << " " << one.name;
  out << (page.profiles.empty() ? "" : "\n");
  return 0;
}

}  // namespace tocsin::cli
