// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/story_reader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <tuple>

#include "adapters/yaml_library/fields.h"
#include "adapters/yaml_library/story_step_reader.h"

namespace tocsin::yaml_library {

using workflow::Story;
using workflow::StoryPerson;
using workflow::StoryStep;
using Kind = StoryStep::Kind;

namespace {

std::vector<StoryPerson> read_people(const Fields& fields) {
  std::vector<StoryPerson> people;
  for (const auto& [name, value] : fields.named("people", true)) {
    const Fields person(fields.page(), *value, "person " + in_quotes(name->text), {"roles", "account"}, name);
    StoryPerson one;
    one.name = name->text;
    person.require("roles", "add roles: [handler], or whichever the workflow has");
    one.roles = person.texts("roles");
    one.account = person.has("account") ? person.text("account") : one.name;
    people.push_back(std::move(one));
  }
  return people;
}

/// Who acts in a step: somebody listed, and nobody where nobody is listed.
void check_person(const Fields& fields, const Node& node, const StoryStep& step, const Story& story) {
  if (step.kind == Kind::expect) return;
  if (step.as.empty()) {
    if (!story.people.empty()) fields.wrong(node, "the step does not say who acts", "add as: NAME, one of 'people'");
    return;
  }
  std::vector<std::string> names;
  for (const auto& person : story.people) names.push_back(person.name);
  if (std::find(names.begin(), names.end(), step.as) != names.end()) return;
  const auto& place = *node.member("as");
  fields.wrong(place, "there is no person " + in_quotes(step.as) + " in this story",
               names.empty() ? "nobody is listed: leave 'as' out" : nearest_hint(step.as, names));
}

/// A story of real events holds what was reported and nothing that somebody would have to invent.
void check_truth(const Fields& fields, const Node& node, const StoryStep& step) {
  const std::set<Kind> decisions = {Kind::propose, Kind::advise,   Kind::approve,
                                    Kind::decline, Kind::withdraw, Kind::end_restriction};
  if (decisions.count(step.kind) != 0) {
    fields.wrong(node, "a story that is no fiction cannot know its decisions", "leave the step out, or tell a fiction");
  } else if (step.at && step.reported.empty()) {
    fields.wrong(node, "a step of a story that is no fiction does not say where it is reported",
                 "add reported: with the citation");
  }
}

void check_time(const Fields& fields, const Node& node, const StoryStep& step) {
  if (!step.at && step.kind != Kind::expect && node.kind == Node::Kind::map && node.member("at") == nullptr) {
    fields.wrong(node, "the step does not say when", "add at: 2026-05-02T20:00+01:00");
  }
  if (step.at && step.recorded_at && *step.recorded_at < *step.at) {
    fields.wrong(*node.member("written"), "the step is written down before it happened",
                 "'written' is not earlier than 'at'");
  }
}

/// The node that says when a step was written down, as check_order() counts it.
const Node& when_of(const Node& node, const StoryStep& step) { return *node.member(step.recorded_at ? "written" : "at"); }

/// The steps stand in the order in which they were written down.
void check_order(const Fields& fields, const Node& list, const Story& story) {
  std::optional<Instant> latest;
  std::string shown;  // as the file has it: in UTC nobody would find it again
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    const auto& step = story.steps[i];
    const auto written = step.recorded_at ? step.recorded_at : step.at;
    if (!written) continue;
    if (latest && *written < *latest) {
      fields.wrong(when_of(list.items[i], step), "the step lies before the one above it, of " + shown,
                   "put the steps in order, or say with 'written:' when it was entered");
      continue;
    }
    latest = *written;
    shown = when_of(list.items[i], step).text;
  }
}

void check_opening(const Fields& fields, const Node& list, const Story& story) {
  bool is_open = false;
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    const bool opens = story.steps[i].kind == Kind::open;
    if (opens && is_open) fields.wrong(list.items[i], "a second 'open'", "a story follows one case");
    if (!opens && !is_open) {
      fields.wrong(list.items[i], "a step before the case is open", "begin with open: {ref: ..., title: ...}");
      return;
    }
    is_open = true;
  }
}

void read_steps(const Fields& fields, Story& into) {
  const auto* list = fields.require("steps");
  if (list == nullptr) return;
  if (list->kind != Node::Kind::list || list->items.empty()) {
    fields.wrong(*list, "'steps' must be a list with at least one step",
                 "begin with - at: and open: {ref: ..., title: ...}");
    return;
  }
  for (const auto& node : list->items) {
    const auto step = read_step(fields.page(), node);
    check_time(fields, node, step);
    check_person(fields, node, step, into);
    if (!into.fiction) check_truth(fields, node, step);
    into.steps.push_back(step);
  }
  check_opening(fields, *list, into);
  check_order(fields, *list, into);
}

Story read_story_tree(Page& page, const Node& root) {
  const Fields fields(page, root, "the story", {"story", "title", "about", "fiction", "workflow", "people", "steps"});
  Story story;
  story.place = fields.place();
  story.name = fields.required_text("story");
  if (!story.name.empty() && !is_name_with_hyphens(story.name)) {
    fields.wrong(*fields.find("story"), in_quotes(story.name) + " cannot be the name of a story",
                 "write it like fictional-force-2026");
  }
  story.title = fields.required_text("title");
  (void)fields.text("about");
  fields.require(
      "fiction",
      "add fiction: true, or false when every step is reported somewhere");  // never left to a default: readers must be told
  const auto* fiction = fields.find("fiction");
  story.fiction = fields.flag("fiction") || fiction == nullptr || fiction->text != "false";
  story.workflow = fields.required_text("workflow");
  story.people = read_people(fields);
  if (!story.fiction && !story.people.empty()) {
    fields.page().wrong(fields.place_of_key("people"), "a story that is no fiction lists no people",
                        "who did what inside is not reported: leave 'people' out");
  }
  read_steps(fields, story);
  return story;
}

}  // namespace

ReadStory read_story(const std::string& path, const std::string& text) {
  Page page(path, text);
  const auto root = read_tree(page);
  if (!root) return {std::nullopt, page.issues()};
  auto story = read_story_tree(page, *root);
  auto issues = page.issues();
  std::stable_sort(issues.begin(), issues.end(), [](const workflow::Issue& a, const workflow::Issue& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  if (!issues.empty()) return {std::nullopt, std::move(issues)};
  return {std::move(story), {}};
}

ReadStory read_story_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(largest_file + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    return {std::nullopt, {{{path, 0, 0}, false, "the file cannot be read", "look at its name and permissions", {}}}};
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return read_story(path, text);
}

}  // namespace tocsin::yaml_library
