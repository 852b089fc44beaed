// SPDX-License-Identifier: Apache-2.0
// A store that gives back otherwise than was kept: what a reader is told, and what the audit finds.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "engine/workflow/card.h"
#include "tests/engine/refusal.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;
using tests::refusal;

namespace {

/// The store of a room, of which somebody changed what a test says.
class DamagedStore : public ports::EventStore {
 public:
  explicit DamagedStore(const IncidentRoom& room) : whole_(room.store) {}

  std::function<void(std::optional<ports::DefinitionFiles>&)> of_workflow = [](auto&) {};
  std::function<void(std::vector<ports::OpenItem>&)> of_items = [](auto&) {};
  std::function<void(std::vector<ledger::Record>&)> of_people = [](auto&) {};
  std::function<void(std::vector<ports::Card>&)> of_cards = [](auto&) {};

  std::string purpose() const override { return whole_.purpose(); }
  Result<std::int64_t> append(const ports::Append&) override { return Error{Errc::unavailable, "read only"}; }
  Result<std::vector<ledger::Record>> read(std::string_view stream) const override {
    auto records = whole_.read(stream);
    if (stream == ledger::kSiteStream) of_people(*records);
    return records;
  }
  Result<std::vector<ledger::Record>> read_all(std::int64_t after, std::size_t limit) const override {
    return whole_.read_all(after, limit);
  }
  Result<std::optional<ports::Remembered>> find_request(std::string_view id) const override {
    return whole_.find_request(id);
  }
  Result<std::vector<std::string>> alarmed(Instant now, std::size_t limit) const override {
    return whole_.alarmed(now, limit);
  }
  Result<std::vector<ports::Card>> cards(std::string_view after, std::size_t limit) const override {
    auto cards = whole_.cards(after, limit);
    of_cards(*cards);
    return cards;
  }
  Result<std::vector<std::string>> find_streams(std::string_view prefix, std::size_t limit) const override {
    return whole_.find_streams(prefix, limit);
  }
  Result<std::vector<ports::OpenItem>> items(std::string_view group, std::optional<Instant> from,
                                             std::optional<Instant> until, const std::optional<ports::ItemPosition>& after,
                                             std::size_t limit) const override {
    auto items = whole_.items(group, from, until, after, limit);
    of_items(*items);
    return items;
  }
  Result<std::optional<Instant>> last_recorded() const override { return whole_.last_recorded(); }
  Result<std::optional<ports::DefinitionFiles>> find_definition(std::string_view digest) const override {
    auto files = whole_.find_definition(digest);
    of_workflow(*files);
    return files;
  }
  Result<std::vector<Finding>> inspect() const override { return whole_.inspect(); }

 private:
  const ports::EventStore& whole_;
};

/// A room with one case, whose store somebody damaged.
struct DamagedRoom : IncidentRoom {
  DamagedRoom() { must(open()); }
  DamagedStore damaged{*this};
  Engine reader{damaged, vault, library};

  /// What a reader of the case is told; the audit finds it too.
  std::string told() {
    const auto said = refusal(reader.show("FF-1", request().now));
    CHECK(refusal(reader.record("FF-1", commands::Note{"called back", "", "", ""}, request())) == said);
    const auto problems = reader.verify("")->problems;
    REQUIRE(problems.size() == 1);
    CHECK(said.find(problems.front().substr(std::string("case FF-1: ").size())) != std::string::npos);
    return said;
  }
};

/// A vault whose key does not open what the store holds.
struct AnotherKey : memory_store::Vault {
  using Vault::Vault;
  Result<Digest> recognise(std::string_view) override { return Error{Errc::corrupt, "another key"}; }
};

}  // namespace

TEST_CASE("a case whose workflow is not in the store is not read by another one") {
  DamagedRoom room;
  room.damaged.of_workflow = [](auto& files) { files.reset(); };
  CHECK(
      room.told() ==
      "corrupt: the workflow that this case is pinned to is not in the store: keep the file as it is and run 'tocsin audit "
      "verify' -> audit verify");
}

TEST_CASE("a workflow that somebody changed in the store is found by its digest") {
  DamagedRoom room;
  room.damaged.of_workflow = [](auto& files) {
    const std::string hours = "72";
    files->bytes.replace(files->bytes.find(hours), hours.size(), "96");
  };
  CHECK(
      room.told() ==
      "corrupt: the stored workflow files do not give the digest that the case is pinned to: somebody changed them -> audit "
      "verify");
}

TEST_CASE("workflow files that cannot be read are corrupt, and no workflow") {
  DamagedRoom room;
  room.damaged.of_workflow = [](auto& files) { files->bytes.pop_back(); };
  CHECK(room.told() ==
        "corrupt: the stored workflow files cannot be read: keep the file as it is and run 'tocsin audit verify'");
  DamagedRoom other;
  other.damaged.of_workflow = [](auto& files) { files->bytes = "[[\"workflow.yaml\"]]"; };
  CHECK(other.told() == "corrupt: the stored workflow files have another shape");
}

TEST_CASE("a workflow that this version cannot read asks for the version that opened the case") {
  struct OfLaterDays : yaml_library::Library {
    using Library::Library;
    ports::Reading parse(const std::vector<workflow::SourceFile>&) const override { return {}; }
  };
  IncidentRoom room;
  REQUIRE(room.open());
  const OfLaterDays later{TOCSIN_SOURCE_DIR "/workflows"};
  CHECK(
      refusal(Engine(room.store, room.vault, later).show("FF-1", room.request().now)) ==
      "unavailable: this version of tocsin cannot read the workflow that the case is pinned to: use the version that opened "
      "it");
}

TEST_CASE("the audit compares each line of the list of what is owed, and tells of lines that nobody owes") {
  DamagedRoom room;
  room.damaged.of_items = [](auto& items) {
    for (auto& item : items)
      if (item.name == "ico" && item.group == "provisional") item.key = item.key + hours(24);
  };
  CHECK(room.reader.verify("")->problems ==
        std::vector<std::string>{
            "case FF-1: 'ico' (obligation) stands in the list of what is owed otherwise than the events say"});
  room.damaged.of_items = [](auto& items) {
    for (auto& item : items)
      if (item.name == "nca" && item.kind == "obligation") item.name = "nobody";
  };
  const auto report = *room.reader.verify("");
  CHECK(report.problems == std::vector<std::string>{"case FF-1: 'nca' (obligation) is missing in the list of what is owed"});
  CHECK(report.warnings ==
        std::vector<std::string>{"case FF-1: 'nobody' (obligation) is listed although the events say nothing of it"});
}

TEST_CASE("the audit compares what lists say of a case with its events") {
  DamagedRoom room;
  room.damaged.of_cards = [](auto& cards) {
    for (auto& card : cards) card.states["case"] = "closed";
  };
  CHECK(room.reader.verify("")->problems == std::vector<std::string>{"case FF-1 is listed otherwise than its events say"});
  room.damaged.of_cards = [](auto& cards) {
    for (auto& card : cards) card.stream = "FF-2";
  };
  CHECK(room.reader.verify("")->problems.front() == "case FF-2 has a card and no events");
}

TEST_CASE("an event among those of people that is none of theirs is found, and nobody writes after it") {
  DamagedRoom room;
  room.damaged.of_people = [](auto& records) {
    if (records.empty()) return;
    auto event = *ledger::from_bytes(records.back().bytes);
    event.type = "case_opened";
    records.back() = ledger::seal_event(event);
  };
  CHECK(refusal(room.reader.people()) == "corrupt: the site stream holds an event of type 'case_opened'");
  const auto problems = room.reader.verify("")->problems;
  CHECK(std::count(problems.begin(), problems.end(),
                   "people event 5 does not fit: the site stream holds an event of type 'case_opened'") == 1);
  CHECK(room.reader.add_person({"eve", {"siro"}}, room.request()).error().code == Errc::corrupt);
}

TEST_CASE("why words are closed is told apart: no key, another key, or words that somebody changed") {
  IncidentRoom room;
  AnotherKey other{room.store};
  const Error gone{Errc::unavailable, "no key"}, wrong{Errc::corrupt, "does not open"};
  CHECK(room.engine.why_closed(gone) == "key_missing");
  CHECK(room.engine.why_closed(wrong) == "damaged");
  CHECK(Engine(room.store, other, room.library).why_closed(wrong) == "key_wrong");
}
