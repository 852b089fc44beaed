// SPDX-License-Identifier: Apache-2.0
// The verbs of a case that record.
#include <sys/random.h>

#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

/// C- and eight characters of base32 without the ones that look alike.
Result<std::string> new_reference() {
  constexpr char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  unsigned char random[8];
  if (getrandom(random, sizeof random, 0) != sizeof random)
    return Error{Errc::unavailable, "this machine gave no random numbers: try again, or choose a reference with --ref"};
  std::string ref = "C-";
  for (const auto byte : random) ref += letters[byte & 31];
  return ref;
}

/// A workflow of the library, for the clocks that it is read by; its mistakes are the engine's to tell.
Result<std::shared_ptr<const workflow::Definition>> workflow_named(const Call& call, const std::string& name) {
  auto reading = open_library(call)->find(name);
  if (!reading) return std::move(reading).error();
  if (reading->definition == nullptr)
    return Error{Errc::invalid, "the workflow has mistakes", "", {}, "workflow check " + name};
  return reading->definition;
}

}  // namespace

Result<int> case_open(Call& call) {
  auto title = text_of(call, "--title");
  if (!title) return std::move(title).error();
  auto facts = pairs_of(call, "--fact");
  if (!facts) return std::move(facts).error();
  auto ref = call.has("--ref") ? Result<std::string>(call.one("--ref")) : new_reference();
  if (!ref) return std::move(ref).error();
  const auto name = call.one("WORKFLOW");
  const TypedTimes times(call, [&] { return workflow_named(call, name); });
  auto request = request_of(call, times);
  if (!request) return std::move(request).error();
  facts = times.facts(std::move(*facts));
  if (!facts) return std::move(facts).error();
  const auto open = [&](Engine& engine) {
    return engine.open(name, {*ref, *title, *facts, call.one("--incident"), !call.has("--ref")}, *request);
  };
  auto shop = open_or_make_shop(call, open);
  if (!shop) return std::move(shop).error();
  warn_about_clock(call, (*shop)->store());
  auto outcome = open((*shop)->engine());
  if (!outcome) return std::move(outcome).error();
  return print_outcome(call, (*shop)->engine(), *outcome);
}

Result<int> case_set(Call& call) {
  auto facts = pairs_of(call, "NAME=VALUE");
  if (!facts) return std::move(facts).error();
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  return record_with_times(call, [&](const TypedTimes& times) -> Result<commands::Command> {
    auto full = times.facts(std::move(*facts));
    if (!full) return std::move(full).error();
    return commands::Command(commands::SetFacts{std::move(*full), call.one("--source"), call.one("--status"), *because});
  });
}

Result<int> case_move(Call& call) {
  return with_reason(call, [&](std::string because) { return commands::Move{call.one("TRANSITION"), std::move(because)}; });
}

Result<int> case_note(Call& call) {
  auto text = text_of(call, "TEXT");
  if (!text) return std::move(text).error();
  if (call.has("--in") && call.has("--out")) return usage_error("a note is --in or --out, not both");
  return record_on_case(call, commands::Note{*text, call.one("--with"), call.one("--by"),
                                             call.has("--in")    ? "in"
                                             : call.has("--out") ? "out"
                                                                 : ""});
}

Result<int> case_link(Call& call) { return record_on_case(call, commands::LinkIncident{call.one("INCIDENT")}); }

Result<int> case_reopen(Call& call) {
  return with_reason(call, [](std::string because) { return commands::Reopen{std::move(because)}; });
}

}  // namespace tocsin::cli
