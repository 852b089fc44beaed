// SPDX-License-Identifier: Apache-2.0
// One durable command through the engine on SQLite (WAL, FULL, one commit each): the case's events are read, verified and folded, the command is
// judged, its events sealed and appended with card and words. Beside durable_baseline.c, which makes the same inserts and updates by hand.
//   durable_bench FOLDER SECONDS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

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

std::string ref(long i) { return "B-" + std::to_string(100000 + i); }
commands::SetFacts fact(long n) { return {{{"people_affected", std::to_string(n)}}, "", "", ""}; }

void make_cases(Engine& engine, const Request& request) {
  std::fprintf(stderr, "making %d cases of %d events\n", kCases, kEvents);
  for (int i = 0; i < kCases; ++i) {
    auto file = must(engine.open("uk/supplier-breach", {ref(i), "A case of the bench", {}}, request));
    for (auto n = file.version; n < kEvents; ++n) must(engine.record(ref(i), fact(n), request));
  }
}

double rate_of(Engine& engine, const Request& request, double limit) {
  long done = 0;
  const auto from = Clock::now();
  for (; since(from) < limit; ++done) must(engine.record(ref(done % kCases), fact(done), request));
  return static_cast<double>(done) / since(from);
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return std::fputs("durable_bench FOLDER SECONDS\n", stderr), 2;
  const std::filesystem::path folder = words[1];
  const auto file = folder / "cases.db", made = folder / "made.db";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  Request request;
  request.by = request.account = "bench";
  request.program = "bench";
  request.now = *parse_instant("2026-05-02T19:00Z");
  const auto with_engine = [&](const auto& work) {
    auto database = must(sql_store::Database::open_or_create(file.string(), "live"));
    sql_store::EventStore store(*database);
    sql_store::Vault vault(*database, (folder / "vault.key").string());
    Engine engine(store, vault, library);
    work(engine);
  };
  with_engine([&](Engine& engine) { make_cases(engine, request); });
  std::filesystem::copy_file(file, made);  // closed, so that its log is in it
  with_engine([&](Engine& engine) { std::printf("%.0f\n", rate_of(engine, request, std::atof(words[2]))); });
  std::filesystem::rename(made, file);  // the program by hand begins where the engine began
}
