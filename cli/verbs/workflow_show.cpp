// SPDX-License-Identifier: Apache-2.0
// What a workflow is, for whoever has to work by it or sign it off.
#include <ostream>

#include "cli/exports/workflow_drawing.h"
#include "cli/screen/screen.h"
#include "cli/verbs/graphviz.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "engine/workflow/card.h"

namespace tocsin::cli {
namespace {

using workflow::Definition;
using workflow::Level;

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string word_of(Level level) {
  return level == Level::breach ? "breach" : level == Level::data_set ? "data_set" : "group";
}

std::string word_of(workflow::Fact::Kind kind) {
  constexpr const char* words[] = {"time", "period", "text", "choice", "set", "count"};
  return words[static_cast<std::size_t>(kind)];
}

std::string in_words(const workflow::Approval& approval) {
  return approval.by + " proposes" + (approval.advice.empty() ? "" : ", " + approval.advice + " advises") +
         (approval.second.empty() ? "" : ", " + approval.second + " approves");
}

Json json_of(const std::optional<workflow::Approval>& approval) {
  if (!approval) return {};
  return Json::object({{"by", approval->by}, {"second", approval->second}, {"advice", approval->advice}});
}

std::vector<std::string> anchors_of(const workflow::Obligation& obligation) {
  std::vector<std::string> texts;
  for (const auto& anchor : obligation.anchor) texts.push_back(anchor.text());
  return texts;
}

std::vector<std::string> reminders_of(const workflow::Obligation& obligation) {
  std::vector<std::string> lengths;
  for (const auto length : obligation.remind) lengths.push_back(workflow::in_words(length));
  return lengths;
}

const workflow::ClockVersion* newest(const workflow::Clock* clock) {
  return clock == nullptr || clock->versions.empty() ? nullptr : &clock->versions.back();
}

Json regions_json(const Definition& definition) {
  Json regions = Json::array();
  for (const auto& region : definition.regions) {
    Json states = Json::array(), transitions = Json::array();
    for (const auto& state : region.states)
      states.push(
          Json::object({{"state", state.name}, {"title", state.title}, {"initial", state.initial}, {"final", state.final}}));
    for (const auto& transition : region.transitions)
      transitions.push(Json::object({{"transition", transition.name},
                                     {"from", Json::array(transition.from)},
                                     {"to", transition.to},
                                     {"by", Json::array(transition.by)},
                                     {"guard", transition.guard ? Json(transition.guard->text()) : Json()},
                                     {"approval", json_of(transition.approval)},
                                     {"law", transition.law}}));
    regions.push(Json::object({{"region", region.name}, {"states", states}, {"transitions", transitions}}));
  }
  return regions;
}

Json obligations_json(const Definition& definition) {
  Json list = Json::array();
  for (const auto& one : definition.obligations) {
    const auto* clock = definition.clock(one.clock);
    const auto* version = newest(clock);
    list.push(Json::object({{"obligation", one.name},
                            {"clock", one.clock},
                            {"title", clock == nullptr ? "" : clock->title},
                            {"kind", clock == nullptr ? "" : std::string(word(clock->weight()))},
                            {"period", version == nullptr ? "" : calendar::in_words(version->rule)},
                            {"basis", version == nullptr ? "" : version->basis},
                            {"confidence", clock == nullptr ? "" : clock->confidence},
                            {"to", one.to},
                            {"owed_by", one.owed_by.empty() ? Json() : Json(one.owed_by)},
                            {"per", word_of(one.per)},
                            {"anchor", Json::array(anchors_of(one))},
                            {"applies", one.applies ? Json(one.applies->text()) : Json()},
                            {"again_when", Json::array(one.again_when)},
                            {"blocks", clock != nullptr && one.blocks(*clock)},
                            {"rule_out", json_of(one.rule_out)},
                            {"remind", Json::array(reminders_of(one))}}));
  }
  return list;
}

Json facts_json(const Definition& definition) {
  Json list = Json::array();
  for (const auto& fact : definition.facts)
    list.push(Json::object({{"fact", fact.name},
                            {"kind", word_of(fact.kind)},
                            {"ask", fact.ask},
                            {"words", Json::array(fact.words)},
                            {"per", word_of(fact.per)},
                            {"judged", fact.judged},
                            {"by", Json::array(fact.by)},
                            {"vaulted", fact.vaulted()},
                            {"suggested_by", fact.suggested_by.empty() ? Json() : Json(fact.suggested_by)},
                            {"law", fact.law}}));
  return list;
}

Json json_of(const Definition& definition) {
  Json parties = Json::array(), roles = Json::object();
  for (const auto& party : definition.parties)
    parties.push(Json::object({{"party", party.name}, {"title", party.title}, {"optional", party.optional}}));
  for (const auto& [role, what] : definition.roles) roles.set(role, what);
  return Json::object({{"workflow", definition.name},
                       {"version", definition.version},
                       {"title", definition.title},
                       {"about", definition.about},
                       {"digest", definition.digest},
                       {"zone", definition.zone},
                       {"calendar", definition.calendar.empty() ? Json() : Json(definition.calendar)},
                       {"law", Json::array(definition.law)},
                       {"methods", Json::array(definition.wanted_methods)},
                       {"parties", parties},
                       {"roles", roles},
                       {"regions", regions_json(definition)},
                       {"obligations", obligations_json(definition)},
                       {"facts", facts_json(definition)}});
}

/// Words of a workflow file, on one line: theirs, so that nothing in them moves the cursor.
std::string safe(std::string_view text) {
  std::string shown;
  for (const char c : visible(text))
    if ((c != ' ' && c != '\n') || (!shown.empty() && shown.back() != ' ')) shown += c == '\n' ? ' ' : c;
  while (shown.ends_with(' ')) shown.pop_back();
  return shown;
}

/// Sentences and headings of a workflow on a screen.
class Page {
 public:
  explicit Page(const Screen& screen) : screen_(screen) {}

  void heading(const std::string& text) const {
    screen_.line();
    screen_.line(safe(text), Tone::strong);
  }
  void say(const std::string& text, int indent) const { screen_.say(safe(text), indent, Tone::plain, 2); }

 private:
  const Screen& screen_;
};

void print_regions(const Definition& definition, const Page& page) {
  for (const auto& region : definition.regions) {
    page.heading("Region " + region.name);
    for (const auto& state : region.states)
      page.say(state.name + (state.initial ? " (initial)" : "") + (state.final ? " (final)" : "") +
                   (state.title.empty() ? "" : ": " + state.title),
               2);
    for (const auto& one : region.transitions) {
      page.say(one.name + ": " + joined(one.from, " or ") + " -> " + one.to + ", by " +
                   (one.by.empty() ? "anybody who is listed" : joined(one.by, " or ")),
               2);
      if (one.guard) page.say("if " + one.guard->text(), 6);
      if (one.approval) page.say("decision: " + in_words(*one.approval), 6);
      if (!one.law.empty()) page.say("law: " + one.law, 6);
    }
  }
}

void print_obligation(const Definition& definition, const workflow::Obligation& one, const Page& page) {
  const auto* clock = definition.clock(one.clock);
  const auto* version = newest(clock);
  page.say(one.name + ": " + (clock == nullptr ? one.clock : clock->title) +
               (one.per == Level::breach     ? ""
                : one.per == Level::data_set ? ", for each data set"
                                             : ", for each group of people"),
           2);
  if (clock != nullptr && version != nullptr)
    page.say(std::string(word(clock->weight())) + ", " + calendar::in_words(version->rule) + ", " + version->basis +
                 " (clock " + clock->id + ", confidence " + clock->confidence + ")",
             6);
  page.say((one.owed_by.empty() ? "owed to " : "owed by " + one.owed_by + " to ") + one.to +
               (clock != nullptr && !one.blocks(*clock) ? "; keeps no case open" : ""),
           6);
  page.say("from: " + joined(anchors_of(one), ", else "), 6);
  if (one.applies) page.say("if " + one.applies->text(), 6);
  if (!one.again_when.empty()) page.say("again when worse: " + joined(one.again_when, ", "), 6);
  if (one.rule_out) page.say("ruled out: " + in_words(*one.rule_out), 6);
  if (!one.remind.empty())
    page.say("reminds: " + joined(reminders_of(one), ", ") + " before; where no time is set, at that age", 6);
}

void print_fact(const workflow::Fact& fact, const Page& page) {
  std::string text = fact.name + " (" + word_of(fact.kind);
  if (!fact.words.empty()) text += ": " + joined(fact.words, fact.ordered ? " < " : ", ");
  text += ")";
  if (fact.per != Level::breach) text += fact.per == Level::data_set ? ", for each data set" : ", for each group";
  if (!fact.by.empty()) text += ", said by " + joined(fact.by, " or ");
  if (fact.judged) text += ", judged";
  page.say(text, 2);
  if (!fact.ask.empty()) page.say(fact.ask, 6);
  if (!fact.law.empty()) page.say("law: " + fact.law, 6);
}

void print(const Definition& definition, const Page& page) {
  page.say(definition.name + " version " + std::to_string(definition.version), 0);
  page.say(definition.title, 2);
  if (!definition.about.empty()) page.say(definition.about, 2);
  page.say("law: " + joined(definition.law, ", "), 2);
  if (!definition.wanted_methods.empty()) page.say("severity methods: " + joined(definition.wanted_methods, ", "), 2);
  page.say("times are local to " + definition.zone +
               (definition.calendar.empty() ? "" : ", days off by the calendar " + definition.calendar),
           2);
  page.say("digest " + definition.digest, 2);
  print_regions(definition, page);
  page.heading("What is owed");
  for (const auto& one : definition.obligations) print_obligation(definition, one, page);
  page.heading("Facts");
  for (const auto& fact : definition.facts) print_fact(fact, page);
  page.heading("Parties");
  for (const auto& party : definition.parties)
    page.say(party.name + ": " + party.title + (party.optional ? " (where there is one)" : ""), 2);
  page.heading("Roles");
  for (const auto& [role, what] : definition.roles) page.say(role + ": " + what, 2);
}

Result<std::shared_ptr<const Definition>> find(const Call& call) {
  const auto name = call.one("WORKFLOW");
  auto reading = open_library(call)->find(name);
  if (!reading) return std::move(reading).error();
  if (reading->definition == nullptr)
    return usage_error(in_quotes(name) + " has mistakes: nothing of it can be relied on before they are mended",
                       "workflow check " + in_quotes(name));
  return reading->definition;
}

}  // namespace

Result<int> workflow_show(Call& call) {
  auto definition = find(call);
  if (!definition) return std::move(definition).error();
  if (call.has("--draw") || call.has("--format")) return print_drawing(call, draw(**definition));
  if (call.json()) {
    call.print(json_of(**definition));
  } else {
    const Screen screen(call);
    print(**definition, Page(screen));
    screen.line();
    screen.command("workflow show " + safe((*definition)->name) + " --draw --format svg", 0);
  }
  return 0;
}

}  // namespace tocsin::cli
