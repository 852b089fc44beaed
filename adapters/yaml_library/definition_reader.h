// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports/library.h"

namespace tocsin::yaml_library {

/// Gives the text of a file by its path inside the library ("law/uk-gdpr.yaml"), or why it cannot.
using Fetch = std::function<Result<std::string>(const std::string& path)>;

/// Reads a workflow and all files that it names into one checked definition. `shown` is the name of the
/// workflow's file in messages. Every mistake of every file comes at once, sorted by place; a file that is no
/// YAML comes alone.
ports::Reading read_definition(const workflow::SourceFile& workflow, const std::string& shown, const Fetch& fetch);

/// A workflow without its law, for whoever needs only its names and guards and has no time to read the rest: each obligation's clock is
/// there by its id alone, mandatory, without versions. None when the workflow file cannot be read.
std::optional<workflow::Definition> read_outline(const std::vector<workflow::SourceFile>& files);

/// Reads and checks one law file alone.
struct LawReading {
  std::vector<workflow::Clock> clocks;
  std::vector<workflow::Issue> issues;
};
LawReading read_law_file(const workflow::SourceFile& file);

/// What the file gives as its `workflow`, or empty: a story, a law file, or no YAML at all.
std::string workflow_name_in(const workflow::SourceFile& file);

/// Whether a path stays inside the folder it starts from: relative, no "..", nothing odd in it.
bool stays_inside(std::string_view path);

}  // namespace tocsin::yaml_library
