// SPDX-License-Identifier: Apache-2.0
// What is remembered of a command that came with a request id: all that was asked, so that the same is recognised and another is not.
// A store keeps a keyed digest of these bytes for ever: where one of them changes, a repeated request is taken for another.
#include <catch2/catch.hpp>
#include <set>

#include "engine/commands/command_json.h"
#include "tests/engine/refusal.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using namespace tocsin::commands;
using tests::IncidentRoom;
using tests::refusal;

namespace {

DecisionRecord everything() {
  return {"exempt",
          "art_34_3_c",
          "a ground",
          "unlikely",
          "low",
          "a test",
          "the factors",
          "the other side",
          "a paper",
          {"risk"},
          *parse_instant("2026-06-01T09:00Z"),
          *parse_instant("2026-07-01T09:00Z")};
}

/// Every command with every field given, and the bytes that it is remembered by.
std::vector<std::pair<Command, std::string>> every_command() {
  return {
      {SetFacts{{{"risk", "risk"}}, "supplier", "claimed", "a mail"},
       R"({"because":"a mail","command":"set","facts":[["risk","risk"]],"source":"supplier","status":"claimed"})"},
      {Note{"called back", "supplier", "phone", "out"},
       R"({"by":"phone","command":"note","direction":"out","text":"called back","with":"supplier"})"},
      {Move{"close", "done"}, R"({"because":"done","command":"move","transition":"close"})"},
      {RecordNotice{"ico", "phone", "IC-1", "we write", "ill", true, {"part3-ico@a"}},
       R"({"also":["part3-ico@a"],"channel":"phone","command":"notice","complete":true,"obligation":"ico","reason":"ill","reference":"IC-1","text":"we write"})"},
      {RecordReceipt{2, "IC-2"}, R"({"command":"receipt","notice":2,"reference":"IC-2"})"},
      {Propose{"staff", "a reason", {"risk"}, everything()},
       R"({"because":"a reason","command":"propose","record":{"counter_arguments":"the other side","ends_at":"2026-07-01T09:00:00Z","evidence":"a paper","exemption":"art_34_3_c","factors":"the factors","ground":"a ground","legal_test":"a test","likelihood":"unlikely","outcome":"exempt","review_at":"2026-06-01T09:00:00Z","review_when":["risk"],"severity":"low"},"relies_on":["risk"],"subject":"staff"})"},
      {Advise{"0123abcd", "yes"}, R"({"because":"yes","command":"advise","decision":"0123abcd"})"},
      {Approve{"0123abcd", "yes", "phone"},
       R"({"because":"yes","command":"approve","decision":"0123abcd","relayed":"phone"})"},
      {Decline{"0123abcd", "no", "phone"},
       R"({"because":"no","command":"decline","decision":"0123abcd","relayed":"phone"})"},
      {AddAction{"change the locks", "ann", *parse_instant("2026-05-09T09:00Z")},
       R"({"command":"action","due":"2026-05-09T09:00:00Z","owner":"ann","text":"change the locks"})"},
      {FinishAction{1, "changed"}, R"({"action":1,"because":"changed","command":"action done"})"},
      {DropAction{1, "no door"}, R"({"action":1,"because":"no door","command":"action drop"})"},
      {AcceptRisk{1, "for a month"}, R"({"action":1,"because":"for a month","command":"action accept-risk"})"},
      {Reopen{"a claim"}, R"({"because":"a claim","command":"reopen"})"},
      {EndRestriction{"part3-people", "over"},
       R"({"because":"over","command":"end restriction","obligation":"part3-people"})"},
      {AddDataSet{"footage", "Of a camera", true, "vans", {{"risk", "risk"}}},
       R"({"command":"data set","facts":[["risk","risk"]],"is_group":true,"name":"footage","of":"vans","title":"Of a camera"})"},
      {AssessSeverity{"enisa-2013", {{"integrity", "none"}}, "footage", "a look"},
       R"({"because":"a look","command":"severity","data_set":"footage","inputs":[["integrity","none"]],"method":"enisa-2013"})"},
      {LinkIncident{"LANYARD-2026"}, R"({"command":"link","incident":"LANYARD-2026"})"},
      {AddContact{"ico", "phone", "01632 960123", "by day", "the case officer"},
       R"({"command":"contact","hours":"by day","kind":"phone","note":"the case officer","party":"ico","value":"01632 960123"})"},
      {RemoveContact{3, "moved"}, R"({"because":"moved","command":"contact remove","contact":3})"},
      {IncludePrivileged{"register", "asked for"},
       R"({"because":"asked for","command":"include privileged","document":"register"})"},
      {AllowIdentifiers{"ico", "ico-report", "00ff", {"how_found 1:12 email"}, "the form asks"},
       R"({"because":"the form asks","command":"allow identifiers","form":"ico-report","form_digest":"00ff","obligation":"ico","places":["how_found 1:12 email"]})"}};
}

/// Recorded under one request id, then again, then something else under it.
template <class Ask, class AskOther>
void check_recognised(Ask ask, AskOther ask_other) {
  const auto first = ask();
  INFO(refusal(first));
  REQUIRE(first);
  CHECK_FALSE(first->repeated);
  const auto again = ask();
  REQUIRE(again);
  CHECK(again->repeated);
  CHECK(again->version == first->version);
  CHECK(ask_other().error().code == Errc::conflict);
}

}  // namespace

TEST_CASE("every command is remembered by all that it asks, in bytes that never change") {
  std::set<std::string> words;
  for (const auto& [command, bytes] : every_command()) {
    CHECK(canonical(to_json(command)) == bytes);
    words.insert(to_json(command)["command"].text());
  }
  CHECK(words.size() == std::variant_size_v<Command>);  // a command that is added has its row here
}

TEST_CASE("opening and listing are remembered as commands are, and what was not given is left out") {
  CHECK(canonical(to_json(OpenCase{"FF-1", "A lost box", {{"risk", "risk"}}, "LANYARD-2026"})) ==
        R"({"command":"open","facts":[["risk","risk"]],"incident":"LANYARD-2026","ref":"FF-1","title":"A lost box"})");
  CHECK(canonical(to_json(OpenCase{"FF-1", "A lost box"})) ==
        R"({"command":"open","facts":[],"ref":"FF-1","title":"A lost box"})");
  CHECK(canonical(to_json(AddPerson{"eve", {"siro"}, *parse_instant("2026-06-01T09:00Z")})) ==
        R"({"command":"person","name":"eve","roles":["siro"],"until":"2026-06-01T09:00:00Z"})");
  CHECK(canonical(to_json(AddPerson{"eve", {"siro"}})) == R"({"command":"person","name":"eve","roles":["siro"]})");
  CHECK(
      canonical(to_json(Command(RecordNotice{"ico", "phone", "pending"}))) ==
      R"({"channel":"phone","command":"notice","complete":false,"obligation":"ico","reason":"","reference":"pending","text":""})");
  CHECK(canonical(to_json(Command(Propose{"ico", "a reason"}))) ==
        R"({"because":"a reason","command":"propose","relies_on":[],"subject":"ico"})");
  CHECK(to_json(Command(AddAction{"change the locks"}))["due"].is_null());
}

TEST_CASE("a request that comes twice is recorded once, whatever it asks for") {
  IncidentRoom room;
  REQUIRE(room.open());
  auto request = room.as("ann").request();
  int count = 0;
  const auto once = [&](const Command& command, const Command& other) {
    request.request_id = "r-" + std::to_string(++count);
    check_recognised([&] { return room.engine.record("FF-1", command, request); },
                     [&] { return room.engine.record("FF-1", other, request); });
  };
  once(Move{"begin-scoping", "a look"}, Move{"begin-scoping", "another look"});
  once(RecordNotice{"nca", "phone", "pending"}, RecordNotice{"nca", "mail", "pending"});
  once(RecordReceipt{1, "NCA-1"}, RecordReceipt{1, "NCA-2"});
  once(AddAction{"change the locks"}, AddAction{"change the locks", "ann"});
  request.by = "sid";
  once(AcceptRisk{1, "for a month"}, AcceptRisk{1, "for a year"});
  once(Propose{"ico", "unlikely"}, Propose{"ico", "unlikely", {"risk"}});
  CHECK(room.view().file->notices.size() == 1);
  CHECK(room.view().file->actions.size() == 1);
  CHECK(room.view().file->decisions.size() == 1);
}

TEST_CASE("a request about the list of people or its address book is recognised too") {
  IncidentRoom room;
  auto request = room.request();
  request.request_id = "p-1";
  check_recognised(
      [&] {
        return room.engine.add_person({"eve", {"siro"}}, request);
      },
      [&] {
        return room.engine.add_person({"eve", {"gold"}}, request);
      });
  request.request_id = "p-2";
  check_recognised(
      [&] {
        return room.engine.add_contact({"ico", "phone", "01632 960123", "", ""}, request);
      },
      [&] {
        return room.engine.add_contact({"ico", "phone", "01632 960124", "", ""}, request);
      });
  CHECK(room.engine.people()->listed.size() == 6);
}

TEST_CASE("a request id is at most 128 bytes of UTF-8") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto with_id = [&](std::string id) {
    auto request = room.request();
    request.request_id = std::move(id);
    return refusal(room.engine.record("FF-1", Note{"called back", "", "", ""}, request));
  };
  CHECK(with_id(std::string(128, 'r')) == "accepted");
  CHECK(with_id(std::string(129, 'r')) == "invalid: a request id is at most 128 bytes of UTF-8");
  CHECK(with_id("r\xff") == "invalid: a request id is at most 128 bytes of UTF-8");
}
