// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/story_step_reader.h"

#include <algorithm>
#include <charconv>

namespace tocsin::yaml_library {

using workflow::StoryStep;
using Kind = StoryStep::Kind;

namespace {

enum class Form { words, name, anything };  ///< a mapping of the keys below, one word, any mapping

/// What a key of a step's own mapping must hold.
enum class Holds { text, number, flag, list, anything };

struct Key {
  std::string name;
  Holds holds = Holds::text;
  bool required = false;
};

struct Action {
  std::string word;
  Kind kind;
  Form form;
  std::vector<Key> keys;
  std::vector<std::string> beside;  ///< keys of the step that only this action has
};

// clang-format off
const std::vector<Action> actions = {
    {"open", Kind::open, Form::words,
     {{"ref", Holds::text, true}, {"title", Holds::text, true}, {"incident"}}, {"facts"}},
    {"set", Kind::set, Form::anything, {}, {"source", "status", "because"}},
    {"note", Kind::note, Form::words,
     {{"text", Holds::text, true}, {"with"}, {"by"}, {"direction"}}, {}},
    {"move", Kind::move, Form::name, {{"transition"}}, {"because"}},
    {"record", Kind::record, Form::words,
     {{"obligation", Holds::text, true}, {"channel", Holds::text, true}, {"reference", Holds::text, true}, {"text"},
      {"reason"}, {"complete", Holds::flag}, {"also", Holds::list}}, {}},
    {"receipt", Kind::receipt, Form::words,
     {{"notice", Holds::number, true}, {"reference", Holds::text, true}}, {}},
    {"withdraw", Kind::withdraw, Form::words, {{"notice", Holds::number, true}}, {"because"}},
    {"propose", Kind::propose, Form::words,
     {{"subject", Holds::text, true}, {"relies_on", Holds::list}, {"outcome"}, {"exemption"}, {"ground"},
      {"likelihood"}, {"severity"}, {"legal_test"}, {"factors"}, {"counter_arguments"}, {"evidence"},
      {"review_when", Holds::list}, {"review_at"}, {"ends_at"}}, {"because"}},
    {"end-restriction", Kind::end_restriction, Form::words, {{"obligation", Holds::text, true}}, {"because"}},
    {"data-set", Kind::data_set, Form::words, {{"name", Holds::text, true}, {"title"}, {"facts", Holds::anything}}, {}},
    {"group", Kind::group, Form::words,
     {{"name", Holds::text, true}, {"title"}, {"of"}, {"facts", Holds::anything}}, {}},
    {"assess", Kind::assess, Form::words,
     {{"method", Holds::text, true}, {"data_set"}, {"inputs", Holds::anything, true}}, {"because"}},
    {"link", Kind::link, Form::words, {{"incident", Holds::text, true}}, {}},
    {"advise", Kind::advise, Form::words, {{"subject", Holds::text, true}}, {"because"}},
    {"approve", Kind::approve, Form::words, {{"subject", Holds::text, true}, {"relayed"}}, {"because"}},
    {"decline", Kind::decline, Form::words, {{"subject", Holds::text, true}, {"relayed"}}, {"because"}},
    {"action", Kind::action, Form::words, {{"text", Holds::text, true}, {"owner"}, {"due"}}, {}},
    {"action-done", Kind::action_done, Form::words, {{"action", Holds::number, true}}, {"because"}},
    {"action-drop", Kind::action_dropped, Form::words, {{"action", Holds::number, true}}, {"because"}},
    {"accept-risk", Kind::risk_accepted, Form::words, {{"action", Holds::number, true}}, {"because"}},
    {"contact", Kind::contact, Form::words,
     {{"party", Holds::text, true}, {"kind", Holds::text, true}, {"value", Holds::text, true}, {"hours"}, {"note"}}, {}},
    {"contact-remove", Kind::contact_removed, Form::words, {{"contact", Holds::number, true}}, {"because"}},
    {"reopen", Kind::reopen, Form::words, {}, {"because"}},
    {"expect", Kind::expect, Form::anything, {}, {}},
};
// clang-format on

/// Keys that every step may have.
const std::vector<std::string> common_keys = {"at", "written", "as", "refused", "reported", "marking", "privileged"};

/// The one action among the keys of a step; null, and said, when there is none or a second.
const Action* action_of(Page& page, const Node& node) {
  const Action* found = nullptr;
  for (const auto& [key, value] : node.members) {
    const auto action =
        std::find_if(actions.begin(), actions.end(), [&, &name = key.text](const Action& one) { return one.word == name; });
    if (action == actions.end()) continue;
    if (found != nullptr) {
      page.wrong(page.place(key.line, key.byte),
                 "a second action, " + in_quotes(key.text) + ", in a step that has '" + found->word + "'",
                 "a step does one thing: begin another with '- at:'");
      return found;
    }
    found = &*action;
  }
  return found;
}

/// The keys a step may have. A second action among them is said already and counts as known.
std::vector<std::string> keys_of(const Action* action, const Node& node) {
  auto keys = common_keys;
  if (action != nullptr) {
    keys.push_back(action->word);
    keys.insert(keys.end(), action->beside.begin(), action->beside.end());
    for (const auto& one : actions) {
      if (&one != action && node.member(one.word) != nullptr) keys.push_back(one.word);
    }
    return keys;
  }
  for (const auto& one : actions) keys.push_back(one.word);
  return keys;
}

/// Says it where a value of the step's own mapping is not what its key holds.
void check_value(const Fields& own, const Key& key) {
  if (key.required) own.require(key.name);
  switch (key.holds) {
    case Holds::text: (void)own.text(key.name); break;
    case Holds::number: (void)own.integer(key.name); break;
    case Holds::flag: (void)own.flag(key.name); break;
    case Holds::list: (void)own.texts(key.name); break;
    case Holds::anything: (void)own.entries(key.name); break;
  }
}

/// The mapping of the keys that the action names; what must be text stays text although it may look like a
/// number.
Json read_own(Page& page, const Action& action, const Node& node) {
  std::vector<std::string> known;
  for (const auto& key : action.keys) known.push_back(key.name);
  const Fields own(page, node, "'" + action.word + "'", known);
  Json what = Json::object();
  for (const auto& key : action.keys) {
    check_value(own, key);
    const auto* value = own.find(key.name);
    if (value == nullptr) continue;
    if (key.holds == Holds::list) {
      what.set(key.name, Json::array(own.texts(key.name)));
    } else {
      what.set(key.name, key.holds == Holds::text ? Json(value->text) : to_json(*value));
    }
  }
  if (action.kind == Kind::action) (void)own.instant("due");
  for (const auto* key : {"review_at", "ends_at"})
    if (action.kind == Kind::propose) (void)own.instant(key);
  return what;
}

/// What a step may expect; a key that nothing would compare must not pass in silence.
void check_expected(Page& page, const Node& node) {
  const Fields fields(page, node, "'expect'", {"states", "obligations", "facts", "stage"});
  (void)fields.text("stage");
  (void)fields.named("states", false);
  (void)fields.entries("facts");  // a fact may be named with its data set
  for (const auto& [name, value] : fields.entries("obligations")) {
    if (value->kind == Node::Kind::scalar) continue;
    const Fields expected(page, *value, "what is expected of obligation " + in_quotes(name->text),
                          {"state", "due", "provisional", "on_current_facts"}, name);
    for (const auto* key : {"state", "on_current_facts"}) (void)expected.text(key);
    (void)expected.flag("provisional");
    if (expected.text("due") != "none") (void)expected.instant("due");
  }
}

Json read_what(Page& page, const Action& action, const Fields& step) {
  const auto& node = *step.find(action.word);
  if (action.form == Form::words) return read_own(page, action, node);
  if (action.form == Form::name) return Json::object({{action.keys.front().name, step.required_text(action.word)}});
  if (action.kind == Kind::expect) check_expected(page, node);
  if (node.kind == Node::Kind::map) return to_json(node);
  if (action.kind == Kind::set)
    step.wrong(node, "'" + action.word + "' must be a mapping, not " + std::string(name_of(node.kind)));
  return Json::object();
}

/// Values of facts as written: a word, a number, a list of words.
std::vector<std::pair<std::string, Json>> read_values(const Fields& step, std::string_view key) {
  std::vector<std::pair<std::string, Json>> values;
  for (const auto& [name, value] : step.entries(key)) {
    const auto dot = name->text.find('.');
    const auto fact = dot == std::string::npos ? name->text : name->text.substr(dot + 1);
    if (!is_name(fact) || (dot != std::string::npos && !is_name_with_hyphens(name->text.substr(0, dot)))) {
      step.wrong(*name, in_quotes(name->text) + " cannot be the name of a fact", "write FACT, DATA_SET.FACT or GROUP.FACT");
      continue;
    }
    const bool odd = value->kind == Node::Kind::nothing || value->kind == Node::Kind::map ||
                     std::any_of(value->items.begin(), value->items.end(),
                                 [](const Node& item) { return item.kind != Node::Kind::scalar; });
    if (odd) {
      step.wrong(*value, "the value of fact " + in_quotes(name->text) + " must be text, a number or a list of words",
                 "'unknown' takes a value back");
      continue;
    }
    values.emplace_back(name->text, to_json(*value));
  }
  return values;
}

void read_common(const Fields& step, StoryStep& into) {
  into.at = step.instant("at");
  into.recorded_at = step.instant("written");
  into.as = step.text("as");
  into.source = step.text("source");
  into.status = step.text("status");
  into.because = step.text("because");
  into.marking = step.text("marking");
  into.privileged = step.flag("privileged");
  into.reported = step.text("reported");
  const auto* refused = step.find("refused");
  if (refused == nullptr) return;
  const Fields members(step.page(), *refused, "'refused'", {"missing"});
  into.refused = Json::object();
  if (members.has("missing")) into.refused->set("missing", Json::array(members.texts("missing")));
}

}  // namespace

Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::nothing: return {};
    case Node::Kind::list: {
      Json list = Json::array();
      for (const auto& item : node.items) list.push(to_json(item));
      return list;
    }
    case Node::Kind::map: {
      Json object = Json::object();
      for (const auto& [key, value] : node.members) object.set(key.text, to_json(value));
      return object;
    }
    case Node::Kind::scalar: break;
  }
  if (!node.plain) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  std::int64_t number = 0;
  const auto* end = node.text.data() + node.text.size();
  const auto read = std::from_chars(node.text.data(), end, number);
  // 012 and +5 are not how JSON writes a number, so they stay the text they are.
  if (read.ec == std::errc() && read.ptr == end && std::to_string(number) == node.text) return number;
  return node.text;
}

StoryStep read_step(Page& page, const Node& node) {
  StoryStep into;
  into.place = page.place(node.line, node.byte);
  const auto* action = action_of(page, node);
  const Fields step(page, node, action == nullptr ? "a step" : "step '" + action->word + "'", keys_of(action, node));
  read_common(step, into);
  if (node.kind != Node::Kind::map) return into;
  if (action == nullptr) {
    std::string words;
    bool is_misspelt = false;
    for (const auto& one : actions) {
      words += (words.empty() ? "" : ", ") + one.word;
      is_misspelt = is_misspelt || step.is_misspelt(one.word);
    }
    if (!is_misspelt) step.wrong(node, "a step without an action", "give it one of: " + words);
    return into;
  }
  into.kind = action->kind;
  into.what = read_what(page, *action, step);
  if (into.kind == Kind::set) into.facts = read_values(step, "set");
  if (into.kind == Kind::open) into.facts = read_values(step, "facts");
  return into;
}

}  // namespace tocsin::yaml_library
