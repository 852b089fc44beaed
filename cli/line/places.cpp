// SPDX-License-Identifier: Apache-2.0
#include "cli/line/places.h"

#include <cctype>
#include <filesystem>

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

/// $XDG_DATA_HOME or its default under HOME, with our folder; empty when the machine names neither.
std::string folder(const Call& call, std::string_view xdg, std::string_view under_home) {
  auto base = call.world.variable(xdg);
  if (base.empty() && !call.world.variable("HOME").empty())
    base = call.world.variable("HOME") + "/" + std::string(under_home);
  return base.empty() ? "" : base + "/tocsin";
}

/// "postgresql" of "postgresql://host"; empty when it is no address (RFC 3986, section 3.1).
std::string scheme_of(std::string_view name) {
  const auto end = name.find("://");
  if (end == std::string_view::npos || end == 0 || std::isalpha(static_cast<unsigned char>(name[0])) == 0) return "";
  for (const char c : name.substr(0, end))
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-' && c != '.') return "";
  return std::string(name.substr(0, end));
}

}  // namespace

Result<void> check_file_name(std::string_view name) {
  const auto scheme = scheme_of(name);
  if (scheme.empty()) return {};
  const bool is_postgres = scheme == "postgresql" || scheme == "postgres";
  return usage_error(in_quotes(scheme + "://") + " begins an address, and this takes the name of a file" +
                     (is_postgres ? ": a store lies in a file, and not yet in PostgreSQL" : ""));
}

Result<std::string> database_path(const Call& call) {
  if (call.has("--db") && call.one("--db").empty())
    return usage_error("--db names no file");  // an unset variable of a script
  if (const auto named = call.setting("db"); !named.empty()) {
    if (auto ok = check_file_name(named); !ok)
      return usage_error("the store: " + ok.error().message +
                         "; name one with --db or TOCSIN_DB");  // no command: it would have the address
    return named;
  }
  const auto data = folder(call, "XDG_DATA_HOME", ".local/share");
  if (data.empty())
    return usage_error(
        "nothing says where the store is, because neither HOME nor XDG_DATA_HOME is set: name it with --db or TOCSIN_DB");
  return data + "/tocsin.db";
}

Result<std::string> key_path(const Call& call) {
  if (const auto named = call.setting("key"); !named.empty()) return named;
  const auto config = folder(call, "XDG_CONFIG_HOME", ".config");
  if (config.empty())
    return usage_error(
        "nothing says where the vault's key is, because neither HOME nor XDG_CONFIG_HOME is set: name it in TOCSIN_KEY");
  return config + "/vault.key";
}

std::string workflow_folder(const Call& call) {
  if (const auto named = call.setting("workflows"); !named.empty()) return named;
  std::error_code ignored;
  const auto installed = fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share/tocsin/workflows";
  return fs::is_directory(installed, ignored) ? installed.string() : TOCSIN_SOURCE_WORKFLOWS;
}

}  // namespace tocsin::cli
