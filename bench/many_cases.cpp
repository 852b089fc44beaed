// SPDX-License-Identifier: Apache-2.0
// Makes a store of many open cases, each with eight obligations and more, for timing `tocsin due`.   many_cases FOLDER CASES
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "engine/engine.h"

using namespace tocsin;

int main(int count, char** words) {
  if (count < 3) return std::fputs("many_cases FOLDER CASES\n", stderr), 2;
  const std::filesystem::path folder = words[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto database = sql_store::Database::open_or_create((folder / "cases.db").string(), "live");
  if (!database) return std::fprintf(stderr, "%s\n", database.error().message.c_str()), 1;
  sql_store::EventStore store(**database);
  sql_store::Vault vault(**database, (folder / "vault.key").string());
  yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  Engine engine(store, vault, library);
  Request request;
  request.by = request.account = request.program = "bench";
  request.now = *parse_instant("2026-05-02T18:00Z");
  const auto must = [](const Result<Outcome>& done) {
    if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str()), std::exit(1);
  };
  must(engine.add_person({"bench", {"handler", "siro"}}, request));
  const int cases = std::atoi(words[2]);
  for (int i = 0; i < cases; ++i) {
    // Opened over four days, so that some are late, some due within a day and some later, however many there are.
    request.now = *parse_instant("2026-05-02T19:00Z") + Duration{hours(96).micros / cases * i};
    const auto ref = "B-" + std::to_string(100000 + i);
    must(engine.open("uk/supplier-breach", {ref, "Case " + std::to_string(i) + " of the bench", {}}, request));
    // Of three cases one knows when we were aware, one knows it within limits, one does not know it.
    const auto from = format_instant(request.now - hours(6)), until = format_instant(request.now - hours(2));
    if (i % 3 != 2)
      must(engine.record(
          ref, commands::SetFacts{{{"aware_at", i % 3 == 0 ? from : from + ".." + until}}, {}, {}, "a reason"}, request));
  }
  return 0;
}
