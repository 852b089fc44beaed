// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

std::string counted(std::int64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

}  // namespace

Result<int> audit_verify(Call& call) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  std::string ref;
  if (call.has("--case")) {
    auto resolved = (*shop)->engine().resolve(call.one("--case"));
    if (!resolved) return std::move(resolved).error();
    ref = *resolved;
  }
  auto report = (*shop)->engine().verify(ref);
  if (!report) return std::move(report).error();
  const bool ok = report->problems.empty();
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"ok", ok},
                             {"anchored", Json()},
                             {"cases", report->cases},
                             {"events", report->events},
                             {"problems", Json::array(report->problems)},
                             {"warnings", Json::array(report->warnings)},
                             {"notes", Json::array(report->notes)}}));
    return ok ? 0 : 7;
  }
  auto& out = call.world.out;
  out << banner((*shop)->store().purpose()) << (ok ? "verified: " : "NOT VERIFIED: ") << counted(report->cases, "case")
      << ", " << counted(report->events, "event") << "\n";
  for (const auto& problem : report->problems) out << "  problem: " << problem << "\n";
  for (const auto& warning : report->warnings) out << "  warning: " << warning << "\n";
  for (const auto& note : report->notes) out << "  note: " << note << "\n";
  out << "Removal of the newest events cannot be seen until a checkpoint has left the store.\n";
  return ok ? 0 : 7;
}

}  // namespace tocsin::cli
