// SPDX-License-Identifier: Apache-2.0
#include "cli/views/case_screen.h"

#include <algorithm>

#include "cli/screen/table.h"
#include "cli/times/local_time.h"
#include "cli/views/reach.h"
#include "engine/workflow/card.h"
#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

using workflow::OpenMatter;
using workflow::Standing;

constexpr int kRoomForLaw = 110;
constexpr std::size_t kFacts = 6;  // as many as keep the case on one screen

void print_where(const Screen& screen, const CaseView& view, const Words& words, const CaseScreen& how) {
  const auto& file = *view.file;
  const auto& zone = view.definition->zone;
  screen.banner(banner(file.store));
  screen.say(file.ref + "  " + word_at(words, file.title, "(title not readable)"), 0, Tone::strong);
  const auto opened = local_time(file.opened_at, zone), age = length_in_words(view.now - file.opened_at);
  screen.say(file.workflow + " version " + std::to_string(file.workflow_version) + ", " +
                 (file.stage == case_file::Stage::open
                      ? "open since " + opened + (view.now - file.opened_at < minutes(1) ? "" : " (" + age + ")")
                      : std::string(word(file.stage)) + ", opened " + opened),
             0, Tone::quiet);
  if (how.as_of) screen.say("as it was known " + both_times(*how.as_of, zone), 0, Tone::soon);
  screen.line();
  screen.line("WHERE WE ARE", Tone::strong);
  std::string states;
  for (const auto& region : view.definition->regions)
    if (const auto at = file.states.find(region.name); at != file.states.end())
      states += (states.empty() ? "" : "   ") + region.name + ": " + at->second;
  screen.say(states, 2, file.stage == case_file::Stage::open ? Tone::plain : Tone::good);
  if (!file.incident.empty()) screen.say("belongs to incident " + file.incident, 2);
  std::string sets;
  for (const auto& one : file.data_sets)
    sets += (sets.empty() ? "" : ", ") + one.name +
            (one.is_group ? " (people" + (one.of.empty() ? std::string() : " in " + one.of) + ")" : "");
  if (!sets.empty()) screen.say("data sets: " + sets, 2);
}

/// An obligation with its place in the order of urgency.
struct Owed {
  Standing standing;
  OpenMatter matter;
  std::string bucket;
};

std::vector<Owed> owed_in_order(const CaseView& view) {
  const auto matters = workflow::open_matters(*view.definition, *view.file);
  std::vector<Owed> all;
  for (auto& standing : workflow::standings(*view.definition, *view.file)) {
    const auto matter = std::find_if(matters.begin(), matters.end(), [&](const OpenMatter& one) {
      return one.kind == "obligation" && one.name == standing.name;
    });
    if (matter != matters.end() && standing.file != nullptr)
      all.push_back({std::move(standing), *matter, workflow::bucket_of(*matter, view.now)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Owed& a, const Owed& b) {
    return std::pair(workflow::bucket_rank(a.bucket), a.matter.key) <
           std::pair(workflow::bucket_rank(b.bucket), b.matter.key);
  });
  return all;
}

void put_owed(Table& table, const Owed& owed, const CaseView& view, bool has_law) {
  const auto& held = *owed.standing.file;
  const bool is_late = owed.bucket == "overdue";
  const auto judged = is_late ? held.verdict_due() : held.due;
  const auto tone = is_late ? Tone::bad : owed.bucket == "24h" || owed.bucket == "no_deadline" ? Tone::soon : Tone::plain;
  const auto by = held.due ? both_deadline_times(*held.due, view.definition->zone) + (held.provisional ? " PROVISIONAL" : "")
                           : std::string("without undue delay");
  const auto law = owed.standing.kind + (owed.standing.basis.empty() ? "" : ", " + owed.standing.basis) +
                   (held.owed_by.empty() ? "" : ", owed by " + held.owed_by);
  std::vector<Cell> cells = {{owed.standing.name, Tone::strong},
                             {is_late ? "OVERDUE" : owed.standing.state, tone},
                             {judged       ? relative(*judged, view.now)
                              : held.since ? length_in_words(std::max(Duration{}, view.now - *held.since)) + " old"
                                           : "",
                              tone},
                             {by}};
  if (has_law) cells.push_back({law, Tone::quiet});
  table.row(std::move(cells));
  if (!has_law) table.detail("[" + law + "]", Tone::quiet);
}

std::string ended(const Standing& standing, const CaseView& view) {
  auto text = standing.name + " " +
              (standing.state == "ruled_out"  ? "ruled out"
               : standing.state == "met_late" ? "met LATE"
                                              : standing.state);
  if (standing.state == "met" && on_current_facts(*view.file, *standing.file) == "late")
    text += " (met, but late on today's facts)";
  return text;
}

void print_owed(const Screen& screen, const CaseView& view, const std::vector<Owed>& owed, bool has_all) {
  screen.line();
  screen.line("OWED", Tone::strong);
  const bool has_law = screen.columns() >= kRoomForLaw;
  std::vector<Column> columns = {{"owed"}, {"state"}, {""}, {"by", true}};
  if (has_law) columns.push_back({"law", true});
  Table table(columns);
  for (const auto& one : owed) put_owed(table, one, view, has_law);
  table.print(screen, 2);
  if (owed.empty()) screen.say("nothing is owed now", 2, Tone::good);
  std::string settled, not_started, not_owed;
  const auto add = [](std::string& list, const std::string& one) { list += (list.empty() ? "" : ", ") + one; };
  for (const auto& standing : workflow::standings(*view.definition, *view.file)) {
    if (standing.file != nullptr && standing.file->is_settled()) add(settled, ended(standing, view));
    else if (standing.file == nullptr) add(standing.applies == "no" ? not_owed : not_started, standing.name);
  }
  if (!settled.empty()) screen.say("settled: " + settled, 2, Tone::good, 2);
  if (!not_started.empty()) screen.say("not started: " + not_started, 2, Tone::quiet, 2);
  if (has_all && !not_owed.empty()) screen.say("not owed: " + not_owed, 2, Tone::quiet, 2);
}

constexpr std::size_t kWays = 2;  // to reach whom the most urgent thing is owed to; 'contact list' has them all

void print_reach(const Screen& screen, const Standing& owed, const std::vector<Contact>& contacts) {
  const auto& party = owed.definition->to;
  auto ways = reach_lines(contacts, party);
  if (ways.size() > kWays) ways.resize(kWays);
  for (const auto& way : ways) screen.say("reach " + party + " by " + way, 4, Tone::quiet, 2);
}

void print_next(const Screen& screen, const CaseView& view, const std::vector<Owed>& owed, const CaseScreen& how) {
  const auto& file = *view.file;
  screen.line();
  screen.line("NEXT", Tone::strong);
  if (file.stage != case_file::Stage::open) {
    screen.command("case reopen " + file.ref + " --because TEXT", 2);
    return;
  }
  if (!owed.empty()) {
    screen.command(command_for(file.ref, "obligation", owed.front().standing.name), 2);
    print_reach(screen, owed.front().standing, how.contacts);
  }
  std::vector<workflow::NextStep> not_yet;
  for (auto& step : workflow::next_steps(*view.definition, file, view.people, "")) {
    if (step.allowed) screen.command("case move " + file.ref + " " + step.transition, 2);
    else not_yet.push_back(std::move(step));
  }
  for (const auto& step : not_yet) {
    std::string lacks;
    for (const auto& missing : step.missing) lacks += (lacks.empty() ? "" : ", ") + missing.subject;
    if (!how.has_all) {
      screen.say(step.transition + " not yet: " + lacks, 2, Tone::quiet, 4);
      continue;
    }
    screen.say(step.transition + " -> " + step.to + " not yet:", 2);
    for (const auto& missing : step.missing) screen.say(missing.sentence, 4, Tone::quiet, 2);
  }
  if (how.has_all || not_yet.empty()) return;
  const auto* closing = view.definition->closing_region();
  const auto closes = std::find_if(not_yet.begin(), not_yet.end(), [&](const workflow::NextStep& step) {
    const auto* state = closing == nullptr || closing->name != step.region ? nullptr : closing->state(step.to);
    return state != nullptr && state->final;
  });
  screen.command("case explain " + file.ref + " " + (closes == not_yet.end() ? not_yet.front() : *closes).transition, 2);
}

std::string value_of(const case_file::Claim& claim, const CaseView& view, const Words& words) {
  if (claim.vaulted) return word_at(words, {claim.n, "value"});
  return with_local_times(shown(claim.value), view.definition->zone);
}

std::string said_by(const case_file::Claim& claim) {
  return claim.status + " by " + claim.by + (claim.source == "controller" ? "" : " for " + claim.source);
}

/// Facts of the breach as a whole that nobody has told.
std::size_t unknown_facts(const CaseView& view) {
  return static_cast<std::size_t>(
      std::count_if(view.definition->facts.begin(), view.definition->facts.end(), [&](const workflow::Fact& fact) {
        const auto* known = view.file->fact(fact.name);
        return known == nullptr || !known->is_known();
      }));
}

void print_facts(const Screen& screen, const CaseView& view, const Words& words, bool has_all) {
  const auto not_adopted = claims_not_adopted(*view.file);
  screen.line();
  screen.line("FACTS", Tone::strong);
  Table table({{"fact"}, {"", true}, {"", true}});
  std::size_t known = 0;
  for (const auto& fact : view.file->facts) {
    const auto* claim = fact.adopted();
    if (claim == nullptr || !claim->is_known()) continue;
    if (++known > kFacts && !has_all) continue;
    table.row({{fact.name}, {value_of(*claim, view, words)}, {said_by(*claim), Tone::quiet}});
  }
  table.print(screen, 2);
  for (const auto& [fact, claim] : not_adopted)
    screen.say(said_by(*claim) + ", not adopted: " + fact->name + " = " + value_of(*claim, view, words), 2, Tone::soon, 2);
  std::string rest;
  if (known > kFacts && !has_all) rest = std::to_string(known - kFacts) + " more are known, ";
  if (const auto unknown = unknown_facts(view); unknown != 0) rest += std::to_string(unknown) + " are not known yet";
  else if (!rest.empty()) rest.resize(rest.size() - 2);
  if (!rest.empty()) screen.say(rest, 2, Tone::quiet);
  if (known > kFacts && !has_all) screen.command("case show " + view.file->ref + " --all", 2);
  if (view.file->stage == case_file::Stage::open && unknown_facts(view) != 0)
    screen.command("case ask " + view.file->ref, 2);
}

}  // namespace

void print_case(const Screen& screen, const CaseView& view, const Words& words, const CaseScreen& how) {
  const auto owed = owed_in_order(view);
  print_where(screen, view, words, how);
  print_owed(screen, view, owed, how.has_all);
  print_who_must(screen, view, words);
  print_next(screen, view, owed, how);
  print_facts(screen, view, words, how.has_all);
}

}  // namespace tocsin::cli
