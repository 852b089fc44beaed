// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"
#include "engine/calendar/counting.h"
#include "engine/guard/guard.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kZone = "Europe/London";  // lists span workflows; a case's own screens use its workflow's zone

}  // namespace

Result<int> clock_explain(Call& call) {
  auto from = time_of(call, "--from");
  if (!from) return std::move(from).error();
  auto clocks = open_library(call)->clocks();
  if (!clocks) return std::move(clocks).error();
  const auto id = call.one("CLOCK");
  const workflow::Clock* clock = nullptr;
  std::vector<std::string> known;
  for (const auto& one : *clocks) {
    known.push_back(one.id);
    if (one.id == id) clock = &one;
  }
  if (clock == nullptr) {
    const auto nearest = guard::nearest(id, known);
    return Error{Errc::not_found,
                 "there is no clock " + quoted(id) + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"),
                 "",
                 {},
                 ""};
  }
  const auto* version = clock->in_force(**from);
  if (version == nullptr) return usage_error("no version of " + id + " was in force at " + format_instant(**from));
  const auto counted = calendar::count(version->counting, version->period_hours, **from);
  const auto at = [](const std::optional<Instant>& t) { return t ? Json(format_instant(*t)) : Json(); };
  Json also = Json::array();
  for (const auto& [counting, note] : version->also) {
    const auto other = calendar::count(counting, version->period_hours, **from);
    also.push(
        Json::object({{"reading", counting == calendar::Counting::eu1182_hours ? "eu1182" : std::string(word(counting))},
                      {"due", at(other.due)},
                      {"note", note}}));
  }
  if (call.json()) {
    call.print(Json::object({{"clock", id},
                             {"from", format_instant(**from)},
                             {"due", at(counted.due)},
                             {"counting", word(version->counting)},
                             {"basis", version->basis},
                             {"version", Json::object({{"from", at(version->from)}, {"until", at(version->until)}})},
                             {"confidence", clock->confidence},
                             {"source", clock->source},
                             {"steps", Json::array(counted.steps)},
                             {"also", also}}));
    return 0;
  }
  auto& out = call.world.out;
  out << id << ": " << clock->title << "\n  " << word(clock->kind) << ", " << version->basis
      << "\n  anchor: " << format_instant(**from) << " (" << local_time(**from, kZone) << ")\n  version in force from "
      << (version->from ? format_instant(*version->from) : "the beginning")
      << (version->until ? " until " + format_instant(*version->until) : "") << "\n";
  for (const auto& step : counted.steps) out << "  " << step << "\n";
  if (counted.due) out << "  local: " << local_time(*counted.due, kZone) << "\n";
  for (const auto& other : also.items())
    out << "  also: " << other["due"].text() << " by " << other["reading"].text() << "  " << other["note"].text() << "\n";
  out << "  source: " << clock->source << " (confidence " << clock->confidence << ")\n";
  return 0;
}

}  // namespace tocsin::cli
