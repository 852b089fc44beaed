// SPDX-License-Identifier: Apache-2.0
// One lifecycle event with its row: the table judges it, the event is written canonically, sealed, and appended to the store (WAL, FULL, one
// commit). No workflow, no fold: what bench/xstate/lifecycle.mjs does with XState 5 on better-sqlite3, seals and indices of ours included.
//   lifecycle_bench FOLDER SECONDS        prints: events/s in memory, events/s durable
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "adapters/sql_store/event_store.h"
#include "engine/obligation/obligation.h"

using namespace tocsin;
using Clock = std::chrono::steady_clock;

namespace {

using obligation::State;

struct Step {
  obligation::Event event;
  const char* type;
  obligation::Circumstances circumstances;
};

constexpr std::array<Step, 2> kRound = {{
    {obligation::Event::met, "notice_recorded", {.in_time = true, .has_evidence = true}},
    {obligation::Event::filing_withdrawn, "notice_withdrawn", {.has_reason = true, .second_person = true}},
}};

double since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

double in_memory(double limit) {
  auto state = State::due;
  std::size_t done = 0;
  const auto from = Clock::now();
  while (since(from) < limit)
    for (int i = 0; i < 1000; ++i, ++done) {
      const auto& step = kRound[done % kRound.size()];
      state = must(obligation::step(state, step.event, step.circumstances));
    }
  if (state != (done % 2 == 1 ? State::met : State::due)) std::abort();  // measured something else
  return static_cast<double>(done) / since(from);
}

double durable(const std::filesystem::path& file, double limit) {
  auto database = must(sql_store::Database::open_or_create(file.string(), "live"));
  sql_store::EventStore store(*database);
  const auto at = *parse_instant("2026-05-02T19:00Z");
  auto state = State::due;
  ledger::Event event;
  event.stream = "B-1";
  event.at = event.recorded_at = at;
  event.by = event.account = event.program = "bench";
  const auto from = Clock::now();
  for (; since(from) < limit; ++event.n) {
    const auto& step = kRound[static_cast<std::size_t>(event.n) % kRound.size()];
    state = must(obligation::step(state, step.event, step.circumstances));
    event.type = step.type;
    event.body = Json::object({{"obligation", "ico"}, {"notice", event.n + 1}});
    ports::Append append;
    append.stream = event.stream;
    append.expected_version = event.n;
    auto sealed = event;
    ++sealed.n;
    append.records.push_back(ledger::seal_event(sealed));
    append.card = {event.stream, sealed.n, true, at, "", "bench", {}, {}, {}};
    event.prev = append.records.front().seal;
    must(store.append(append));
  }
  return static_cast<double>(event.n) / since(from);
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return std::fputs("lifecycle_bench FOLDER SECONDS\n", stderr), 2;
  const std::filesystem::path folder = words[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto limit = std::atof(words[2]);
  std::printf("%.0f %.0f\n", in_memory(limit), durable(folder / "cases.db", limit));
}
