// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/workflow/story.h"

namespace tocsin::yaml_library {

/// A story, or what is wrong with its file. Exactly one: issues mean no story.
struct ReadStory {
  std::optional<workflow::Story> story;  ///< none: there are issues
  std::vector<workflow::Issue> issues;   ///< errors and warnings, by place
};

/// Reads a story file (docs/formats/story.md). Times, people and the order of the steps are checked here;
/// values of facts and names of the workflow are judged when the story is played.
ReadStory read_story(const std::string& path, const std::string& text);

/// The same from a file of at most 1 MiB on disk.
ReadStory read_story_file(const std::string& path);

}  // namespace tocsin::yaml_library
