// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/interview/answer.h"
#include "cli/interview/voice.h"
#include "cli/interview/wording.h"
#include "cli/line/call.h"
#include "engine/engine.h"
#include "engine/workflow/questions.h"

namespace tocsin::cli {

/// Takes the unknown facts of a case from one person, most urgent first, and records each answer at once as 'case set' does. It keeps
/// nothing of its own: leave it at any point, and the facts that are still unknown are where it goes on. Others may work the case
/// meanwhile: it reads the case again before each question and before each answer is recorded. No answer is repeated in an error.
///
///   Conversation conversation(call, engine, "FF-1", request, voice);
///   return conversation.hold();      // 0, or 130 when it was interrupted
class Conversation {
 public:
  /// Keeps references; `request` says who answers, when things happened if not now, and whether it is a dry run.
  Conversation(Call& call, Engine& engine, std::string ref, Request request, Voice& voice)
      : call_(call), engine_(engine), ref_(std::move(ref)), request_(std::move(request)), voice_(voice) {}

  /// Asks until nothing is left or the person leaves. Fails when nothing could be recorded (`forbidden` for somebody who is not listed)
  /// and when the case cannot be read.
  Result<int> hold();

 private:
  enum class Next { go_on, again, back, leave };

  Result<void> read();
  Wording wording() const;
  void greet(std::size_t questions);
  void tell_what_others_did();
  bool is_to_be_asked(const workflow::Question& question) const;
  workflow::Question put_again(workflow::Question before) const;
  Result<Next> put(const workflow::Question& question);
  Result<Next> hear(const workflow::Question& question);
  Result<Next> take(const workflow::Question& question, std::string value);
  Result<Next> record(const workflow::Question& question, const std::string& value, const std::string& because);
  Result<Next> ask_for_reason(const workflow::Question& question, const std::string& value, const Error& why);
  void tell_recorded(const workflow::Question& question, const Outcome& outcome);
  /// The rest of a text whose first line is given; nothing where the person left in the middle of it.
  std::optional<std::string> words_from(const workflow::Question& question, std::string first);
  Next left(const Heard& heard, bool amid_words);
  int farewell();
  void say(std::string_view text, int indent = 0);
  void refuse(const Error& error);

  Call& call_;
  Engine& engine_;
  std::string ref_;
  Request request_;
  Voice& voice_;

  CaseView view_ = {};
  Words words_ = {};
  std::vector<workflow::Question> open_ = {};      ///< of view_
  std::int64_t seen_ = 0;                          ///< the version up to which everything was told
  std::set<std::int64_t> own_ = {};                ///< numbers of events that this conversation recorded
  std::vector<workflow::Question> asked_ = {};     ///< in this conversation, for 'back'
  std::set<std::string> passed_ = {};              ///< answered or not known: not to be asked again in this conversation
  std::optional<workflow::Question> wanted_ = {};  ///< what 'back' leads to
  std::size_t answered_ = 0, not_known_ = 0;
  int signal_ = 0;
};

}  // namespace tocsin::cli
