// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/screen/screen.h"
#include "engine/engine.h"

namespace tocsin::cli {

/// Prints what is owed for a person: by bucket, how far away and when, the command for the first item, and what was counted.
struct DueScreen {
  Instant now;
  std::optional<Duration> within;  ///< the window that the list was asked for
  std::string purpose;             ///< of the store
  std::string zone;                ///< whose time is shown: lists span workflows
};
void print_due(const Screen& screen, const Due& list, const DueScreen& how);

}  // namespace tocsin::cli
