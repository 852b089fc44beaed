// SPDX-License-Identifier: Apache-2.0
// What a clock runs from: nobody moves it later, takes it back or mistypes its year alone.
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

TEST_CASE("a time before the law was in force is refused, and the duty keeps its deadline") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto before = room.due("ico");
  const auto refused = room.as("sid").set("aware_at=2016-01-01T00:00Z");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid);
  CHECK(refused.error().message == "no version of uk.gdpr.33_1 was in force at 2016-01-01T00:00:00Z: is the year right?");
  CHECK(room.due("ico") == before);
  CHECK(room.set("aware_at=2016-01-01T00:00Z..2026-05-02T00:00Z").error().code == Errc::invalid);
  CHECK(room.set("first_suspected_at=2016-01-01T00:00Z"));  // no clock runs from it
}

TEST_CASE("a decision does not move an anchor to where no law was in force") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=..2026-05-01T00:00Z"));
  CHECK(room.propose("aware_at=2016-01-01T00:00Z..2026-05-02T00:00Z").error().code == Errc::invalid);
}

TEST_CASE("widening a range moves the deadline that lateness is judged by, so it takes a second person") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-04T20:00Z").open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z"));
  CHECK(room.set("aware_at=2026-05-01T00:00Z..2026-05-04T00:00Z", "it may have been later").error().code == Errc::forbidden);
  REQUIRE(room.propose("aware_at=2026-05-01T00:00Z..2026-05-04T00:00Z"));
  REQUIRE(room.as("sue").approve("aware_at"));
  REQUIRE(room.at("2026-05-05T00:00Z").as("ann").file("ico"));
  CHECK(room.state("ico") == "met");
  CHECK(room.as("sid").set("aware_at=2026-05-01T00:00Z..2026-05-03T00:00Z", "a log narrows it"));
}

TEST_CASE("a changed anchor needs a reason although nobody judges it; its first value needs none") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.set("supplier_told_us_at=2026-05-02T18:00Z"));
  const auto refused = room.set("supplier_told_us_at=2026-05-02T18:30Z");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid);
  CHECK(room.set("supplier_told_us_at=unknown").error().code == Errc::invalid);
  CHECK(room.set("supplier_told_us_at=2026-05-02T18:30Z", "a mail was dated wrongly"));
}

TEST_CASE("a judged anchor is taken back by two people") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z"));
  const auto alone = room.set("aware_at=unknown", "it was only suspected");
  REQUIRE_FALSE(alone);
  CHECK(alone.error().code == Errc::forbidden);
  CHECK(alone.error().next == "decision propose FF-1 aware_at=unknown --because TEXT");
  REQUIRE(room.propose("aware_at=unknown"));
  REQUIRE(room.as("sue").approve("aware_at"));
  CHECK(room.view().file->fact("aware_at") == nullptr);
  CHECK(room.due("ico") == "2026-05-05T19:00:00Z provisional");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
  CHECK(room.as("sid").propose("aware_at=unknown").error().code == Errc::invalid);
}

TEST_CASE("an answer of the supplier that is taken back is the supplier's that goes") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z", "", "supplier"));
  REQUIRE(room.propose("aware_at=unknown"));
  REQUIRE(room.as("sue").approve("aware_at"));
  CHECK(room.view().file->fact("aware_at") == nullptr);
}

TEST_CASE("what was directed changes with a reason, although nobody judges it; its first value needs none") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("ann").set("contract_hours=24"));
  REQUIRE(room.set("supplier_aware_at=2026-05-02T10:00Z"));
  const auto refused = room.set("contract_hours=48");
  REQUIRE(refused.error().code == Errc::invalid);
  CHECK(refused.error().message.find("a deadline depends on 'contract_hours'") != std::string::npos);
  CHECK(room.set("contract_hours=48", "the annexe says so"));
  CHECK(room.engine.verify("")->problems.empty());
}
