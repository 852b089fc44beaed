// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "cli/call.h"
#include "engine/engine.h"
#include "engine/ports/library.h"
#include "engine/workflow/notice_template.h"
#include "engine/workflow/story.h"

namespace tocsin::cli {

/// An opened store with its vault, library and engine.
struct Shop {
  virtual ~Shop() = default;
  virtual Engine& engine() = 0;
  virtual ports::EventStore& store() = 0;
};

/// What to do when there is no store yet.
enum class Missing { fails, is_made };

/// The live store of this call (--db, TOCSIN_DB, XDG data folder). A story or exercise store takes no writes but its own (`refused`).
Result<std::unique_ptr<Shop>> open_shop(const Call& call, Missing missing);

/// A store for a replay: the file of --db (made, or refused when it is no story store), else memory.
Result<std::unique_ptr<Shop>> open_story_shop(const Call& call);

std::unique_ptr<ports::Library> open_library(const Call& call);

/// An authority's form from the folder of workflows, templates/NAME.yaml.
Result<workflow::NoticeTemplate> read_template(const Call& call, std::string_view name);

/// A story file read, or its mistakes as the message of an `invalid` error.
Result<workflow::Story> read_story(const std::string& path);

void start_log(const std::string& level);
/// One structured line for whoever runs the machine: no words, no names, no values.
void log_command(std::string_view verb, std::string_view case_ref, const Error* error);

}  // namespace tocsin::cli
