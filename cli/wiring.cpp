// SPDX-License-Identifier: Apache-2.0
// The only file of the command line that names adapters.
#include "cli/wiring.h"

#include <unistd.h>

#include <filesystem>

#include "adapters/log/log.h"
#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/settings_reader.h"
#include "adapters/yaml_library/story_reader.h"
#include "engine/engine_parts.h"

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

Result<std::string> database_path(const Call& call) {
  if (call.has("--db") && call.one("--db").empty())
    return usage_error("--db names no file");  // an unset variable of a script
  if (const auto named = call.setting("db"); !named.empty()) return named;
  const auto data = folder(call, "XDG_DATA_HOME", ".local/share");
  if (data.empty()) return usage_error("nothing says where the store is: name it with --db");
  return data + "/tocsin.db";
}

/// Beside the user's configuration, not beside the database: a stolen file alone opens nothing.
Result<std::string> key_path(const Call& call) {
  if (const auto named = call.setting("key"); !named.empty()) return named;
  const auto config = folder(call, "XDG_CONFIG_HOME", ".config");
  if (config.empty()) return usage_error("nothing says where the vault's key is: name it in TOCSIN_KEY");
  return config + "/vault.key";
}

std::string workflow_folder(const Call& call) {
  if (const auto named = call.setting("workflows"); !named.empty()) return named;
  std::error_code ignored;
  const auto installed = fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share/tocsin/workflows";
  return fs::is_directory(installed, ignored) ? installed.string() : TOCSIN_SOURCE_WORKFLOWS;
}

struct SqlShop : Shop {
  SqlShop(std::unique_ptr<sql_store::Database> opened, const std::string& key, const std::string& workflows)
      : database(std::move(opened)), events(*database), vault(*database, key), library(workflows),
        front(events, vault, library) {}
  Engine& engine() override { return front; }
  ports::EventStore& store() override { return events; }

  std::unique_ptr<sql_store::Database> database;
  sql_store::EventStore events;
  sql_store::Vault vault;
  yaml_library::Library library;
  Engine front;
};

struct MemoryShop : Shop {
  MemoryShop(const std::string& workflows, const std::string& purpose)
      : events(purpose), vault(events), library(workflows), front(events, vault, library) {}
  Engine& engine() override { return front; }
  ports::EventStore& store() override { return events; }

  memory_store::EventStore events;
  memory_store::Vault vault;
  yaml_library::Library library;
  Engine front;
};

Result<std::unique_ptr<Shop>> open_sql(const Call& call, const std::string& path, bool make, const std::string& purpose) {
  auto key = key_path(call);
  if (!key) return std::move(key).error();
  if (make) {
    std::error_code ignored;
    const auto parent = fs::path(path).parent_path();
    if (!parent.empty()) fs::create_directories(parent, ignored);
  }
  auto database = make ? sql_store::Database::open_or_create(path, purpose) : sql_store::Database::open(path);
  if (!database) return std::move(database).error();
  return std::unique_ptr<Shop>(std::make_unique<SqlShop>(std::move(*database), *key, workflow_folder(call)));
}

}  // namespace

Result<std::unique_ptr<Shop>> open_shop(const Call& call, Missing missing) {
  auto path = database_path(call);
  if (!path) return std::move(path).error();
  std::error_code ignored;
  if (missing == Missing::is_made && call.has("--dry-run") && !fs::exists(*path, ignored))  // to judge it makes nothing
    return std::unique_ptr<Shop>(std::make_unique<MemoryShop>(workflow_folder(call), "live"));
  auto shop = open_sql(call, *path, missing == Missing::is_made, "live");
  if (shop && call.verb.writes && (*shop)->store().purpose() != "live")
    return Error{
        Errc::refused,
        "this is a " + (*shop)->store().purpose() + " store: only 'tocsin replay' writes to it; name your own with --db",
        "store",
        {},
        ""};
  return shop;
}

namespace {

struct SqlGlance : Glance {
  SqlGlance(std::unique_ptr<sql_store::Database> opened, const std::string& key)
      : database(std::move(opened)), events(*database), words(*database, key) {}
  const ports::EventStore& store() const override { return events; }
  ports::Vault& vault() override { return words; }
  std::optional<workflow::Definition> outline(const std::string& digest) const override {
    auto stored = events.find_definition(digest);
    if (!stored || !*stored) return std::nullopt;
    const auto files = unpack((*stored)->bytes);
    return files ? yaml_library::read_outline(*files) : std::nullopt;
  }

  std::unique_ptr<sql_store::Database> database;
  sql_store::EventStore events;
  sql_store::Vault words;
};

}  // namespace

std::unique_ptr<Glance> glance_at_shop(const Call& call) {
  auto path = database_path(call);
  auto key = key_path(call);
  if (!path || !key) return nullptr;
  auto database = sql_store::Database::look(*path);
  if (!database) return nullptr;
  return std::make_unique<SqlGlance>(std::move(*database), *key);
}

std::optional<workflow::Definition> outline_in_library(const Call& call, const std::string& name) {
  const bool is_path = name.ends_with(".yaml");
  if (!is_path && !yaml_library::stays_inside(name)) return std::nullopt;
  const auto path = is_path ? name : workflow_folder(call) + "/" + name + "/workflow.yaml";
  auto text = settings_text(path);
  if (!text || text->empty()) return std::nullopt;
  return yaml_library::read_outline({{path, std::move(*text)}});
}

std::string library_folder(const Call& call) { return workflow_folder(call); }

Result<std::unique_ptr<Shop>> open_story_shop(const Call& call) {
  if (!call.has("--db")) return std::unique_ptr<Shop>(std::make_unique<MemoryShop>(workflow_folder(call), "story"));
  auto shop = open_sql(call, call.one("--db"), true, "story");
  if (shop && (*shop)->store().purpose() != "story")
    return Error{Errc::refused,
                 "this is a " + (*shop)->store().purpose() +
                     " store, and a story is not mixed with real cases: name another file with --db",
                 "store",
                 {},
                 ""};
  return shop;
}

Result<SettingsPage> read_settings(const std::string& path, std::string text) {
  std::vector<std::string> known;
  for (const auto& setting : all_settings()) known.push_back(setting.name);
  const auto read = yaml_library::read_settings(path, text, known);
  if (!read.issues.empty())
    return Error{Errc::invalid,
                 "your settings have a mistake, and nothing was done\n" + workflow::format_issue(read.issues.front()),
                 "settings",
                 {},
                 "config --help"};
  SettingsPage page{path, std::move(text), {}, {}};
  for (const auto& one : read.settings) page.settings.push_back({one.profile, one.name, one.value, one.line});
  for (const auto& one : read.profiles) page.profiles.push_back({"", one.name, "", one.line});
  return page;
}

Result<SettingsPage> read_settings(const World& world) {
  const auto path = settings_path(world);
  auto text = path.empty() ? Result<std::string>("") : settings_text(path);
  if (!text) return std::move(text).error();
  if (text->empty()) return SettingsPage{path, "", {}, {}};
  return read_settings(path, std::move(*text));
}

std::unique_ptr<ports::Library> open_library(const Call& call) {
  return std::make_unique<yaml_library::Library>(workflow_folder(call));
}

Result<workflow::NoticeTemplate> read_template(const Call& call, std::string_view name) {
  return yaml_library::Library(workflow_folder(call)).notice_template(name);
}

Result<std::vector<workflow::NoticeTemplate>> read_templates(const Call& call) {
  return yaml_library::Library(workflow_folder(call)).notice_templates();
}

Result<workflow::Story> read_story(const std::string& path) {
  auto read = yaml_library::read_story_file(path);
  if (read.story) return std::move(*read.story);
  std::string message = "the story has mistakes\n";
  for (const auto& issue : read.issues) message += workflow::format_issue(issue);
  return Error{Errc::invalid, message, "story"};
}

void start_log(const std::string& level) { log::set_level(level); }

void log_command(std::string_view verb, std::string_view case_ref, const Error* error) {
  if (error == nullptr) log::write({log::Level::info, std::string(verb), std::string(case_ref), "ok", ""});
  else
    log::write(
        {log::Level::info, std::string(verb), std::string(case_ref), std::string(word(error->code)), error->refused_by});
}

}  // namespace tocsin::cli
