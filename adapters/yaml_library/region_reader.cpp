// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/region_reader.h"

namespace tocsin::yaml_library {

using workflow::Approval;
using workflow::Definition;
using workflow::Place;
using workflow::Region;
using workflow::State;
using workflow::Transition;

namespace {

std::string join(const std::string& owner, std::string_view key) { return owner + "." + std::string(key); }

/// The place of a scalar's first letter where its text stands in the file letter for letter: not with
/// escapes, on several lines, or in a block.
std::optional<Place> verbatim_place(Page& page, const Node& node) {
  const auto line = page.line(node.line);
  const auto byte = node.byte + (node.plain ? 0 : 1);
  if (byte > line.size() || !line.substr(byte).starts_with(node.text)) return std::nullopt;
  return page.place(node.line, byte);
}

State read_state(const Fields& fields, const Node& name) {
  State state;
  state.name = name.text;
  state.title = fields.text("title");
  state.initial = fields.flag("initial");
  state.final = fields.flag("final");
  state.place = fields.place_of(name);
  return state;
}

Transition read_transition(const Fields& fields, const Node& name, Definition& into) {
  const auto owner = join("transitions", name.text);
  Transition transition;
  transition.name = name.text;
  transition.place = fields.place_of(name);
  fields.require("from", "add from: with a state of this region");
  fields.require("to", "add to: with a state of this region");
  transition.from = texts_with_places(fields, "from", owner, into);
  transition.to = text_with_place(fields, "to", owner, into);
  // An empty list would mean nobody; no list at all means anybody. Which of the two was meant is for people to say.
  transition.by = texts_with_places(fields, "by", owner, into,
                                    "so nobody could take it: name a role, or leave 'by' out for anybody who is listed");
  transition.guard = read_guard(fields, "guard", owner, into);
  transition.approval = read_approval(fields, "approval", owner, into);
  transition.law = fields.text("law");
  return transition;
}

Region read_region(const Fields& fields, const Node& name, Definition& into) {
  Region region;
  region.name = name.text;
  region.place = fields.place_of(name);
  fields.require("states", "add states: {NAME: {initial: true}, ...}");
  for (const auto& [state, value] : fields.named("states", false)) {
    const Fields members(fields.page(), *value, "state " + in_quotes(state->text), {"title", "initial", "final"}, state);
    region.states.push_back(read_state(members, *state));
  }
  for (const auto& [transition, value] : fields.named("transitions", true)) {
    const Fields members(fields.page(), *value, "transition " + in_quotes(transition->text),
                         {"from", "to", "by", "guard", "approval", "law"}, transition);
    region.transitions.push_back(read_transition(members, *transition, into));
  }
  return region;
}

}  // namespace

std::string text_with_place(const Fields& fields, std::string_view key, const std::string& owner, Definition& into) {
  auto text = fields.text(key);
  if (!text.empty()) into.places[join(join(owner, key), text)] = fields.place_of(*fields.find(key));
  return text;
}

std::vector<std::string> texts_with_places(const Fields& fields, std::string_view key, const std::string& owner,
                                           Definition& into, const std::string& if_empty) {
  std::vector<std::string> out;
  for (const auto* word : fields.words(key, if_empty)) {
    into.places[join(join(owner, key), word->text)] = fields.place_of(*word);
    out.push_back(word->text);
  }
  return out;
}

std::optional<guard::Guard> read_guard(const Fields& fields, std::string_view key, const std::string& owner,
                                       Definition& into) {
  const auto text = fields.text(key);
  if (text.empty()) return std::nullopt;
  const auto& node = *fields.find(key);
  const auto begin = fields.place_of(node);
  const auto verbatim = verbatim_place(fields.page(), node);
  into.places[join(owner, key)] = begin;
  if (verbatim) into.places[join(join(owner, key), "text")] = *verbatim;
  auto parsed = guard::parse(text);
  for (const auto& mistake : parsed.mistakes) {
    auto place = verbatim.value_or(begin);
    if (verbatim) place.column += workflow::letters_before(text, mistake.offset);
    fields.page().wrong(place, mistake.message, mistake.hint);
  }
  return parsed.guard;
}

std::optional<Approval> read_approval(const Fields& fields, std::string_view key, const std::string& owner,
                                      Definition& into) {
  const auto* node = fields.find(key);
  if (node == nullptr) return std::nullopt;
  const Fields members(fields.page(), *node, "'" + std::string(key) + "' of " + fields.owner(), {"by", "second", "advice"});
  const auto prefix = join(owner, key);
  members.require("by", "add by: with the role that proposes");
  Approval approval;
  approval.by = text_with_place(members, "by", prefix, into);
  approval.second = text_with_place(members, "second", prefix, into);
  approval.advice = text_with_place(members, "advice", prefix, into);
  return approval;
}

void read_regions(const Fields& fields, Definition& into) {
  for (const auto& [name, value] : fields.named("regions", false)) {
    const Fields region(fields.page(), *value, "region " + in_quotes(name->text), {"states", "transitions"}, name);
    into.regions.push_back(read_region(region, *name, into));
  }
}

}  // namespace tocsin::yaml_library
