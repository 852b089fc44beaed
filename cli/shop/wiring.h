// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/line/call.h"
#include "cli/line/settings.h"
#include "engine/engine.h"
#include "engine/ports/library.h"
#include "engine/ports/upkeep.h"
#include "engine/ports/vault.h"
#include "engine/workflow/notice_template.h"
#include "engine/workflow/story.h"

namespace tocsin::cli {

/// An opened store with its vault, library and engine.
struct Shop {
  virtual ~Shop() = default;
  virtual Engine& engine() = 0;
  virtual ports::EventStore& store() = 0;

  /// What keeps the store running; a store in memory has none of it (`invalid`).
  virtual Result<ports::StoreFacts> facts() { return in_memory(); }
  virtual Result<ports::Backup> back_up(const std::string&, bool) { return in_memory(); }
  virtual std::vector<ports::Diagnosis> examine() { return {}; }

 private:
  static Error in_memory() { return Error{Errc::invalid, "a store in memory has no file", "store", {}, {}}; }
};

/// The live store of this call (--db, TOCSIN_DB, XDG data folder). A story or exercise store takes no writes but its own (`refused`).
Result<std::unique_ptr<Shop>> open_shop(const Call& call);
/// The same, made where there is none and `first` succeeds: it is tried on a store in memory, so that what is refused leaves no empty file.
Result<std::unique_ptr<Shop>> open_or_make_shop(const Call& call, const std::function<Result<Outcome>(Engine&)>& first);

/// A store to look at in passing: opened so that nothing is written anywhere. Fails quietly where there is none.
struct Glance {
  virtual ~Glance() = default;
  virtual const ports::EventStore& store() const = 0;
  virtual ports::Vault& vault() = 0;
  /// The workflow that a case is pinned to, without its law; none when it cannot be read.
  virtual std::optional<workflow::Definition> outline(const std::string& digest) const = 0;
};
std::unique_ptr<Glance> glance_at_shop(const Call& call);

/// A store for a replay: the file of --db (made, or refused when it is no story store), else memory.
Result<std::unique_ptr<Shop>> open_story_shop(const Call& call);

/// The user's configuration file; an empty page when there is none. `invalid` with file, line and column for its first mistake.
Result<SettingsPage> read_settings(const World& world);
/// The same of a text that is not written yet.
Result<SettingsPage> read_settings(const std::string& path, std::string text);

std::unique_ptr<ports::Library> open_library(const Call& call);

/// A workflow of the library without its law; none when there is no such workflow, or its name leads out of the folder.
std::optional<workflow::Definition> outline_in_library(const Call& call, const std::string& name);

/// The folder of workflow files that this call means.
std::string library_folder(const Call& call);

/// An authority's form from the folder of workflows, templates/NAME.yaml.
Result<workflow::NoticeTemplate> read_template(const Call& call, std::string_view name);

/// All of them, sorted by name.
Result<std::vector<workflow::NoticeTemplate>> read_templates(const Call& call);

/// A story file read, or its mistakes as the message of an `invalid` error.
Result<workflow::Story> read_story(const std::string& path);

/// Begins the log that --log-file, --log-level and --log-format ask for, or the settings of those names. `invalid` for a word that a flag
/// does not take; a log that cannot be written stops nothing.
Result<void> start_log(const Call& call);
bool is_logging();
/// One structured line for whoever runs the machine: no words, no names, no values. `result` is "ok", the word of an error or "internal".
void log_command(const Call& call, std::string_view result, const std::string& refused_by, int exit_code,
                 std::int64_t microseconds);
/// One line of warning where the log could not be written.
void tell_of_lost_log(const Call& call);

/// What a signal handler may ask and do before it ends the process.
std::uint64_t commits_so_far() noexcept;
void remove_unfinished_files() noexcept;

/// Where the settings of that name point to when nobody set them: "db", "key", "workflows"; empty where the machine names no place.
std::string place_of(const Call& call, std::string_view setting);

/// The store of this call, opened only to look: nothing of it is changed, and no place is refused.
Result<std::unique_ptr<Shop>> look_at_shop(const Call& call);

/// The store's files from outside, also where the store cannot be opened.
std::vector<ports::Diagnosis> examine_files(const Call& call);

}  // namespace tocsin::cli
