// SPDX-License-Identifier: Apache-2.0
// What a clock runs from: nobody moves it later, takes it back or mistypes its year alone.
#include <catch2/catch.hpp>

#include "tests/engine/edited_workflow.h"

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

namespace {

/// A payment service is down; cleo and cass classify it.
struct PaymentsDown : IncidentRoom {
  explicit PaymentsDown(const tests::EditedWorkflow& workflow = tests::EditedWorkflow(),
                        const std::string& aware_at = "2026-06-01T08:00Z")
      : IncidentRoom(false) {
    at("2026-05-01T00:00Z");
    for (const auto* name : {"cleo", "cass"}) must(as("cleo").engine.add_person({name, {"ciso"}}, request()));
    at("2026-06-09T09:00Z");
    must(workflow.open(*this, {{"incident_aware_at", aware_at}}, "eu/financial-entity"));
  }
};

}  // namespace

TEST_CASE("another start that a limit runs from is moved later by two people, where the deadline moves with it") {
  PaymentsDown room;
  REQUIRE(room.set("classified_at=2026-06-01T10:00Z"));
  CHECK(room.due("dora-initial") == "2026-06-01T14:00:00Z");
  const auto later = room.set("classified_at=2026-06-01T11:00Z", "the minutes say so");
  REQUIRE_FALSE(later);
  CHECK(later.error().code == Errc::forbidden);
  CHECK(later.error().message ==
        "'classified_at' would move later, and a clock runs from it: that takes a second person who judges it");
  CHECK(later.error().missing == std::vector<std::string>{"approval.ciso"});
  CHECK(later.error().next == "decision propose FF-1 classified_at=TIME --because TEXT");
  CHECK(room.set("classified_at=2026-06-01T09:00Z", "it was earlier"));
  CHECK(room.due("dora-initial") == "2026-06-01T13:00:00Z");
  REQUIRE(room.propose("classified_at=2026-06-01T11:00Z"));
  REQUIRE(room.as("cass").approve("classified_at"));
  CHECK(room.due("dora-initial") == "2026-06-01T15:00:00Z");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("another start is moved by one person where the deadline runs from awareness all the same") {
  PaymentsDown room;
  REQUIRE(room.set("classified_at=2026-06-02T06:00Z"));
  CHECK(room.due("dora-initial") == "2026-06-02T08:00:00Z");
  CHECK(room.set("classified_at=2026-06-02T07:00Z", "the minutes say so"));
  CHECK(room.due("dora-initial") == "2026-06-02T08:00:00Z");
  CHECK(room.set("classified_at=2026-06-02T09:00Z", "no, after the day had passed").error().code == Errc::forbidden);
}

TEST_CASE("a relief for days off is ours only where it is known who we are, and that nobody excludes us") {
  const auto due = [](const tests::EditedWorkflow& workflow, const std::string& entity) {
    PaymentsDown room(workflow, "2026-06-05T08:00Z");  // a Friday
    if (!entity.empty()) REQUIRE(room.set("entity_type=" + entity));
    return room.due("dora-initial");
  };
  const std::string saturday = "2026-06-06T08:00:00Z provisional",
                    monday = "2026-06-08T11:00:00Z provisional";  // noon in London; it is not classified yet
  const tests::EditedWorkflow as_shipped;
  CHECK(due(as_shipped, "") == saturday);
  CHECK(due(as_shipped, "insurer") == monday);
  CHECK(due(as_shipped, "insurer,credit_institution") == saturday);
  const auto of_one_word =
      tests::EditedWorkflow().replace("  entity_type:\n    type: set", "  entity_type:\n    type: choice");
  CHECK(due(of_one_word, "insurer") == monday);
  CHECK(due(of_one_word, "credit_institution") == saturday);
}

TEST_CASE("a clock does not run from before its law was in force: no deadline is invented") {
  IncidentRoom room(false);
  REQUIRE(room.at("2016-05-02T19:00Z").open());
  CHECK(room.state("ico") == "due");
  CHECK(room.due("ico") == "none");
  const auto view = room.view();
  CHECK(view.file->obligation("ico")->derivation.back() ==
        "law: no version of uk.gdpr.33_1 was in force then, so there is no deadline");
}
