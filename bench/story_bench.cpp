// SPDX-License-Identifier: Apache-2.0
// How fast the engine decides and folds, in memory, on the fictional force's whole story. One core; prints events per second and where the time goes.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/story_reader.h"
#include "engine/commands/decide.h"
#include "engine/rehearsal.h"

using namespace tocsin;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_of(const std::function<void()>& work) {
  const auto from = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - from).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// A step of the story as the engine met it.
struct Met {
  commands::Asked asked;
  std::optional<commands::Command> command;  ///< none: the opening
  commands::OpenCase opening;
  bool refused = false;
};

constexpr int kRuns = 5;

}  // namespace

int main(int words, char** word) {
  const int rounds = words > 1 ? std::atoi(word[1]) : 2000;
  const std::string root = TOCSIN_SOURCE_DIR;
  auto read = yaml_library::read_story_file(root + "/examples/fictional-force/story.yaml");
  if (!read.story) return std::fputs("the story cannot be read\n", stderr), 1;
  yaml_library::Library library(root + "/workflows");
  memory_store::EventStore store("story");
  memory_store::Vault vault(store);
  Engine engine(store, vault, library);
  int commands = 0;
  auto ref = play(engine, *read.story,
                  [&](const PlayedStep& step) { commands += step.step->kind != workflow::StoryStep::Kind::expect; });
  if (!ref) return std::fprintf(stderr, "%s\n", ref.error().message.c_str()), 1;
  const auto records = *store.read(*ref);
  const auto events = *ledger::verify_stream(records);
  const auto count = static_cast<double>(events.size());
  const auto view = *engine.show(*ref, events.back().recorded_at);
  const auto& definition = *view.definition;
  const auto people = *engine.people();

  std::vector<Met> steps;
  Instant now;
  for (const auto& step : read.story->steps) {
    if (step.kind == workflow::StoryStep::Kind::expect) continue;
    now = step.recorded_at.value_or(std::max(now, *step.at));
    Met met{{definition, people, step.as, step.as, "tocsin story", now, *step.at}, {}, {}, step.refused.has_value()};
    if (step.kind == workflow::StoryStep::Kind::open) met.opening = opening_of(step);
    else met.command = *command_of(step);
    steps.push_back(std::move(met));
  }

  // Decide: every command of the story through guards, plan and tables; its events numbered, words digested, written canonically and sealed.
  const std::string key(32, 'k');
  const auto decide_all = [&] {
    case_file::CaseFile file;
    Digest before{};
    for (const auto& met : steps) {
      std::optional<case_file::CaseFile> kept;
      if (met.refused) kept = file;  // a refused command leaves its copy unusable
      auto drafts = met.command ? commands::decide(met.asked, file, *met.command)
                                : commands::decide_opening(met.asked, file, "story", met.opening);
      if (!drafts) {
        if (kept) file = std::move(*kept);
        continue;
      }
      for (auto& draft : *drafts) {
        for (auto& [field, digest] : draft.event.texts) digest = to_hex(hmac_sha256(key, draft.words.find(field)->second));
        draft.event.prev = before;
        before = ledger::seal_event(draft.event).seal;
      }
    }
    if (file.version != static_cast<std::int64_t>(events.size())) std::abort();  // measured something else than the story
  };
  const auto fold_all = [&] { (void)case_file::fold_stored(records); };
  const auto measure = [&](const char* name, double limit, const std::function<void()>& work) {
    std::vector<double> rates;
    for (int run = 0; run < kRuns; ++run)
      rates.push_back(count * rounds / seconds_of([&] {
                        for (int i = 0; i < rounds; ++i) work();
                      }));
    const auto rate = median(rates);
    if (limit > 0) std::printf("%-28s %12.0f events/s   limit %8.0f   ratio %.2f\n", name, rate, limit, rate / limit);
    else std::printf("  %-26s %12.0f events/s   %.2f us each\n", name, rate, 1e6 / rate);
  };
  std::printf("story: %s, %zu events, %d commands\n", read.story->name.c_str(), events.size(), commands);
  measure("decide", 250000, decide_all);
  measure("fold from stored bytes", 400000, fold_all);
  measure("seal (write and hash)", 0, [&] {
    for (const auto& event : events) (void)ledger::seal_event(event);
  });
  measure("hash", 0, [&] {
    for (const auto& record : records) (void)ledger::seal(record.bytes);
  });
  measure("parse JSON", 0, [&] {
    for (const auto& record : records) (void)parse_json(record.bytes);
  });
  measure("read (parse and compare)", 0, [&] {
    for (const auto& record : records) (void)ledger::from_bytes(record.bytes);
  });
  measure("fold events", 0, [&] { (void)case_file::fold(events); });
  measure("plan", 0, [&] {
    for (std::size_t i = 0; i < events.size(); ++i) (void)workflow::plan(definition, *view.file, events.back().recorded_at);
  });
  return 0;
}
