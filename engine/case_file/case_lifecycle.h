// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tocsin::case_file {

enum class Stage { unopened, open, closed };
enum class Step { opened, recorded, worked, closed, reopened };

std::string_view word(Stage stage);
std::string_view word(Step step);

/// What the conditions of the table ask about.
struct Standing {
  bool nothing_owed = false;
  bool approved_where_asked = false;
  bool has_reason = false;
};

/// Where the case stands after the step: the one transition table of docs/lifecycles/case (Boost.MSM). A pure function.
/// Returns `refused` with a sentence:  cannot record 'worked' while closed: reopen the case first
Result<Stage> step(Stage from, Step step, const Standing& standing);

struct LifecycleRow {
  Stage from;
  Step step;
  Stage to;
  std::vector<std::string> conditions;
};
std::vector<LifecycleRow> lifecycle_rows();

}  // namespace tocsin::case_file
