// SPDX-License-Identifier: Apache-2.0
// A story that goes otherwise than it says stops there, and says how.
#include "engine/rehearsal.h"

#include <catch2/catch.hpp>

#include "adapters/yaml_library/story_reader.h"
#include "tests/engine/refusal.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::refusal;
using workflow::StoryStep;

namespace {

/// A story of a case that is opened, and then goes on as a test says.
workflow::Story story(const std::string& steps) {
  const auto read = yaml_library::read_story("passes.yaml", R"(story: passes
title: Passes printed by a firm that was hacked
fiction: true
workflow: uk/supplier-breach
people: {ann: {roles: [handler]}, sid: {roles: [siro]}}
steps:
  - at: 2026-05-02T19:00Z
    as: ann
    open: {ref: FF-1, title: Passes}
)" + steps);
  for (const auto& issue : read.issues) UNSCOPED_INFO(issue.place.line << ": " << issue.message);
  REQUIRE(read.story);
  return *read.story;
}

/// How the story ends, and how many of its steps were played.
std::pair<std::string, std::size_t> play(const workflow::Story& told) {
  memory_store::EventStore store{"story"};
  memory_store::Vault vault{store};
  const yaml_library::Library library{TOCSIN_SOURCE_DIR "/workflows"};
  Engine engine(store, vault, library);
  std::size_t played = 0;
  const auto ended = tocsin::play(engine, told, [&](const PlayedStep&) { ++played; });
  return {ended ? *ended : refusal(ended), played};
}

/// The surprise of a story's second step, which stands on line 10 of its file.
std::string surprise(const std::string& step) {
  const auto [end, played] = play(story(step + "  - {expect: {stage: open}}\n"));
  CHECK(played == 2);  // nothing is played after a surprise
  const std::string where = "refused: passes.yaml:10: the story went otherwise than it says: ";
  REQUIRE(end.find(where) == 0);
  return end.substr(where.size());
}

const std::string kLater = "  - at: 2026-05-02T20:00Z\n    as: ann\n";

}  // namespace

TEST_CASE("a story that goes as it says ends with its case") {
  const auto [end, played] =
      play(story(kLater + "    move: begin-scoping\n  - {expect: {states: {assessment: scoping}}}\n"));
  CHECK(end == "FF-1");
  CHECK(played == 3);
}

TEST_CASE("what a story expects of a case is compared word by word") {
  const auto expected = [](const std::string& what) { return surprise("  - {expect: {" + what + "}}\n"); };
  CHECK(expected("stage: closed") == "expected the case to be 'closed', and it is 'open'");
  CHECK(expected("states: {assessment: scoping}") == "expected states.assessment to be 'scoping', and it is 'detected'");
  CHECK(expected("facts: {risk: unlikely}") == "expected facts.risk to be 'unlikely', and it is 'unknown'");
  CHECK(expected("obligations: {ico: met}") == "expected obligations.ico to be 'met', and it is 'due'");
  CHECK(expected("obligations: {staff: due}") == "expected obligations.staff to be 'due', and it is 'unraised'");
  CHECK(expected("obligations: {ico: {state: met}}") == "expected obligations.ico to be 'met', and it is 'due'");
  CHECK(expected("obligations: {ico: {due: 2026-05-05T18:00Z}}") ==
        "expected the deadline of ico to be '2026-05-05T18:00:00Z', and it is '2026-05-05T19:00:00Z'");
  CHECK(expected("obligations: {nca: {due: 2026-05-05T18:00Z}}") ==
        "expected the deadline of nca to be '2026-05-05T18:00:00Z', and it is 'none'");
  CHECK(expected("obligations: {ico: {provisional: false}}") == "expected ico not to be provisional");
  CHECK(expected("obligations: {staff: {provisional: true}}") == "expected staff to be provisional");
  CHECK(expected("obligations: {ico: {on_current_facts: late}}") ==
        "expected ico on current facts to be 'late', and it is ''");
}

TEST_CASE("a step that should be refused surprises by being recorded, and one that should not by being refused") {
  CHECK(surprise(kLater + "    move: begin-scoping\n    refused: {}\n") == "expected a refusal, and it was recorded");
  CHECK(surprise(kLater + "    move: finish-scoping\n").find("refused: cannot take 'finish-scoping': ") == 0);
  CHECK(surprise(kLater + "    reopen: {}\n    because: a claim arrived\n") == "refused: the case is open already");
}

TEST_CASE("a refusal lacks what the story says that it lacks") {
  const auto refused = surprise(kLater + "    move: close\n    refused: {missing: [facts.lessons, facts.risk]}\n");
  CHECK(refused.find("expected 'facts.risk' among what is missing: cannot take 'close': ") == 0);
}

TEST_CASE("a story expects nothing of a case that it did not open") {
  auto told = story("  - {expect: {stage: open}}\n");
  told.steps.erase(told.steps.begin());
  CHECK(play(told).first.find("the story went otherwise than it says: there is no case '' in this store") !=
        std::string::npos);
}

TEST_CASE("to open and to expect are steps of a story and no commands") {
  for (const auto kind : {StoryStep::Kind::open, StoryStep::Kind::expect}) {
    StoryStep step;
    step.kind = kind;
    CHECK(refusal(command_of(step)) == "invalid: this step is no command");
  }
}
