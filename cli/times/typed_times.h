// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/line/call.h"
#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// Reads the times of one call by the clocks of its case, and says back on standard error, in full, what was typed as people say it.
/// With --json only the full form is read. Asks for the workflow, which costs reading the case, only when a time needs it.
///
///   TypedTimes times(call, [&] { return workflow_of(engine, ref); });
///   times.option("--at", When::happened);     // -40m
///   times.facts({{"risk", "high"}, {"detected_at", "sat 20:10"}});
class TypedTimes {
 public:
  using Workflow = std::function<Result<std::shared_ptr<const workflow::Definition>>()>;
  enum class When { happened, to_come, any };  ///< of two readings the one that passed, or that comes; any: it may lie ahead

  TypedTimes(const Call& call, Workflow workflow) : call_(call), ask_(std::move(workflow)) {}
  /// For what belongs to no case: the clocks of this zone.
  TypedTimes(const Call& call, std::string zone) : call_(call), zone_(std::move(zone)) {}

  /// The time of an option; nothing when it was not given. `invalid` that begins with the option's name.
  Result<std::optional<Instant>> option(std::string_view name, When when) const;

  /// The same pairs, with the values of facts that are times or periods in full form. What is in full form already, and names that the
  /// workflow does not know, are left for the engine to judge, and so are all where the workflow cannot be read.
  Result<std::vector<std::pair<std::string, std::string>>> facts(
      std::vector<std::pair<std::string, std::string>> pairs) const;

 private:
  Result<Instant> read(std::string_view name, std::string_view text, When when) const;
  Result<std::string> value(const workflow::Fact& fact, const std::string& name, std::string_view typed) const;
  Result<const workflow::Definition*> workflow() const;
  Result<std::string> zone() const;

  const Call& call_;
  Instant now_ = call_.world.clock();  ///< before the request's own, so that "now" never lies ahead of it
  Workflow ask_ = {};
  std::string zone_ = {};
  mutable std::shared_ptr<const workflow::Definition> workflow_ = {};  ///< once it was asked for
};

/// The zone for times that belong to no case: the setting, else that of TZ, else the machine's; UTC where none of them is known.
std::string zone_without_case(const World& world);

}  // namespace tocsin::cli
