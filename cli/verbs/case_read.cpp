// SPDX-License-Identifier: Apache-2.0
// The verbs of a case that read.
#include <algorithm>
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/difference.h"

namespace tocsin::cli {
namespace {

void print_missing(std::ostream& out, const workflow::NextStep& step, const std::string& indent) {
  for (const auto& missing : step.missing) {
    out << indent << missing.subject << ": " << missing.sentence << "\n";
    if (!missing.next.empty()) out << indent << "  tocsin " << missing.next << "\n";
  }
}

std::string by_when(const workflow::Standing& standing, const std::string& zone) {
  if (standing.file == nullptr) return standing.applies == "no" ? "not owed" : "not started";
  const auto& held = *standing.file;
  if (!held.due) return held.since ? "without undue delay, since " + local_time(*held.since, zone) : "without undue delay";
  return both_times(*held.due, zone) + (held.provisional ? " PROVISIONAL" : "");
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

void print_explained(const Call& call, const Viewed& viewed, const std::string& name, std::ostream& out) {
  const auto& [shop, view] = viewed;
  out << name << ":\n";
  for (const auto& line : workflow::derivation(*view.definition, *view.file, name)) out << "  " << line << "\n";
  const auto* held = view.file->obligation(name);
  if (held == nullptr) return;
  out << "  state: " << word(held->state) << "\n";
  if (held->due)
    out << "  local: " << local_time(*held->due, view.definition->zone) << (held->provisional ? " PROVISIONAL" : "") << "\n";
  for (const auto& reading : workflow::other_readings(*view.definition, *view.file, *held))
    out << "  also: " << (reading.due ? both_times(*reading.due, view.definition->zone) : "no deadline") << " by "
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

Result<int> case_list(Call& call) {
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  const auto most = *limit == 0 ? std::size_t{10'000'000} : static_cast<std::size_t>(*limit) + 1;
  auto cases = (*shop)->engine().cases("", most);
  if (!cases) return std::move(cases).error();
  const bool more = *limit != 0 && cases->size() == most;
  if (more) cases->pop_back();
  if (call.json()) {
    Json list = Json::array();
    for (const auto& one : *cases) {
      Json states = Json::object();
      for (const auto& [region, state] : one.states) states.set(region, state);
      list.push(Json::object({{"case", one.ref},
                              {"title", one.has_title ? Json(one.title) : Json()},
                              {"open", one.open},
                              {"states", states},
                              {"opened_at", format_instant(one.opened_at)},
                              {"workflow", one.workflow},
                              {"version", one.version}}));
    }
    call.print(Json::object({{"store", (*shop)->store().purpose()}, {"more", more}, {"cases", list}}));
    return 0;
  }
  call.world.out << banner((*shop)->store().purpose());
  for (const auto& one : *cases)
    call.world.out << one.ref << "  " << (one.open ? "open  " : "closed") << "  "
                   << format_instant(one.opened_at).substr(0, 10) << "  "
                   << (one.has_title ? visible(one.title) : "(title not readable)") << "\n";
  if (cases->empty()) call.world.out << "no cases yet -> tocsin case open WORKFLOW --title TEXT\n";
  if (more) call.world.out << "more: --limit all\n";
  return 0;
}

Result<int> case_show(Call& call) {
  auto as_of = time_of(call, "--as-of");
  if (!as_of) return std::move(as_of).error();
  auto viewed = view_case(call, *as_of);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (call.json()) {
    call.print(with_words(json_of(view, words), words));
    return exit_code(words);
  }
  auto& out = call.world.out;
  const auto& zone = view.definition->zone;
  out << banner(view.file->store) << view.file->ref << "  " << word_at(words, view.file->title, "(title not readable)")
      << "\n";
  out << view.file->workflow << " version " << view.file->workflow_version << ", opened "
      << local_time(view.file->opened_at, zone) << ", case is " << word(view.file->stage) << "\n";
  for (const auto& [region, state] : view.file->states) out << "  " << region << ": " << state << "\n";
  out << "\nowed\n";
  for (const auto& standing : workflow::standings(*view.definition, *view.file)) {
    if (standing.file == nullptr && standing.applies == "no") continue;  // JSON has them all
    out << "  " << standing.name << ": " << standing.state << ", " << by_when(standing, zone) << "  [" << standing.kind
        << (standing.basis.empty() ? "" : ", " + standing.basis) << "]\n";
    if (standing.file != nullptr && standing.state == "met" && on_current_facts(*view.file, *standing.file) == "late")
      out << "    met, but late on today's facts\n";
  }
  out << "\nfacts\n";
  for (const auto& fact : view.file->facts) {
    const auto* claim = fact.adopted();
    if (claim == nullptr) continue;
    out << "  " << fact.name << " = " << (claim->vaulted ? word_at(words, {claim->n, "value"}) : shown(claim->value))
        << "  (" << claim->status << ", " << claim->source << ", by " << claim->by << ")\n";
  }
  for (const auto& [fact, claim] : claims_not_adopted(*view.file))
    out << "  " << claim->status << " by " << claim->by << (claim->source == "controller" ? "" : " for " + claim->source)
        << ", not adopted: " << fact->name << " = "
        << (claim->vaulted ? word_at(words, {claim->n, "value"}) : shown(claim->value)) << "\n";
  out << "\nnext\n";
  for (const auto& step : workflow::next_steps(*view.definition, *view.file, view.people, "")) {
    out << "  " << step.transition << " -> " << step.to
        << (step.allowed ? ": tocsin case move " + view.file->ref + " " + step.transition : ": not yet") << "\n";
    for (const auto& missing : step.missing) out << "    " << missing.sentence << "\n";
  }
  return exit_code(words);
}

Result<int> case_history(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (call.json()) {
    call.print(with_words(history_json(view, words), words));
    return exit_code(words);
  }
  auto& out = call.world.out;
  out << banner(view.file->store);
  for (const auto& event : view.events) {
    out << event.n << "  " << both_times(event.at, view.definition->zone) << "  "
        << (event.by == ledger::kClock ? "by the clock" : event.by) << "  "
        << with_local_times(sentence_of(event), view.definition->zone) << "\n";
    for (const auto& [field, digest] : event.texts)
      out << "     " << field << ": " << word_at(words, {event.n, field}) << "\n";
  }
  return exit_code(words);
}

Result<int> case_what_if(Call& call) {
  auto facts = pairs_of(call, "NAME=VALUE");
  if (!facts) return std::move(facts).error();
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& [shop, view] = *viewed;
  facts = TypedTimes(call, [&view = view] { return Result(view.definition); }).facts(std::move(*facts));
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
  const auto shop = open_shop(call, Missing::fails);
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
  if (view.definition->transition(name).second != nullptr) {
    const auto step = workflow::next_step(*view.definition, *view.file, view.people, name, "");
    if (call.json()) {
      Json missing = Json::array();
      for (const auto& one : step.missing)
        missing.push(Json::object({{"subject", one.subject}, {"sentence", one.sentence}, {"next", one.next}}));
      call.print(Json::object({{"store", view.file->store},
                               {"case", view.file->ref},
                               {"transition", name},
                               {"allowed", step.allowed},
                               {"missing", missing}}));
      return 0;
    }
    call.world.out << banner(view.file->store) << name << " -> " << step.to
                   << (step.allowed ? ": may be taken now\n" : ": not yet\n");
    print_missing(call.world.out, step, "  ");
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
  call.world.out << banner(view.file->store);
  for (const auto& one : names) print_explained(call, *viewed, one, call.world.out);
  return 0;
}

}  // namespace tocsin::cli
