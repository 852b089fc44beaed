// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/leaving.h"

#include <ostream>

#include "cli/words.h"
#include "engine/commands/command.h"

namespace tocsin::cli {

Result<Leaving> leaving_of(const Call& call) {
  Leaving leaving;
  leaving.with_privileged = call.has("--include-privileged");
  auto because = text_of(call, "--include-privileged");
  if (!because) return std::move(because).error();
  leaving.because = std::move(*because);
  if (leaving.with_privileged && leaving.because.empty())
    return usage_error("--include-privileged needs the reason: privilege may be lost by handing words on");
  return leaving;
}

Words without_privileged(Words words) {
  for (auto one = words.begin(); one != words.end();) {
    const auto marks = words.marks.find(one->first.first);
    const bool stays = marks == words.marks.end() || !marks->second.privileged || !case_file::is_markable(one->first.second);
    if (!stays) words.withheld.insert(one->first);
    one = stays ? std::next(one) : words.erase(one);
  }
  return words;
}

Result<void> record_privileged(const Call& call, Engine& engine, const CaseView& view, const std::string& document,
                               const Leaving& leaving) {
  auto request = request_of(call);
  if (!request) return std::move(request).error();
  auto outcome = engine.record(view.file->ref, commands::IncludePrivileged{document, leaving.because}, *request);
  if (!outcome) return std::move(outcome).error();
  call.world.recorded = "event " + std::to_string(outcome->version) + " of " + outcome->ref;
  call.world.err << "tocsin: recorded in " << outcome->ref << ": privileged words were put into the " << document << "\n";
  return {};
}

void say_left_out(const Call& call) {
  call.world.err
      << "tocsin: legally privileged words were left out; --include-privileged TEXT takes them in and records why\n";
}

}  // namespace tocsin::cli
