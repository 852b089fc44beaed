// SPDX-License-Identifier: Apache-2.0
// Roles that end by themselves: who may do what is judged by when it is written down.
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

/// A stand-in as DPO until the third of May, noon.
void stand_in(IncidentRoom& room, const std::string& name) {
  IncidentRoom::must(
      room.engine.add_person({name, {"dpo"}, parse_instant("2026-05-03T12:00Z").value()}, room.as("ann").request()));
}

std::vector<std::string> problems(const IncidentRoom& room) { return room.engine.verify("")->problems; }

}  // namespace

TEST_CASE("a list says who holds what at an instant") {
  IncidentRoom room;
  stand_in(room, "rosa");
  const auto people = *room.engine.people();
  CHECK(people.at(*parse_instant("2026-05-03T12:00:00Z")).holds("rosa", "dpo"));
  CHECK_FALSE(people.at(*parse_instant("2026-05-03T12:00:00.000001Z")).holds("rosa", "dpo"));
  CHECK(people.at(*parse_instant("2026-05-03T12:00:01Z")).has_held("rosa", "dpo"));
  CHECK_FALSE(people.at(*parse_instant("2026-05-03T12:00:01Z")).lists("rosa"));
  CHECK(people.at(*parse_instant("2026-05-03T12:00:01Z")).holders("dpo") == std::vector<std::string>{"dee"});
  CHECK(people.has_ends());
}

TEST_CASE("a stand-in advises while the role lasts, and the advice stands afterwards") {
  IncidentRoom room;
  stand_in(room, "rosa");
  REQUIRE(room.as("ann").open());
  REQUIRE(room.as("sid").propose("ico"));
  REQUIRE(room.at("2026-05-03T12:00Z").as("rosa").advise("ico"));
  REQUIRE(room.at("2026-05-04T09:00Z").as("gus").approve("ico"));
  CHECK(room.state("ico") == "ruled_out");
  CHECK(problems(room).empty());
}

TEST_CASE("after the last instant of the role its holder is nobody here, whatever time the thing happened") {
  IncidentRoom room;
  stand_in(room, "rosa");
  REQUIRE(room.as("ann").open());
  REQUIRE(room.as("sid").propose("ico"));
  room.at("2026-05-03T12:00:01Z");
  CHECK(room.as("rosa").advise("ico").error().code == Errc::forbidden);
  CHECK(room.as("rosa").happened("2026-05-03T11:00Z").advise("ico").error().code == Errc::forbidden);
  CHECK(room.as("rosa").run(commands::Note{"words", {}, {}, {}}).error().code == Errc::forbidden);
  CHECK(room.as("ann").run(commands::AddAction{"ask", "rosa", {}}).error().code == Errc::invalid);
  CHECK(room.as("gus").approve("ico").error().code == Errc::forbidden);  // nobody has advised
  CHECK(problems(room).empty());
}

TEST_CASE("an end takes nothing that is held without one, and an entry without an end says all") {
  IncidentRoom room;
  stand_in(room, "ann");
  auto people = room.engine.people()->at(*parse_instant("2026-05-03T11:00Z"));
  CHECK(people.holds("ann", "handler"));
  CHECK(people.holds("ann", "dpo"));
  people = room.engine.people()->at(*parse_instant("2026-05-04T11:00Z"));
  CHECK(people.holds("ann", "handler"));
  CHECK_FALSE(people.holds("ann", "dpo"));
  REQUIRE(room.engine.add_person({"ann", {"siro"}}, room.as("ann").request()));
  people = room.engine.people()->at(*parse_instant("2026-05-03T11:00Z"));
  CHECK_FALSE(people.holds("ann", "handler"));
  CHECK_FALSE(people.holds("ann", "dpo"));
}

TEST_CASE("a role that ends can be given an end again, or none") {
  IncidentRoom room;
  stand_in(room, "rosa");
  REQUIRE(room.engine.add_person({"rosa", {"dpo"}, parse_instant("2026-05-09T12:00Z").value()}, room.as("ann").request()));
  CHECK(room.engine.people()->at(*parse_instant("2026-05-04T11:00Z")).holds("rosa", "dpo"));
  REQUIRE(room.engine.add_person({"rosa", {"dpo"}}, room.as("ann").request()));
  CHECK(room.engine.people()->at(*parse_instant("2027-05-04T11:00Z")).holds("rosa", "dpo"));
}

TEST_CASE("a role ends in the future") {
  IncidentRoom room;
  const auto past =
      room.engine.add_person({"rosa", {"dpo"}, parse_instant("2026-05-02T19:00Z").value()}, room.as("ann").request());
  CHECK(past.error().code == Errc::invalid);
}
