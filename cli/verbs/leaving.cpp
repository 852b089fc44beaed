// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/leaving.h"

#include <ostream>

#include "cli/views/words.h"
#include "engine/commands/command.h"

namespace tocsin::cli {

Result<Leaving> leaving_of(const Call& call, std::string document) {
  Leaving leaving{std::move(document), call.has("--include-privileged"), {}, false};
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

Result<Words> words_that_leave(const Call& call, Engine& engine, const CaseView& view, Leaving& leaving,
                               const std::function<std::string(const Words&)>& told) {
  auto all = words_or_none(engine, view);
  auto others = without_privileged(all);
  if (others.withheld.empty() || told(others) == told(all)) return all;
  if (!leaving.with_privileged) {
    if (!leaving.has_said_so)
      call.world.err << "tocsin: legally privileged words were left out; --include-privileged TEXT takes them in and "
                        "records why\n";
    leaving.has_said_so = true;
    return others;
  }
  if (view.file->store != "live")
    return Error{Errc::refused,
                 "this is a " + view.file->store + " store, in which it cannot be recorded who took privileged words out",
                 "store",
                 {},
                 ""};
  auto request = request_of(call, TypedTimes(call, view.definition->zone));
  if (!request) return std::move(request).error();
  auto outcome = engine.record(view.file->ref, commands::IncludePrivileged{leaving.document, leaving.because}, *request);
  if (!outcome) return std::move(outcome).error();
  call.world.recorded = "event " + std::to_string(outcome->version) + " of " + outcome->ref;
  call.world.err << "tocsin: recorded in " << outcome->ref << ": privileged words were put into the " << leaving.document
                 << "\n";
  return all;
}

}  // namespace tocsin::cli
