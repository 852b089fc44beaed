// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/questions.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "engine/workflow/bearing.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using namespace tocsin::tests;
using Kind = workflow::Because::Kind;

namespace {

/// The questions of a view, which lives as long as they are looked at.
struct Asked {
  CaseView view;
  std::vector<workflow::Question> list;

  explicit Asked(CaseView seen)
      : view(std::move(seen)), list(workflow::questions(*view.definition, *view.file, view.people, view.now)) {}

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& question : list) all.push_back(question.name);
    return all;
  }
  std::ptrdiff_t place(const std::string& name) const {
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& q) { return q.name == name; });
    return found == list.end() ? -1 : found - list.begin();
  }
  const workflow::Question& on(const std::string& name) const {
    const auto at = place(name);
    REQUIRE(at >= 0);
    return list[static_cast<std::size_t>(at)];
  }
  bool hangs(const std::string& name, const std::string& subject) const {
    const auto& because = on(name).because;
    return std::any_of(because.begin(), because.end(), [&](const auto& one) { return one.subject == subject; });
  }
};

}  // namespace

TEST_CASE("of a supplier's breach that was just opened, what decides a clock is asked before what fills a form") {
  IncidentRoom room;
  REQUIRE(room.open());
  const Asked asked(room.view());
  REQUIRE(asked.list.size() == asked.view.definition->facts.size());
  CHECK(asked.list[0].name == "aware_at");
  CHECK(asked.list[1].name == "risk");
  CHECK(
      asked.list[0].because.front().sentence ==
      "'ico' (Notify the Commissioner, UK GDPR Arts 33(1) and 4A) is counted from it, provisionally due 2026-05-05T19:00:00Z");
  CHECK(asked.list[0].because.front().due == parse_instant("2026-05-05T19:00:00Z").value());
  CHECK(asked.list[1].because.front().subject == "obligations.staff");
  CHECK(asked.place("risk") < asked.place("data_categories"));
  CHECK(asked.place("supplier_told_us_at") < asked.place("data_categories"));  // the next best anchor
  CHECK(asked.on("data_categories").because.front().kind == Kind::transition);
  CHECK(asked.place("data_categories") < asked.place("likely_consequences"));
  CHECK(asked.on("likely_consequences").because.front().kind == Kind::notice);
  CHECK(asked.place("likely_consequences") < asked.place("lessons"));  // closing is far away
  CHECK(asked.on("lessons").because.front().kind == Kind::later);
  CHECK(asked.list.back().because.empty());
}

TEST_CASE("questions of every shipped workflow come by kind, each fact once, and every anchor among the first") {
  for (const std::string name :
       {"uk/supplier-breach", "uk/accidental-disclosure", "uk/data-loss", "uk/supplier-side", "eu/financial-entity"}) {
    INFO(name);
    IncidentRoom room;
    REQUIRE(room.engine.open(name, {"FF-1", "A case", {}}, room.request()));
    const Asked asked(room.view());
    const auto names = asked.names();
    CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    CHECK(names.size() == asked.view.definition->facts.size());
    auto last = Kind::clock;
    bool for_the_record = false;
    for (const auto& question : asked.list) {
      INFO(question.name);
      if (question.because.empty()) {
        for_the_record = true;
        continue;
      }
      CHECK_FALSE(for_the_record);
      CHECK(question.because.front().kind >= last);
      last = question.because.front().kind;
    }
    for (const auto& held : asked.view.file->obligations) {
      const auto& first = asked.view.definition->obligation(held.of)->anchor.front();
      if (first.kind != workflow::Anchor::Kind::fact || !held.owed_by.empty()) continue;
      CHECK(asked.on(first.name).because.front().kind == Kind::clock);
    }
  }
}

TEST_CASE("what is answered is asked no longer, and what its answer makes urgent comes first") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("dee").set("aware_at=2026-05-02T18:30Z"));
  const Asked asked(room.view());
  CHECK(asked.place("aware_at") == -1);
  CHECK(asked.list[0].name == "risk");
  CHECK(
      asked.list[0].because.front().sentence ==
      "it decides whether 'staff' (Tell the people affected, UK GDPR Art 34(1)) is owed; until then it counts as owed without undue delay");
  CHECK_FALSE(asked.hangs("supplier_told_us_at", "obligations.ico"));  // a better anchor is known
}

TEST_CASE("an answer of somebody who does not judge it stays a question, with the claim beside it and who judges") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("ann").set("risk=high_risk"));
  const Asked asked(room.view());
  const auto& risk = asked.on("risk");
  REQUIRE(risk.claims.size() == 1);
  CHECK(risk.claims[0]->by == "ann");
  CHECK(risk.judges == std::vector<std::string>{"sid", "sue"});
  REQUIRE(room.as("sid").set("risk=high_risk"));
  CHECK(Asked(room.view()).place("risk") == -1);
}

TEST_CASE("each data set and each group of people is asked about") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("ann").add("footage"));
  REQUIRE(room.group("witnesses", "footage"));
  const Asked asked(room.view());
  CHECK(asked.on("footage.regime").data_set == "footage");
  CHECK(asked.on("witnesses.risk").data_set == "witnesses");
  CHECK(asked.place("footage.risk") == -1);  // its groups speak for it
  CHECK(asked.place("footage.aware_at") == -1);
  CHECK(asked.place("risk") >= 0);
  CHECK(asked.hangs("footage.regime", "obligations.ico@footage"));
  CHECK(asked.hangs("witnesses.risk", "obligations.staff@witnesses"));
}

TEST_CASE("a fact hangs on a condition only while its answer can change how that comes out") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto decide = [&](const std::string& obligation) {
    const auto view = room.view();
    return workflow::facts_that_decide(*view.definition, *view.file, *view.definition->obligation(obligation)->applies, "");
  };
  using Names = std::vector<std::string>;
  CHECK(decide("staff") == Names{"risk", "regime"});
  CHECK(decide("supplier-contract") == Names{"supplier_aware_at", "contract_hours"});
  CHECK(decide("part3-ico") == Names{"regime", "notifier"});
  REQUIRE(room.as("sid").set("risk=unlikely"));
  CHECK(decide("staff").empty());
  REQUIRE(room.as("dee").set("regime=uk_gdpr"));
  CHECK(decide("part3-ico").empty());
  CHECK(decide("ico") == Names{"notifier"});
}

TEST_CASE("what a condition asks of duties and regions is taken as it is while its facts are tried") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto decides = [&](const std::string& text) {
    const auto view = room.view();
    const auto condition = guard::check(*guard::parse(text).guard, workflow::scope_of(*view.definition)).guard;
    REQUIRE(condition);
    return !workflow::facts_that_decide(*view.definition, *view.file, *condition, "").empty();
  };
  const std::vector<std::string> not_yet = {"filed(obligations.ico)",
                                            "settled(obligations.ico)",
                                            "incomplete(obligations.ico)",
                                            "late(obligations.ico)",
                                            "has(facts.lessons)",
                                            "final(case)",
                                            "exempted(obligations.staff.art_34_3_c)"};
  for (const auto& so : not_yet) {
    INFO(so);
    CHECK(decides("!" + so + " && facts.publicity == 'public'"));
    CHECK(decides(so + " || facts.publicity == 'public'"));
    if (so.starts_with("has(")) continue;  // a fact that may be known yet
    CHECK_FALSE(decides(so + " && facts.publicity == 'public'"));
    CHECK_FALSE(decides("!" + so + " || facts.publicity == 'public'"));
  }
  REQUIRE(room.file("ico"));
  REQUIRE(room.set("lessons=ask suppliers more"));
  for (const std::string so :
       {"filed(obligations.ico)", "settled(obligations.ico)", "incomplete(obligations.ico)", "has(facts.lessons)"}) {
    INFO(so);
    CHECK(decides(so + " && facts.publicity == 'public'"));
    CHECK_FALSE(decides("!" + so + " && facts.publicity == 'public'"));
  }
}

TEST_CASE("of a duty whose time somebody orders, that time is asked before what fills a form") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.set("ico_order_at=2026-05-02T18:00Z"));
  CHECK(room.state("ico-order") == "due");
  CHECK(room.due("ico-order") == "none");
  const Asked asked(room.view());
  CHECK(asked.on("ico_order_due_at").because.front().kind == Kind::clock);
  CHECK(asked.on("ico_order_due_at").because.front().sentence.find("it says by when 'ico-order' (") == 0);
  CHECK(asked.place("ico_order_due_at") < asked.place("likely_consequences"));
}

TEST_CASE("what a notice left open is asked before other contents, and no longer once it was claimed complete") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.as("ann").file("ico"));
  const Asked asked(room.view());
  CHECK(asked.on("likely_consequences").because.front().sentence ==
        "notice 1 for 'ico' (Notify the Commissioner, UK GDPR Arts 33(1) and 4A) left it open: Likely consequences");
  REQUIRE(room.file("ico", true));
  CHECK_FALSE(Asked(room.view()).hangs("likely_consequences", "obligations.ico"));
}

TEST_CASE("what a method suggests for a fact comes with its question") {
  IncidentRoom room;
  REQUIRE(room.open());
  const std::vector<std::pair<std::string, std::string>> answers = {
      {"category", "financial"},     {"adjustment", "none"},
      {"identification", "maximum"}, {"confidentiality", "unknown_recipients"},
      {"integrity", "none"},         {"availability", "none"},
      {"malicious_intent", "yes"}};
  REQUIRE(room.as("ann").run(commands::AssessSeverity{"enisa-2013", answers, {}, {}}));
  const Asked asked(room.view());
  REQUIRE(asked.on("risk").suggestion != nullptr);
  CHECK(asked.on("risk").suggestion->method == "enisa-2013");
}

TEST_CASE("a case that is closed asks nothing") {
  IncidentRoom room;
  REQUIRE(room.open());
  auto view = room.view();
  auto file = *view.file;
  file.stage = case_file::Stage::closed;
  CHECK(workflow::questions(*view.definition, file, view.people, view.now).empty());
}
