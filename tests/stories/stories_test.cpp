// SPDX-License-Identifier: Apache-2.0
// Every story replays as it says and prints the diary beside it. TOCSIN_REWRITE=1 rewrites the diaries: review the difference.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/story_reader.h"
#include "cli/views/diary.h"
#include "engine/rehearsal.h"

using namespace tocsin;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> story_files() {
  std::vector<fs::path> files;
  for (const auto* folder : {"/examples", "/tests/stories"})
    for (const auto& entry : fs::recursive_directory_iterator(std::string(TOCSIN_SOURCE_DIR) + folder))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

workflow::Story read(const fs::path& file) {
  auto story = yaml_library::read_story_file(file.string());
  for (const auto& issue : story.issues) UNSCOPED_INFO(workflow::format_issue(issue));
  REQUIRE(story.story);
  return std::move(*story.story);
}

struct Played {
  std::string diary;
  std::vector<ledger::Event> events;
  Verification audit;
};

Played play_file(const workflow::Story& story) {
  memory_store::EventStore store("story");
  memory_store::Vault vault(store);
  yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  Engine engine(store, vault, library);
  const auto definition = library.find(story.workflow)->definition;
  Played played;
  const auto ref = play(engine, story, [&](const PlayedStep& step) {
    for (const auto& line : cli::diary_lines(step, story, *definition)) played.diary += line + "\n";
  });
  if (!ref) UNSCOPED_INFO(ref.error().message);
  REQUIRE(ref);
  played.events = *ledger::verify_stream(*store.read(*ref));
  played.audit = *engine.verify("");
  return played;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every story goes as it says, verifies, and prints its diary") {
  const auto files = story_files();
  REQUIRE(files.size() >= 8);
  for (const auto& file : files) {
    INFO(file.string());
    const auto played = play_file(read(file));
    CHECK(played.audit.problems == std::vector<std::string>{});
    auto golden = file;
    golden.replace_extension(".diary.txt");
    if (std::getenv("TOCSIN_REWRITE") != nullptr) std::ofstream(golden) << played.diary;
    CHECK(played.diary == text_of(golden));
  }
}

TEST_CASE("every line of an invented story's diary says so, and a true one has a source at each step and nobody in it") {
  for (const auto& file : story_files()) {
    INFO(file.string());
    const auto story = read(file);
    const auto played = play_file(story);
    if (!story.fiction) {
      CHECK(story.people.empty());
      for (const auto& step : story.steps)
        if (step.kind != workflow::StoryStep::Kind::expect) CHECK_FALSE(step.reported.empty());
      CHECK(played.diary.find("[invented]") == std::string::npos);
      continue;
    }
    std::istringstream lines(played.diary);
    std::string entry, line;
    const auto check_entry = [&] {
      const bool marked = entry.empty() || entry.ends_with("[invented]");
      CHECK(marked);
    };
    while (std::getline(lines, line)) {
      if (line[0] != ' ') {
        check_entry();
        entry = line;
      } else {
        entry += line;
      }
    }
    check_entry();
  }
}

TEST_CASE("every row of both tables is taken by some story") {
  std::set<std::tuple<obligation::State, obligation::Event, obligation::State>> obligation_steps;
  std::set<std::pair<case_file::Stage, case_file::Stage>> stage_steps;
  std::set<std::string> types;
  const std::map<std::string, obligation::Event> events = {
      {"obligation_raised", obligation::Event::raised},    {"anchor_moved", obligation::Event::anchor_moved},
      {"obligation_missed", obligation::Event::missed},    {"notice_recorded", obligation::Event::met},
      {"filing_stands", obligation::Event::met},           {"obligation_ruled_out", obligation::Event::ruled_out},
      {"duty_reopened", obligation::Event::duty_reopened}, {"notice_withdrawn", obligation::Event::filing_withdrawn}};
  for (const auto& file : story_files()) {
    case_file::CaseFile before;
    for (const auto& event : play_file(read(file)).events) {
      auto after = before;
      REQUIRE(after.apply(event));
      const auto kind = events.find(event.type);
      const auto& name = event.body["obligation"].text();
      const auto state_in = [&](const case_file::CaseFile& in) {
        const auto held =
            std::find_if(in.obligations.begin(), in.obligations.end(), [&](const auto& o) { return o.name == name; });
        return held == in.obligations.end() ? obligation::State::unraised : held->state;
      };
      if (kind != events.end() && event.body["verdict"].text() != "further")
        obligation_steps.insert({state_in(before), kind->second, state_in(after)});
      stage_steps.insert({before.stage, after.stage});
      types.insert((before.stage == case_file::Stage::closed ? "closed " : "") + event.type);
      before = std::move(after);
    }
  }
  for (const auto& row : obligation::rows()) {
    INFO(word(row.from) << " " << word(row.event) << " " << word(row.to));
    CHECK(obligation_steps.contains({row.from, row.event, row.to}));
  }
  using case_file::Stage;
  CHECK(stage_steps.contains({Stage::unopened, Stage::open}));
  CHECK(stage_steps.contains({Stage::open, Stage::closed}));
  CHECK(stage_steps.contains({Stage::closed, Stage::open}));
  CHECK(types.contains("fact_set"));         // open, recorded
  CHECK(types.contains("moved"));            // open, worked
  CHECK(types.contains("closed fact_set"));  // closed, recorded
}
