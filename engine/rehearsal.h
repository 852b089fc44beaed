// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/workflow/story.h"

namespace tocsin {

/// The command of a step; `invalid` for one that is none (open, expect) or holds an impossible value.
Result<commands::Command> command_of(const workflow::StoryStep& step);
/// The opening command of a step `open`.
commands::OpenCase opening_of(const workflow::StoryStep& step);

/// A step of a story, played.
struct PlayedStep {
  const workflow::StoryStep* step = nullptr;  ///< of the story that was given to play(); lives as long as that
  Instant now;                                ///< the story's clock at this step
  bool accepted = false;                      ///< else refused
  Outcome outcome;                            ///< when accepted
  Error refusal;                              ///< when refused
  std::vector<std::string> surprises;         ///< how it went otherwise than the story says; empty: as written
};

/// Plays a story against an engine, on the story's own clock. Calls `played` after each step and stops at the first surprise.
/// Returns the case's reference; `refused` when a step went otherwise than it says, naming file and line.
Result<std::string> play(Engine& engine, const workflow::Story& story, const std::function<void(const PlayedStep&)>& played);

}  // namespace tocsin
