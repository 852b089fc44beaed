// SPDX-License-Identifier: Apache-2.0
// Facts and notes.
#include <algorithm>

#include "engine/commands/anchors.h"
#include "engine/commands/recorder.h"
#include "engine/workflow/deadline.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

std::vector<std::string> fact_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& fact : definition.facts) names.push_back(fact.name);
  return names;
}

/// "fact 'rsik'", as a message names what was typed; what no name looks like may be somebody's words, and is not repeated.
std::string typed_as(std::string_view what, std::string_view name) {
  const bool is_like_a_name = !name.empty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
  return std::string(what) + " " + (is_like_a_name ? "'" + std::string(name) + "'" : "of that name");
}

/// The fact that is meant, and that it may be set for the data set or group that is named with it.
Result<const Fact*> fact_of(const Definition& definition, const case_file::CaseFile& file, const NamedFact& named) {
  const auto* fact = definition.fact(named.fact);
  if (fact == nullptr)
    return invalid("there is no " + typed_as("fact", named.fact) + " in " + definition.name +
                   did_you_mean(named.fact, fact_names(definition)));
  if (may_be_set_for(file, named.data_set, fact->per)) return fact;
  if (file.data_set(named.data_set) == nullptr) {
    std::vector<std::string> known;
    for (const auto& one : file.data_sets) known.push_back(one.name);
    return Error{Errc::not_found,
                 "there is no data set or group of that name in " + file.ref + did_you_mean(named.data_set, known),
                 "",
                 {},
                 "dataset list " + file.ref};
  }
  return invalid(
      "'" + fact->name + "' has one value for " +
      (fact->per == Level::breach ? "the whole breach: set it without a data set" : "a data set, not for a group in it"));
}

Result<void> check_past(const Fact& fact, const Json& value, Instant now) {
  if (fact.future || (fact.kind != Fact::Kind::time && fact.kind != Fact::Kind::period)) return {};
  const auto span = span_of(value);
  if ((span.from && *span.from > now) || (span.to && *span.to > now))
    return invalid("'" + fact.name + "' lies in the future: it says when a thing happened");
  return {};
}

struct Said {
  const Fact& fact;
  std::string data_set;
  std::string full_name;  ///< with the data set or group
  Json value;
  std::string source;
  std::string status;
  bool is_holder;
};

Result<Said> understood(const Asked& asked, const case_file::CaseFile& file, const SetFacts& command,
                        const std::string& name, const std::string& typed) {
  const auto named = named_fact(name);
  auto fact = fact_of(asked.definition, file, named);
  if (!fact) return std::move(fact).error();
  auto value = read_value(**fact, typed);
  if (!value) return std::move(value).error();
  if (auto ok = check_past(**fact, *value, asked.now); !ok) return std::move(ok).error();
  if (auto ok = check_in_force(asked.definition, (*fact)->name, *value, asked.now); !ok) return std::move(ok).error();
  // While nobody is listed there are no holders, and anybody's value is adopted.
  const bool is_holder = (*fact)->by.empty() || asked.people.empty() || asked.people.holds_any(asked.by, (*fact)->by);
  const bool confirms = !(*fact)->by.empty() && is_holder && !asked.people.empty();
  auto status = command.status.empty() ? std::string(confirms ? "confirmed" : "claimed") : command.status;
  static const std::vector<std::string> known = {"claimed", "confirmed", "disputed", "withdrawn"};
  if (std::find(known.begin(), known.end(), status) == known.end())
    return invalid("a status is claimed, confirmed, disputed or withdrawn" + did_you_mean(status, known));
  return Said{**fact,
              std::string(named.data_set),
              name,
              std::move(*value),
              command.source.empty() ? "controller" : command.source,
              std::move(status),
              is_holder};
}

/// What a method suggested and this value departs from; a method suggests, a person decides, and says why it is otherwise.
const case_file::SeverityAssessment* departed_from(const case_file::CaseFile& file, const Said& said) {
  if (!said.value.is_text()) return nullptr;
  const auto* assessment = suggestion_seen_from(file, said.data_set, said.fact);
  if (assessment == nullptr || assessment->suggests.find(said.fact.name)->second == said.value.text()) return nullptr;
  return assessment;
}

/// `missing` names the reason, so that whoever asks people for values can ask for it too.
Error without_reason(std::string message, std::string next) {
  return Error{Errc::invalid, std::move(message), "", {"because"}, std::move(next)};
}

Result<void> check_reason(const Definition& definition, const case_file::CaseFile& file, const SetFacts& command,
                          const Said& said) {
  if (!command.because.empty()) return {};
  const auto next = "case set " + file.ref + " " + said.full_name + "=VALUE --because TEXT";
  if (needs_reason(definition, file, said.fact, said.full_name))
    return without_reason((said.fact.judged                        ? "'" + said.full_name + "' was judged before"
                           : is_anchor(definition, said.fact.name) ? "a clock runs from '" + said.full_name + "'"
                                                                   : "a deadline depends on '" + said.full_name + "'") +
                              ": changing it needs a reason, give --because",
                          next);
  const auto* assessment = departed_from(file, said);
  if (assessment == nullptr) return {};
  return without_reason("method " + assessment->method + " suggests '" + assessment->suggests.find(said.fact.name)->second +
                            "' for '" + said.full_name + "': departing from it needs a reason, give --because",
                        next);
}

Result<void> set_one(Recorder& recorder, const SetFacts& command, const Said& said) {
  const auto& asked = recorder.asked();
  const auto& name = said.fact.name;
  if (auto ok = check_reason(asked.definition, recorder.file(), command, said); !ok) return ok;
  auto body =
      Json::object({{"fact", name}, {"source", said.source}, {"status", said.status}, {"adoptable", said.is_holder}});
  if (!said.data_set.empty()) body.set("data_set", said.data_set);
  const bool vaulted = said.fact.vaulted() && !said.value.is_null();
  body.set("value", vaulted ? Json() : said.value);
  const auto words = vaulted ? (said.value.is_text() ? said.value.text() : canonical(said.value)) : std::string();
  const bool may_move =
      said.fact.judged && moves_deadlines(asked.definition, name) && recorder.file().fact(said.full_name) != nullptr;
  const auto before = may_move ? recorder.file() : case_file::CaseFile{};
  if (auto ok = recorder.record("fact_set", asked.at, std::move(body), {{"value", words}, {"because", command.because}});
      !ok)
    return ok;
  if (may_move && moves_later(asked.definition, before, recorder.file(), name, said.full_name))
    return forbidden(
        "'" + said.full_name + "' would move later, and a clock runs from it: that takes a second person who judges it",
        "fact " + said.full_name, {"approval." + (said.fact.by.empty() ? std::string("second") : said.fact.by.front())},
        "decision propose " + before.ref + " " + said.full_name + (said.value.is_null() ? "=unknown" : "=TIME") +
            " --because TEXT");
  return {};
}

}  // namespace

Result<void> check_party(const Definition& definition, const std::string& party) {
  if (party.empty() || definition.party(party) != nullptr) return {};
  std::vector<std::string> names;
  for (const auto& one : definition.parties) names.push_back(one.name);
  return invalid("there is no " + typed_as("party", party) + " in " + definition.name + did_you_mean(party, names));
}

Result<void> set_facts(Recorder& recorder, const SetFacts& command) {
  const auto& asked = recorder.asked();
  if (command.facts.empty()) return invalid("nothing to set: give NAME=VALUE");
  if (auto ok = check_party(asked.definition, command.source); !ok) return ok;
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  std::vector<Said> all;
  for (const auto& [name, typed] : command.facts) {
    auto said = understood(asked, recorder.file(), command, name, typed);
    if (!said) return std::move(said).error();
    all.push_back(std::move(*said));
  }
  for (const auto& said : all)
    if (auto ok = set_one(recorder, command, said); !ok) return ok;
  return recorder.follow_observation();
}

Result<case_file::CaseFile> suppose(const Definition& definition, case_file::CaseFile file,
                                    const std::vector<std::pair<std::string, std::string>>& facts, Instant now) {
  static const case_file::People nobody;  // so that every value is adopted
  const auto then = std::max(now, file.last_recorded);
  const Asked asked{definition, nobody, "what-if", "", "", then, then};
  Recorder recorder(asked, file);
  if (auto ok = set_facts(recorder, SetFacts{facts, {}, "confirmed", "what if"}); !ok) {
    // That a clock would run from later on takes a second person; to look at it does not.
    if (ok.error().code != Errc::forbidden) return std::move(ok).error();
    if (auto followed = recorder.follow(); !followed) return std::move(followed).error();
  }
  return file;
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

}  // namespace tocsin::commands
