// SPDX-License-Identifier: Apache-2.0
// What the audit sees in a history that was written by somebody who owns the file: well sealed, judged by nobody.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "engine/engine_parts.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using ledger::Event;
using tests::IncidentRoom;

namespace {

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

void nothing(std::vector<Event>&) {}

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

std::vector<Event>::iterator first(std::vector<Event>& events, std::string_view type) {
  return std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.type == type; });
}

Change by(std::string_view type, std::string name) {
  return [=](std::vector<Event>& events) { first(events, type)->by = name; };
}

bool says(const std::string& said, std::string_view what) {
  UNSCOPED_INFO(said);
  return said.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a history that was told again as it was has no problems") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  CHECK(audit(room, nothing).empty());
}

TEST_CASE("the audit asks of each step of a decision whether that person might take it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  CHECK(says(audit(room, by("decision_proposed", "ann")), "needs the role 'siro'"));
  CHECK(says(audit(room, by("decision_advised", "sue")), "needs the role 'dpo'"));
  CHECK(says(audit(room, by("decision_approved", "dee")), "needs the role 'gold'"));
  CHECK(says(audit(room, [](std::vector<Event>& events) { events.erase(first(events, "decision_approved")); }),
             "carries out a decision that nobody approved"));
  CHECK(
      says(audit(room, [](std::vector<Event>& events) { first(events, "decision_proposed")->body.set("effective", true); }),
           "takes effect otherwise than its workflow says"));
}

TEST_CASE("the audit asks who listed people") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(says(audit(room, nothing, [](std::vector<Event>& people) { people.back().by = "sid"; }),
             "only an admin may list people"));
}

TEST_CASE("the audit asks whether a role had ended when something was written down") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  const auto ended = [](std::string until) {
    return [=](std::vector<Event>& people) { people.back().body.set("until", until); };  // gus, who approved at 19:00
  };
  CHECK(says(audit(room, nothing, ended("2026-05-02T18:59:59Z")), "was written by somebody who was not listed"));
  CHECK(says(audit(room, nothing, ended("2026-05-02T18:59:59Z")), "needs the role 'gold'"));
  CHECK(audit(room, nothing, ended("2026-05-02T19:00:00Z")).empty());
}

TEST_CASE("the audit counts the gaps of a notice again") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico"));
  CHECK(says(audit(room,
                   [](std::vector<Event>& events) {
                     first(events, "notice_recorded")->body.set("gaps", Json::array());
                     events.erase(first(events, "notice_recorded") + 1, events.end());
                   }),
             "has other gaps"));
}

TEST_CASE("the audit compares the opening with the workflow that the case is pinned to") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(
      says(audit(room, [](std::vector<Event>& events) { events[0].body.set("workflow", "uk/other"); }), "another workflow"));
  CHECK(says(audit(room,
                   [](std::vector<Event>& events) {
                     auto states = events[0].body["states"];
                     events[0].body.set("states", states.set("containment", "remediated"));
                   }),
             "initial states"));
}

TEST_CASE("the audit misses what the workflow had to say before a person was heard") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::Note{"called back", "", "", ""}));
  CHECK(says(audit(room,
                   [](std::vector<Event>& events) {
                     events.erase(std::find_if(events.begin(), events.end(), [](const Event& event) {
                       return event.type == "obligation_raised" && event.body["obligation"].text() == "nca";
                     }));
                   }),
             "'obligation_raised' had to be recorded before it"));
}

TEST_CASE("an obligation is raised for a filing only where that filing follows") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("staff", true));
  REQUIRE(room.run(commands::Note{"called back", "", "", ""}));
  CHECK(audit(room, nothing).empty());
  CHECK(says(audit(room, [](std::vector<Event>& events) { events.erase(first(events, "notice_recorded")); }),
             "is not what the pinned workflow and law would have recorded"));
}

TEST_CASE("the audit compares what a store lists with what its events say") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(says(audit<ListsNothing>(room, nothing), "case FF-1: 'ico' (obligation) is missing in the list of what is owed"));
}

TEST_CASE("a small step back of the machine's clock is no tampering") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").as("ann").engine.add_person({"eve", {"siro"}}, room.request()));
  REQUIRE(room.at("2026-05-02T19:55Z").as("eve").open());
  CHECK(format_instant(room.view().file->opened_at) == "2026-05-02T20:00:00Z");
  REQUIRE(room.at("2026-05-02T20:10Z").set("risk=unlikely"));
  REQUIRE(room.propose("ico"));
  REQUIRE(room.at("2026-05-02T20:05Z").as("ann").engine.add_person({"eve", {"handler"}}, room.request()));
  REQUIRE(room.as("eve").set("publicity=public"));
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}
