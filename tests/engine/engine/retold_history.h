// SPDX-License-Identifier: Apache-2.0
// A history told again by somebody who owns the file: well sealed, judged by nobody.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "engine/engine_parts.h"
#include "tests/support/incident_room.h"

namespace tocsin::tests {

using ledger::Event;

using Change = std::function<void(std::vector<Event>&)>;

/// A store that lists nothing, as one whose table of items was emptied.
struct ListsNothing : memory_store::EventStore {
  using EventStore::EventStore;
  Result<std::vector<ports::OpenItem>> items(std::string_view, std::optional<Instant>, std::optional<Instant>,
                                             const std::optional<ports::ItemPosition>&, std::size_t) const override {
    return std::vector<ports::OpenItem>{};
  }
};

template <class Store>
void retell(const IncidentRoom& room, Store& store, const std::string& stream, const Change& change) {
  auto events = *ledger::verify_stream(*room.store.read(stream));
  change(events);
  ports::Append append;
  append.stream = stream;
  append.vault.stream = stream;
  Digest before{};
  std::int64_t n = 0;
  case_file::CaseFile file;
  for (auto& event : events) {
    event.n = ++n;
    event.prev = before;
    append.records.push_back(ledger::seal_event(event));
    before = append.records.back().seal;
    if (stream != ledger::kSiteStream && !file.apply(event)) UNSCOPED_INFO("event " << n << " does not fit");
  }
  if (stream != ledger::kSiteStream) {
    const auto view = *room.engine.show(stream, room.request().now);
    append.definition = **room.store.find_definition(view.file->definition);
    append.card = card_of(*view.definition, file);
  }
  REQUIRE(store.append(append));
}

inline void nothing(std::vector<Event>&) {}

/// Everything the audit says of a case whose history was changed so.
template <class Store = memory_store::EventStore>
std::string audit(const IncidentRoom& room, const Change& of_case, const Change& of_people = nothing) {
  Store store{"live"};
  memory_store::Vault vault{store};
  retell(room, store, std::string(ledger::kSiteStream), of_people);
  retell(room, store, "FF-1", of_case);
  Engine engine(store, vault, room.library);
  std::string said;
  const auto report = *engine.verify("");
  for (const auto& problem : report.problems) said += problem + "\n";
  CHECK(engine.verify("FF-1")->problems.empty() == (said.empty() || said.starts_with("people")));
  return said;
}

inline std::vector<Event>::iterator first(std::vector<Event>& events, std::string_view type) {
  return std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.type == type; });
}

inline Change by(std::string_view type, std::string name) {
  return [=](std::vector<Event>& events) { first(events, type)->by = name; };
}

inline bool says(const std::string& said, std::string_view what) {
  UNSCOPED_INFO(said);
  return said.find(what) != std::string::npos;
}

}  // namespace tocsin::tests
