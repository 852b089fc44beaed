// SPDX-License-Identifier: Apache-2.0
// Facts, people, closing, reopening and what every command shares.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

/// Everything but the closing itself.
void make_ready_to_close(IncidentRoom& room) {
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.as("sid").set("risk=high_risk"));
  REQUIRE(room.as("ann").set("data_categories=name,rank"));
  REQUIRE(room.file("ico", true));
  REQUIRE(room.file("staff", true));
  for (const auto* transition : {"begin-scoping", "finish-scoping", "contain", "remediate"}) REQUIRE(room.move(transition));
  REQUIRE(room.set("lessons=ask suppliers more"));
}

}  // namespace

TEST_CASE("a case closes when nothing is owed and two people have agreed with advice") {
  IncidentRoom room;
  make_ready_to_close(room);
  CHECK(room.move("close").error().missing == std::vector<std::string>{"approval.gold"});
  CHECK(room.move("close").error().code == Errc::forbidden);
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  CHECK(room.stage() == "closed");
  CHECK(room.engine.due(room.request().now, 0)->items.empty());
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("closing lists everything that is missing, and anything but an approval is a refusal") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto refused = room.move("close");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  for (const auto* subject :
       {"states.assessment", "states.containment", "facts.lessons", "obligations.ico", "obligations.staff", "approval.gold"})
    CHECK(std::count(refused.error().missing.begin(), refused.error().missing.end(), subject) == 1);
  CHECK_FALSE(refused.error().next.empty());
}

TEST_CASE("voluntary duties gate nothing") {
  IncidentRoom room;
  make_ready_to_close(room);
  CHECK(room.state("nca") == "due");
  REQUIRE(room.decide("close"));
  CHECK(room.as("ann").move("close"));
}

TEST_CASE("a fact on a closed case that leaves something owed reopens it, and regions return") {
  IncidentRoom room;
  make_ready_to_close(room);
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  REQUIRE(room.later(hours(24)).set("data_categories=name,rank,address"));
  CHECK(room.stage() == "open");
  CHECK(room.view().file->states.at("case") == "open");
  CHECK(room.last().back() == "case_reopened");
}

TEST_CASE("a fact on a closed case that changes nothing owed leaves it closed") {
  IncidentRoom room;
  make_ready_to_close(room);
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  REQUIRE(room.set("measures=locks were changed"));
  CHECK(room.stage() == "closed");
  CHECK(room.run(commands::AddAction{"one more thing", {}, {}}).error().code == Errc::refused);
  CHECK(room.run(commands::Reopen{""}).error().code == Errc::invalid);
  REQUIRE(room.run(commands::Reopen{"a claim arrived"}));
  CHECK(room.stage() == "open");
}

TEST_CASE("an approval relayed by telephone blocks closing until the approver confirms it") {
  IncidentRoom room;
  make_ready_to_close(room);
  REQUIRE(room.as("sid").propose("close"));
  REQUIRE(room.as("dee").advise("close"));
  REQUIRE(room.as("gus", "ann").approve("close", "telephone"));
  CHECK(room.as("ann").move("close").error().missing == std::vector<std::string>{"confirmation.gus"});
  REQUIRE(room.as("gus").approve("close"));
  CHECK(room.last() == std::vector<std::string>{"approval_confirmed"});
  REQUIRE(room.as("ann").move("close"));
  CHECK(room.stage() == "closed");
}

TEST_CASE("an approval from the proposer's account stands and is told") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid", "shared").propose("ico"));
  REQUIRE(room.as("dee", "shared").advise("ico"));
  REQUIRE(room.as("gus", "shared").approve("ico"));
  CHECK(room.view().file->decisions.front().same_account);
  CHECK(room.engine.verify("")->notes.size() == 1);
}

TEST_CASE("while nobody is listed anyone may record, and decisions are refused") {
  IncidentRoom room(false);
  REQUIRE(room.as("nobody").open());
  REQUIRE(room.set("aware_at=2026-05-02T18:30Z"));
  CHECK(room.due("ico") == "2026-05-05T18:30:00Z");
  CHECK(room.propose("ico").error().code == Errc::forbidden);
  CHECK(room.move("begin-scoping").error().code == Errc::forbidden);
}

TEST_CASE("once people are listed, nobody else writes, and only an admin lists more") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(room.as("eve").set("publicity=public").error().code == Errc::forbidden);
  CHECK(room.engine.add_person({"eve", {"gold"}}, room.as("sid").request()).error().code == Errc::forbidden);
  CHECK(room.engine.add_person({"eve", {"gold"}}, room.as("ann").request()));
}

TEST_CASE("what somebody says who does not judge a fact stands beside it and is not adopted") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("ann").set("risk=unlikely"));
  CHECK(room.view().file->fact("risk") == nullptr);
  REQUIRE(room.as("sid").set("risk=high_risk"));
  REQUIRE(room.as("ann").set("risk=unlikely", "I think so"));
  CHECK(room.view().file->fact("risk")->value == Json("high_risk"));
}

TEST_CASE("the latest claim is adopted, one stands for each source, and unknown takes one back") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.set("people_affected=12000..", "", "supplier"));
  REQUIRE(room.later(minutes(1)).set("people_affected=47000"));
  CHECK(room.view().file->fact("people_affected")->value == Json(47000));
  REQUIRE(room.later(minutes(1)).set("people_affected=unknown"));
  CHECK(room.view().file->fact("people_affected")->source == "supplier");
}

TEST_CASE("changing a judged fact needs a reason, and moving an anchor later a second person who judges it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:00Z"));
  CHECK(room.set("aware_at=2026-05-02T17:00Z").error().code == Errc::invalid);
  REQUIRE(room.set("aware_at=2026-05-02T17:00Z", "a call was missed"));
  CHECK(room.set("aware_at=2026-05-02T18:30Z", "no, later").error().code == Errc::forbidden);
  REQUIRE(room.propose("aware_at=2026-05-02T18:30Z"));
  CHECK(room.approve("aware_at").error().code == Errc::forbidden);
  CHECK(room.as("gus").approve("aware_at").error().code == Errc::forbidden);
  REQUIRE(room.as("sue").approve("aware_at"));
  CHECK(room.due("ico") == "2026-05-05T18:30:00Z");
}

TEST_CASE("a clock more than ten minutes behind the case is refused, a little behind is carried") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  CHECK(room.at("2026-05-02T19:49Z").set("publicity=public").error().code == Errc::unavailable);
  const auto outcome = room.at("2026-05-02T19:55Z").set("publicity=public");
  REQUIRE(outcome);
  CHECK(format_instant(outcome->events.front().recorded_at) == "2026-05-02T20:00:00Z");
}

TEST_CASE("the future is refused") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  CHECK(room.happened("2026-05-02T20:01Z").set("publicity=public").error().code == Errc::invalid);
  CHECK(room.as("sid").set("aware_at=2026-05-03T20:00Z").error().code == Errc::invalid);
}

TEST_CASE("a request id records once, and belongs to one command") {
  IncidentRoom room;
  REQUIRE(room.open());
  auto request = room.request();
  request.request_id = "r-1";
  const commands::Command note = commands::Note{"called back", "supplier", "phone", "out"};
  const auto first = room.engine.record("FF-1", note, request);
  REQUIRE(first);
  request.now = request.now + hours(1);
  const auto again = room.engine.record("FF-1", note, request);
  REQUIRE(again);
  CHECK(again->repeated);
  CHECK(again->version == first->version);
  CHECK(room.engine.record("FF-1", commands::Note{"something else", "", "", ""}, request).error().code == Errc::conflict);
}

TEST_CASE("a dry run judges and writes nothing; an expected version refuses a stale write") {
  IncidentRoom room;
  REQUIRE(room.open());
  auto request = room.request();
  request.dry_run = true;
  const auto tried = room.engine.record("FF-1", commands::SetFacts{{{"publicity", "public"}}, "", "", ""}, request);
  REQUIRE(tried);
  CHECK(room.view().file->version == tried->version - 1);
  request.dry_run = false;
  request.expected_version = 1;
  CHECK(room.engine.record("FF-1", commands::SetFacts{{{"publicity", "public"}}, "", "", ""}, request).error().code ==
        Errc::conflict);
}

TEST_CASE("references are unique ignoring case and found by a prefix") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(room.engine.open("uk/supplier-breach", {"ff-1", "again", {}}, room.request()).error().code == Errc::conflict);
  CHECK(*room.engine.resolve("f") == "FF-1");
  REQUIRE(room.engine.open("uk/supplier-breach", {"FF-12", "another", {}}, room.request()));
  CHECK(*room.engine.resolve("ff-1") == "FF-1");  // a whole reference is not taken for the beginning of another
  const auto several = room.engine.resolve("ff");
  REQUIRE_FALSE(several);
  CHECK(several.error().code == Errc::invalid);
  CHECK(several.error().message == "several cases begin with 'ff': FF-1, FF-12");
  CHECK(room.engine.resolve("x").error().code == Errc::not_found);
  CHECK(room.engine.open("uk/supplier-breach", {std::string(1'000'000, 'A'), "long", {}}, room.request()).error().code ==
        Errc::invalid);
}

TEST_CASE("what was known on day two is what was recorded by day two") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  REQUIRE(room.at("2026-05-04T20:00Z").as("sid").happened("2026-05-02T20:00Z").set("risk=high_risk"));
  const auto then = room.engine.show("FF-1", room.request().now, *parse_instant("2026-05-03T20:00Z"));
  REQUIRE(then);
  CHECK(then->file->fact("risk") == nullptr);
  const auto due = room.engine.due(room.request().now, 0, *parse_instant("2026-05-03T20:00Z"));
  REQUIRE(due);
  CHECK(due->items.front().name == "nca");
}

TEST_CASE("words never reach an event") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::Note{"Poisoned Name poisoned@example.org", "", "", ""}));
  REQUIRE(room.set("supplier_name=Poisoned Ltd"));
  const auto records = room.store.read_all(0, 1000);
  for (const auto& record : *records) CHECK(record.bytes.find("oisoned") == std::string::npos);
  CHECK(**room.engine.words(room.view(), {room.view().file->version - 1, "text"}) == "Poisoned Name poisoned@example.org");
}

TEST_CASE("a closed case offers nothing but to be reopened") {
  IncidentRoom room;
  make_ready_to_close(room);
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  const auto view = room.view();
  const auto steps = workflow::next_steps(*view.definition, *view.file, view.people, "");
  REQUIRE_FALSE(steps.empty());
  for (const auto& step : steps) {
    CHECK_FALSE(step.allowed);
    CHECK(step.missing.front().subject == "case");
    CHECK(step.missing.front().next == "case reopen FF-1 --because TEXT");
  }
  CHECK(room.run(commands::AddAction{"one more thing", {}, {}}).error().next == "case reopen FF-1 --because TEXT");
}

TEST_CASE("an approval to close does not outlive a judgement that was changed since") {
  IncidentRoom room;
  make_ready_to_close(room);
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("sid").set("our_data=involved"));
  CHECK(room.as("ann").move("close").error().missing == std::vector<std::string>{"approval.gold"});
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("a command repeated under its request id is recognised although nobody chose the reference") {
  IncidentRoom room;
  auto request = room.request();
  request.request_id = "open-1";
  const auto open = [&](std::string made) {
    return room.engine.open("uk/supplier-breach", {std::move(made), "A lost box", {}, {}, true}, request);
  };
  REQUIRE(open("C-AAAAAAAA"));
  const auto again = open("C-BBBBBBBB");
  REQUIRE(again);
  CHECK(again->repeated);
  CHECK(again->ref == "C-AAAAAAAA");
}

TEST_CASE("a stale list of people is refused, and a name differs from others in more than case") {
  IncidentRoom room;
  auto request = room.as("ann").request();
  request.expected_version = 4;
  CHECK(room.engine.add_person({"eve", {"siro"}}, request).error().code == Errc::conflict);
  request.expected_version = 5;
  CHECK(room.engine.add_person({"eve", {"siro"}}, request));
  CHECK(room.engine.add_person({"EVE", {"siro"}}, room.request()).error().code == Errc::conflict);
}

TEST_CASE("a title is one line without control characters") {
  IncidentRoom room;
  for (const auto* title : {"\x1b[31mred", "two\nlines", "\x7f", "\xc2\x9b"})
    CHECK(room.engine.open("uk/supplier-breach", {"FF-2", title, {}}, room.request()).error().code == Errc::invalid);
  CHECK(room.engine.open("uk/supplier-breach", {"FF-2", "caf\xc3\xa9", {}}, room.request()));
}

TEST_CASE("what lies in an event is a name that is known, never somebody's words") {
  IncidentRoom room(false);
  REQUIRE(room.as("ann").open());
  CHECK(room.run(commands::AddAction{"call them", "a\x1b[31m", {}}).error().code == Errc::invalid);
  CHECK(room.run(commands::AddAction{"call them", "a\xff", {}}).error().code == Errc::invalid);
  IncidentRoom staffed;
  REQUIRE(staffed.open());
  const auto refused = staffed.as("sid").propose("ico", {"John Doe.risk"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid);
  CHECK(refused.error().message.find("Doe") == std::string::npos);
}
