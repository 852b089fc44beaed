// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/verbs.h"
#include "cli/wiring.h"
#include "engine/workflow/command.h"

namespace tocsin::cli {

/// Opens the store, finds the case, records the command and prints the three lines.
Result<int> record_on_case(Call& call, const workflow::Command& command, const std::string& remark = {});

/// A view of the case that the call means, with the shop it came from.
struct Viewed {
  std::unique_ptr<Shop> shop;
  CaseView view;
};
Result<Viewed> view_case(Call& call, std::optional<Instant> as_of = std::nullopt);

/// A machine clock far ahead of the store is told, not refused.
void warn_about_clock(const Call& call, const ports::EventStore& store);

/// What `now` is for reading a store: the machine's clock, or in a story store the last recorded time.
Result<Instant> reading_time(const Call& call, const ports::EventStore& store);

}  // namespace tocsin::cli
