// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>
#include <sstream>

#include "cli/exports/law_page.h"
#include "cli/screen/screen.h"
#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/calendar/counting.h"
#include "engine/guard/guard.h"

namespace tocsin::cli {
namespace {

using workflow::Clock;
using workflow::ClockVersion;

constexpr const char* kZone = "Europe/London";  // where neither clock nor call names a calendar

Json at(const std::optional<Instant>& time) { return time ? Json(format_instant(*time)) : Json(); }

Result<Clock> find_clock(const ports::Library& library, const std::string& id) {
  auto clocks = library.clocks();
  if (!clocks) return std::move(clocks).error();
  std::vector<std::string> known;
  for (auto& one : *clocks) {
    if (one.id == id) return std::move(one);
    known.push_back(one.id);
  }
  const auto nearest = guard::nearest(id, known);
  return Error{Errc::not_found,
               "there is no clock " + in_quotes(id) + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"),
               "",
               {},
               "clock list"};
}

/// --start NAME=TIME: what a limit runs from besides the anchor.
Result<calendar::Starts> starts_of(const Call& call, Instant event) {
  auto pairs = pairs_of(call, "--start");
  if (!pairs) return std::move(pairs).error();
  calendar::Starts starts{event, {}, {}};
  for (const auto& [name, text] : *pairs) {
    auto time = parse_instant(text);
    if (!time) return usage_error("--start " + in_quotes(name) + ": " + time.error().message);
    starts.named.emplace_back(name, *time);
  }
  auto directed = time_of(call, "--directed");
  if (!directed) return std::move(directed).error();
  starts.directed = *directed;
  return starts;
}

/// The calendar of the call, else the clock's own; none where nothing names one.
Result<std::optional<calendar::WorkDays>> calendar_of(const Call& call, const ports::Library& library,
                                                      const ClockVersion& version) {
  const auto name = call.has("--calendar") ? call.one("--calendar") : version.calendar;
  if (name.empty()) return std::optional<calendar::WorkDays>{};
  auto found = library.calendar(name);
  if (!found) return std::move(found).error();
  return std::optional(std::move(*found));
}

Json version_json(const ClockVersion& version) {
  return Json::object({{"from", at(version.from)},
                       {"until", at(version.until)},
                       {"counting", word(version.rule.counting)},
                       {"period", in_words(version.rule)},
                       {"basis", version.basis},
                       {"note", version.note}});
}

Json exemptions_json(const Clock& clock) {
  Json list = Json::array();
  for (const auto& one : clock.exemptions)
    list.push(Json::object({{"name", one.name},
                            {"title", one.title},
                            {"basis", one.basis},
                            {"demands", one.demands},
                            {"raises", one.raises},
                            {"restricts", one.restricts},
                            {"from", at(one.from)},
                            {"until", at(one.until)}}));
  return list;
}

Json contents_json(const Clock& clock) {
  Json list = Json::array();
  for (const auto& one : clock.contents)
    list.push(Json::object({{"field", one.field},
                            {"title", one.title},
                            {"may_follow", one.may_follow},
                            {"where_possible", one.where_possible}}));
  return list;
}

void print_law(const Clock& clock, std::ostream& out) {
  for (const auto& content : clock.contents)
    out << "  must say: " << content.title << (content.where_possible ? " (where possible)" : "")
        << (content.may_follow ? "" : " (may not follow later)") << (content.note.empty() ? "" : " (" + content.note + ")")
        << "\n";
  if (!clock.late.empty()) out << "  if late: " << clock.late << "\n";
  for (const auto& one : clock.exemptions)
    out << "  not owed [" << one.name << "]: " << one.title << " (" << one.basis
        << (one.from ? ", since " + format_instant(*one.from) : "")
        << (one.until ? ", until " + format_instant(*one.until) : "") << ")"
        << (one.demands.empty() ? "" : "; then: " + one.demands) << (one.raises.empty() ? "" : " -> " + one.raises) << "\n";
  out << "  source: " << clock.source << " (confidence " << clock.confidence << ")\n";
  if (!clock.note.empty()) out << "  note: " << clock.note << "\n";
}

void print_head(const Clock& clock, std::ostream& out) {
  out << clock.id << ": " << clock.title << "\n";
  if (!clock.proposed.empty()) out << "  PROPOSED, not in force: " << clock.proposed << "\n";
  out << "  " << word(clock.kind) << ", " << clock.owed_by << " to " << clock.to << "\n  when: " << clock.trigger << "\n";
}

int explain_law(const Call& call, const Clock& clock) {
  Json versions = Json::array();
  for (const auto& version : clock.versions) versions.push(version_json(version));
  if (call.json()) {
    call.print(Json::object({{"clock", clock.id},
                             {"title", clock.title},
                             {"kind", word(clock.kind)},
                             {"proposed", clock.proposed.empty() ? Json() : Json(clock.proposed)},
                             {"owed_by", clock.owed_by},
                             {"to", clock.to},
                             {"trigger", clock.trigger},
                             {"late", clock.late},
                             {"versions", versions},
                             {"contents", contents_json(clock)},
                             {"exemptions", exemptions_json(clock)},
                             {"confidence", clock.confidence},
                             {"source", clock.source},
                             {"note", clock.note}}));
    return 0;
  }
  std::ostringstream out;
  print_head(clock, out);
  for (const auto& version : clock.versions) {
    out << "  " << (version.from ? "from " + format_instant(*version.from) : "as far as known")
        << (version.until ? " until " + format_instant(*version.until) : "") << ": " << in_words(version.rule) << ", "
        << version.basis << "\n";
    if (!version.note.empty()) out << "    " << version.note << "\n";
  }
  print_law(clock, out);
  Screen(call).lines(out.str());
  return 0;
}

}  // namespace

Result<int> clock_list(Call& call) {
  if (auto ok = check_no_json_beside(call, "--markdown"); !ok) return std::move(ok).error();
  auto clocks = open_library(call)->clocks();
  if (!clocks) return std::move(clocks).error();
  if (call.has("--markdown")) {
    call.world.out << law_page(*clocks);
    return 0;
  }
  const Screen screen(call);
  Json list = Json::array();
  std::string regime;
  for (const auto& clock : *clocks) {
    const auto* newest = clock.versions.empty() ? nullptr : &clock.versions.back();
    const auto period = newest == nullptr ? "" : in_words(newest->rule);
    const auto basis = newest == nullptr ? "" : newest->basis;
    list.push(Json::object({{"clock", clock.id},
                            {"title", clock.title},
                            {"regime", clock.regime},
                            {"kind", word(clock.kind)},
                            {"proposed", !clock.proposed.empty()},
                            {"period", period},
                            {"basis", basis},
                            {"confidence", clock.confidence}}));
    if (call.json()) continue;
    if (clock.regime != regime) {
      if (!regime.empty()) screen.line();
      screen.line(visible(regime = clock.regime), Tone::strong);
    }
    screen.say(visible(clock.id + (clock.proposed.empty() ? "" : " PROPOSED") + "  " + clock.title), 2, Tone::plain, 4);
    screen.say(
        visible(std::string(word(clock.kind)) + ", " + period + ", " + basis + " (confidence " + clock.confidence + ")"), 6,
        Tone::plain, 2);
  }
  if (call.json()) call.print(Json::object({{"clocks", list}}));
  return 0;
}

Result<int> clock_explain(Call& call) {
  auto from = time_of(call, "--from");
  if (!from) return std::move(from).error();
  const auto library = open_library(call);
  auto clock = find_clock(*library, call.one("CLOCK"));
  if (!clock) return std::move(clock).error();
  if (!*from) return explain_law(call, *clock);
  const auto* version = clock->in_force(**from);
  if (version == nullptr)
    return usage_error("no version of " + clock->id + " was in force at " + format_instant(**from),
                       "clock explain " + clock->id);
  auto starts = starts_of(call, **from);
  if (!starts) return std::move(starts).error();
  auto days = calendar_of(call, *library, *version);
  if (!days) return std::move(days).error();
  const auto* work_days = *days ? &**days : nullptr;
  auto counted = calendar::count(version->rule, *starts, work_days);
  // A year that no calendar covers is an error, never a guess. A start that is not known yet is no error: it is said.
  if (!counted.open.empty() && counted.open.find("not known yet") == std::string::npos)
    return usage_error("cannot count " + clock->id + ": " + counted.open,
                       work_days == nullptr ? "clock explain " + clock->id + " --from TIME --calendar NAME"
                                            : "calendar show " + work_days->name);
  Json also = Json::array();
  for (const auto& reading : version->also)
    also.push(Json::object({{"reading", reading.name()},
                            {"due", at(calendar::deadline(reading.rule, *starts, work_days).at)},
                            {"note", reading.note}}));
  if (version->relief) {
    auto rule = version->rule;
    rule.noon_relief = true;
    also.push(Json::object(
        {{"reading", "noon_next_working_day"},
         {"due", at(calendar::deadline(rule, *starts, work_days).at)},
         {"note",
          version->relief->basis +
              (version->relief->not_for.empty() ? "" : "; not for " + shown(Json::array(version->relief->not_for)))}}));
  }
  if (call.json()) {
    call.print(Json::object({{"clock", clock->id},
                             {"from", format_instant(**from)},
                             {"due", at(counted.due)},
                             {"certain", counted.open.empty()},
                             {"counting", word(version->rule.counting)},
                             {"basis", version->basis},
                             {"version", Json::object({{"from", at(version->from)}, {"until", at(version->until)}})},
                             {"proposed", clock->proposed.empty() ? Json() : Json(clock->proposed)},
                             {"confidence", clock->confidence},
                             {"source", clock->source},
                             {"note", clock->note},
                             {"version_note", version->note},
                             {"steps", Json::array(counted.steps)},
                             {"also", also}}));
    return 0;
  }
  std::ostringstream out;
  const auto zone = work_days == nullptr ? std::string(kZone) : work_days->zone.name;
  print_head(*clock, out);
  out << "  basis: " << version->basis << "\n  anchor: " << format_instant(**from) << " (" << local_time(**from, zone)
      << ")\n  version in force from " << (version->from ? format_instant(*version->from) : "the beginning, as far as known")
      << (version->until ? " until " + format_instant(*version->until) : "") << "\n";
  for (const auto& step : counted.steps) out << "  " << step << "\n";
  if (counted.due)
    out << "  local: " << deadline_time(*counted.due, zone) << (counted.open.empty() ? "" : " PROVISIONAL") << "\n";
  for (const auto& other : also.items())
    out << "  also: " << other["due"].text() << " by " << other["reading"].text() << "  " << other["note"].text() << "\n";
  if (!version->note.empty()) out << "  version: " << version->note << "\n";
  print_law(*clock, out);
  Screen(call).lines(out.str());
  return 0;
}

Result<int> calendar_list(Call& call) {
  const auto library = open_library(call);
  auto names = library->calendars();
  if (!names) return std::move(names).error();
  if (call.json()) {
    Json years = Json::object();
    for (const auto& name : *names)
      if (const auto days = library->calendar(name))
        years.set(name, Json::object({{"from_year", days->first_year}, {"to_year", days->last_year}}));
    call.print(Json::object({{"calendars", Json::array(*names)}, {"years", years}}));
    return 0;
  }
  for (const auto& name : *names) {
    const auto days = library->calendar(name);
    call.world.out << name << "  "
                   << (days ? std::to_string(days->first_year) + " to " + std::to_string(days->last_year)
                            : "has mistakes: tocsin calendar show " + name)
                   << "\n";
  }
  return 0;
}

Result<int> calendar_show(Call& call) {
  auto found = open_library(call)->calendar(call.one("CALENDAR"));
  if (!found) return std::move(found).error();
  const auto& days = *found;
  const auto year = call.one("--year");
  Json holidays = Json::array();
  for (const auto& [date, title] : days.holidays)
    if (year.empty() || calendar::format_date(date).starts_with(year + "-"))
      holidays.push(Json::object({{"date", calendar::format_date(date)}, {"title", title}}));
  const bool is_covered = year.empty() || (year.size() == 4 && calendar::parse_date(year + "-01-01") &&
                                           days.covers(*calendar::parse_date(year + "-01-01")));
  if (!is_covered)
    return usage_error("calendar " + days.name + " does not cover " + in_quotes(year) + ": it covers " +
                           std::to_string(days.first_year) + " to " + std::to_string(days.last_year),
                       "calendar show " + days.name);
  if (call.json()) {
    call.print(Json::object({{"calendar", days.name},
                             {"title", days.title},
                             {"zone", days.zone.name},
                             {"from_year", days.first_year},
                             {"to_year", days.last_year},
                             {"source", days.source},
                             {"confidence", days.confidence},
                             {"holidays", holidays}}));
    return 0;
  }
  auto& out = call.world.out;
  out << days.name << ": " << days.title << "\n  zone " << days.zone.name << ", covers " << days.first_year << " to "
      << days.last_year << "\n";
  for (const auto& one : holidays.items())
    out << "  " << calendar::named_day(*calendar::parse_date(one["date"].text())) << "  " << one["title"].text() << "\n";
  out << "  source: " << days.source << (days.confidence.empty() ? "" : " (confidence " + days.confidence + ")") << "\n";
  return 0;
}

}  // namespace tocsin::cli
