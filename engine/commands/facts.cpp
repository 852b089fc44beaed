// SPDX-License-Identifier: Apache-2.0
// Facts, notes and actions.
#include <algorithm>

#include "engine/commands/recorder.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

std::vector<std::string> fact_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& fact : definition.facts) names.push_back(fact.name);
  return names;
}

std::vector<std::string> party_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& party : definition.parties) names.push_back(party.name);
  return names;
}

Result<const Fact*> named_fact(const Definition& definition, const std::string& name) {
  if (const auto* fact = definition.fact(name)) return fact;
  return invalid("there is no fact of that name in " + definition.name + did_you_mean(name, fact_names(definition)));
}

Result<void> check_party(const Definition& definition, const std::string& party) {
  if (party.empty() || definition.party(party) != nullptr) return {};
  return invalid("there is no party of that name in " + definition.name + did_you_mean(party, party_names(definition)));
}

bool is_anchor(const Definition& definition, const std::string& fact) {
  return std::any_of(definition.obligations.begin(), definition.obligations.end(), [&](const Obligation& o) {
    return std::any_of(o.anchor.begin(), o.anchor.end(),
                       [&](const Anchor& a) { return a.kind == Anchor::Kind::fact && a.name == fact; });
  });
}

/// Whether any clock that hangs on the fact would run from a later instant afterwards. First judging is not moving.
bool moves_anchor_later(const Definition& definition, const case_file::CaseFile& before, const case_file::CaseFile& after,
                        const std::string& fact) {
  if (before.fact(fact) == nullptr) return false;
  return std::any_of(definition.obligations.begin(), definition.obligations.end(), [&](const Obligation& o) {
    const auto was = anchor_point(before, o), is = anchor_point(after, o);
    return was && is && was->anchor->name == fact && was->at < is->at;
  });
}

Result<void> check_past(const Fact& fact, const Json& value, Instant now) {
  if (fact.kind != Fact::Kind::time && fact.kind != Fact::Kind::period) return {};
  const auto span = span_of(value);
  if ((span.from && *span.from > now) || (span.to && *span.to > now))
    return invalid("'" + fact.name + "' lies in the future: it says when a thing happened");
  return {};
}

struct Said {
  const Fact& fact;
  Json value;
  std::string source;
  std::string status;
  bool is_holder;
};

Result<Said> understood(const Asked& asked, const SetFacts& command, const std::string& name, const std::string& typed) {
  auto fact = named_fact(asked.definition, name);
  if (!fact) return std::move(fact).error();
  auto value = read_value(**fact, typed);
  if (!value) return std::move(value).error();
  if (auto ok = check_past(**fact, *value, asked.now); !ok) return std::move(ok).error();
  // While nobody is listed there are no holders, and anybody's value is adopted.
  const bool is_holder = (*fact)->by.empty() || asked.people.empty() || asked.people.holds_any(asked.by, (*fact)->by);
  const bool confirms = !(*fact)->by.empty() && is_holder && !asked.people.empty();
  auto status = command.status.empty() ? std::string(confirms ? "confirmed" : "claimed") : command.status;
  static const std::vector<std::string> known = {"claimed", "confirmed", "disputed", "withdrawn"};
  if (std::find(known.begin(), known.end(), status) == known.end())
    return invalid("a status is claimed, confirmed, disputed or withdrawn" + did_you_mean(status, known));
  return Said{**fact, std::move(*value), command.source.empty() ? "controller" : command.source, std::move(status),
              is_holder};
}

Result<void> set_one(Recorder& recorder, const SetFacts& command, const Said& said) {
  const auto& asked = recorder.asked();
  const auto& name = said.fact.name;
  if (said.fact.judged && recorder.file().fact(name) != nullptr && command.because.empty())
    return invalid("'" + name + "' was judged before: changing it needs a reason, give --because",
                   "case set " + recorder.file().ref + " " + name + "=VALUE --because TEXT");
  auto body =
      Json::object({{"fact", name}, {"source", said.source}, {"status", said.status}, {"adoptable", said.is_holder}});
  const bool vaulted = said.fact.vaulted() && !said.value.is_null();
  body.set("value", vaulted ? Json() : said.value);
  const auto words = vaulted ? (said.value.is_text() ? said.value.text() : canonical(said.value)) : std::string();
  const bool may_move = said.fact.judged && is_anchor(asked.definition, name) && recorder.file().fact(name) != nullptr;
  const auto before = may_move ? recorder.file() : case_file::CaseFile{};
  if (auto ok = recorder.record("fact_set", asked.at, std::move(body), {{"value", words}, {"because", command.because}});
      !ok)
    return ok;
  if (may_move && moves_anchor_later(asked.definition, before, recorder.file(), name))
    return forbidden("'" + name + "' would move later, and a clock runs from it: that takes a second person who judges it",
                     "fact " + name, {"approval." + (said.fact.by.empty() ? std::string("second") : said.fact.by.front())},
                     "decision propose " + before.ref + " " + name + "=TIME --because TEXT");
  return {};
}

}  // namespace

Result<void> set_facts(Recorder& recorder, const SetFacts& command) {
  const auto& asked = recorder.asked();
  if (command.facts.empty()) return invalid("nothing to set: give NAME=VALUE");
  if (auto ok = check_party(asked.definition, command.source); !ok) return ok;
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  std::vector<Said> all;
  for (const auto& [name, typed] : command.facts) {
    auto said = understood(asked, command, name, typed);
    if (!said) return std::move(said).error();
    all.push_back(std::move(*said));
  }
  for (const auto& said : all)
    if (auto ok = set_one(recorder, command, said); !ok) return ok;
  return recorder.follow_observation();
}

Result<void> note(Recorder& recorder, const Note& command) {
  const auto& asked = recorder.asked();
  if (command.text.empty()) return invalid("a note needs words");
  if (auto ok = check_words("the note", command.text); !ok) return ok;
  if (auto ok = check_party(asked.definition, command.with); !ok) return ok;
  Json body = Json::object();
  if (!command.with.empty()) body.set("with", command.with);
  if (!command.by.empty()) {
    if (auto ok = check_channel(command.by); !ok) return ok;
    body.set("channel", command.by);
  }
  if (!command.direction.empty()) {
    if (command.direction != "in" && command.direction != "out") return invalid("a note's direction is in or out");
    body.set("direction", command.direction);
  }
  return recorder.record("note_added", asked.at, std::move(body), {{"text", command.text}});
}

Result<void> add_action(Recorder& recorder, const AddAction& command) {
  const auto& asked = recorder.asked();
  if (command.text.empty()) return invalid("an action needs words that say what is to be done");
  if (auto ok = check_words("the action", command.text); !ok) return ok;
  if (command.due && *command.due < asked.at) return invalid("the action would be due before it was made");
  if (!command.owner.empty() && !asked.people.empty() && asked.people.find(command.owner) == nullptr)
    return invalid("the owner of an action works the case: '" + command.owner + "' is not listed", "people list");
  auto body = Json::object({{"action", static_cast<std::int64_t>(recorder.file().actions.size()) + 1}});
  if (!command.owner.empty()) body.set("owner", command.owner);
  if (command.due) body.set("due", format_instant(*command.due));
  return recorder.record("action_added", asked.at, std::move(body), {{"text", command.text}});
}

Result<void> finish_action(Recorder& recorder, const FinishAction& command) {
  const auto& file = recorder.file();
  const auto found = std::find_if(file.actions.begin(), file.actions.end(),
                                  [&](const auto& action) { return action.number == command.number; });
  if (found == file.actions.end())
    return Error{Errc::not_found,
                 "there is no action " + std::to_string(command.number) + " in " + file.ref,
                 "",
                 {},
                 "action list " + file.ref};
  if (found->done) return refused("action " + std::to_string(command.number) + " is done already", "action");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  return recorder.record("action_done", recorder.asked().at, Json::object({{"action", command.number}}),
                         {{"because", command.because}});
}

}  // namespace tocsin::commands
