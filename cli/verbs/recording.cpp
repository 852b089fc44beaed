// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {

namespace {

/// The workflow of a case, asked for when a time is to be read by its clocks.
TypedTimes::Workflow workflow_of(const Call& call, const Engine& engine, const std::string& ref) {
  return [&call, &engine, &ref]() -> Result<std::shared_ptr<const workflow::Definition>> {
    auto view = engine.show(ref, call.world.clock());
    if (!view) return std::move(view).error();
    return view->definition;
  };
}

Result<int> record(Call& call, const MakeCommand& make, const std::string& remark) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto ref = case_of(call, (*shop)->engine());
  if (!ref) return std::move(ref).error();
  const TypedTimes times(call, workflow_of(call, (*shop)->engine(), *ref));
  auto request = request_of(call, times);
  if (!request) return std::move(request).error();
  auto command = make(times);
  if (!command) return std::move(command).error();
  warn_about_clock(call, (*shop)->store());
  auto outcome = (*shop)->engine().record(*ref, *command, *request);
  if (!outcome) return std::move(outcome).error();
  return print_outcome(call, (*shop)->engine(), *outcome, remark);
}

}  // namespace

Result<int> record_on_case(Call& call, const commands::Command& command, const std::string& remark) {
  return record(
      call, [&](const TypedTimes&) { return command; }, remark);
}

Result<int> record_with_times(Call& call, const MakeCommand& make) { return record(call, make, {}); }

Result<int> with_reason(Call& call, const std::function<commands::Command(std::string)>& make) {
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  return record_on_case(call, make(std::move(*because)));
}

Result<Viewed> view_case(Call& call) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto ref = case_of(call, (*shop)->engine());
  if (!ref) return std::move(ref).error();
  auto now = reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  const TypedTimes times(call, workflow_of(call, (*shop)->engine(), *ref));
  auto as_of = times.option("--as-of", TypedTimes::When::any);
  if (!as_of) return std::move(as_of).error();
  auto view = (*shop)->engine().show(*ref, *now, *as_of);
  if (!view) return std::move(view).error();
  return Viewed{std::move(*shop), std::move(*view), *as_of};
}

Json text_json(const Words& words, const case_file::TextRef& text) {
  const auto found = words.find({text.n, text.field});
  return !text || found == words.end() || !found->second ? Json() : Json(*found->second);
}

void warn_about_clock(const Call& call, const ports::EventStore& store) {
  const auto last = store.last_recorded();
  if (last && last->has_value() && call.world.clock() > **last + hours(24 * 30))
    call.world.err << "tocsin: warning: this machine's clock is more than thirty days ahead of the store's last entry ("
                   << format_instant(**last) << "): check it, because what is recorded cannot be changed\n";
}

Result<Instant> reading_time(const Call& call, const ports::EventStore& store) {
  if (store.purpose() != "story") return call.world.clock();
  auto last = store.last_recorded();
  if (!last) return std::move(last).error();
  return last->value_or(call.world.clock());
}

}  // namespace tocsin::cli
