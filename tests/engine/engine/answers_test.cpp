// SPDX-License-Identifier: Apache-2.0
// No is an answer: declined proposals, actions that are dropped, risks that are accepted.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

IncidentRoom& proposed(IncidentRoom& room, const std::string& subject = "ico") {
  REQUIRE(room.open());
  REQUIRE(room.as("sid").propose(subject));
  return room;
}

Result<Outcome> decline(IncidentRoom& room, const std::string& subject, const std::string& because = "not on these facts") {
  return room.run(commands::Decline{subject, because, {}});
}

bool is_listed(IncidentRoom& room, const std::string& kind, const std::string& name) {
  const auto due = *room.engine.due(room.request().now, 0);
  return std::any_of(due.items.begin(), due.items.end(),
                     [&](const DueItem& item) { return item.kind == kind && item.name == name; });
}

const case_file::Action& action(const CaseView& view, int number) {
  return view.file->actions[static_cast<std::size_t>(number - 1)];
}

}  // namespace

TEST_CASE("who may approve may decline, without waiting for advice, and the proposal is no longer pending") {
  IncidentRoom room;
  proposed(room);
  CHECK(is_listed(room, "approval", "ico"));
  REQUIRE(decline(room.as("gus"), "ico"));
  CHECK(room.last() == std::vector<std::string>{"decision_declined"});
  CHECK_FALSE(is_listed(room, "approval", "ico"));
  CHECK(room.view().file->decisions.front().declined_by == "gus");
  CHECK(room.state("ico") == "due");
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("a proposal is declined by another person who holds the second role, with a reason, and by nobody else") {
  IncidentRoom room;
  proposed(room);
  CHECK(decline(room.as("ann"), "ico").error().missing == std::vector<std::string>{"role.gold"});
  CHECK(decline(room.as("sid"), "ico").error().code == Errc::forbidden);
  CHECK(decline(room.as("gus"), "ico", "").error().code == Errc::invalid);
  CHECK(room.run(commands::Decline{"ico", "no", "by the way: ann@example.org"}).error().code == Errc::invalid);
  CHECK(decline(room, "ico"));
}

TEST_CASE("who proposed does not decline, although they hold the second role") {
  IncidentRoom room;
  IncidentRoom::must(room.as("ann").engine.add_person({"sid", {"siro", "gold"}}, room.request()));
  proposed(room);
  const auto refused = decline(room.as("sid"), "ico");
  CHECK(refused.error().code == Errc::forbidden);
  CHECK(refused.error().message.find("another person") != std::string::npos);
}

TEST_CASE("what was declined is not approved, advised on or declined again, and may be proposed anew") {
  IncidentRoom room;
  proposed(room);
  const auto digest = room.view().file->decisions.front().digest.substr(0, 8);
  REQUIRE(decline(room.as("gus"), "ico"));
  CHECK(room.as("gus").approve(digest).error().code == Errc::conflict);
  CHECK(room.as("dee").advise(digest).error().code == Errc::conflict);
  CHECK(decline(room.as("gus"), digest).error().code == Errc::conflict);
  CHECK(room.as("gus").approve("ico").error().code == Errc::not_found);
  REQUIRE(room.decide("ico"));
  CHECK(room.state("ico") == "ruled_out");
}

TEST_CASE("a declined transition is asked for anew") {
  IncidentRoom room;
  proposed(room, "close");
  REQUIRE(decline(room.as("gus"), "close"));
  const auto steps = workflow::next_step(*room.view().definition, *room.view().file, room.view().people, "close", "ann");
  const auto asked = std::find_if(steps.missing.begin(), steps.missing.end(),
                                  [](const auto& one) { return one.subject == "approval.gold"; });
  REQUIRE(asked != steps.missing.end());
  CHECK(asked->sentence.find("has proposed it") != std::string::npos);
}

TEST_CASE("what was approved is not declined afterwards") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  CHECK(decline(room, room.view().file->decisions.front().digest.substr(0, 8)).error().code == Errc::conflict);
}

TEST_CASE("a no relayed by telephone needs no confirmation and is on record as relayed") {
  IncidentRoom room;
  proposed(room);
  REQUIRE(room.as("gus", "ann").run(commands::Decline{"ico", "no", "telephone"}));
  CHECK(room.view().events.back().body["relayed"].text() == "telephone");
  CHECK_FALSE(is_listed(room, "approval", "confirm ico"));
}

TEST_CASE("an action is dropped with a reason, and then is neither open nor done") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::AddAction{"Change the locks", "", {}}));
  CHECK(is_listed(room, "action", "action:1"));
  CHECK(room.run(commands::DropAction{1, ""}).error().code == Errc::invalid);
  REQUIRE(room.run(commands::DropAction{1, "It is the same as another"}));
  CHECK_FALSE(is_listed(room, "action", "action:1"));
  const auto view = room.view();
  CHECK(action(view, 1).state == case_file::Action::State::dropped);
  CHECK(view.file->open_actions() == 0);
  CHECK(room.run(commands::FinishAction{1, ""}).error().code == Errc::refused);
  CHECK(room.run(commands::DropAction{2, "no such"}).error().code == Errc::not_found);
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("a risk is accepted with a reason by a role that the workflow names, and who it was is on record") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::AddAction{"Encrypt every laptop", "", {}}));
  CHECK(room.as("ann").run(commands::AcceptRisk{1, "it costs too much"}).error().missing ==
        std::vector<std::string>{"role.siro"});
  CHECK(room.as("sid").run(commands::AcceptRisk{1, ""}).error().code == Errc::invalid);
  REQUIRE(room.run(commands::AcceptRisk{1, "they are replaced in a month"}));
  const auto view = room.view();
  CHECK(action(view, 1).state == case_file::Action::State::risk_accepted);
  CHECK(action(view, 1).settled_by == "sid");
  CHECK(view.file->open_actions() == 0);
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("while nobody is listed, nobody holds the role that accepts a risk") {
  IncidentRoom room(false);
  REQUIRE(room.open());
  REQUIRE(room.run(commands::AddAction{"Encrypt every laptop", "", {}}));
  CHECK(room.run(commands::AcceptRisk{1, "we are few"}).error().code == Errc::forbidden);
  CHECK(room.run(commands::DropAction{1, "we are few"}));
}
