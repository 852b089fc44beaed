// SPDX-License-Identifier: Apache-2.0
// Tells the regulator through a channel of one's own, and records that it was told in a store of one's own.
#include <tocsin/adapters/memory_store/vault.h>
#include <tocsin/adapters/yaml_library/library.h>
#include <tocsin/engine/engine.h>

#include <fstream>
#include <iostream>

#include "journal_store.h"

using namespace tocsin;

namespace {

int complain(const Error& error) {
  std::cerr << word(error.code) << ": " << error.message << "\n";
  return 1;
}

/// The channel: puts the words where something else sends them from, and returns what the recipient will know them by.
std::string send(const std::string& words) {
  std::ofstream("outbox.txt") << words;
  return "OUT-1";
}

int report(Engine& engine, Instant now) {
  const auto due = engine.due(now, 10);
  if (!due) return complain(due.error());
  for (const auto& item : due->items)
    std::cout << item.ref << " " << item.name << " by " << (item.due ? format_instant(*item.due) : "no fixed time") << "\n";
  return 0;
}

}  // namespace

int main() {
  const yaml_library::Library library(TOCSIN_WORKFLOWS);
  const auto now = *parse_instant("2026-05-02T21:03+01:00");
  const Request request{.by = "ann", .account = "soc", .program = "own-channel-and-store 1", .now = now};
  {
    auto journal = JournalStore::open("cases.journal");
    if (!journal) return complain(journal.error());
    memory_store::Vault vault((*journal)->index());
    Engine engine(**journal, vault, library);
    if (const auto opened =
            engine.open("uk/supplier-breach", {.ref = "FF-1", .title = "Passes printed by a hacked firm"}, request);
        !opened)
      return complain(opened.error());

    // Send first, then record what was sent: a history never claims what has not happened.
    const std::string words = "Badge photographs of our staff were taken at a supplier. More will follow.";
    const commands::RecordNotice notice{.obligation = "ico", .channel = "outbox", .reference = send(words), .text = words};
    const auto told = engine.record("FF-1", notice, request);
    if (!told) return complain(told.error());
    std::cout << "recorded as event " << told->version << ":\n";
    if (report(engine, now) != 0) return 1;
  }
  auto journal = JournalStore::open("cases.journal");  // as another process would, another day
  if (!journal) return complain(journal.error());
  memory_store::Vault vault((*journal)->index());
  Engine engine(**journal, vault, library);
  std::cout << "and read again:\n";
  return report(engine, now);
}
