// SPDX-License-Identifier: Apache-2.0
// Makes a store of many open cases for timing `tocsin due`.   many_cases FOLDER CASES
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
  request.now = *parse_instant("2026-05-02T19:00Z");
  for (int i = 0; i < std::atoi(words[2]); ++i) {
    request.now = request.now + seconds(30);
    auto opened =
        engine.open("uk/supplier-breach",
                    {"B-" + std::to_string(100000 + i), "Case " + std::to_string(i) + " of the bench", {}}, request);
    if (!opened) return std::fprintf(stderr, "%s\n", opened.error().message.c_str()), 1;
  }
  return 0;
}
