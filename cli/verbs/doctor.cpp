// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "cli/line/settings.h"
#include "cli/screen/screen.h"
#include "cli/screen/text_width.h"
#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

using Level = ports::Diagnosis::Level;
using Findings = std::vector<ports::Diagnosis>;

std::string counted(std::int64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

struct Value {
  std::string name, value, from;
};

/// Every setting with what holds and where that comes from.
std::vector<Value> values_in_use(const Call& call, Findings& findings) {
  auto page = read_settings(call.world);
  if (!page) findings.push_back({Level::problem, "configuration", page.error().message, "mend the file, or move it away"});
  else if (!page->text.empty())
    findings.push_back({Level::ok, "configuration", "your settings are read from " + page->path, ""});
  const SettingsPage known = page ? std::move(*page) : SettingsPage{};
  std::vector<Value> values;
  for (const auto& setting : all_settings()) {
    auto [value, from] = origin_of(call, known, setting);
    const auto& name = setting.name;
    const bool is_place = name == "db" || name == "key" || name == "workflows";
    if (value.empty()) value = is_place ? place_of(call, name) : name == "as" ? call.world.account : setting.otherwise;
    values.push_back({name, value, from.empty() ? "default" : from});
  }
  return values;
}

/// A store that was named must be there; in the usual place there may be none yet.
void look_for_store(const Call& call, const Error& error, Findings& findings) {
  if (error.code != Errc::not_found) {
    findings.push_back({Level::problem, "store", error.message,
                        error.code == Errc::corrupt ? "keep the file as it is, and restore a backup under another name"
                                                    : "see the other findings, then run it again: tocsin doctor",
                        error.code == Errc::corrupt});
    return;
  }
  const bool was_named = !call.setting("db").empty();
  findings.push_back(
      {was_named ? Level::problem : Level::warning, "store", error.message,
       was_named ? "name the right file with --db or TOCSIN_DB, or mount its disk" : "tocsin people add NAME --role ROLE"});
}

void look_at_clock(const Call& call, const ports::EventStore& store, Findings& findings) {
  const auto last = store.last_recorded();
  if (!last || !*last || store.purpose() != "live") return;
  const auto now = call.world.clock();
  const auto said = "this machine says " + format_instant(now) + ", the last entry " + format_instant(**last);
  if (now + minutes(10) < **last)
    findings.push_back({Level::problem, "clock", said + ": the clock was set back, and nothing can be recorded",
                        "set the machine's clock right: timedatectl set-ntp true"});
  else if (now > **last + hours(24 * 30))
    findings.push_back({Level::warning, "clock", said + ": that is more than thirty days",
                        "check the machine's clock, because what is recorded cannot be changed: timedatectl"});
  else findings.push_back({Level::ok, "clock", said, ""});
}

/// Each case is read and judged again, and the lists compared with what the events say. What was found before is not said twice.
void look_at_cases(Engine& engine, Findings& findings) {
  std::set<std::string> said;
  for (const auto& finding : findings) said.insert(finding.message);
  auto report = engine.verify("");
  if (!report) {
    findings.push_back(
        {Level::problem, "cases", report.error().message, "tocsin audit verify", report.error().code == Errc::corrupt});
    return;
  }
  for (const auto& problem : report->problems)
    if (!said.contains(problem))
      findings.push_back({Level::problem, "cases", problem,
                          "keep the file as it is, and compare it with a backup: tocsin audit verify", true});
  for (const auto& warning : report->warnings)
    if (!said.contains(warning)) findings.push_back({Level::warning, "cases", warning, "tocsin audit verify"});
  if (report->problems.empty())
    findings.push_back({Level::ok, "cases",
                        "every step of " + counted(report->cases, "case") + " was judged again, and the lists fit", ""});
}

void look_at_workflows(const Call& call, Findings& findings) {
  const auto folder = place_of(call, "workflows");
  const auto library = open_library(call);
  constexpr const char* kOtherFolder = "name another folder with --workflows or TOCSIN_WORKFLOWS";
  const auto problem = [&](const std::string& message, const std::string& fix) {
    findings.push_back({Level::problem, "workflows", message, fix});
  };
  auto names = library->names();
  if (!names || names->empty())
    return problem("no workflow can be read in " + folder + ": no case can be opened", kOtherFolder);
  const auto before = findings.size();
  std::set<std::string> zones;
  for (const auto& name : *names) {
    const auto reading = library->find(name);
    if (!reading || reading->definition == nullptr)
      problem("the workflow " + name + " in " + folder + " has mistakes", "tocsin workflow check " + name);
    else zones.insert(reading->definition->zone);
  }
  const auto calendars = library->calendars();
  for (const auto& name : calendars ? *calendars : std::vector<std::string>{})
    if (const auto days = library->calendar(name); !days) problem(days.error().message, kOtherFolder);
  if (findings.size() == before)
    findings.push_back({Level::ok, "workflows",
                        counted(static_cast<std::int64_t>(names->size()), "workflow") + " and " +
                            counted(calendars ? static_cast<std::int64_t>(calendars->size()) : 0, "calendar") +
                            " read from " + folder,
                        ""});
  std::string unknown;
  for (const auto& zone : zones)
    if (!knows_zone(zone)) unknown += (unknown.empty() ? "" : ", ") + zone;
  if (unknown.empty()) findings.push_back({Level::ok, "zones", "this machine knows the time zones of the workflows", ""});
  else
    findings.push_back({Level::warning, "zones",
                        "this machine has no time zone data for " + unknown + ": times are shown in UTC",
                        "install tzdata: apt-get install tzdata"});
}

/// 7 where stored bytes are not what was written, 10 for another problem.
int code_of(const Findings& findings) {
  int code = 0;
  for (const auto& finding : findings)
    if (finding.level == Level::problem && code != 7)
      code = exit_code(finding.is_damage ? Errc::corrupt : Errc::unavailable);
  return code;
}

std::int64_t count(const Findings& findings, Level level) {
  return std::count_if(findings.begin(), findings.end(), [&](const auto& finding) { return finding.level == level; });
}

Json findings_json(const Findings& findings) {
  Json list = Json::array();
  for (const auto& finding : findings)
    list.push(Json::object({{"level", word(finding.level)},
                            {"about", finding.about},
                            {"message", finding.message},
                            {"fix", finding.fix.empty() ? Json() : Json(finding.fix)}}));
  return list;
}

Json settings_json(const std::vector<Value>& settings) {
  Json list = Json::array();
  for (const auto& setting : settings)
    list.push(Json::object(
        {{"name", setting.name}, {"value", setting.value.empty() ? Json() : Json(setting.value)}, {"from", setting.from}}));
  return list;
}

Tone tone_of(Level level) {
  switch (level) {
    case Level::problem: return Tone::bad;
    case Level::warning: return Tone::soon;
    case Level::ok: return Tone::good;
  }
  return Tone::plain;
}

void print(const Call& call, const std::vector<Value>& settings, const Findings& findings) {
  constexpr int kLevel = 9, kAbout = 13, kBefore = kLevel + kAbout;
  const Screen screen(call);
  // Whoever reads it through a pipe looks for a line: there each stays in one piece.
  const auto say = [&](std::string before, const std::string& text) {
    const auto lines = call.world.terminal.out
                           ? wrapped(screen.shown(visible(text)), std::max(screen.columns() - kBefore, 16))
                           : std::vector<std::string>{visible(text)};
    for (const auto& line : lines) {
      screen.out() << before << line << "\n";
      before = padded("", kBefore);
    }
  };
  for (const auto& setting : settings)
    say(padded("setting", kLevel) + padded(setting.name + " ", kAbout),
        (setting.value.empty() ? "-" : setting.value) + " (" + setting.from + ")");
  for (const auto level : {Level::problem, Level::warning, Level::ok})
    for (const auto& finding : findings) {
      if (finding.level != level) continue;
      say(screen.paint(tone_of(level), padded(std::string(word(level)), kLevel)) + padded(finding.about + " ", kAbout),
          finding.message);
      if (!finding.fix.empty()) say(padded("", kBefore), "-> " + finding.fix);
    }
  screen.line(counted(count(findings, Level::problem), "problem") + ", " +
              counted(count(findings, Level::warning), "warning") + ", " + std::to_string(count(findings, Level::ok)) +
              " ok");
}

}  // namespace

Result<int> doctor(Call& call) {
  Findings findings;
  const auto settings = values_in_use(call, findings);
  const auto files = examine_files(call);
  findings.insert(findings.end(), files.begin(), files.end());
  std::string store;
  auto shop = look_at_shop(call);
  if (!shop) {
    look_for_store(call, shop.error(), findings);
  } else {
    store = (*shop)->store().purpose();
    auto inside = (*shop)->examine();
    findings.insert(findings.end(), inside.begin(), inside.end());
    look_at_clock(call, (*shop)->store(), findings);
    if (!call.has("--quick")) look_at_cases((*shop)->engine(), findings);
  }
  look_at_workflows(call, findings);
  const int code = code_of(findings);
  if (call.json())
    call.print(Json::object({{"store", store.empty() ? Json() : Json(store)},
                             {"ok", code == 0},
                             {"problems", count(findings, Level::problem)},
                             {"warnings", count(findings, Level::warning)},
                             {"settings", settings_json(settings)},
                             {"findings", findings_json(findings)}}));
  else print(call, settings, findings);
  return code;
}

}  // namespace tocsin::cli
