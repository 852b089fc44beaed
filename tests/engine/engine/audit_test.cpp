// SPDX-License-Identifier: Apache-2.0
// What the audit sees in a history that was written by somebody who owns the file: well sealed, judged by nobody.
#include "tests/engine/engine/retold_history.h"

using namespace tocsin;
using namespace tocsin::tests;

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

TEST_CASE("the audit agrees where one notice raises a duty and reopens another") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("ico"));
  REQUIRE(room.run(commands::RecordNotice{"staff", "mail", "pending", {}, {}, false, {"ico"}}));
  const auto recorded = room.last();
  CHECK(std::count(recorded.begin(), recorded.end(), "duty_reopened") == 1);
  CHECK(audit(room, nothing).empty());
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

TEST_CASE("the audit asks of a no whether that person might say it, and what came after it") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").propose("ico"));
  REQUIRE(room.as("dee").advise("ico"));
  REQUIRE(room.as("gus").run(commands::Decline{"ico", "not on these facts", {}}));
  CHECK(audit(room, nothing).empty());
  CHECK(says(audit(room, by("decision_declined", "ann")), "needs the role 'gold'"));
  CHECK(says(audit(room, by("decision_declined", "sid")), "needs the role 'gold'"));
  CHECK(says(audit(room,
                   [](std::vector<Event>& events) {
                     auto approved = *first(events, "decision_declined");
                     approved.type = "decision_approved";
                     events.push_back(approved);
                   }),
             "although the decision had been declined"));
}

TEST_CASE("the audit asks who accepted a risk, and whether an action was still open") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::AddAction{"Change the locks", "", {}}));
  REQUIRE(room.as("sid").run(commands::AcceptRisk{1, "they are replaced in a month"}));
  CHECK(audit(room, nothing).empty());
  CHECK(says(audit(room, by("risk_accepted", "ann")), "needs the role 'siro'"));
  CHECK(says(audit(room, [](std::vector<Event>& events) { first(events, "risk_accepted")->texts.clear(); }),
             "gives no reason"));
  CHECK(says(audit(room, [](std::vector<Event>& events) { events.push_back(events.back()); }),
             "settles an action that was settled already"));
}

TEST_CASE("the audit knows the words of the marking scheme") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::Note{"Counsel says so", "", "", ""}));
  const auto mark = [](std::string word) {
    return [word](std::vector<Event>& events) {
      first(events, "note_added")->body.set("marks", Json::object({{"marking", word}}));
    };
  };
  CHECK(audit(room, mark("official")).empty());
  CHECK(says(audit(room, mark("anything")), "a protective marking here is one of"));
}

TEST_CASE("the audit asks who wrote in the address book") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.engine.add_contact({"ico", "phone", "01632 960123", "", ""}, room.request()));
  CHECK(audit(room, nothing).empty());
  CHECK(says(audit(room, nothing, by("contact_added", "eve")), "is not listed here"));
}

TEST_CASE("the audit asks of a fact who might say it, for what reason, and whether one person moved a deadline later") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.set("aware_at=2026-05-02T18:00Z", "an earlier mail was found"));
  CHECK(audit(room, nothing).empty());
  const auto last = [](std::vector<Event>& events) -> Event& {
    return *std::find_if(events.rbegin(), events.rend(), [](const Event& event) { return event.type == "fact_set"; });
  };
  const auto alone = [&](std::vector<Event>& events) {
    last(events).body.set("value", "2026-05-02T18:45:00Z");
    events.erase(events.begin() + last(events).n, events.end());
  };
  CHECK(says(audit(room, alone), "moves a deadline later, by one person alone"));
  CHECK(says(audit(room, [&](std::vector<Event>& events) { last(events).texts.clear(); }), "without a reason"));
  CHECK(says(audit(room, [&](std::vector<Event>& events) { last(events).by = "ann"; }), "although no holder said it"));
  const auto of_old = audit(room, [&](std::vector<Event>& events) {
    alone(events);
    last(events).rules = 1;
  });
  CHECK(of_old.find("by one person alone") == std::string::npos);
}

TEST_CASE("the audit asks whether what nobody but the clock recorded is what the law would have recorded") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("staff", true));
  const std::string otherwise = "(obligation_raised) is not what the pinned workflow and law would have recorded";
  CHECK(says(
      audit(room,
            [](std::vector<Event>& events) { first(events, "obligation_raised")->body.set("due", "2026-05-06T19:00:00Z"); }),
      otherwise));
  CHECK(says(audit(room, [](std::vector<Event>& events) { (first(events, "notice_recorded") - 1)->body.set("of", "ico"); }),
             otherwise));
}

TEST_CASE("the audit sees that a decision was declined after it had been approved") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.decide("close"));
  CHECK(says(audit(room,
                   [](std::vector<Event>& events) {
                     auto declined = *first(events, "decision_approved");
                     declined.type = "decision_declined";
                     events.push_back(declined);
                   }),
             "(decision_declined) declines what had been decided already"));
}

TEST_CASE("the audit stops where an event does not fit the case before it, and says at which") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.move("begin-scoping"));
  CHECK(says(audit(room, [](std::vector<Event>& events) { events.push_back(*first(events, "moved")); }),
             "does not fit: region 'assessment' is 'scoping', not 'detected'"));
}

TEST_CASE("an approval that was relayed and is not confirmed is true, and worth reading") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").propose("ico"));
  REQUIRE(room.as("dee").advise("ico"));
  REQUIRE(room.as("gus", "ann").approve("ico", "telephone"));
  const auto relayed = *room.engine.verify("");
  CHECK(relayed.problems == std::vector<std::string>{});
  CHECK(relayed.notes == std::vector<std::string>{"case FF-1: the approval of 'ico' was relayed and is not confirmed"});
  REQUIRE(room.as("gus").approve("ico"));
  CHECK(room.engine.verify("")->notes.empty());
}

TEST_CASE("a data set or group that was added with facts is one command to the audit") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("sid").add("footage", {{"regime", "part3"}, {"risk", "high_risk"}}));
  REQUIRE(room.run(commands::AddDataSet{"witnesses", "", true, "footage", {{"people_affected", "12"}}}));
  CHECK(audit(room, nothing).empty());
  CHECK(says(audit(room, by("fact_set", "sue")),
             "(fact_set) was recorded although 'obligation_raised' had to be recorded before it"));
}
