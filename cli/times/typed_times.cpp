// SPDX-License-Identifier: Apache-2.0
#include "cli/times/typed_times.h"

#include <date/tz.h>

#include <algorithm>
#include <ostream>

#include "cli/times/spoken_time.h"
#include "engine/workflow/scope.h"

namespace tocsin::cli {

using workflow::Fact;

Result<const workflow::Definition*> TypedTimes::workflow() const {
  if (workflow_ == nullptr) {
    auto found = ask_();
    if (!found) return std::move(found).error();
    workflow_ = std::move(*found);
  }
  return workflow_.get();
}

Result<std::string> TypedTimes::zone() const {
  if (!ask_) return zone_;
  auto definition = workflow();
  if (!definition) return std::move(definition).error();
  return (*definition)->zone;
}

Result<Instant> TypedTimes::read(std::string_view name, std::string_view text, When when) const {
  const auto failed = [&](Error error) {
    error.message = std::string(name) + ": " + error.message;
    return error;
  };
  if (const auto full = parse_instant(text)) {
    if (when == When::happened && *full > now_)
      return usage_error(std::string(name) + " lies in the future: it says when a thing happened");
    return *full;
  }
  auto zone = this->zone();
  if (!zone) return std::move(zone).error();
  const auto at = read_time(text, {now_, *zone, call_.json(), when == When::to_come});
  if (!at) return failed(at.error());
  call_.world.err << name << ": " << said_back(*at, *zone) << "\n";
  return at;
}

Result<std::optional<Instant>> TypedTimes::option(std::string_view name, When when) const {
  if (!call_.has(name)) return std::optional<Instant>{};
  auto at = read(name, call_.one(name), when);
  if (!at) return std::move(at).error();
  return std::optional(*at);
}

Result<std::string> TypedTimes::value(const Fact& fact, const std::string& name, std::string_view typed) const {
  const auto end = [&](std::string_view text) -> Result<std::string> {
    if (text.empty() || parse_instant(text)) return std::string(text);
    auto at = read("'" + name + "'", text, fact.future ? When::to_come : When::happened);
    if (!at) return std::move(at).error();
    return format_instant(*at);
  };
  const auto dots = typed.find("..");
  if (dots == std::string_view::npos) return end(typed);
  auto from = end(typed.substr(0, dots)), to = end(typed.substr(dots + 2));
  if (!from || !to) return !from ? from : to;
  return *from + ".." + *to;
}

Result<std::vector<std::pair<std::string, std::string>>> TypedTimes::facts(
    std::vector<std::pair<std::string, std::string>> pairs) const {
  if (pairs.empty() || !ask_) return pairs;
  const auto definition = workflow();
  if (!definition) return pairs;  // why it cannot be read is the engine's to tell
  for (auto& [name, typed] : pairs) {
    const auto* fact = (*definition)->fact(workflow::named_fact(name).fact);
    if (fact == nullptr || typed == "unknown" || (fact->kind != Fact::Kind::time && fact->kind != Fact::Kind::period))
      continue;
    auto full = value(*fact, name, typed);
    if (!full) return std::move(full).error();
    typed = std::move(*full);
  }
  return pairs;
}

std::string zone_without_case(const World& world) {
  if (auto chosen = world.setting("zone"); !chosen.empty()) return chosen;
  try {
    const auto named = world.variable("TZ");
    if (named.empty()) return date::current_zone()->name();
    return date::locate_zone(named.front() == ':' ? named.substr(1) : named)->name();
  } catch (const std::exception&) {
    return "UTC";
  }
}

}  // namespace tocsin::cli
