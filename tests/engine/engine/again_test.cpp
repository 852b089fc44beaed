// SPDX-License-Identifier: Apache-2.0
// Filings that take the place of others, and duties that come again.
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

TEST_CASE("a notice that meets several duties takes the place of the one that is withdrawn, for that duty alone") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").add("footage"));
  REQUIRE(room.set("footage.regime=part3"));
  REQUIRE(room.as("ann").file("part3-ico@footage", true));
  REQUIRE(room.run(commands::RecordNotice{"ico", "web form", "IC-2", "", "", true, {"part3-ico@footage"}}));
  CHECK(room.view().file->notices.back().also.at("part3-ico@footage").verdict == "further");
  REQUIRE(room.propose("notice:1"));
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(room.last() == std::vector<std::string>{"decision_approved", "notice_withdrawn", "filing_stands"});
  const auto view = room.view();
  CHECK(room.state("part3-ico@footage") == "met");
  CHECK(view.file->standing_filing(*view.file->obligation("part3-ico@footage"))->number == 2);
  CHECK(view.file->notices.back().also.at("part3-ico@footage").verdict == "in_time");
  CHECK(view.file->notices.back().verdict == "in_time");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("what gets worse after a filing was withdrawn is compared with what was known when another took its place") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.set("risk=high_risk"));
  REQUIRE(room.as("ann").set("data_categories=name"));
  REQUIRE(room.file("staff", true));
  REQUIRE(room.file("staff", true));
  REQUIRE(room.propose("notice:1"));
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(room.last().back() == "filing_stands");
  CHECK(room.view().file->obligation("staff")->settled_with.at("data_categories") == Json::array({Json("name")}));
  REQUIRE(room.as("ann").set("data_categories=name"));
  CHECK(room.view().file->obligation("staff")->name == "staff");
  REQUIRE(room.set("data_categories=name,address"));
  CHECK(room.view().file->obligation("staff")->name == "staff#2");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("of a duty that came again the plain name ends the restriction of the instance that is withheld") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.add("footage", {{"regime", "part3"}, {"risk", "high_risk"}}));
  REQUIRE(room.as("ann").set("footage.data_categories=name"));
  REQUIRE(room.file("part3-people@footage", true));
  REQUIRE(room.set("footage.data_categories=name,address"));
  REQUIRE(room.propose("notice:1"));
  REQUIRE(room.as("gus").approve("notice:1"));
  REQUIRE(room.state("part3-people@footage#1") == "due");
  REQUIRE(room.state("part3-people@footage#2") == "due");
  commands::DecisionRecord record;
  record.exemption = "s68_7";
  record.ground = "avoid_obstruction";
  record.review_at = *parse_instant("2026-05-16T09:00Z");
  const std::string first = "part3-people@footage#1";
  REQUIRE(room.as("sid").run(commands::Propose{first, "an inquiry", {}, record}));
  REQUIRE(room.as("dee").advise("part3-people@footage"));
  REQUIRE(room.as("gus").approve("part3-people@footage"));
  CHECK(room.state(first) == "ruled_out");
  CHECK(room.state("part3-people@footage#2") == "due");
  REQUIRE(room.as("dee").run(commands::EndRestriction{"part3-people@footage", "the inquiry is over"}));
  CHECK(room.state(first) == "due");
}
