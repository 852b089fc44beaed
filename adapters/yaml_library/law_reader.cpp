// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/law_reader.h"

#include <algorithm>

namespace tocsin::yaml_library {

using calendar::Counting;
using workflow::Clock;
using workflow::ClockVersion;
using workflow::Content;

namespace {

constexpr std::int64_t longest_period = 24 * 366;  // hours; more than a year is surely a slip

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

Counting read_counting(const Fields& fields) {
  const auto word = fields.one_of("counting", calendar::counting_words());
  return calendar::counting_from_word(word).value_or(Counting::none_undue_delay);
}

bool counts_hours(Counting counting) { return counting == Counting::elapsed_hours || counting == Counting::eu1182_hours; }

/// A counting that cannot be read says nothing about what else the version needs.
bool is_counting_known(const Fields& fields) {
  const auto* node = fields.find("counting");
  return node != nullptr && calendar::counting_from_word(node->text);
}

void read_period(const Fields& fields, ClockVersion& version) {
  const auto hours = fields.integer("period_hours");
  if (!counts_hours(version.counting)) {
    if (fields.has("period_hours")) {
      fields.wrong(*fields.find("period_hours"), "'" + std::string(calendar::word(version.counting)) + "' has no period",
                   "leave out period_hours: a deadline that the law does not give must not be invented");
    }
    return;
  }
  fields.require("period_hours", "add period_hours: 72, or whatever the law says");
  if (hours && (*hours < 1 || *hours > longest_period)) {
    fields.wrong(*fields.find("period_hours"), "'period_hours' is out of range: " + std::to_string(*hours),
                 "it lies between 1 and " + std::to_string(longest_period));
  }
  version.period_hours = hours.value_or(0);
}

void read_also(const Fields& fields, ClockVersion& version) {
  const auto* list = fields.find("also");
  if (list == nullptr) return;
  if (list->kind != Node::Kind::list) {
    fields.wrong(*list, "'also' in " + fields.owner() + " must be a list, not " + std::string(name_of(list->kind)));
    return;
  }
  for (const auto& item : list->items) {
    const Fields other(fields.page(), item, "another reading of " + fields.owner(), {"counting", "note"});
    const auto counting = read_counting(other);
    version.also.emplace_back(counting, other.required_text("note"));
    const bool are_known = is_counting_known(fields) && is_counting_known(other);
    if (are_known && counts_hours(counting) != counts_hours(version.counting)) {
      other.wrong(item, "this reading and the clock itself do not both count hours",
                  "another reading counts the same period differently");
    }
  }
}

ClockVersion read_version(const Fields& fields) {
  ClockVersion version;
  version.from = fields.instant("from");
  version.until = fields.instant("until");
  version.counting = read_counting(fields);
  if (is_counting_known(fields)) read_period(fields, version);
  version.basis = fields.text("basis");  // that it is there is check_clocks()'s to say
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
                         {"from", "until", "counting", "period_hours", "basis", "also", "note"});
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
    const Fields members(fields.page(), *value, "content " + in_quotes(name->text), {"title", "facts", "may_follow", "note"},
                         name);
    Content content;
    content.field = name->text;
    content.title = members.required_text("title");
    content.facts = members.texts("facts");
    content.may_follow = !members.has("may_follow") || members.flag("may_follow");
    (void)members.text("note");  // for readers of the file
    contents.push_back(std::move(content));
  }
  return contents;
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
  clock.versions = read_versions(fields);
  clock.contents = read_contents(fields);
  clock.source = fields.text("source");  // that it is there is check_clocks()'s to say
  clock.confidence = fields.one_of("confidence", {"A", "B", "C", "M"});
  clock.note = fields.text("note");
  return clock;
}

}  // namespace

std::vector<Clock> read_law(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the law file", {"law", "title", "about", "clocks"});
  const auto said = fields.required_text("law");
  if (!said.empty() && said != name) {
    fields.wrong(*fields.find("law"), "the file calls itself " + in_quotes(said) + " but is known as " + in_quotes(name),
                 "make the two the same");
  }
  fields.required_text("title");
  (void)fields.text("about");
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
                       {"kind", "title", "owed_by", "to", "trigger", "versions", "contents", "source", "confidence", "note"},
                       &id);
    clocks.push_back(read_clock(clock, id));
  }
  return clocks;
}

}  // namespace tocsin::yaml_library
