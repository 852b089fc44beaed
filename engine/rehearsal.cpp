// SPDX-License-Identifier: Apache-2.0
#include "engine/rehearsal.h"

#include <algorithm>

#include "engine/workflow/explain.h"

namespace tocsin {
namespace {

using commands::Command;
using workflow::StoryStep;

/// A value of a story's YAML as a person would type it: a list with commas.
std::string typed(const Json& value) {
  if (value.is_text()) return value.text();
  if (!value.is_array()) return canonical(value);
  std::string words;
  for (const auto& item : value.items()) words += (words.empty() ? "" : ",") + typed(item);
  return words;
}

std::vector<std::pair<std::string, std::string>> typed(const std::vector<std::pair<std::string, Json>>& facts) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [name, value] : facts) all.emplace_back(name, typed(value));
  return all;
}

std::vector<std::pair<std::string, std::string>> typed_members(const Json& object) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [name, value] : object.members()) all.emplace_back(name, typed(value));
  return all;
}

std::vector<std::string> words_of(const Json& list) {
  std::vector<std::string> words;
  for (const auto& item : list.items()) words.push_back(item.text());
  return words;
}

commands::DecisionRecord record_of(const Json& what) {
  const auto time = [&](std::string_view key) -> std::optional<Instant> {
    auto at = parse_instant(what[key].text());  // that it is one was the reader's to say
    return at ? std::optional(*at) : std::nullopt;
  };
  return {what["outcome"].text(),  what["exemption"].text(),      what["ground"].text(),  what["likelihood"].text(),
          what["severity"].text(), what["legal_test"].text(),     what["factors"].text(), what["counter_arguments"].text(),
          what["evidence"].text(), words_of(what["review_when"]), time("review_at"),      time("ends_at")};
}

/// A step that only names something ("move: close") has its name as the whole of `what`.
std::string name_of(const StoryStep& step, std::string_view key) {
  return step.what.is_text() ? step.what.text() : typed(step.what[key]);
}

std::string due_text(const std::optional<Instant>& due) { return due ? format_instant(*due) : "none"; }

/// Compares an `expect:` with the case. Keys: states, obligations (state, due, provisional), facts, stage, actions.
void expect(const Json& what, const CaseView& view, std::vector<std::string>& surprises) {
  const auto differs = [&](const std::string& name, const std::string& expected, const std::string& found) {
    if (expected != found) surprises.push_back("expected " + name + " to be '" + expected + "', and it is '" + found + "'");
  };
  for (const auto& [region, state] : what["states"].members()) {
    const auto found = view.file->states.find(region);
    differs("states." + region, state.text(), found == view.file->states.end() ? "unknown" : found->second);
  }
  for (const auto& [name, expected] : what["obligations"].members()) {
    const auto* held = view.file->obligation(name);
    const auto state = held == nullptr ? std::string("unraised") : std::string(word(held->state));
    if (expected.is_text()) differs("obligations." + name, expected.text(), state);
    if (expected.has("state")) differs("obligations." + name, expected["state"].text(), state);
    if (expected.has("due")) {
      const auto due = parse_instant(expected["due"].text());
      differs("the deadline of " + name, due ? format_instant(*due) : expected["due"].text(),
              due_text(held == nullptr ? std::nullopt : held->due));
    }
    if (expected.has("provisional") && (held != nullptr && held->provisional) != expected["provisional"].boolean())
      surprises.push_back("expected " + name +
                          (expected["provisional"].boolean() ? " to be provisional" : " not to be provisional"));
    if (expected.has("on_current_facts"))
      differs(name + " on current facts", expected["on_current_facts"].text(),
              held == nullptr ? "" : on_current_facts(*view.file, *held));
  }
  for (const auto& [name, expected] : what["facts"].members()) {
    const auto* claim = view.file->fact(name);
    const auto time = parse_instant(typed(expected));  // events keep times in UTC
    differs("facts." + name, time ? format_instant(*time) : typed(expected),
            claim == nullptr ? "unknown"
            : claim->vaulted ? "(words)"
                             : typed(claim->value));
  }
  if (what.has("stage")) differs("the case", what["stage"].text(), std::string(word(view.file->stage)));
}

void compare_refusal(const StoryStep& step, const Error& refusal, std::vector<std::string>& surprises) {
  for (const auto& wanted : (*step.refused)["missing"].items()) {
    const auto found = std::find(refusal.missing.begin(), refusal.missing.end(), wanted.text());
    if (found == refusal.missing.end())
      surprises.push_back("expected '" + wanted.text() + "' among what is missing: " + refusal.message);
  }
}

class Player {
 public:
  Player(Engine& engine, const workflow::Story& story, const std::function<void(const PlayedStep&)>& played)
      : engine_(engine), story_(story), played_(played) {}

  Result<std::string> play() {
    if (auto ok = list_people(); !ok) return std::move(ok).error();
    for (const auto& step : story_.steps) {
      PlayedStep result;
      result.step = &step;
      play_step(step, result);
      played_(result);
      if (!result.surprises.empty()) return surprise(step, result.surprises.front());
    }
    return ref_;
  }

 private:
  Error surprise(const StoryStep& step, const std::string& what) const {
    return Error{
        Errc::refused,
        step.place.file + ":" + std::to_string(step.place.line) + ": the story went otherwise than it says: " + what,
        "story " + story_.name,
        {},
        ""};
  }

  std::string account_of(const std::string& name) const {
    for (const auto& person : story_.people)
      if (person.name == name) return person.account.empty() ? name : person.account;
    return "story";
  }

  Request request_of(const StoryStep& step) {
    if (step.recorded_at) now_ = *step.recorded_at;
    else if (step.at) now_ = std::max(now_, *step.at);
    Request request;
    request.by = step.as.empty() ? "story" : step.as;
    request.account = account_of(step.as);
    request.program = "tocsin story";
    request.now = now_;
    request.at = step.at;
    request.marks = {step.marking, step.privileged};
    return request;
  }

  Result<void> list_people() {
    if (story_.people.empty()) return {};
    const auto first =
        std::find_if(story_.steps.begin(), story_.steps.end(), [](const StoryStep& s) { return s.at.has_value(); });
    if (first != story_.steps.end()) now_ = first->recorded_at.value_or(*first->at);
    for (const auto& person : story_.people) {
      Request request;
      request.by = story_.people.front().name;
      request.account = account_of(request.by);
      request.program = "tocsin story";
      request.now = now_;
      auto added = engine_.add_person({person.name, person.roles}, request);
      if (!added) return std::move(added).error();
    }
    return {};
  }

  void play_step(const StoryStep& step, PlayedStep& result) {
    const auto request = request_of(step);
    result.now = now_;
    if (step.kind == StoryStep::Kind::expect) return play_expect(step, result);
    auto outcome = run(step, request);
    result.accepted = outcome.has_value();
    if (outcome) {
      result.outcome = std::move(*outcome);
      if (step.kind == StoryStep::Kind::open) ref_ = result.outcome.ref;
      if (step.refused) result.surprises.push_back("expected a refusal, and it was recorded");
      return;
    }
    result.refusal = std::move(outcome).error();
    if (!step.refused) result.surprises.push_back("refused: " + result.refusal.message);
    else compare_refusal(step, result.refusal, result.surprises);
  }

  void play_expect(const StoryStep& step, PlayedStep& result) {
    auto view = engine_.show(ref_, now_);
    result.accepted = view.has_value();
    if (view) expect(step.what, *view, result.surprises);
    else result.surprises.push_back(view.error().message);
  }

  Result<Outcome> run(const StoryStep& step, const Request& request) {
    if (step.kind == StoryStep::Kind::open) return engine_.open(story_.workflow, opening_of(step), request);
    auto command = command_of(step);
    if (!command) return std::move(command).error();
    return engine_.record(ref_, *command, request);
  }

  Engine& engine_;
  const workflow::Story& story_;
  const std::function<void(const PlayedStep&)>& played_;
  std::string ref_;
  Instant now_;
};

}  // namespace

Result<commands::Command> command_of(const StoryStep& step) {
  const auto& what = step.what;
  switch (step.kind) {
    case StoryStep::Kind::set: return Command(commands::SetFacts{typed(step.facts), step.source, step.status, step.because});
    case StoryStep::Kind::note:
      return Command(
          commands::Note{name_of(step, "text"), what["with"].text(), what["by"].text(), what["direction"].text()});
    case StoryStep::Kind::move: return Command(commands::Move{name_of(step, "transition"), step.because});
    case StoryStep::Kind::record:
      return Command(commands::RecordNotice{what["obligation"].text(), what["channel"].text(), typed(what["reference"]),
                                            what["text"].text(), what["reason"].text(), what["complete"].boolean(),
                                            words_of(what["also"])});
    case StoryStep::Kind::receipt:
      return Command(commands::RecordReceipt{static_cast<int>(what["notice"].integer()), typed(what["reference"])});
    case StoryStep::Kind::withdraw:
      return Command(commands::Propose{"notice:" + std::to_string(what["notice"].integer()), step.because, {}});
    case StoryStep::Kind::propose:
      return Command(
          commands::Propose{name_of(step, "subject"), step.because, words_of(what["relies_on"]), record_of(what)});
    case StoryStep::Kind::advise: return Command(commands::Advise{name_of(step, "subject"), step.because});
    case StoryStep::Kind::approve:
      return Command(commands::Approve{name_of(step, "subject"), step.because, what["relayed"].text()});
    case StoryStep::Kind::action: {
      std::optional<Instant> due;
      if (what.has("due")) {
        auto parsed = parse_instant(what["due"].text());
        if (!parsed) return std::move(parsed).error();
        due = *parsed;
      }
      return Command(commands::AddAction{name_of(step, "text"), what["owner"].text(), due});
    }
    case StoryStep::Kind::action_done:
      return Command(commands::FinishAction{static_cast<int>(what["action"].integer()), step.because});
    case StoryStep::Kind::action_dropped:
      return Command(commands::DropAction{static_cast<int>(what["action"].integer()), step.because});
    case StoryStep::Kind::risk_accepted:
      return Command(commands::AcceptRisk{static_cast<int>(what["action"].integer()), step.because});
    case StoryStep::Kind::decline:
      return Command(commands::Decline{name_of(step, "subject"), step.because, what["relayed"].text()});
    case StoryStep::Kind::contact:
      return Command(commands::AddContact{what["party"].text(), what["kind"].text(), what["value"].text(),
                                          what["hours"].text(), what["note"].text()});
    case StoryStep::Kind::contact_removed:
      return Command(commands::RemoveContact{static_cast<int>(what["contact"].integer()), step.because});
    case StoryStep::Kind::end_restriction: return Command(commands::EndRestriction{what["obligation"].text(), step.because});
    case StoryStep::Kind::data_set:
      return Command(
          commands::AddDataSet{what["name"].text(), what["title"].text(), false, {}, typed_members(what["facts"])});
    case StoryStep::Kind::group:
      return Command(commands::AddDataSet{what["name"].text(), what["title"].text(), true, what["of"].text(),
                                          typed_members(what["facts"])});
    case StoryStep::Kind::assess:
      return Command(commands::AssessSeverity{what["method"].text(), typed_members(what["inputs"]), what["data_set"].text(),
                                              step.because});
    case StoryStep::Kind::link: return Command(commands::LinkIncident{what["incident"].text()});
    case StoryStep::Kind::reopen: return Command(commands::Reopen{step.because});
    default: return Error{Errc::invalid, "this step is no command", "", {}, ""};
  }
}

commands::OpenCase opening_of(const StoryStep& step) {
  return {step.what["ref"].text(), step.what["title"].text(), typed(step.facts), step.what["incident"].text()};
}

Result<std::string> play(Engine& engine, const workflow::Story& story,
                         const std::function<void(const PlayedStep&)>& played) {
  return Player(engine, story, played).play();
}

}  // namespace tocsin
