// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/law_reader.h"

#include <algorithm>

#include "adapters/yaml_library/rule_reader.h"

namespace tocsin::yaml_library {

using workflow::Clock;
using workflow::ClockVersion;
using workflow::Content;
using workflow::Exemption;

namespace {

/// "uk.gdpr.33_1": words with dots between them.
bool is_clock_id(std::string_view id) {
  if (id.empty() || id.size() > 64 || id.front() < 'a' || id.front() > 'z' || id.back() == '.') return false;
  return id.find("..") == std::string_view::npos && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
         });
}

Clock::Kind clock_kind(std::string_view word) {
  if (word == "contractual") return Clock::Kind::contractual;
  return word == "voluntary" ? Clock::Kind::voluntary : Clock::Kind::mandatory;
}

void read_also(const Fields& fields, ClockVersion& version) {
  const auto* list = fields.find("also");
  if (list == nullptr) return;
  if (list->kind != Node::Kind::list) {
    fields.wrong(*list, "'also' in " + fields.owner() + " must be a list, not " + std::string(name_of(list->kind)));
    return;
  }
  for (const auto& item : list->items) {
    const Fields other(fields.page(), item, "another reading of " + fields.owner(),
                       {"counting", "period_hours", "period_days", "period_months", "note"});
    if (is_counting_known(fields)) version.also.push_back(read_reading(other, version.rule));
  }
}

void read_relief(const Fields& fields, ClockVersion& version) {
  const auto* node = fields.find("relief");
  if (node == nullptr) return;
  const Fields relief(fields.page(), *node, "the relief of " + fields.owner(), {"counting", "not_for", "basis"});
  if (relief.one_of("counting", {"noon_next_working_day"}) != "noon_next_working_day") return;
  version.relief = workflow::Relief{relief.texts("not_for"), relief.required_text("basis")};
}

ClockVersion read_version(const Fields& fields) {
  ClockVersion version;
  version.from = fields.instant("from");
  version.until = fields.instant("until");
  version.rule = read_rule(fields);
  version.basis = fields.text("basis");  // that it is there is check_clocks()'s to say
  version.calendar = fields.text("calendar");
  version.from_submission_of = fields.text("from_submission_of");
  read_relief(fields, version);
  read_also(fields, version);
  version.note = fields.text("note");
  return version;
}

/// Puts in, where a date could not be read, one that fits: check_clocks() is not to say the same mistake again.
void mend_dates(ClockVersion& before, bool until_is_wrong, ClockVersion& version, bool from_is_wrong) {
  if (from_is_wrong) version.from = before.until;
  if (!until_is_wrong) return;
  if (!version.from) version.from = before.from.value_or(Instant{}) + hours(1);
  before.until = version.from;
}

std::vector<ClockVersion> read_versions(const Fields& fields) {
  std::vector<ClockVersion> versions;
  const auto* list = fields.require("versions");
  if (list == nullptr) return versions;
  if (list->kind != Node::Kind::list) {
    fields.wrong(*list, "'versions' in " + fields.owner() + " must be a list, not " + std::string(name_of(list->kind)));
    return versions;
  }
  bool until_was_wrong = false;
  for (const auto& item : list->items) {
    const Fields version(fields.page(), item, "a version of " + fields.owner(),
                         {"from", "until", "counting", "period_hours", "period_days", "period_months", "limits", "basis",
                          "calendar", "from_submission_of", "relief", "also", "note"});
    versions.push_back(read_version(version));
    auto& read = versions.back();
    const bool from_is_wrong = version.has("from") && !read.from;
    if (versions.size() > 1) mend_dates(versions[versions.size() - 2], until_was_wrong, read, from_is_wrong);
    until_was_wrong = version.has("until") && !read.until;
  }
  return versions;
}

std::vector<Content> read_contents(const Fields& fields) {
  std::vector<Content> contents;
  for (const auto& [name, value] : fields.named("contents", false)) {
    const Fields members(fields.page(), *value, "content " + in_quotes(name->text),
                         {"title", "facts", "may_follow", "where_possible", "point", "note"}, name);
    Content content;
    content.field = name->text;
    content.title = members.required_text("title");
    content.facts = members.texts("facts");
    content.may_follow = !members.has("may_follow") || members.flag("may_follow");
    content.where_possible = members.flag("where_possible");
    content.point = members.text("point");
    content.note = members.text("note");
    contents.push_back(std::move(content));
  }
  return contents;
}

std::vector<std::pair<std::string, std::string>> read_grounds(const Fields& fields) {
  std::vector<std::pair<std::string, std::string>> grounds;
  for (const auto& [name, value] : fields.named("grounds", false)) {
    if (value->kind != Node::Kind::scalar || value->text.empty())
      fields.wrong(*name, "ground " + in_quotes(name->text) + " has no words", "write those of the law after the colon");
    grounds.emplace_back(name->text, value->text);
  }
  return grounds;
}

std::vector<Exemption> read_exemptions(const Fields& fields) {
  std::vector<Exemption> exemptions;
  for (const auto& [name, value] : fields.named("exemptions", false)) {
    const Fields members(fields.page(), *value, "exemption " + in_quotes(name->text),
                         {"title", "basis", "demands", "raises", "restricts", "grounds", "note", "from", "until"}, name);
    exemptions.push_back({name->text, members.required_text("title"), members.required_text("basis"),
                          members.text("demands"), members.text("raises"), members.flag("restricts"), read_grounds(members),
                          members.text("note"), members.instant("from"), members.instant("until")});
    const auto& read = exemptions.back();
    if (read.from && read.until && *read.until <= *read.from)
      members.wrong(*members.find("until"), "the exemption ends before it begins", "put the earlier time into 'from'");
  }
  return exemptions;
}

Clock read_clock(const Fields& fields, const Node& id) {
  Clock clock;
  clock.id = id.text;
  clock.place = fields.place_of(id);
  clock.kind = clock_kind(fields.one_of("kind", {"mandatory", "contractual", "voluntary"}));
  clock.title = fields.required_text("title");
  clock.owed_by = fields.required_text("owed_by");
  clock.to = fields.required_text("to");
  clock.trigger = fields.required_text("trigger");
  clock.proposed = fields.text("proposed");
  clock.late = fields.text("late");
  clock.versions = read_versions(fields);
  clock.contents = read_contents(fields);
  clock.exemptions = read_exemptions(fields);
  clock.source = fields.text("source");  // that it is there is check_clocks()'s to say
  clock.confidence = fields.one_of("confidence", {"A", "B", "C", "M"});
  clock.note = fields.text("note");
  return clock;
}

}  // namespace

std::vector<Clock> read_law(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the law file", {"law", "title", "about", "regime", "calendar", "contacts", "clocks"});
  const auto said = fields.required_text("law");
  if (!said.empty() && said != name) {
    fields.wrong(*fields.find("law"), "the file calls itself " + in_quotes(said) + " but is known as " + in_quotes(name),
                 "make the two the same");
  }
  const auto title = fields.required_text("title");
  (void)fields.text("about");
  const auto regime = fields.has("regime") ? fields.text("regime") : title;
  const auto calendar = fields.text("calendar");
  std::vector<Clock> clocks;
  const auto* list = fields.require("clocks");
  if (list == nullptr) return clocks;
  const Fields ids(page, *list, "'clocks'", [&] {
    std::vector<std::string> any;  // every key is an id, judged below
    for (const auto& [id, value] : list->members) any.push_back(id.text);
    return any;
  }());
  for (const auto& [id, value] : list->members) {
    if (!is_clock_id(id.text)) {
      ids.wrong(id, in_quotes(id.text) + " cannot be the id of a clock", "write it like uk.gdpr.33_1");
      continue;
    }
    const Fields clock(page, value, "clock " + in_quotes(id.text),
                       {"kind", "proposed", "title", "owed_by", "to", "trigger", "late", "versions", "contents",
                        "exemptions", "source", "confidence", "note"},
                       &id);
    clocks.push_back(read_clock(clock, id));
    clocks.back().law = name;
    clocks.back().regime = regime;
    for (auto& version : clocks.back().versions)
      if (version.calendar.empty()) version.calendar = calendar;
  }
  return clocks;
}

}  // namespace tocsin::yaml_library
