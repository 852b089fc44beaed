// SPDX-License-Identifier: Apache-2.0
// Makes a store of many open cases, each with eleven duties, for timing `tocsin due`.   many_cases FOLDER CASES
// Three cases are judged by the engine; the others are copies of them, moved in time and sealed again: a hundred thousand in minutes.
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "engine/engine.h"
#include "engine/engine_parts.h"

using namespace tocsin;

namespace {

template <class T>
T must(Result<T> done) {
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str()), std::exit(1);
  return std::move(*done);
}

/// A case as the engine records it: one knows when we were aware, one knows it within limits, one does not.
struct Pattern {
  std::vector<ledger::Event> events;
  std::shared_ptr<const workflow::Definition> definition;
};

std::vector<Pattern> patterns(const ports::Library& library) {
  memory_store::EventStore store("live");
  memory_store::Vault vault(store);
  Engine engine(store, vault, library);
  Request request;
  request.by = request.account = request.program = "bench";
  request.now = *parse_instant("2026-05-02T18:00Z");
  must(engine.add_person({"bench", {"handler", "dpo", "ciso"}}, request));
  std::vector<Pattern> all;
  for (const auto* aware : {"2026-05-02T12:00Z", "2026-05-02T12:00Z..2026-05-02T17:00Z", ""}) {
    const auto ref = "P-" + std::to_string(all.size());
    must(engine.open("eu/financial-entity", {ref, "A pattern", {}, ""}, request));
    if (*aware != 0)
      for (const auto* fact : {"aware_at", "incident_aware_at", "significant_aware_at"})
        must(engine.record(ref, commands::SetFacts{{{fact, aware}}, {}, {}, "a reason"}, request));
    const auto view = must(engine.show(ref, request.now));
    all.push_back({view.events, view.definition});
  }
  return all;
}

Json moved(const Json& value, Duration by) {
  if (const auto at = value.is_text() ? parse_instant(value.text()) : Result<Instant>(Error{}))
    return Json(format_instant(*at + by));
  if (value.is_array()) {
    Json list = Json::array();
    for (const auto& item : value.items()) list.push(moved(item, by));
    return list;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [name, member] : value.members()) object.set(name, moved(member, by));
  return object;
}

ports::Append copy_of(const Pattern& pattern, const std::string& ref, Duration by, ports::Vault& vault) {
  ports::Append append;
  append.stream = ref;
  std::vector<ledger::Event> events;
  Digest before{};
  for (auto event : pattern.events) {
    event.stream = ref;
    event.at = event.at + by;
    event.recorded_at = event.recorded_at + by;
    event.body = moved(event.body, by);
    for (auto& [field, digest] : event.texts) digest = must(vault.seal(ref, "Words of the bench", append.vault));
    event.prev = before;
    append.records.push_back(ledger::seal_event(event));
    before = append.records.back().seal;
    events.push_back(std::move(event));
  }
  append.card = card_of(*pattern.definition, must(case_file::fold(events)));
  append.definition = pack(pattern.definition->files, pattern.definition->digest);
  return append;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return std::fputs("many_cases FOLDER CASES\n", stderr), 2;
  const std::filesystem::path folder = words[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto database = must(sql_store::Database::open_or_create((folder / "cases.db").string(), "live"));
  sql_store::EventStore store(*database);
  sql_store::Vault vault(*database, (folder / "vault.key").string());
  const yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  const auto made_from = patterns(library);
  const int cases = std::atoi(words[2]);
  for (int i = 0; i < cases; ++i) {
    // Opened over six days, so that some duties are late, some due within a day and some later, however many cases there are.
    const Duration by{hours(144).micros / cases * i};
    must(store.append(copy_of(made_from[static_cast<std::size_t>(i % 3)], "B-" + std::to_string(100000 + i), by, vault)));
  }
  return 0;
}
