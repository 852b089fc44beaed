// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "cli/screen/screen.h"
#include "cli/views/views.h"
#include "engine/engine.h"

namespace tocsin::cli {

struct CaseScreen {
  bool has_all = false;                ///< nothing folded: every obligation, every fact, everything that a transition lacks
  std::optional<Instant> as_of;        ///< the case is shown as it was known then
  std::vector<Contact> contacts = {};  ///< how the parties are reached
};

/// Prints a case for a person, on one screen: where it is, what is owed, who must do something, what can be done next, what is known.
void print_case(const Screen& screen, const CaseView& view, const Words& words, const CaseScreen& how);

/// Who must do something: advise, approve, confirm, judge, finish an action, or be listed. A line each; part of the case's screen.
void print_who_must(const Screen& screen, const CaseView& view, const Words& words);

}  // namespace tocsin::cli
