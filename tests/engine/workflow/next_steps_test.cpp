// SPDX-License-Identifier: Apache-2.0
// What a transition still lacks, and the command that would bring each of it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/workflow/difference.h"
#include "engine/workflow/situation.h"
#include "tests/engine/edited_workflow.h"

using namespace tocsin;
using tests::EditedWorkflow;
using tests::IncidentRoom;

namespace {

using Said = std::vector<std::string>;

/// "subject: sentence -> command" of each thing that is missing.
Said lacks(IncidentRoom& room, const std::string& transition) {
  const auto view = room.view();
  Said all;
  for (const auto& one : workflow::next_step(*view.definition, *view.file, view.people, transition, "").missing)
    all.push_back(one.subject + ": " + one.sentence + " -> " + one.next);
  return all;
}

/// A room whose case is contained under this condition.
void open_guarded(IncidentRoom& room, const std::string& guard) {
  REQUIRE(EditedWorkflow()
              .replace("{from: exposed, to: contained}", "{from: exposed, to: contained, guard: \"" + guard + "\"}")
              .open(room));
}

}  // namespace

TEST_CASE("each thing that a condition asks for comes with the command that brings it") {
  IncidentRoom room;
  open_guarded(room,
               "has(facts.lessons) && has(facts.aware_at) && facts.people_affected > 100 && facts.publicity == 'public' && "
               "'name' in facts.data_categories && settled(obligations.ico) && filed(obligations.nca) && final(case) && "
               "states.assessment == 'assessed' && actions.open == 0");
  REQUIRE(room.run(commands::AddAction{"change the locks"}));
  CHECK(lacks(room, "contain") ==
        Said{"facts.lessons: facts.lessons is not known -> case set FF-1 lessons=TEXT",
             "facts.aware_at: facts.aware_at is not known -> case set FF-1 aware_at=TIME",
             "facts.people_affected: facts.people_affected is not known -> case set FF-1 people_affected=NUMBER",
             "facts.publicity: facts.publicity is not known -> case set FF-1 publicity='none|expected|public'",
             "facts.data_categories: facts.data_categories is not known -> case set FF-1 data_categories=name,...",
             "obligations.ico: obligations.ico is not settled -> notice record FF-1 ico --channel NAME --reference pending",
             "obligations.nca: obligations.nca is not filed -> notice record FF-1 nca --channel NAME --reference pending",
             "final(case): case is not in a final state -> ",
             "states.assessment: states.assessment is 'detected', not 'assessed' -> case move FF-1 begin-scoping",
             "actions.open: actions.open is 1, not 0 -> action list FF-1"});
}

TEST_CASE("that something was filed opens a transition, and that the filing was withdrawn closes it again") {
  IncidentRoom room;
  open_guarded(room, "filed(obligations.ico)");
  CHECK(room.move("contain").error().code == Errc::refused);
  REQUIRE(room.file("ico", true));
  CHECK(lacks(room, "contain").empty());
  REQUIRE(room.propose("notice:1"));
  REQUIRE(room.as("gus").approve("notice:1"));
  CHECK(room.as("ann").move("contain").error().missing == Said{"obligations.ico"});
}

TEST_CASE("that a region has ended opens a transition") {
  IncidentRoom room;
  REQUIRE(EditedWorkflow()
              .replace("{from: exposed, to: contained}", "{from: exposed, to: contained, guard: final(assessment)}")
              .replace("      assessed: {}", "      assessed: {final: true}")
              .replace("scope-again:    {from: assessed, to: scoping}", "scope-again:    {from: scoping, to: detected}")
              .open(room));
  CHECK(lacks(room, "contain") == Said{"final(assessment): assessment is not in a final state -> "});
  REQUIRE(room.as("sid").set("risk=unlikely"));
  REQUIRE(room.as("ann").set("data_categories=name"));
  REQUIRE(room.move("begin-scoping"));
  REQUIRE(room.move("finish-scoping"));
  CHECK(room.move("contain"));
}

TEST_CASE("closing asks for a proposal, then for advice and a second person, then for nothing") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto approvals = [&] {
    auto all = lacks(room, "close");
    std::erase_if(all, [](const auto& one) { return !one.starts_with("approval.") && !one.starts_with("advice."); });
    return all;
  };
  CHECK(approvals() == Said{"approval.gold: nobody holding 'siro' (sid or sue) has proposed it on today's facts -> "
                            "decision propose FF-1 close --because TEXT"});
  REQUIRE(room.as("sid").propose("close"));
  const auto digest = room.view().file->decisions.front().digest.substr(0, 8);
  const auto second =
      "approval.gold: no second person holding 'gold' (gus) has approved it -> decision approve FF-1 " + digest;
  CHECK(approvals() ==
        Said{"advice.dpo: nobody holding 'dpo' (dee) has advised -> decision advise FF-1 " + digest + " --because TEXT",
             second});
  REQUIRE(room.as("dee").advise("close"));
  CHECK(approvals() == Said{second});
  REQUIRE(room.as("gus").approve("close"));
  CHECK(approvals().empty());
}

TEST_CASE("what if tells which transitions would open, and which would close") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.move("begin-scoping"));
  const auto transitions = [&](const std::string& name, const std::string& value) {
    const auto before = room.view();
    const auto supposed = room.engine.suppose("FF-1", {{name, value}}, room.request().now);
    REQUIRE(supposed);
    Said all;
    for (const auto& one : workflow::differences(*before.definition, *before.file, *supposed->file, before.people))
      if (one.subject.starts_with("transitions."))
        all.push_back(one.subject + " " + one.kind + ": " + one.before + ", then " + one.after);
    return all;
  };
  REQUIRE(room.as("sid").set("risk=unlikely"));
  CHECK(transitions("publicity", "public").empty());
  CHECK(transitions("data_categories", "name") ==
        Said{"transitions.finish-scoping becomes_possible: not yet, then possible"});
  REQUIRE(room.as("ann").set("data_categories=name"));
  CHECK(transitions("data_categories", "unknown") ==
        Said{"transitions.finish-scoping becomes_impossible: possible, then not yet"});
}

TEST_CASE("groups have together all words of a set, and none while one of them is not asked") {
  IncidentRoom room;
  REQUIRE(EditedWorkflow()
              .replace("address, phone, financial]\n    per: data_set", "address, phone, financial]\n    per: group")
              .open(room));
  REQUIRE(room.group("officers"));
  REQUIRE(room.group("clerks"));
  const auto together = [&] {
    const auto view = room.view();
    return workflow::CaseSituation(*view.definition, *view.file).value("facts.data_categories");
  };
  REQUIRE(room.set("officers.data_categories=name,rank"));
  CHECK(together() == guard::Value{});
  REQUIRE(room.set("clerks.data_categories=address,name"));
  CHECK(together() == guard::Value(Said{"address", "name", "rank"}));
}

TEST_CASE("a workflow whose region has no states is refused before any case begins in it") {
  auto definition =
      *IncidentRoom::must(yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").find("uk/supplier-breach")).definition;
  REQUIRE(workflow::check(definition).empty());
  definition.regions.front().states.clear();
  const auto issues = workflow::check(definition);
  CHECK(std::any_of(issues.begin(), issues.end(),
                    [](const workflow::Issue& issue) { return issue.message == "region 'assessment' has no states"; }));
}
