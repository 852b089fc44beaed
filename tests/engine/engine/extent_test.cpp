// SPDX-License-Identifier: Apache-2.0
// What a breach hit, and why a duty is judged not to apply: on the shipped workflow.
#include <catch2/catch.hpp>

#include "engine/workflow/card.h"
#include "engine/workflow/difference.h"
#include "engine/workflow/situation.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

/// A breach that hit personnel data and, as is found out later, footage of witnesses.
struct TwoDataSets : IncidentRoom {
  TwoDataSets() {
    must(at("2026-05-02T19:00Z").as("ann").open());
    must(as("sid").set("aware_at=2026-05-02T18:30Z"));
  }
};

}  // namespace

TEST_CASE("a data set has its own duties, from the same awareness") {
  TwoDataSets room;
  REQUIRE(room.as("ann").later(hours(5)).add("footage"));
  CHECK(room.state("ico") == "due");
  CHECK(room.state("ico@footage") == "due");
  CHECK(room.due("ico@footage") == "2026-05-05T18:30:00Z");
  CHECK(room.view().file->obligation("ico@elsewhere") == nullptr);
}

TEST_CASE("a regime that is known when a data set is added decides which law's duty is raised") {
  TwoDataSets room;
  REQUIRE(room.as("sid").add("footage", {{"regime", "part3"}}));
  CHECK(room.state("ico@footage") == "unraised");
  CHECK(room.state("part3-ico@footage") == "due");
  CHECK(room.state("part3-ico") == "unraised");
}

TEST_CASE("a value of one data set is no value of another, and what the whole breach has is set for it alone") {
  TwoDataSets room;
  REQUIRE(room.as("ann").add("footage"));
  REQUIRE(room.as("sid").set("footage.regime=part3"));
  CHECK(room.view().file->fact("regime") == nullptr);
  CHECK(room.view().file->fact("footage.regime")->value.text() == "part3");
  CHECK(room.set("footage.aware_at=2026-05-02T18:30Z", "x").error().code == Errc::invalid);
  CHECK(room.set("fotage.regime=part3").error().code == Errc::not_found);
}

TEST_CASE("each group of people is told for its own risk, and a data set's groups speak for it together") {
  TwoDataSets room;
  REQUIRE(room.as("ann").group("officers"));
  REQUIRE(room.group("cleaners"));
  REQUIRE(room.as("sid").set("cleaners.risk=unlikely"));
  REQUIRE(room.set("officers.risk=high_risk"));
  CHECK(room.state("staff@officers") == "due");
  const auto seen = room.view();
  CHECK(std::get<std::string>(workflow::CaseSituation(*seen.definition, *seen.file).value("facts.risk")) == "high_risk");
  REQUIRE(room.as("ann").set("officers.people_affected=12000.."));
  REQUIRE(room.set("cleaners.people_affected=40"));
  const auto view = room.view();
  const auto together = workflow::CaseSituation(*view.definition, *view.file).value("facts.people_affected");
  CHECK(std::get<guard::Range>(together) == guard::Range{12040, std::nullopt});
}

TEST_CASE("one filing meets several duties, and has gaps for each of them") {
  TwoDataSets room;
  REQUIRE(room.as("sid").add("footage", {{"regime", "part3"}}));
  REQUIRE(room.as("ann").set("data_categories=name"));
  REQUIRE(room.run(commands::RecordNotice{"ico", "web form", "IC-1", "", "", false, {"part3-ico@footage"}}));
  CHECK(room.state("ico") == "met");
  CHECK(room.state("part3-ico@footage") == "met");
  const auto seen = room.view();
  const auto& notice = seen.file->notices.front();
  const auto lacks = [&](const char* instance, const std::string& field) {
    const auto& gaps = notice.gaps_for(instance);
    return std::find(gaps.begin(), gaps.end(), field) != gaps.end();
  };
  CHECK_FALSE(lacks("ico", "rec_categories"));
  CHECK_FALSE(lacks("part3-ico@footage", "rec_categories"));  // asked only where possible
  CHECK_FALSE(notice.gaps_for("part3-ico@footage").empty());
  CHECK(room.state("part3-complete@footage") == "due");
  SECTION("and leaves all of them owed when it is withdrawn") {
    REQUIRE(room.propose("notice:1"));
    REQUIRE(room.as("gus").approve("notice:1"));
    CHECK(room.state("ico") == "due");
    CHECK(room.state("part3-ico@footage") == "due");
  }
  SECTION("no duty is named twice") {
    CHECK(room.run(commands::RecordNotice{"ico", "web form", "IC-1", "", "", false, {"ico"}}).error().code == Errc::invalid);
  }
}

TEST_CASE("a case does not close while a data set is owed something") {
  TwoDataSets room;
  REQUIRE(room.as("ann").add("footage"));
  REQUIRE(room.file("ico", true));
  const auto missing = room.move("close").error().missing;
  CHECK(std::find(missing.begin(), missing.end(), "obligations.ico@footage") != missing.end());
  CHECK(std::find(missing.begin(), missing.end(), "obligations.ico") == missing.end());
}

TEST_CASE("what the supplier owes us is watched and aged, and never blocks") {
  IncidentRoom room;
  REQUIRE(room.open({{"supplier_aware_at", "2026-04-28T09:00Z"}, {"contract_hours", "24"}}));
  CHECK(room.state("supplier-notice") == "due");
  CHECK(room.due("supplier-notice") == "none");
  CHECK(room.state("supplier-contract") == "overdue");
  CHECK(room.due("supplier-contract") == "2026-04-29T09:00:00Z");
  const auto missing = room.move("close").error().missing;
  CHECK(std::find(missing.begin(), missing.end(), "obligations.supplier-contract") == missing.end());
}

TEST_CASE("a deadline that a contract names moves with what the contract says") {
  IncidentRoom room;
  REQUIRE(room.open({{"insurer_hours", "48"}}));
  CHECK(room.due("insurer") == "2026-05-04T19:00:00Z provisional");
  REQUIRE(room.set("insurer_hours=24", "the policy was read again"));
  CHECK(room.due("insurer") == "2026-05-03T19:00:00Z provisional");
}

TEST_CASE("disproportionate effort is no way out: a public communication is owed in its place") {
  TwoDataSets room;
  REQUIRE(room.as("sid").set("risk=high_risk"));
  commands::DecisionRecord record;
  record.exemption = "art_34_3_c";
  record.legal_test = "forty years of addresses, most of them wrong";
  REQUIRE(room.run(commands::Propose{"staff", "nobody could be reached", {}, record}));
  REQUIRE(room.as("dee").advise("staff"));
  REQUIRE(room.as("gus").approve("staff"));
  CHECK(room.state("staff") == "ruled_out");
  CHECK(room.state("staff-public") == "due");
  CHECK(room.view().file->obligation("staff")->ruling->outcome == "exempt");
}

TEST_CASE("a decision record is checked word by word, and its review triggers reopen the duty") {
  TwoDataSets room;
  REQUIRE(room.as("sid").set("risk=unlikely"));
  const auto refuses = [&](commands::DecisionRecord record) {
    return room.as("sid").run(commands::Propose{"ico", "a reason", {}, std::move(record)}).error().code == Errc::invalid;
  };
  using Record = commands::DecisionRecord;
  const auto with = [](auto member, auto value) {
    Record record;
    record.*member = value;
    return record;
  };
  CHECK(refuses(with(&Record::outcome, "exmpt")));
  CHECK(refuses(with(&Record::exemption, "art_34_3_c")));  // of another clock
  CHECK(refuses(with(&Record::likelihood, "perhaps")));
  CHECK(refuses(with(&Record::outcome, "restricted")));
  CHECK(refuses(with(&Record::review_at, *parse_instant("2026-05-01T00:00Z"))));
  commands::DecisionRecord record;
  record.outcome = "not_met_threshold";
  record.likelihood = "very_unlikely";
  record.counter_arguments = "the files had names in them";
  record.review_when = {"publicity"};
  record.review_at = *parse_instant("2026-06-01T09:00Z");
  REQUIRE(room.as("sid").run(commands::Propose{"ico", "encrypted throughout", {}, record}));
  REQUIRE(room.as("dee").advise("ico"));
  REQUIRE(room.as("gus").approve("ico"));
  CHECK(room.state("ico") == "ruled_out");
  const auto view = room.view();
  const auto matters = workflow::open_matters(*view.definition, *view.file);
  CHECK(std::any_of(matters.begin(), matters.end(),
                    [](const auto& m) { return m.kind == "review" && m.name == "review ico"; }));
  CHECK(view.file->decisions.front().record["law_from"].text() == "2025-08-19T23:00:00Z");
  REQUIRE(room.as("ann").set("publicity=public"));
  CHECK(room.state("ico") == "due");
}

TEST_CASE("telling is withheld for a time: with ground and review, until it is ended or ends") {
  TwoDataSets room;
  REQUIRE(room.as("sid").add("footage", {{"regime", "part3"}, {"risk", "high_risk"}}));
  REQUIRE(room.state("part3-people@footage") == "due");
  commands::DecisionRecord record;
  record.exemption = "s68_7";
  CHECK(room.run(commands::Propose{"part3-people@footage", "an inquiry", {}, record}).error().code == Errc::invalid);
  record.ground = "avoid_obstruction";
  CHECK(room.run(commands::Propose{"part3-people@footage", "an inquiry", {}, record}).error().code == Errc::invalid);
  record.review_at = *parse_instant("2026-05-16T09:00Z");
  record.ends_at = *parse_instant("2026-05-30T09:00Z");
  REQUIRE(room.run(commands::Propose{"part3-people@footage", "an inquiry", {}, record}));
  REQUIRE(room.as("dee").advise("part3-people@footage"));
  REQUIRE(room.as("gus").approve("part3-people@footage"));
  CHECK(room.state("part3-people@footage") == "ruled_out");
  SECTION("by a person, with a reason") {
    CHECK(room.run(commands::EndRestriction{"part3-people@footage", ""}).error().code == Errc::invalid);
    CHECK(room.as("ann").run(commands::EndRestriction{"part3-people@footage", "over"}).error().code == Errc::forbidden);
    REQUIRE(room.as("dee").run(commands::EndRestriction{"part3-people@footage", "the inquiry is over"}));
    CHECK(room.state("part3-people@footage") == "due");
    CHECK(room.run(commands::EndRestriction{"part3-people@footage", "again"}).error().code == Errc::refused);
  }
  SECTION("by itself, at its end and not before") {
    CHECK(workflow::alarm(*room.view().file) ==
          *parse_instant("2026-05-05T18:30:00.000001Z"));  // the Commissioner comes first
    room.at("2026-05-30T09:00Z");
    CHECK(room.state("part3-people@footage") == "ruled_out");
    room.at("2026-05-30T09:00:01Z");
    CHECK(room.state("part3-people@footage") == "due");
  }
  SECTION("what gets worse meanwhile waits with it") {
    REQUIRE(room.as("ann").set("footage.data_categories=name"));
    REQUIRE(room.set("footage.data_categories=name,address"));
    CHECK(room.state("part3-people@footage") == "ruled_out");
  }
}

TEST_CASE("what if is tried on a copy, whoever would judge it") {
  TwoDataSets room;
  const auto now = *parse_instant("2026-05-02T20:00Z");
  const auto before = room.view();
  const auto supposed = room.engine.suppose("FF-1", {{"aware_at", "2026-04-20T10:00Z"}, {"risk", "high_risk"}}, now);
  REQUIRE(supposed);
  const auto all = workflow::differences(*before.definition, *before.file, *supposed->file, before.people);
  const auto kind = [&](const std::string& subject) {
    for (const auto& one : all)
      if (one.subject == subject) return one.kind;
    return std::string("none");
  };
  CHECK(kind("obligations.ico") == "turns_late");
  CHECK(kind("obligations.staff") == "moves");
  CHECK(kind("obligations.ico-order") == "none");
  CHECK(room.view().file->version == before.file->version);
  CHECK(room.engine.suppose("FF-1", {{"aware_att", "x"}}, now).error().code == Errc::invalid);
}

TEST_CASE("the cases of one supplier incident are found together, each with its own awareness") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(commands::LinkIncident{"LANYARD-2026"}));
  REQUIRE(room.engine.open("uk/supplier-breach", {"GF-1", "Another force", {}, "LANYARD-2026"}, room.request()));
  REQUIRE(room.engine.open("uk/supplier-breach", {"ZZ-1", "Something else", {}}, room.request()));
  const auto due = *room.engine.due(*parse_instant("2026-05-02T20:00Z"), 0, std::nullopt, "LANYARD-2026");
  std::set<std::string> refs;
  for (const auto& item : due.items) refs.insert(item.ref);
  CHECK(refs == std::set<std::string>{"FF-1", "GF-1"});
  CHECK(room.engine.due(*parse_instant("2026-05-02T20:00Z"), 0, std::nullopt, "OTHER").error().code == Errc::not_found);
  CHECK(room.run(commands::LinkIncident{"with a space"}).error().code == Errc::invalid);
}

TEST_CASE("reminders lie before a deadline, and where there is none at an age") {
  TwoDataSets room;
  REQUIRE(room.as("sid").set("risk=high_risk"));
  const auto view = room.view();
  std::map<std::string, Instant> at;
  for (const auto& one : workflow::reminders(*view.definition, *view.file))
    at[one.obligation + " " + workflow::in_words(one.length)] = one.at;
  CHECK(at["ico 24h"] == *parse_instant("2026-05-04T18:30Z"));
  CHECK(at["ico 1h"] == *parse_instant("2026-05-05T17:30Z"));
  CHECK(at["staff 24h"] == *parse_instant("2026-05-03T18:30Z"));
  const auto due = *room.engine.due(*parse_instant("2026-05-03T18:00Z"), 100);
  REQUIRE_FALSE(due.reminders.empty());
  CHECK(due.reminders.front().obligation == "staff 24h");
}

TEST_CASE("a method suggests, a person decides, and says why it is otherwise") {
  TwoDataSets room;
  const std::vector<std::pair<std::string, std::string>> answers = {
      {"category", "financial"},     {"adjustment", "none"},
      {"identification", "maximum"}, {"confidentiality", "unknown_recipients"},
      {"integrity", "none"},         {"availability", "none"},
      {"malicious_intent", "yes"}};
  const auto assessed = room.as("ann").run(commands::AssessSeverity{"enisa-2013", answers, {}, {}});
  INFO((assessed ? "" : assessed.error().message));
  REQUIRE(assessed);
  const auto seen = room.view();
  const auto* assessment = seen.file->assessment("enisa-2013", "");
  REQUIRE(assessment != nullptr);
  CHECK(assessment->suggests.at("risk") == "high_risk");
  CHECK(room.view().file->fact("risk") == nullptr);
  CHECK(room.as("sid").set("risk=unlikely").error().code == Errc::invalid);
  REQUIRE(room.set("risk=unlikely", "the keys were not on the disk"));
  CHECK(room.run(commands::AssessSeverity{"enisa", answers, {}, {}}).error().code == Errc::not_found);
}
