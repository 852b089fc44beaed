// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.h"
#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// One thing that hangs on an answer.
struct Because {
  /// From the most to the least urgent:
  ///   clock       whether or by when something that we owe, or perhaps owe, is owed
  ///   start       something that we do not owe as far as is known, and would
  ///   transition  a transition whose other conditions hold
  ///   notice      what a notice that we owe, or perhaps owe, has to say
  ///   watched     what others owe us
  ///   later       a transition that waits for more than answers; what a duty would be counted by if it were owed
  enum class Kind { clock, start, transition, notice, watched, later };
  Kind kind = Kind::clock;
  std::string subject;   ///< "obligations.ico", "obligations.staff@footage", "transitions.finish-scoping"
  std::string sentence;  ///< "'ico' (Notify the Commissioner, UK GDPR Art 33(1)) is counted from it, ..."; times in UTC
  std::optional<Instant> due;  ///< of the obligation, where it has a deadline
};

/// A fact of a case that nobody has answered, or only somebody who does not judge it. `fact` and `claims` point into what
/// questions() was given.
struct Question {
  std::string name;                                           ///< as 'case set' takes it: "risk", "footage.risk"
  std::string data_set;                                       ///< or group; empty: the breach as first reported
  const Fact* fact = nullptr;                                 ///< ask, kind, words, law, by, per
  std::vector<Because> because;                               ///< the most urgent first; empty: it is asked for the record
  std::vector<std::string> judges;                            ///< who is listed and holds a role of the fact's `by`
  std::vector<const case_file::Claim*> claims;                ///< standing answers that are not adopted
  const case_file::SeverityAssessment* suggestion = nullptr;  ///< of the fact's method: another word needs a reason
};

constexpr std::string_view word(Because::Kind kind) {
  constexpr std::string_view words[] = {"clock", "start", "transition", "notice", "watched", "later"};
  return words[static_cast<std::size_t>(kind)];
}

/// What is not known in an open case, for each data set and group, in the order in which to ask: what decides a clock, by urgency of
/// its deadline, before what opens a transition before what fills a notice (docs/decisions/0023). Nothing of a closed case.
/// Of two answers to one duty, what decides it now comes before what would only do so if something else were otherwise.
/// Pure; thread-safe. `now` says what is overdue.
std::vector<Question> questions(const Definition& definition, const case_file::CaseFile& file,
                                const case_file::People& people, Instant now);

}  // namespace tocsin::workflow
