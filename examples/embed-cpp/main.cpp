// SPDX-License-Identifier: Apache-2.0
// Opens a store, opens a case in it, records that somebody was told, and asks what is due.
#include <tocsin/adapters/sql_store/store.h>
#include <tocsin/adapters/yaml_library/library.h>
#include <tocsin/engine/engine.h>

#include <iostream>

using namespace tocsin;

int complain(const Error& error) {
  std::cerr << word(error.code) << ": " << error.message << "\n";
  return 1;
}

int main() {
  auto store = sql_store::Store::open_or_create("cases.db", "vault.key");
  if (!store) return complain(store.error());
  const yaml_library::Library library(TOCSIN_WORKFLOWS);
  Engine engine(store->events(), store->vault(), library);

  // The engine reads no clock: whoever calls it says what time it is, and who asks.
  const auto now = *parse_instant("2026-05-02T21:03+01:00");
  const Request request{.by = "ann", .account = "soc", .program = "embed-cpp 1", .now = now};

  const auto opened =
      engine.open("uk/supplier-breach", {.ref = "FF-1", .title = "Passes printed by a hacked firm"}, request);
  if (!opened) return complain(opened.error());
  const commands::RecordNotice call{.obligation = "nca", .channel = "telephone", .reference = "pending"};
  const auto told = engine.record("FF-1", call, request);
  if (!told) return complain(told.error());

  const auto due = engine.due(now, 10);
  if (!due) return complain(due.error());
  for (const auto& item : due->items)
    std::cout << item.ref << " " << item.title << ": " << item.name << " by "
              << (item.due ? format_instant(*item.due) : "no fixed time") << ", " << item.basis << "\n";
}
