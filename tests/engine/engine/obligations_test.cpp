// SPDX-License-Identifier: Apache-2.0
// The rules of obligations, on the shipped workflow.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

TEST_CASE("a case with only a title owes a provisional report to the Commissioner") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T02:00Z").open());
  CHECK(room.state("ico") == "due");
  CHECK(room.due("ico") == "2026-05-05T02:00:00Z provisional");
  CHECK(room.state("nca") == "due");
  CHECK(room.due("nca") == "none");
  CHECK(room.state("staff") == "unraised");
}

TEST_CASE("the first anchor that is known counts, and only the first is not provisional") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.later(minutes(5)).set("supplier_told_us_at=2026-05-02T18:00Z"));
  CHECK(room.due("ico") == "2026-05-05T18:00:00Z provisional");
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  CHECK(room.due("ico") == "2026-05-05T18:30:00Z");
}

TEST_CASE("unknown counts as yes: once we are aware, telling the people is owed until the risk says otherwise") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  CHECK(room.state("staff") == "due");
}

TEST_CASE("known no raises nothing, and a condition never takes away what is owed") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("risk=unlikely"));
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  CHECK(room.state("staff") == "unraised");
  REQUIRE(room.as("sid").set("risk=high_risk", "vetting levels are in it"));
  CHECK(room.state("staff") == "due");
  REQUIRE(room.as("sid").set("risk=unlikely", "second thoughts"));
  CHECK(room.state("staff") == "due");
}

TEST_CASE("at the deadline is in time, a microsecond later is not") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T19:00Z"));
  SECTION("on the dot") {
    REQUIRE(room.at("2026-05-05T19:00Z").file("ico"));
    CHECK(room.state("ico") == "met");
  }
  SECTION("just after") {
    REQUIRE(room.at("2026-05-05T19:00:00.000001Z").file("ico"));
    CHECK(room.state("ico") == "met_late");
    CHECK(room.last() ==
          std::vector<std::string>{"obligation_missed", "notice_recorded", "obligation_raised", "obligation_raised"});
  }
}

TEST_CASE("a notice done in time but entered late counts as in time") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.at("2026-05-09T09:00Z").happened("2026-05-03T09:00Z").file("ico"));
  CHECK(room.state("ico") == "met");
  CHECK(room.view().file->notices.front().entered_late);
}

TEST_CASE("a late filing without reasons is recorded, and the reasons are owed") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.at("2026-05-09T09:00Z").file("ico", true));
  CHECK(room.state("ico") == "met_late");
  CHECK(room.state("ico-late") == "due");
  REQUIRE(room.file("ico-late", true, "the duty officer was ill"));
  CHECK(room.state("ico-late") == "met");
}

TEST_CASE("a late filing with reasons owes none") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.at("2026-05-09T09:00Z").file("ico", true, "the duty officer was ill"));
  CHECK(room.state("ico") == "met_late");
  CHECK(room.state("ico-late") == "unraised");
}

TEST_CASE("verdicts are frozen: an anchor judged earlier makes a filing late on current facts only") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T19:00Z"));
  REQUIRE(room.at("2026-05-05T18:00Z").file("ico", true));
  REQUIRE(room.at("2026-05-06T18:00Z").set("aware_at=2026-05-01T12:00Z", "a mail was found in the spam folder"));
  const auto view = room.view();
  CHECK(room.state("ico") == "met");
  CHECK(case_file::on_current_facts(*view.file, *view.file->obligation("ico")) == "late");
  CHECK(room.state("ico-late") == "due");
}

TEST_CASE("a report with gaps meets the duty and raises its completion") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico"));
  CHECK(room.state("ico") == "met");
  CHECK(room.state("ico-complete") == "due");
  CHECK_FALSE(room.view().file->notices.front().gaps.empty());
  REQUIRE(room.file("ico-complete", true));
  CHECK(room.state("ico-complete") == "met");
}

TEST_CASE("a range of awareness shows the earlier deadline and judges by the later") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-04T20:00Z").open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T00:00Z..2026-05-03T00:00Z"));
  CHECK(room.due("ico") == "2026-05-05T00:00:00Z provisional");
  REQUIRE(room.at("2026-05-05T12:00Z").file("ico", true));
  CHECK(room.state("ico") == "met");
}

TEST_CASE("an obligation comes again when a fact gets worse after it was met") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.set("risk=high_risk"));
  REQUIRE(room.as("ann").set("data_categories=name,rank"));
  REQUIRE(room.file("staff", true));
  SECTION("addresses turn out to be in it") {
    REQUIRE(room.later(hours(100)).set("data_categories=name,rank,address"));
    CHECK(room.state("staff") == "due");
    CHECK(room.view().file->obligation("staff")->name == "staff#2");
    CHECK(room.view().file->obligation("staff#1")->instance == 1);
    CHECK(room.view().file->obligation("staff#3") == nullptr);
    REQUIRE(room.file("staff#2", true));
    CHECK(room.state("staff") == "met");
  }
  SECTION("fewer categories are no reason") {
    REQUIRE(room.set("data_categories=name"));
    CHECK(room.state("staff") == "met");
  }
}

TEST_CASE("what was unknown when an obligation was met is the measure from when it is known") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.set("risk=high_risk"));
  REQUIRE(room.as("ann").file("staff", true));
  REQUIRE(room.set("data_categories=name"));
  CHECK(room.state("staff") == "met");
  REQUIRE(room.set("data_categories=name,address"));
  CHECK(room.view().file->obligation("staff")->name == "staff#2");
}

TEST_CASE("ruling out takes a proposer, advice and a second person, and a fact it relied on reopens it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("risk=unlikely"));
  REQUIRE(room.as("sid").propose("ico"));
  CHECK(room.as("gus").approve("ico").error().missing == std::vector<std::string>{"advice.dpo"});
  REQUIRE(room.as("dee").advise("ico"));
  CHECK(room.as("sid").approve("ico").error().code == Errc::forbidden);
  REQUIRE(room.as("gus").approve("ico"));
  CHECK(room.state("ico") == "ruled_out");
  REQUIRE(room.as("sid").set("risk=high_risk", "photographs were in it"));
  CHECK(room.state("ico") == "due");
  CHECK(room.last().at(1) == "duty_reopened");
}

TEST_CASE("a changed fact voids a proposal that relied on it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("risk=unlikely"));
  REQUIRE(room.as("sid").propose("ico"));
  REQUIRE(room.as("dee").advise("ico"));
  REQUIRE(room.as("sid").set("risk=risk", "a second look"));
  CHECK(room.as("gus").approve("ico").error().code == Errc::conflict);
}

TEST_CASE("a filing on a ruled-out obligation reopens it first, the filing being the reason") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  REQUIRE(room.as("ann").file("ico", true));
  CHECK(room.last() == std::vector<std::string>{"duty_reopened", "notice_recorded"});
  CHECK(room.state("ico") == "met");
}

TEST_CASE("a filing on an obligation that was never raised raises it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("staff", true));
  CHECK(room.last() == std::vector<std::string>{"obligation_raised", "notice_recorded"});
  CHECK(room.due("staff") == "none");
}

TEST_CASE("a further filing moves nothing, and takes the place of the first when that is withdrawn") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico", true));
  REQUIRE(room.later(hours(1)).file("ico", true));
  CHECK(room.view().file->notices.back().verdict == "further");
  REQUIRE(room.as("ann").propose("notice:1"));
  CHECK(room.as("ann").approve("notice:1").error().code == Errc::forbidden);
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(room.last() == std::vector<std::string>{"decision_approved", "notice_withdrawn", "filing_stands"});
  CHECK(room.state("ico") == "met");
}

TEST_CASE("a withdrawn filing leaves the duty owed, and overdue when its time has passed") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico", true));
  REQUIRE(room.later(hours(100)).propose("notice:1"));
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(room.state("ico") == "overdue");
}

TEST_CASE("a duty with a range of awareness is overdue in the list when it is overdue in the case") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-04T20:00Z").open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z..2026-05-03T00:00Z"));
  const auto ico = [&](std::optional<Instant> as_of = std::nullopt) {
    const auto due = *room.engine.due(room.request().now, 0, as_of);
    return *std::find_if(due.items.begin(), due.items.end(), [](const DueItem& item) { return item.name == "ico"; });
  };
  CHECK(ico().bucket == "provisional");
  CHECK(ico().provisional);
  CHECK(room.state("ico") == "due");
  room.at("2026-05-05T00:00Z");
  CHECK(ico().bucket == "provisional");
  CHECK(ico(room.request().now).bucket == "provisional");
  CHECK(format_instant(*ico().due) == "2026-05-04T00:00:00Z");
  room.at("2026-05-06T00:00:01Z");
  CHECK(room.state("ico") == "overdue");
  CHECK(ico().bucket == "overdue");
  CHECK(ico().provisional);
  CHECK(ico(room.request().now).bucket == "overdue");
}

TEST_CASE("nobody is asked to approve what is settled") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto approvals = [&] {
    const auto due = *room.engine.due(room.request().now, 0);
    return std::count_if(due.items.begin(), due.items.end(), [](const DueItem& item) { return item.kind == "approval"; });
  };
  REQUIRE(room.as("sid").propose("ico"));
  CHECK(approvals() == 1);
  REQUIRE(room.as("ann").file("ico", true));
  CHECK(approvals() == 0);
  REQUIRE(room.as("ann").propose("notice:1"));
  REQUIRE(room.as("sid").propose("notice:1"));
  CHECK(approvals() == 1);  // two proposals of one thing are one question
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(approvals() == 1);  // the report is owed again, and so is the answer to whether it is
}
