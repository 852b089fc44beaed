// SPDX-License-Identifier: Apache-2.0
// The only file of the command line that names adapters.
#include "cli/shop/wiring.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <ostream>

#include "adapters/log/log.h"
#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/sql_store/backup.h"
#include "adapters/sql_store/draft_file.h"
#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/examination.h"
#include "adapters/sql_store/store_facts.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/settings_reader.h"
#include "adapters/yaml_library/story_reader.h"
#include "cli/line/places.h"
#include "engine/engine_parts.h"

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

struct SqlShop : Shop {
  SqlShop(std::unique_ptr<sql_store::Database> opened, const std::string& key, const std::string& workflows)
      : database(std::move(opened)), events(*database), vault(*database, key), library(workflows),
        front(events, vault, library) {}
  Engine& engine() override { return front; }
  ports::EventStore& store() override { return events; }
  Result<ports::StoreFacts> facts() override { return sql_store::facts_of(*database, vault); }
  Result<ports::Backup> back_up(const std::string& target, bool replace) override {
    return sql_store::back_up(*database, target, replace, {vault.key_file()});
  }
  std::vector<ports::Diagnosis> examine() override { return sql_store::examine_store(*database, vault); }

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

/// The key's place; where nothing names one and the call only reads, none, with a warning: the words then stay shut.
Result<std::string> key_path_if_needed(const Call& call, bool is_needed) {
  auto key = key_path(call);
  if (key || is_needed) return key;
  call.world.err << "tocsin: warning: " << key.error().message << "; people's words are not readable until then\n";
  return std::string();
}

Result<std::unique_ptr<Shop>> open_sql(const Call& call, const std::string& path, bool make, const std::string& purpose) {
  auto key = key_path_if_needed(call, make || call.verb.writes);
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

/// What was opened, or why it takes no writes of this call.
Result<std::unique_ptr<Shop>> taking_writes(const Call& call, Result<std::unique_ptr<Shop>> shop) {
  if (shop && call.verb.writes && (*shop)->store().purpose() != "live")
    return Error{
        Errc::refused,
        "this is a " + (*shop)->store().purpose() + " store: only 'tocsin replay' writes to it; name your own with --db",
        "store",
        {},
        ""};
  return shop;
}

}  // namespace

Result<std::unique_ptr<Shop>> open_shop(const Call& call) {
  auto path = database_path(call);
  if (!path) return std::move(path).error();
  return taking_writes(call, open_sql(call, *path, false, "live"));
}

Result<std::unique_ptr<Shop>> open_or_make_shop(const Call& call, const std::function<Result<Outcome>(Engine&)>& first) {
  auto path = database_path(call);
  if (!path) return std::move(path).error();
  std::error_code ignored;
  if (!fs::exists(*path, ignored)) {
    std::unique_ptr<Shop> paper = std::make_unique<MemoryShop>(workflow_folder(call), "live");
    if (call.has("--dry-run")) return paper;  // to judge it makes nothing
    if (auto tried = first(paper->engine()); !tried) return std::move(tried).error();
  }
  return taking_writes(call, open_sql(call, *path, true, "live"));
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
  if (!path) return nullptr;
  auto database = sql_store::Database::look(*path);
  if (!database) return nullptr;
  const auto key = key_path(call);
  return std::make_unique<SqlGlance>(std::move(*database), key ? *key : "");
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
  auto path = database_path(call);
  if (!path) return std::move(path).error();
  auto shop = open_sql(call, *path, true, "story");
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
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return Error{Errc::not_found, "there is no story at " + in_quotes(path), "story"};
  auto read = yaml_library::read_story_file(path);
  if (read.story) return std::move(*read.story);
  std::string message = "the story has mistakes\n";
  for (const auto& issue : read.issues) message += workflow::format_issue(issue);
  return Error{Errc::invalid, message, "story"};
}

std::uint64_t commits_so_far() noexcept { return sql_store::Database::commits(); }
void remove_unfinished_files() noexcept { sql_store::remove_drafts(); }

std::string place_of(const Call& call, std::string_view setting) {
  if (setting == "workflows") return workflow_folder(call);
  const auto path = setting == "db" ? database_path(call) : key_path(call);
  return path ? *path : "";
}

Result<std::unique_ptr<Shop>> look_at_shop(const Call& call) {
  auto path = database_path(call);
  if (!path) return std::move(path).error();
  auto database = sql_store::Database::open_to_look(*path);
  if (!database) return std::move(database).error();
  const auto key = key_path(call);
  return std::unique_ptr<Shop>(std::make_unique<SqlShop>(std::move(*database), key ? *key : "", workflow_folder(call)));
}

std::vector<ports::Diagnosis> examine_files(const Call& call) {
  const auto path = database_path(call), key = key_path(call);
  if (!path) return {};
  return sql_store::examine_files(*path, key ? *key : "", call.setting("log-file"));
}

namespace {

/// A word of a setting of the log: what a flag says must be right; what the surroundings say wrongly is told and left out.
template <class Read>
auto word_of_log(const Call& call, const std::string& name, const std::string& words, Read read)
    -> Result<decltype(read(std::string_view()))> {
  const auto said = call.setting(name);
  auto value = read(said);
  if (said.empty() || value) return value;
  const auto message = name + " is " + words + ", and not " + in_quotes(said);
  if (call.has("--" + name)) return usage_error("--" + message);
  call.world.err << "tocsin: warning: the setting " << message << ": it is left out\n";
  return value;
}

std::optional<std::size_t> count_of(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return failed == std::errc{} && end == digits.data() + digits.size() && number > 0 ? std::optional(number) : std::nullopt;
}

/// Whether a log there would be written into the store or its key.
bool belongs_to_store(const Call& call, const std::string& file) {
  const auto path = database_path(call), key = key_path(call);
  std::vector<std::string> own;
  if (key) own.push_back(*key);
  for (const auto* end : {"", "-wal", "-shm", ".lock"})
    if (path) own.push_back(*path + end);
  std::error_code ignored;
  return std::any_of(own.begin(), own.end(), [&](const std::string& one) {
    return fs::absolute(file, ignored).lexically_normal() == fs::absolute(one, ignored).lexically_normal() ||
           fs::equivalent(file, one, ignored);
  });
}

log::Level level_for(std::string_view result) {
  if (result == "ok") return log::Level::info;
  return result == "corrupt" || result == "unavailable" || result == "internal" ? log::Level::error : log::Level::warn;
}

}  // namespace

Result<void> start_log(const Call& call) {
  log::Settings settings;
  settings.file = call.setting("log-file");
  auto level = word_of_log(call, "log-level", "off, error, warn, info or debug", log::level_of);
  if (!level) return std::move(level).error();
  auto format = word_of_log(call, "log-format", "text or json", log::format_of);
  if (!format) return std::move(format).error();
  auto size = word_of_log(call, "log-size", "a number of bytes", count_of);
  auto count = word_of_log(call, "log-count", "a number of files", count_of);
  settings.level = level->value_or(settings.file.empty() ? log::Level::off : log::Level::info);
  settings.format = format->value_or(log::Format::text);
  settings.file_bytes = size->value_or(settings.file_bytes);
  settings.files = count->value_or(settings.files);
  if (!settings.file.empty() && belongs_to_store(call, settings.file))
    return usage_error("the log would be written into the store: name another file with --log-file");
  (void)log::start(settings);
  return {};
}

bool is_logging() { return log::writes(log::Level::error); }

void log_command(const Call& call, std::string_view result, const std::string& refused_by, int exit_code,
                 std::int64_t microseconds) {
  const auto& world = call.world;
  log::write({level_for(result), world.clock(), world.command_id, TOCSIN_VERSION, call.verb.words, world.case_ref,
              std::string(result), refused_by, microseconds, exit_code});
}

void tell_of_lost_log(const Call& call) {
  if (log::failed())
    call.world.err << "tocsin: warning: the log could not be written to " << in_quotes(call.setting("log-file"))
                   << ": check the folder and the disk; nothing else has changed\n";
}

}  // namespace tocsin::cli
