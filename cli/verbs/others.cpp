// SPDX-License-Identifier: Apache-2.0
// due, people, workflow, clock, audit, version.
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"
#include "engine/calendar/counting.h"
#include "engine/guard/guard.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kZone = "Europe/London";  // lists span workflows; a case's own screens use its workflow's zone

std::string bucket_title(const std::string& bucket) {
  if (bucket == "overdue") return "OVERDUE";
  if (bucket == "no_deadline") return "WITHOUT UNDUE DELAY (no deadline in law; by age)";
  if (bucket == "provisional") return "PROVISIONAL (a better anchor is not known yet)";
  if (bucket == "24h") return "WITHIN 24 HOURS";
  if (bucket == "72h") return "WITHIN 72 HOURS";
  return bucket == "later" ? "LATER" : "NOT STARTED";
}

}  // namespace

Result<int> due(Call& call) {
  auto as_of = time_of(call, "--as-of");
  if (!as_of) return std::move(as_of).error();
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto now = *as_of ? Result<Instant>(**as_of) : reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  auto list = (*shop)->engine().due(*now, static_cast<std::size_t>(*limit), *as_of);
  if (!list) return std::move(list).error();
  const auto purpose = (*shop)->store().purpose();
  if (call.json()) {
    call.print(json_of(*list, *now, purpose));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(purpose) << "due as of " << both_times(*now, kZone) << "\n";
  std::string bucket;
  for (const auto& item : list->items) {
    if (item.bucket != bucket) out << "\n" << bucket_title(bucket = item.bucket) << "\n";
    out << "  " << item.ref << "  " << item.name;
    if (item.due) out << "  " << both_times(*item.due, kZone);
    else out << "  " << item.age_hours << " h old";
    out << (item.basis.empty() ? "" : "  " + item.basis) << "\n      " << (item.has_title ? item.title : "(title not readable)") << "\n";
  }
  if (list->items.empty()) out << "nothing is owed\n";
  if (list->more) out << "more: --limit all\n";
  if (list->vault_closed) call.world.err << "tocsin: titles are not shown: the vault's key is missing or wrong\n";
  return 0;
}

Result<int> people_add(Call& call) {
  auto request = request_of(call);
  if (!request) return std::move(request).error();
  auto shop = open_shop(call, Missing::is_made);
  if (!shop) return std::move(shop).error();
  auto outcome = (*shop)->engine().add_person({call.one("NAME"), list_of(call.one("--role"))}, *request);
  if (!outcome) return std::move(outcome).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()}, {"person", call.one("NAME")}, {"roles", Json::array(list_of(call.one("--role")))},
                             {"version", outcome->version}, {"repeated", outcome->repeated}, {"dry_run", outcome->dry_run}}));
    return 0;
  }
  call.world.out << "people of this store (names are claimed, not proven)\n"
                 << (outcome->dry_run ? "would record: " : "recorded: ") << call.one("NAME") << " as " << call.one("--role") << "\n"
                 << people->listed.size() << " listed, " << (people->admin.empty() ? request->by : people->admin)
                 << " may list others -> tocsin people list\n";
  return 0;
}

Result<int> people_list(Call& call) {
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  Json list = Json::array();
  for (const auto& person : people->listed) {
    list.push(Json::object({{"name", person.name}, {"roles", Json::array(person.roles)}, {"since", format_instant(person.since)}}));
    if (!call.json()) call.world.out << person.name << "  " << shown(Json::array(person.roles)) << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", (*shop)->store().purpose()}, {"admin", people->admin.empty() ? Json() : Json(people->admin)}, {"people", list}}));
  else if (people->listed.empty()) call.world.out << "nobody is listed: anyone may open, set, note and record -> tocsin people add NAME --role ROLE\n";
  return 0;
}

Result<int> workflow_list(Call& call) {
  const auto library = open_library(call);
  auto names = library->names();
  if (!names) return std::move(names).error();
  Json list = Json::array();
  for (const auto& name : *names) {
    auto reading = library->find(name);
    const bool sound = reading && reading->definition != nullptr;
    list.push(Json::object({{"name", name}, {"title", sound ? Json(reading->definition->title) : Json()}, {"version", sound ? Json(reading->definition->version) : Json()},
                            {"digest", sound ? Json(reading->definition->digest) : Json()}}));
    if (!call.json()) call.world.out << name << "  " << (sound ? reading->definition->title : "has mistakes: tocsin workflow check " + name) << "\n";
  }
  if (call.json()) call.print(Json::object({{"workflows", list}}));
  return 0;
}

Result<int> workflow_check(Call& call) {
  const auto library = open_library(call);
  Json list = Json::array();
  bool wrong = false;
  for (const auto& file : call.all("FILE")) {
    auto reading = library->find(file);
    if (!reading) return std::move(reading).error();
    wrong = wrong || reading->definition == nullptr;
    for (const auto& issue : reading->issues) {
      list.push(Json::object({{"file", issue.place.file}, {"line", issue.place.line}, {"column", issue.place.column},
                              {"severity", issue.is_warning ? "warning" : "error"}, {"message", issue.message}, {"hint", issue.hint}}));
      if (!call.json()) call.world.out << workflow::format_issue(issue);
    }
    if (!call.json() && reading->definition != nullptr)
      call.world.out << reading->definition->name << " version " << reading->definition->version << ": no mistakes\n";
  }
  if (call.json()) call.print(Json::object({{"issues", list}}));
  return wrong ? 2 : 0;
}

Result<int> clock_explain(Call& call) {
  auto from = time_of(call, "--from");
  if (!from) return std::move(from).error();
  auto clocks = open_library(call)->clocks();
  if (!clocks) return std::move(clocks).error();
  const auto id = call.one("CLOCK");
  const workflow::Clock* clock = nullptr;
  std::vector<std::string> known;
  for (const auto& one : *clocks) {
    known.push_back(one.id);
    if (one.id == id) clock = &one;
  }
  if (clock == nullptr) {
    const auto nearest = guard::nearest(id, known);
    return Error{Errc::not_found, "there is no clock " + quoted(id) + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"), "", {}, ""};
  }
  const auto* version = clock->in_force(**from);
  if (version == nullptr) return usage_error("no version of " + id + " was in force at " + format_instant(**from));
  const auto counted = calendar::count(version->counting, version->period_hours, **from);
  const auto at = [](const std::optional<Instant>& t) { return t ? Json(format_instant(*t)) : Json(); };
  Json also = Json::array();
  for (const auto& [counting, note] : version->also) {
    const auto other = calendar::count(counting, version->period_hours, **from);
    also.push(Json::object({{"reading", counting == calendar::Counting::eu1182_hours ? "eu1182" : std::string(word(counting))}, {"due", at(other.due)}, {"note", note}}));
  }
  if (call.json()) {
    call.print(Json::object({{"clock", id}, {"from", format_instant(**from)}, {"due", at(counted.due)}, {"counting", word(version->counting)},
                             {"basis", version->basis}, {"version", Json::object({{"from", at(version->from)}, {"until", at(version->until)}})},
                             {"confidence", clock->confidence}, {"source", clock->source}, {"steps", Json::array(counted.steps)}, {"also", also}}));
    return 0;
  }
  auto& out = call.world.out;
  out << id << ": " << clock->title << "\n  " << word(clock->kind) << ", " << version->basis << "\n  anchor: " << format_instant(**from) << " ("
      << local_time(**from, kZone) << ")\n  version in force from " << (version->from ? format_instant(*version->from) : "the beginning")
      << (version->until ? " until " + format_instant(*version->until) : "") << "\n";
  for (const auto& step : counted.steps) out << "  " << step << "\n";
  if (counted.due) out << "  local: " << local_time(*counted.due, kZone) << "\n";
  for (const auto& other : also.items()) out << "  also: " << other["due"].text() << " by " << other["reading"].text() << "  " << other["note"].text() << "\n";
  out << "  source: " << clock->source << " (confidence " << clock->confidence << ")\n";
  return 0;
}

Result<int> audit_verify(Call& call) {
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  std::string ref;
  if (call.has("--case")) {
    auto resolved = (*shop)->engine().resolve(call.one("--case"));
    if (!resolved) return std::move(resolved).error();
    ref = *resolved;
  }
  auto report = (*shop)->engine().verify(ref);
  if (!report) return std::move(report).error();
  const bool ok = report->problems.empty();
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()}, {"ok", ok}, {"anchored", Json()}, {"cases", report->cases}, {"events", report->events},
                             {"problems", Json::array(report->problems)}, {"warnings", Json::array(report->warnings)}, {"notes", Json::array(report->notes)}}));
    return ok ? 0 : 7;
  }
  auto& out = call.world.out;
  out << banner((*shop)->store().purpose()) << (ok ? "verified: " : "NOT VERIFIED: ") << report->cases << " cases, " << report->events << " events\n";
  for (const auto& problem : report->problems) out << "  problem: " << problem << "\n";
  for (const auto& warning : report->warnings) out << "  warning: " << warning << "\n";
  for (const auto& note : report->notes) out << "  note: " << note << "\n";
  out << "Removal of the newest events cannot be seen until a checkpoint has left the store.\n";
  return ok ? 0 : 7;
}

Result<int> version(Call& call) {
  if (call.json()) call.print(Json::object({{"version", TOCSIN_VERSION}}));
  else call.world.out << "tocsin " << TOCSIN_VERSION << "\n";
  return 0;
}

}  // namespace tocsin::cli
