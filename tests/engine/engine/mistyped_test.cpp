// SPDX-License-Identifier: Apache-2.0
// What somebody typed and cannot be: refused with the words that could stand there.
#include <catch2/catch.hpp>

#include "tests/engine/edited_workflow.h"
#include "tests/engine/refusal.h"

using namespace tocsin;
using tests::IncidentRoom;
using tests::refusal;

TEST_CASE("a status is one of four words") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto with_status = [&](const std::string& status) {
    return refusal(room.run(commands::SetFacts{{{"publicity", "public"}}, "", status, ""}));
  };
  CHECK(with_status("confrimed") ==
        "invalid: a status is claimed, confirmed, disputed or withdrawn; did you mean 'confirmed'?");
  CHECK(with_status("sure") == "invalid: a status is claimed, confirmed, disputed or withdrawn");
  CHECK(with_status("disputed") == "accepted");
}

TEST_CASE("words are at most 1 MiB, and what is longer is kept elsewhere") {
  IncidentRoom room;
  REQUIRE(room.open());
  const std::string most(1 << 20, 'x');
  CHECK(refusal(room.run(commands::Note{most, "", "", ""})) == "accepted");
  CHECK(refusal(room.run(commands::Note{most + "x", "", "", ""})) ==
        "invalid: the note is longer than 1 MiB: shorten it, or record where it is kept");
}

TEST_CASE("a notice meets an instance that there is, of a data set that there is") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(refusal(room.file("staff#2")) == "not_found: obligation 'staff#2' has not come again yet -> case show FF-1");
  CHECK(refusal(room.file("ico@footage")) ==
        "not_found: obligation 'ico' hangs on nothing called 'footage' in FF-1 -> case show FF-1");
}

TEST_CASE("a receipt is the reference that somebody gave for a notice that there is") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.file("ico"));
  const auto receipt = [&](int notice, const std::string& reference) {
    return refusal(room.run(commands::RecordReceipt{notice, reference}));
  };
  CHECK(receipt(1, "") == "invalid: a receipt needs the reference that was given");
  CHECK(receipt(1, "pending") == "invalid: a receipt needs the reference that was given");
  CHECK(receipt(2, "IC-77") == "not_found: there is no notice 2 in FF-1 -> notice list FF-1");
  CHECK(receipt(1, "IC-77") == "accepted");
  CHECK_FALSE(room.view().file->notices.front().reference_pending);
}

TEST_CASE("a data set has a short name of its own, and a group is in a data set that there is") {
  IncidentRoom room;
  REQUIRE(room.open());
  for (const std::string name : {"", "Footage", "2024", "-a", "a.b", "a@b", "caf\xc3\xa9", "two words"}) {
    INFO(name);
    CHECK(refusal(room.add(name)) ==
          "invalid: the name of a data set is 1 to 40 lower-case letters, digits, '_' or '-', beginning with a letter; say "
          "more with --title");
  }
  CHECK(room.add(std::string(41, 'a')).error().code == Errc::invalid);
  CHECK(room.add(std::string(40, 'a')));
  REQUIRE(room.add("footage"));
  CHECK(refusal(room.add("footage")) ==
        "conflict: there is a data set or group 'footage' already: choose another name -> dataset list FF-1");
  CHECK(refusal(room.group("Witnesses")).find("invalid: the name of a group is 1 to 40 lower-case letters") == 0);
  const std::string nowhere = "not_found: there is no such data set in FF-1 for the group to be in -> dataset list FF-1";
  CHECK(refusal(room.group("witnesses", "fotage")) == nowhere);
  REQUIRE(room.group("witnesses", "footage"));
  CHECK(refusal(room.group("children", "witnesses")) == nowhere);  // a group is in no group
}

TEST_CASE("a workflow that keeps nothing by data set has none") {
  IncidentRoom room;
  REQUIRE(room.engine.open("eu/financial-entity", {"FF-1", "A payment service is down", {}}, room.request()));
  CHECK(refusal(room.add("footage")) ==
        "invalid: workflow eu/financial-entity keeps nothing by data set: its case is one data set -> case show FF-1");
}

TEST_CASE("severity is assessed of a data set or group that there is") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(refusal(room.run(commands::AssessSeverity{"enisa-2013", {}, "footage", ""})) ==
        "not_found: there is no data set or group of that name in FF-1 -> dataset list FF-1");
}

TEST_CASE("a person has a name that is nobody else's business, and at least one role") {
  IncidentRoom room;
  const auto listed = [&](const std::string& name, std::vector<std::string> roles) {
    return refusal(room.engine.add_person({name, std::move(roles)}, room.request()));
  };
  for (const std::string name : {"", "clock", "a\nb", "eve@example.org", "eve\xff"})
    CHECK(listed(name, {"siro"}) == "invalid: a name is 1 to 64 letters, digits, dots, spaces or hyphens, and not 'clock'");
  CHECK(listed(std::string(65, 'e'), {"siro"}).find("invalid: a name is 1 to 64") == 0);
  CHECK(listed("eve", {}) ==
        "invalid: a person needs at least one role: give --role handler,dpo,siro,gold or another -> people add eve --role "
        "ROLE");
  CHECK(listed("eve", {"si/ro"}) == "invalid: a role is a word of letters, digits or hyphens");
  CHECK(listed(std::string(64, 'e'), {"siro"}) == "accepted");
}

TEST_CASE("markings are of a case's words, not of the list of people") {
  IncidentRoom room;
  auto request = room.request();
  request.marks.privileged = true;
  CHECK(refusal(room.engine.add_person({"eve", {"siro"}}, request)) ==
        "invalid: markings are of a case's words: give no --marking or --privileged here");
}

TEST_CASE("no case is opened under a workflow that has mistakes") {
  IncidentRoom room;
  CHECK(
      refusal(
          tests::EditedWorkflow().replace("contain:      {from: exposed,", "contain:      {from: exposde,").open(room)) ==
      "invalid: the workflow 'uk/supplier-breach' has mistakes, so no case can be pinned to it -> workflow check uk/supplier-breach");
  CHECK(room.engine.resolve("FF-1").error().code == Errc::not_found);
}

TEST_CASE("a case that was not recorded yet by then is not shown as of then") {
  IncidentRoom room;
  REQUIRE(room.at("2026-05-02T20:00Z").open());
  const auto then = [&](const char* time) {
    return refusal(room.engine.show("FF-1", room.request().now, *parse_instant(time)));
  };
  CHECK(then("2026-05-02T19:59:59Z") == "not_found: case FF-1 was not recorded yet by then -> case list");
  CHECK(then("2026-05-02T20:00Z") == "accepted");
}
