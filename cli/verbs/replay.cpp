// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views/diary.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {

Result<int> replay(Call& call) {
  auto as_of = time_of(call, "--as-of");
  if (!as_of) return std::move(as_of).error();
  auto story = read_story(call.one("STORY"));
  if (!story) return std::move(story).error();
  auto shop = open_story_shop(call);
  if (!shop) return std::move(shop).error();
  auto reading = open_library(call)->find(story->workflow);
  if (!reading) return std::move(reading).error();
  if (reading->definition == nullptr)
    return usage_error("the story's workflow has mistakes", "workflow check " + story->workflow);
  auto& out = call.world.out;
  if (!call.json()) {
    out << "STORY: " << visible(story->title) << "\n"
        << (story->fiction ? "Fiction: every name and event in it is invented.\n"
                           : "Sourced: it holds what was reported, with its sources, and nothing invented.\n")
        << "\n";
  }
  Json steps = Json::array();
  auto ref = play((*shop)->engine(), *story, [&](const PlayedStep& played) {
    const auto lines = diary_lines(played, *story, *reading->definition);
    for (const auto& line : lines) {
      if (*as_of && played.now > **as_of) break;
      if (call.json()) steps.push(line);
      else out << visible(line) << "\n";
    }
  });
  if (!ref) return std::move(ref).error();
  if (call.json())
    call.print(Json::object(
        {{"store", "story"}, {"story", story->name}, {"fiction", story->fiction}, {"case", *ref}, {"diary", steps}}));
  return 0;
}

}  // namespace tocsin::cli
