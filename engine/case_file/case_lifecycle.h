// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tocsin::case_file {

/// Where a case is, legally.
enum class Stage { unopened, open, closed };
/// What happens to it: `recorded` is what is true and never refused, `worked` everything else.
enum class Step { opened, recorded, worked, closed, reopened };

std::string_view word(Stage stage);  ///< "open"
std::string_view word(Step step);    ///< "reopened"

/// What the conditions of the table ask about.
struct Standing {
  bool nothing_owed = false;          ///< every mandatory and contractual obligation of ours is settled
  bool approved_where_asked = false;  ///< whoever the workflow asks for has approved
  bool has_reason = false;            ///< somebody said why
};

/// Where the case stands after the step: the one transition table of docs/lifecycles/case (Boost.MSM). A pure function.
/// Returns `refused` with a sentence:  cannot record 'worked' while closed: reopen the case first
Result<Stage> step(Stage from, Step step, const Standing& standing);

/// A row of the table, for diagrams and tests.
struct LifecycleRow {
  Stage from;                           ///< before
  Step step;                            ///< what happens
  Stage to;                             ///< after
  std::vector<std::string> conditions;  ///< "nothing_owed"; all must hold
};
std::vector<LifecycleRow> lifecycle_rows();  ///< in the order of the table

}  // namespace tocsin::case_file
