// SPDX-License-Identifier: Apache-2.0
// One durable command through the engine on SQLite (WAL, FULL, one commit each): the case's events are read, verified and folded, the command is
// judged, its events sealed and appended with card and words. Beside durable_baseline.c, which makes the same inserts and updates by hand.
//   durable_bench FOLDER SECONDS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "engine/engine.h"

using namespace tocsin;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kCases = 1000, kEvents = 20;

double since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return std::fputs("durable_bench FOLDER SECONDS\n", stderr), 2;
  const std::filesystem::path folder = words[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto database = must(sql_store::Database::open_or_create((folder / "cases.db").string(), "live"));
  sql_store::EventStore store(*database);
  sql_store::Vault vault(*database, (folder / "vault.key").string());
  yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  Engine engine(store, vault, library);
  Request request;
  request.by = request.account = "bench";
  request.program = "bench";
  request.now = *parse_instant("2026-05-02T19:00Z");
  const auto ref = [](int i) { return "B-" + std::to_string(100000 + i); };
  const auto fact = [](long n) { return commands::SetFacts{{{"people_affected", std::to_string(n)}}, "", "", ""}; };
  std::fprintf(stderr, "making %d cases of %d events\n", kCases, kEvents);
  for (int i = 0; i < kCases; ++i) {
    auto file = must(engine.open("uk/supplier-breach", {ref(i), "A case of the bench", {}}, request));
    for (auto n = file.version; n < kEvents; ++n) must(engine.record(ref(i), fact(n), request));
  }
  long done = 0;
  const double limit = std::atof(words[2]);
  const auto from = Clock::now();
  while (since(from) < limit) {
    must(engine.record(ref(static_cast<int>(done % kCases)), fact(done), request));
    ++done;
  }
  std::printf("%.0f\n", static_cast<double>(done) / since(from));
}
