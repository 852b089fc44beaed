// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/line/verbs.h"
#include "cli/shop/wiring.h"
#include "cli/times/typed_times.h"
#include "cli/views/views.h"
#include "engine/commands/command.h"

namespace tocsin::cli {

/// Opens the store, finds the case, records the command and prints the three lines.
Result<int> record_on_case(Call& call, const commands::Command& command, const std::string& remark = {});

/// The same for a command with times in it, which are read by the clocks of the case.
using MakeCommand = std::function<Result<commands::Command>(const TypedTimes&)>;
Result<int> record_with_times(Call& call, const MakeCommand& make);

/// The same for a command that carries --because.
Result<int> with_reason(Call& call, const std::function<commands::Command(std::string)>& make);

/// A view of the case that the call means, with the shop it came from; as it was known at the time of --as-of, where the verb takes one.
struct Viewed {
  std::unique_ptr<Shop> shop;
  CaseView view;
  std::optional<Instant> as_of;
};
Result<Viewed> view_case(Call& call);

/// Somebody's words as data: null when there are none or they cannot be read.
Json text_json(const Words& words, const case_file::TextRef& text);

/// A machine clock far ahead of the store is told, not refused.
void warn_about_clock(const Call& call, const ports::EventStore& store);

/// What `now` is for reading a store: the machine's clock, or in a story store the last recorded time.
Result<Instant> reading_time(const Call& call, const ports::EventStore& store);

}  // namespace tocsin::cli
