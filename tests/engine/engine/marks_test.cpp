// SPDX-License-Identifier: Apache-2.0
// How words are to be handled: protective markings and privilege.
#include <catch2/catch.hpp>

#include "engine/case_file/marks.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using case_file::Marks;
using tests::IncidentRoom;

namespace {

Result<Outcome> marked(IncidentRoom& room, const commands::Command& command, Marks marks) {
  auto request = room.request();
  request.marks = std::move(marks);
  return room.engine.record("FF-1", command, request);
}

}  // namespace

TEST_CASE("words carry a marking and privilege in their event, and the words themselves do not") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto told = marked(room, commands::Note{"Counsel says so", "", "", ""}, {"official-sensitive", true});
  REQUIRE(told);
  const auto marks = case_file::marks_of(told->events.back());
  CHECK(marks.marking == "official-sensitive");
  CHECK(marks.privileged);
  CHECK(canonical(told->events.back().body).find("Counsel") == std::string::npos);
  CHECK(case_file::marks_of(room.view().events.front()).empty());
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("a marking is a word of the workflow's list, so that no free text comes into an event by it") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto refused = marked(room, commands::Note{"words", "", "", ""}, {"secret", false});
  CHECK(refused.error().code == Errc::invalid);
  CHECK(refused.error().message.find("official-sensitive") != std::string::npos);
  CHECK(marked(room, commands::Note{"words", "", "", ""}, {"ann@example.org", false}).error().code == Errc::invalid);
}

TEST_CASE("marks without words to mark are refused: titles, references and values that are no words carry none") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(marked(room, commands::SetFacts{{{"publicity", "public"}}, {}, {}, {}}, {"official", false}).error().code ==
        Errc::invalid);
  CHECK(marked(room, commands::RecordNotice{"ico", "phone", "IC-1", {}, {}, false}, {"", true}).error().code ==
        Errc::invalid);
  CHECK(marked(room, commands::AddDataSet{"footage", "Film", false, {}, {}}, {"", true}).error().code == Errc::invalid);
  CHECK(marked(room, commands::SetFacts{{{"publicity", "public"}}, {}, {}, "it was on the news"}, {"official", false}));
}

TEST_CASE("one request id with other marks is another command") {
  IncidentRoom room;
  REQUIRE(room.open());
  auto request = room.request();
  request.request_id = "note-1";
  const commands::Note note{"Counsel says so", "", "", ""};
  REQUIRE(room.engine.record("FF-1", note, request));
  CHECK(room.engine.record("FF-1", note, request)->repeated);
  request.marks.privileged = true;
  CHECK(room.engine.record("FF-1", note, request).error().code == Errc::conflict);
}

TEST_CASE("taking privileged words out of the house needs a reason and a document that does leave it") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(room.run(commands::IncludePrivileged{"register", ""}).error().code == Errc::invalid);
  CHECK(room.run(commands::IncludePrivileged{"calendar", "for them"}).error().code == Errc::invalid);
  REQUIRE(room.run(commands::IncludePrivileged{"register", "the regulator may read it, counsel agreed"}));
  CHECK(room.last() == std::vector<std::string>{"privileged_included"});
  CHECK(room.engine.verify("")->problems.empty());
}
