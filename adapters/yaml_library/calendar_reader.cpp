// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/calendar_reader.h"

#include <algorithm>
#include <cctype>

namespace tocsin::yaml_library {

using calendar::WorkDays;
using calendar::Zone;

namespace {

const std::vector<std::string> week = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

void check_name(const Fields& fields, std::string_view key, std::string_view name) {
  const auto said = fields.required_text(key);
  if (said.empty() || said == name) return;
  fields.wrong(*fields.find(key), "the file calls itself " + in_quotes(said) + " but is known as " + in_quotes(name),
               "make the two the same");
}

/// "2019..2028": the years whose holidays are all here.
void read_years(const Fields& fields, WorkDays& into) {
  const auto text = fields.text("years");
  const bool fits = text.size() == 10 && text.substr(4, 2) == ".." && calendar::parse_date(text.substr(0, 4) + "-01-01") &&
                    calendar::parse_date(text.substr(6) + "-01-01");
  if (!fits) {
    if (fields.has("years"))
      fields.wrong(*fields.find("years"), in_quotes(text) + " is no range of years", "write it like 2019..2028");
    return;
  }
  into.first_year = std::stoi(text.substr(0, 4));
  into.last_year = std::stoi(text.substr(6));
  if (into.last_year < into.first_year)
    fields.wrong(*fields.find("years"), "the years end before they begin", "write it like 2019..2028");
}

void read_weekend(const Fields& fields, WorkDays& into) {
  if (!fields.has("weekend")) return;
  into.weekend.fill(false);
  for (const auto* day : fields.words("weekend")) {
    const auto found = std::find(week.begin(), week.end(), day->text);
    if (found == week.end())
      fields.wrong(*day, in_quotes(day->text) + " is no day of the week", nearest_hint(day->text, week));
    else into.weekend[static_cast<std::size_t>(found - week.begin())] = true;
  }
}

void add_holiday(const Fields& fields, const Node& date, std::string title, WorkDays& into) {
  const auto read = calendar::parse_date(date.text);
  const auto& before = into.holidays;
  if (!read) {
    fields.wrong(date, in_quotes(date.text) + " is no date", "write it like 2026-12-25");
  } else if (!before.empty() && *read < before.back().first) {
    fields.wrong(date, in_quotes(date.text) + " stands after " + in_quotes(calendar::format_date(before.back().first)),
                 "put the dates in order");
  } else if (into.last_year >= into.first_year && !into.covers(*read)) {
    fields.wrong(date, in_quotes(date.text) + " lies outside the years that the calendar covers",
                 "widen years, or leave it out");
  } else {
    into.holidays.emplace_back(*read, std::move(title));
  }
}

/// Dates with their titles, or, in files of the first format, dates alone.
void read_holidays(const Fields& fields, WorkDays& into) {
  const auto* node = fields.require("holidays");
  if (node == nullptr) return;
  if (node->kind != Node::Kind::map) {
    for (const auto* date : fields.words("holidays")) add_holiday(fields, *date, "public holiday", into);
    return;
  }
  for (const auto& [date, title] : node->members) {
    if (title.kind != Node::Kind::scalar || title.text.empty())
      fields.wrong(date, in_quotes(date.text) + " has no title", "write the name of the day after the colon");
    add_holiday(fields, date, title.text, into);
  }
}

/// Files of the first format say no years: those in which they have holidays are covered.
void guess_years(WorkDays& into) {
  if (into.last_year >= into.first_year || into.holidays.empty()) return;
  const auto year = [](calendar::Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); };
  into.first_year = year(into.holidays.front().first);
  into.last_year = year(into.holidays.back().first);
}

int read_offset(const Fields& fields) {
  fields.require("offset_minutes", "add offset_minutes: with the minutes east of Greenwich");
  const auto minutes = fields.integer("offset_minutes").value_or(0);
  if (minutes < -24 * 60 || minutes > 24 * 60) {
    fields.wrong(*fields.find("offset_minutes"), "'offset_minutes' is out of range: " + std::to_string(minutes),
                 "it lies between -1440 and 1440");
    return 0;
  }
  return static_cast<int>(minutes);
}

void read_changes(const Fields& fields, Zone& into) {
  const auto* list = fields.find("changes");
  if (list == nullptr) return;
  if (list->kind != Node::Kind::list) {
    fields.wrong(*list, "'changes' must be a list, not " + std::string(name_of(list->kind)), "write one change a line");
    return;
  }
  for (const auto& item : list->items) {
    const Fields change(fields.page(), item, "a change of the zone", {"at", "offset_minutes", "abbreviation"});
    change.require("at");
    const auto at = change.instant("at");
    const auto offset = read_offset(change);
    const auto abbreviation = change.required_text("abbreviation");
    if (!at) continue;
    if (!into.changes.empty() && *at <= into.changes.back().at)
      change.wrong(item, "the changes of the zone are not in order", "put the earlier one first");
    else into.changes.push_back({*at, offset, abbreviation});
  }
}

}  // namespace

WorkDays read_calendar(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the calendar",
                      {"calendar", "title", "about", "zone", "years", "weekend", "source", "confidence", "holidays"});
  WorkDays into;
  check_name(fields, "calendar", name);
  into.name = name;
  into.title = fields.required_text("title");
  into.about = fields.text("about");
  into.source = fields.required_text("source");
  into.confidence = fields.has("confidence") ? fields.one_of("confidence", {"A", "B", "C", "M"}) : "";
  const auto* holidays = fields.find("holidays");
  if (holidays != nullptr && holidays->kind == Node::Kind::map) {  // files of the first format, plain lists, had neither
    fields.require("zone", "add zone: Europe/London, or the name of another time zone");
    fields.require("years", "add years: 2019..2028, those whose holidays are all here");
  }
  if (fields.has("zone")) into.zone.name = fields.text("zone");
  read_years(fields, into);
  read_weekend(fields, into);
  read_holidays(fields, into);
  guess_years(into);
  return into;
}

Zone read_zone(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the zone",
                      {"zone", "source", "from", "until", "offset_minutes", "abbreviation", "changes"});
  Zone into;
  check_name(fields, "zone", name);
  into.name = name;
  into.source = fields.required_text("source");
  fields.require("from");
  fields.require("until");
  into.from = fields.instant("from").value_or(into.from);
  into.until = fields.instant("until").value_or(into.until);
  into.offset_minutes = read_offset(fields);
  into.abbreviation = fields.required_text("abbreviation");
  read_changes(fields, into);
  return into;
}

std::string path_of_zone(std::string_view zone) {
  std::string path = "zones/";
  for (const char c : zone)
    path += c == '/' || c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return path + ".yaml";
}

}  // namespace tocsin::yaml_library
