// SPDX-License-Identifier: Apache-2.0
// What a case would be, and why it is as it is.
#include <algorithm>
#include <ostream>
#include <sstream>

#include "cli/screen/next_command.h"
#include "cli/screen/screen.h"
#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/difference.h"
#include "engine/workflow/situation.h"

namespace tocsin::cli {
namespace {

void print_missing(const Call& call, std::ostream& out, const workflow::NextStep& step) {
  for (const auto& missing : step.missing) {
    out << "  " << missing.subject << ": " << missing.sentence << "\n";
    if (!missing.next.empty()) out << "    tocsin " << next_command(call, missing.next) << "\n";
  }
}

std::string replaced(std::string text, char from, char to) {
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

/// What the library says today of a clock that the case has pinned otherwise; shown, never applied.
std::string newer_law(const Call& call, const workflow::Definition& pinned, const case_file::ObligationFile& held) {
  const auto* clock = pinned.clock(held.clock);
  const auto today = open_library(call)->clocks();
  if (clock == nullptr || !today) return {};
  for (const auto& one : *today) {
    if (one.id != clock->id || workflow::clock_digest(one) == workflow::clock_digest(*clock)) continue;
    const auto* version = held.anchor_at ? one.in_force(*held.anchor_at) : nullptr;
    return "the library's law file says otherwise about " + one.id + " today" +
           (version == nullptr ? std::string() : " (" + version->basis + ", " + in_words(version->rule) + ")") +
           "; this case stays with the law it was opened under";
  }
  return {};
}

/// A duty that was raised stays owed when its condition no longer holds, until somebody decides: said, because it looks like a mistake.
void print_condition(const Call& call, const CaseView& view, const case_file::ObligationFile& held, std::ostream& out) {
  const auto* obligation = view.definition->obligation(held.of);
  if (obligation == nullptr || !obligation->applies || held.is_settled()) return;
  const auto applies = workflow::CaseSituation(*view.definition, *view.file).applies(*obligation, held.data_set);
  if (applies != guard::Truth::no) return;
  out << "  owed when: " << obligation->applies->text() << "\n  that does not hold any more: it stays owed until it is met"
      << (obligation->rule_out ? " or ruled out" : "") << "\n";
  if (obligation->rule_out)
    out << "    tocsin " << next_command(call, "decision propose " + view.file->ref + " " + held.name + " --because TEXT")
        << "\n";
}

void print_explained(const Call& call, const CaseView& view, const std::string& name, std::ostream& out) {
  out << name << ":\n";
  for (const auto& line : workflow::derivation(*view.definition, *view.file, name)) out << "  " << line << "\n";
  const auto* held = view.file->obligation(name);
  if (held == nullptr) return;
  out << "  state: " << word(held->state) << "\n";
  print_condition(call, view, *held, out);
  if (held->due)
    out << "  local: " << deadline_time(*held->due, view.definition->zone) << (held->provisional ? " PROVISIONAL" : "")
        << "\n";
  for (const auto& reading : workflow::other_readings(*view.definition, *view.file, *held))
    out << "  also: " << (reading.due ? both_deadline_times(*reading.due, view.definition->zone) : "no deadline") << " by "
        << reading.name << "  " << reading.note << "\n";
  if (const auto newer = newer_law(call, *view.definition, *held); !newer.empty()) out << "  NEWER LAW: " << newer << "\n";
  const auto* clock = view.definition->clock(held->clock);
  if (clock == nullptr) return;
  if (const auto* version = held->anchor_at ? clock->in_force(*held->anchor_at) : nullptr;
      version != nullptr && !version->note.empty())
    out << "  version: " << version->note << "\n";
  if (!clock->note.empty()) out << "  note: " << clock->note << "\n";
  out << "  source: " << clock->source << " (confidence " << clock->confidence << ")\n";
}

Json explained_json(const Call& call, const CaseView& view, const std::string& name) {
  const auto* held = view.file->obligation(name);
  Json steps = Json::array(workflow::derivation(*view.definition, *view.file, name));
  Json json = Json::object({{"obligation", name},
                            {"steps", steps},
                            {"due", held != nullptr && held->due ? Json(format_instant(*held->due)) : Json()},
                            {"state", held == nullptr ? "unraised" : std::string(word(held->state))},
                            {"basis", held == nullptr ? "" : held->basis}});
  if (const auto* obligation = view.definition->obligation(case_file::CaseFile::obligation_of(name)))
    if (const auto* clock = view.definition->clock(obligation->clock))
      json.set("source", clock->source)
          .set("confidence", clock->confidence)
          .set("clock", clock->id)
          .set("note", clock->note);
  if (held == nullptr) return json;
  Json also = Json::array();
  for (const auto& reading : workflow::other_readings(*view.definition, *view.file, *held))
    also.push(Json::object({{"reading", reading.name},
                            {"due", reading.due ? Json(format_instant(*reading.due)) : Json()},
                            {"note", reading.note}}));
  const auto newer = newer_law(call, *view.definition, *held);
  return json.set("also", also)
      .set("law_from", held->law_from.empty() ? Json() : Json(held->law_from))
      .set("newer_law", newer.empty() ? Json() : Json(newer));
}

std::vector<std::string> names_in(const workflow::Definition& definition) {
  std::vector<std::string> names;
  for (const auto& obligation : definition.obligations) names.push_back(obligation.name);
  for (const auto& region : definition.regions)
    for (const auto& transition : region.transitions) names.push_back(transition.name);
  return names;
}

}  // namespace

Result<int> case_what_if(Call& call) {
  auto facts = pairs_of(call, "NAME=VALUE");
  if (!facts) return std::move(facts).error();
  std::shared_ptr<const workflow::Definition> definition;
  const TypedTimes times(call, [&] { return Result(definition); });  // its "now" is not after the view's
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& shop = viewed->shop;
  const auto& view = viewed->view;
  definition = view.definition;
  facts = times.facts(std::move(*facts));
  if (!facts) return std::move(facts).error();
  auto supposed = shop->engine().suppose(view.file->ref, *facts, view.now);
  if (!supposed) return std::move(supposed).error();
  const auto differences = workflow::differences(*view.definition, *view.file, *supposed->file, view.people);
  if (call.json()) {
    Json list = Json::array();
    for (const auto& one : differences)
      list.push(Json::object({{"subject", one.subject}, {"kind", one.kind}, {"before", one.before}, {"after", one.after}}));
    call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"differences", list}}));
    return 0;
  }
  auto& out = call.world.out;
  const auto& zone = view.definition->zone;
  out << banner(view.file->store) << "WHAT IF: nothing is recorded\n";
  for (const auto& one : differences)
    out << "  " << one.subject << " " << replaced(one.kind, '_', ' ') << ": "
        << with_local_times(one.before.empty() ? "nothing" : one.before, zone) << " -> " << with_local_times(one.after, zone)
        << "\n";
  if (differences.empty()) out << "  nothing would be otherwise\n";
  return 0;
}

namespace {

/// One word after 'case explain' names a case, unless none begins so and TOCSIN_CASE names one: then it is what is to be explained.
void let_case_out(Call& call) {
  if (!call.has("CASE") || call.has("NAME") || call.world.variable("TOCSIN_CASE").empty()) return;
  const auto shop = open_shop(call);
  if (!shop) return;
  if (const auto ref = (*shop)->engine().resolve(call.one("CASE")); ref || ref.error().code != Errc::not_found) return;
  call.values["NAME"] = call.all("CASE");
  call.values.erase("CASE");
}

}  // namespace

Result<int> case_explain(Call& call) {
  let_case_out(call);
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto name = call.one("NAME");
  std::ostringstream text;
  if (view.definition->transition(name).second != nullptr) {
    const auto step = workflow::next_step(*view.definition, *view.file, view.people, name, "");
    if (call.json()) {
      Json missing = Json::array();
      for (const auto& one : step.missing)
        missing.push(Json::object({{"subject", one.subject},
                                   {"sentence", one.sentence},
                                   {"next", one.next.empty() ? Json() : Json("tocsin " + one.next)}}));
      call.print(Json::object({{"store", view.file->store},
                               {"case", view.file->ref},
                               {"transition", name},
                               {"allowed", step.allowed},
                               {"missing", missing}}));
      return 0;
    }
    text << banner(view.file->store) << name << " -> " << step.to << (step.allowed ? ": may be taken now\n" : ": not yet\n");
    print_missing(call, text, step);
    Screen(call).lines(text.str());
    return 0;
  }
  std::vector<std::string> names;
  if (!name.empty()) {
    if (view.definition->obligation(case_file::CaseFile::obligation_of(name)) == nullptr)
      return Error{Errc::not_found,
                   "there is no obligation or transition of that name in this case's workflow" +
                       commands::did_you_mean(name, names_in(*view.definition)),
                   "",
                   {},
                   "case show " + view.file->ref};
    names.push_back(name);
  } else {
    for (const auto& standing : workflow::standings(*view.definition, *view.file)) names.push_back(standing.name);
  }
  if (call.json()) {
    Json list = Json::array();
    for (const auto& one : names) list.push(explained_json(call, view, one));
    call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"obligations", list}}));
    return 0;
  }
  text << banner(view.file->store);
  for (const auto& one : names) print_explained(call, view, one, text);
  Screen(call).lines(text.str());
  return 0;
}

}  // namespace tocsin::cli
