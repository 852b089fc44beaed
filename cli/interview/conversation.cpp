// SPDX-License-Identifier: Apache-2.0
#include "cli/interview/conversation.h"

#include <algorithm>

#include "cli/line/editor.h"
#include "cli/views/words.h"
#include "engine/commands/decide.h"
#include "engine/workflow/scope.h"

namespace tocsin::cli {

using workflow::Fact;
using workflow::Question;

namespace {

constexpr int kInterrupted = 130;  // by whichever signal, as any other command

constexpr std::pair<std::string_view, std::string_view> kHelp[] = {
    {"Enter, ?", "not known yet; it is asked again another time"},
    {"why", "everything that hangs on the answer"},
    {"back", "to the question before"},
    {"quit", "leave, as Ctrl-D and Ctrl-C do; what was recorded stays"},
    {"Tab", "completes words; the arrow keys bring back lines, but no words of people"},
    {"later", "'tocsin case set' changes an answer, with a reason where one is due"},
};

bool may_be_remembered(const Fact& fact) { return !fact.vaulted(); }

/// Without what points into the case as it was read then.
Question by_itself(Question question) {
  question.fact = nullptr;
  question.claims.clear();
  question.suggestion = nullptr;
  return question;
}

}  // namespace

void Conversation::say(std::string_view text, int indent) { voice_.say(in_lines(text, voice_.columns(), indent) + "\n"); }

Wording Conversation::wording() const { return {view_, words_, request_.by, voice_.columns()}; }

Result<void> Conversation::read() {
  auto view = engine_.show(ref_, call_.world.clock());
  if (!view) return std::move(view).error();
  view_ = std::move(*view);
  words_ = words_or_none(engine_, view_);
  open_ = workflow::questions(*view_.definition, *view_.file, view_.people, view_.now);
  return {};
}

bool Conversation::is_to_be_asked(const Question& question) const {
  if (passed_.contains(question.name)) return false;
  // Who does not judge a fact has said what there is to say with one claim.
  return wording().judges(*question.fact) || std::none_of(question.claims.begin(), question.claims.end(),
                                                          [&](const auto* claim) { return claim->by == request_.by; });
}

Question Conversation::put_again(Question before) const {
  for (const auto& question : open_)
    if (question.name == before.name) return question;
  // It is answered by now: what hung on it, and who judges it, is what was said then.
  before.fact = view_.definition->fact(workflow::named_fact(before.name).fact);
  return before;
}

void Conversation::greet(std::size_t questions) {
  voice_.say(banner(view_.file->store));
  say(ref_ + "  " + word_at(words_, view_.file->title, "(title not readable)"), 4);
  if (questions == 0) return;
  if (request_.dry_run) say("DRY RUN: answers are judged and nothing is written");
  say(std::to_string(questions) + (questions == 1 ? " question" : " questions, most urgent first") + ". Each answer is " +
      (request_.dry_run ? "judged" : "recorded") + " at once, as by " + visible(request_.by) +
      ". Enter: not known yet. Also: why, back, help, quit.");
}

void Conversation::tell_what_others_did() {
  for (const auto& event : view_.events) {
    if (event.n <= seen_ || own_.contains(event.n) || event.by == ledger::kClock) continue;
    say("meanwhile, " + visible(event.by) + ": " + sentence_of(event, view_.definition->zone), 4);
  }
  seen_ = std::max(seen_, view_.file->version);
}

Result<int> Conversation::hold() {
  if (auto ok = read(); !ok) return std::move(ok).error();
  if (auto listed = commands::listed_by(view_.people, request_.by); !listed) return std::move(listed).error();
  seen_ = view_.file->version;
  greet(static_cast<std::size_t>(
      std::count_if(open_.begin(), open_.end(), [&](const Question& question) { return is_to_be_asked(question); })));
  for (;;) {
    const auto next =
        std::find_if(open_.begin(), open_.end(), [&](const Question& question) { return is_to_be_asked(question); });
    if (!wanted_ && next == open_.end()) return farewell();
    const auto question = wanted_ ? put_again(*std::exchange(wanted_, std::nullopt)) : *next;
    auto done = put(question);
    if (!done) return std::move(done).error();
    if (*done == Next::leave) return farewell();
    if (*done == Next::back) {
      wanted_ = asked_.back();
      asked_.pop_back();
    } else {
      asked_.push_back(by_itself(question));
      passed_.insert(question.name);
    }
    if (auto ok = read(); !ok) return std::move(ok).error();
    tell_what_others_did();
  }
}

Result<Conversation::Next> Conversation::put(const Question& question) {
  const auto left = static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), [&](const Question& other) {
    return other.name != question.name && is_to_be_asked(other);
  }));
  voice_.say("\n" + wording().asked(question, asked_.size() + 1, asked_.size() + 1 + left));
  if (const auto* claim = view_.file->fact(question.name))
    say("recorded now: " + wording().value(*claim) + "; Enter leaves it so", 4);
  for (;;) {
    auto next = hear(question);
    if (!next || *next != Next::again) return next;
  }
}

Result<Conversation::Next> Conversation::hear(const Question& question) {
  const auto& fact = *question.fact;
  Prompt prompt{question.name + "> ", fact.words, may_be_remembered(fact)};
  for (const auto* word : {"back", "help", "quit", "why"}) prompt.words.emplace_back(word);
  const auto heard = voice_.ask(prompt);
  if (heard.kind != Heard::Kind::line) return left(heard, false);
  auto answer =
      understood(fact, heard.text, std::max(call_.world.clock(), view_.file->last_recorded), view_.definition->zone);
  if (!answer) {
    refuse(answer.error());
    return Next::again;
  }
  switch (answer->kind) {
    case Answer::Kind::help:
      for (const auto& [word, means] : kHelp) voice_.say(wording().row(word, std::string(means)));
      return Next::again;
    case Answer::Kind::why: voice_.say(wording().why(question)); return Next::again;
    case Answer::Kind::quit: return Next::leave;
    case Answer::Kind::back:
      if (!asked_.empty()) return Next::back;
      say("this is the first question");
      return Next::again;
    case Answer::Kind::not_known:
      if (view_.file->fact(question.name) == nullptr) ++not_known_;
      return Next::go_on;
    case Answer::Kind::value: break;
  }
  return take(question, std::move(answer->value));
}

Result<Conversation::Next> Conversation::take(const Question& question, std::string value) {
  if (question.fact->kind == Fact::Kind::text) {
    auto words = words_from(question, std::move(value));
    if (!words) return Next::leave;
    if (words->empty()) return Next::again;
    value = std::move(*words);
  }
  // Somebody else may have answered while this person thought.
  const auto version = view_.file->fact_version(question.name);
  if (auto ok = read(); !ok) return std::move(ok).error();
  tell_what_others_did();
  if (view_.file->fact_version(question.name) != version) {
    say("Your answer was not recorded, because there is one by now. 'back' changes it.");
    return Next::go_on;
  }
  return record(question, value, "");
}

std::optional<std::string> Conversation::words_from(const Question& question, std::string first) {
  if (first.starts_with('@')) {
    Call of_value(call_.world, call_.verb);
    of_value.values["the answer"] = {first};
    auto text = first == "@" ? text_from_editor(call_.world, question.name) : text_of(of_value, "the answer");
    if (text && text->empty()) text = usage_error("the file is empty");
    if (text) return std::move(*text);
    refuse(text.error());
    return std::string();
  }
  if (first == ".") return std::string();
  auto words = std::move(first);
  for (;;) {
    const auto heard = voice_.ask({std::string(question.name.size(), '.') + "> "});
    if (heard.kind != Heard::Kind::line) {
      left(heard, true);
      return std::nullopt;
    }
    if (heard.text == ".") break;
    words += "\n" + heard.text;
  }
  while (words.ends_with('\n')) words.pop_back();
  return words;
}

Result<Conversation::Next> Conversation::record(const Question& question, const std::string& value,
                                                const std::string& because) {
  auto request = request_;
  request.now = call_.world.clock();
  auto outcome =
      engine_.record(ref_, commands::SetFacts{{{question.name, value}}, call_.one("--source"), "", because}, request);
  if (!outcome) {
    auto& error = outcome.error();
    if (error.code == Errc::corrupt || error.code == Errc::not_found) return std::move(error);
    if (because.empty() && error.missing == std::vector<std::string>{"because"})
      return ask_for_reason(question, value, error);
    refuse(error);
    return Next::again;
  }
  tell_recorded(question, *outcome);
  return Next::go_on;
}

Result<Conversation::Next> Conversation::ask_for_reason(const Question& question, const std::string& value,
                                                        const Error& why) {
  say(why.message.substr(0, why.message.rfind(", give --because")));
  const auto heard = voice_.ask({"reason> "});
  if (heard.kind != Heard::Kind::line) return left(heard, true);
  const auto because = std::string(trimmed(heard.text));
  if (because.empty()) {
    say("without a reason nothing was recorded");
    return Next::again;
  }
  return record(question, value, because);
}

void Conversation::tell_recorded(const Question& question, const Outcome& outcome) {
  ++answered_;
  if (!outcome.dry_run) call_.world.recorded = "event " + std::to_string(outcome.version) + " of " + ref_;
  const auto& zone = outcome.definition->zone;
  bool is_answer = true;
  for (const auto& event : outcome.events) {
    if (!outcome.dry_run) own_.insert(event.n);
    if (is_answer && event.type != "fact_set") continue;  // what time alone had made true
    auto sentence = sentence_of(event, zone);
    if (event.type == "fact_set" && is_answer) {
      is_answer = false;
      case_file::Claim claim;
      claim.value = event.body["value"];
      const auto is_words = event.texts.contains("value");
      sentence = question.name + " = " + (is_words ? "(words)" : wording().value(claim)) +
                 (event.body["adoptable"].boolean() ? "" : ", as a claim until somebody who judges it says so");
      say((outcome.dry_run ? "would be recorded: " : "recorded: ") + sentence, 4);
      continue;
    }
    say("follows: " + sentence, 4);
  }
}

Conversation::Next Conversation::left(const Heard& heard, bool amid_words) {
  signal_ = heard.kind == Heard::Kind::interrupted ? heard.signal : 0;
  voice_.say("\n");
  if (amid_words) say("What you were typing was not recorded.");
  return Next::leave;
}

int Conversation::farewell() {
  std::size_t left = 0;
  std::string claimed;
  for (const auto& question : open_) {
    if (is_to_be_asked(question)) ++left;
    else if (!wording().judges(*question.fact) && !question.claims.empty())
      claimed += (claimed.empty() ? "" : ", ") + question.name;
  }
  voice_.say("\n");
  if (view_.file->stage != case_file::Stage::open) say("The case is closed: nothing is asked.");
  else if (answered_ + not_known_ + left == 0) say("Nothing is left to ask you.");
  else
    say(std::to_string(answered_) + " answered, " + std::to_string(not_known_) + " not known yet, " + std::to_string(left) +
        " not asked." + (not_known_ + left == 0 ? "" : " Go on with: tocsin case ask " + ref_));
  if (!claimed.empty()) say("Until somebody who judges it says so, these stand as claims: " + claimed, 4);
  const auto [owed, command] = owed_next(*view_.definition, *view_.file, std::max(call_.world.clock(), view_.now));
  say(owed, 4);
  voice_.say("next: tocsin " + command + "\n");  // whole, to be copied
  return signal_ == 0 ? 0 : kInterrupted;
}

void Conversation::refuse(const Error& error) {
  say(visible(error.message), 4);
  for (const auto& missing : error.missing) say("missing: " + visible(missing), 4);
  if (!error.next.empty()) voice_.say("next: tocsin " + visible(error.next) + "\n");  // whole, to be copied
}

}  // namespace tocsin::cli
