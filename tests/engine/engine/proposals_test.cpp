// SPDX-License-Identifier: Apache-2.0
// What may be proposed for a decision, and what is refused with the way that leads on.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/engine/edited_workflow.h"
#include "tests/engine/refusal.h"

using namespace tocsin;
using tests::IncidentRoom;
using tests::refusal;

TEST_CASE("a decision is about something that the case has, and a slip of the finger is told") {
  IncidentRoom room;
  REQUIRE(room.open());
  room.as("sid");
  CHECK(refusal(room.propose("icoo")) ==
        "not_found: a decision is about an obligation, a transition, notice:N or NAME=TIME; did you mean 'ico'? -> "
        "case show FF-1");
  CHECK(refusal(room.propose("clsoe")) ==
        "not_found: a decision is about an obligation, a transition, notice:N or NAME=TIME; did you mean 'close'? -> "
        "case show FF-1");
  CHECK(refusal(room.propose("ico@footage")) == "not_found: 'ico' hangs on nothing of that name in FF-1 -> case show FF-1");
  for (const auto* notice : {"notice:1", "notice:", "notice:0x1", "notice:99999999999999999999"})
    CHECK(refusal(room.propose(notice)) == "not_found: there is no such notice in FF-1 -> notice list FF-1");
}

TEST_CASE("a transition that asks for no approval is taken, not decided") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(refusal(room.as("sid").propose("begin-scoping")) ==
        "invalid: 'begin-scoping' needs no decision: take it -> case move FF-1 begin-scoping");
}

TEST_CASE("a duty that has not come again is not ruled out, and nor is the one before it in its place") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(refusal(room.as("sid").propose("ico#2")) ==
        "not_found: obligation 'ico#2' has not come again yet -> case show FF-1");
  REQUIRE(room.file("ico", true));
  CHECK(refusal(room.propose("ico#2")) == "not_found: obligation 'ico#2' has not come again yet -> case show FF-1");
  CHECK(refusal(room.propose("ico#1")) == "refused: 'ico' is met already: there is nothing to rule out");
}

TEST_CASE("a duty that is settled is not ruled out") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico", true));
  CHECK(refusal(room.as("sid").propose("ico")) == "refused: 'ico' is met already: there is nothing to rule out");
}

TEST_CASE("what the workflow lets nobody rule out is neither ruled out nor its filing withdrawn") {
  IncidentRoom room;
  REQUIRE(room.open({{"supplier_aware_at", "2026-04-28T09:00Z"}}));
  const auto refused = room.as("sid").propose("supplier-notice");
  CHECK(refusal(refused) == "forbidden: 'supplier-notice' cannot be ruled out: its workflow names nobody who may");
  CHECK(refused.error().missing == std::vector<std::string>{"approval.rule_out"});
  REQUIRE(room.file("supplier-notice", true));
  CHECK(refusal(room.propose("notice:1")) ==
        "forbidden: nobody may withdraw a filing of 'supplier-notice': its workflow names nobody who rules it out");
}

TEST_CASE("only a judged time is moved by a decision, and not into the future") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:00Z"));
  const std::string others = "invalid: only a judged time is moved by a decision; other facts are set with 'case set'";
  CHECK(refusal(room.propose("risk=high_risk")) == others);                        // judged, and no time
  CHECK(refusal(room.propose("first_suspected_at=2026-05-01T00:00Z")) == others);  // a time, and not judged
  CHECK(refusal(room.propose("awaer_at=2026-05-02T18:30Z")) == others);
  CHECK(refusal(room.propose("aware_at=2026-05-02T19:00:01Z")) ==
        "invalid: 'aware_at' lies in the future: it says when a thing happened");
  CHECK(refusal(room.propose("aware_at=2026-05-02T18:00Z..2026-05-03T18:00Z")) ==
        "invalid: 'aware_at' lies in the future: it says when a thing happened");
  CHECK(room.propose("aware_at=2026-05-02T19:00Z"));
}

TEST_CASE("a record of why belongs to a decision that a duty does not apply") {
  IncidentRoom room;
  REQUIRE(room.open());
  commands::DecisionRecord record;
  record.likelihood = "unlikely";
  CHECK(refusal(room.as("sid").run(commands::Propose{"close", "all is done", {}, record})) ==
        "invalid: only a decision that a duty does not apply has a record of why: leave its options out");
}

TEST_CASE("a decision that asks for no second person and no advice takes effect when it is proposed") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(refusal(room.as("sid").propose("nca")) ==
        "forbidden: proposing 'nca' needs the role 'gold', which gus holds and 'sid' does not -> people list");
  REQUIRE(room.as("gus").propose("nca"));
  CHECK(room.last() == std::vector<std::string>{"decision_proposed", "obligation_ruled_out"});
  CHECK(room.state("nca") == "ruled_out");
  const auto digest = room.view().file->decisions.front().digest.substr(0, 8);
  CHECK(refusal(room.as("sue").approve(digest)) ==
        "conflict: this decision took effect when it was proposed: it needs no second person");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("nothing moves in a closed case before it is reopened") {
  IncidentRoom room;
  const std::string guard = "states.assessment == 'assessed' && states.containment == 'remediated' && has(facts.lessons)";
  REQUIRE(tests::EditedWorkflow().replace(guard, "true").open(room));
  REQUIRE(room.as("sid").set("risk=unlikely"));
  REQUIRE(room.decide("ico"));
  REQUIRE(room.decide("close"));
  REQUIRE(room.as("ann").move("close"));
  CHECK(room.stage() == "closed");
  CHECK(refusal(room.move("begin-scoping")) ==
        "refused: the case is closed: reopen it before anything moves -> case reopen FF-1 --because TEXT");
}

TEST_CASE("what if awareness had come later is looked at, although moving it takes a second person") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-01T00:00Z"));
  const auto supposed = room.engine.suppose("FF-1", {{"aware_at", "2026-05-02T00:00Z"}}, room.request().now);
  REQUIRE(supposed);
  CHECK(format_instant(*supposed->file->obligation("ico")->due) == "2026-05-05T00:00:00Z");
  CHECK(room.due("ico") == "2026-05-04T00:00:00Z");
  CHECK(room.set("aware_at=2026-05-02T00:00Z", "a log says so").error().code == Errc::forbidden);
}

TEST_CASE("two proposals on one subject are one line of what is owed, and the audit agrees") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").propose("ico"));
  REQUIRE(room.later(hours(1)).as("sue").propose("ico"));
  const auto listed = room.engine.due(room.request().now, 100);
  REQUIRE(listed);
  CHECK(std::count_if(listed->items.begin(), listed->items.end(),
                      [](const auto& item) { return item.kind == "approval"; }) == 1);
  CHECK(room.engine.verify("FF-1")->problems == std::vector<std::string>{});
}
