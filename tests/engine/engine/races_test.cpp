// SPDX-License-Identifier: Apache-2.0
// Two writers at once: the second decides anew, and is answered as if it had come later.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/incident_room.h"

using namespace tocsin;

namespace {

/// A store in which somebody else writes between the reading and the writing of the next command.
struct BusyStore : memory_store::EventStore {
  using EventStore::EventStore;
  Result<std::int64_t> append(const ports::Append& append) override {
    if (auto before = std::exchange(meanwhile, nullptr)) before();
    return EventStore::append(append);
  }
  std::function<void()> meanwhile;
};

struct Office {
  BusyStore store{"live"};
  memory_store::Vault vault{store};
  yaml_library::Library library{TOCSIN_SOURCE_DIR "/workflows"};
  Engine engine{store, vault, library};

  static Request request() {
    Request r;
    r.by = r.account = "ann";
    r.program = "test";
    r.now = *parse_instant("2026-05-02T19:00Z");
    return r;
  }
};

}  // namespace

TEST_CASE("two people are listed at once, and both are") {
  Office office;
  REQUIRE(office.engine.add_person({"ann", {"handler"}}, Office::request()));
  office.store.meanwhile = [&] { REQUIRE(office.engine.add_person({"dee", {"dpo"}}, Office::request())); };
  REQUIRE(office.engine.add_person({"sid", {"siro"}}, Office::request()));
  CHECK(office.engine.people()->listed.size() == 3);
}

TEST_CASE("of two cases opened at once under one reference the second is told that there is one") {
  Office office;
  const auto open = [&] { return office.engine.open("uk/supplier-breach", {"FF-1", "A lost box", {}}, Office::request()); };
  office.store.meanwhile = [&] { REQUIRE(open()); };
  const auto second = open();
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Errc::conflict);
  CHECK(second.error().message.find("exists already") != std::string::npos);
}
