// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/time.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// A person of a story: listed in the site stream before the first step.
struct StoryPerson {
  std::string name;                ///< as steps name them in `as`
  std::vector<std::string> roles;  ///< what they may do
  std::string account;             ///< the operating-system account they write from
};

/// What one step of a story does; the values are as written in the file, judged when the story is played.
struct StoryStep {
  /// The verbs of a story (docs/formats/story.md).
  enum class Kind {
    open,
    set,
    note,
    move,
    record,
    receipt,
    withdraw,
    propose,
    advise,
    approve,
    action,
    action_done,
    action_dropped,
    risk_accepted,
    decline,
    contact,
    contact_removed,
    reopen,
    end_restriction,
    data_set,
    group,
    assess,
    link,
    expect
  };
  Kind kind = Kind::expect;  ///< what it does
  std::optional<Instant>
      at;  ///< when it happened and, unless `recorded_at` says otherwise, was written down; none only for expect
  std::optional<Instant> recorded_at;  ///< `written:` in the file, for what was entered later than it happened
  std::string as;                      ///< a name from `people`; empty where nobody is listed
  /// The step's own mapping, times as RFC 3339 text as written: open {"ref","title","incident"}, set {NAME: value, ...},
  /// note {"text","with","by","direction"}, move {"transition"}, record {"obligation","channel","reference","text",
  /// "reason","complete","also"}, receipt {"notice","reference"}, withdraw {"notice"}, propose {"subject","relies_on"},
  /// and the fields of a decision record, end_restriction {"obligation"}, data_set {"name","title"}, group {"name","title","of"},
  /// assess {"method","data_set","inputs"}, link {"incident"}, advise {"subject"}, approve and decline {"subject","relayed"}, action {"text","owner","due"}, action_done,
  /// action_dropped and risk_accepted {"action"}, contact {"party","kind","value","hours","note"}, contact_removed {"contact"},
  /// reopen {}, expect {...}. A number or true/false that was not quoted is one; keys that were left out are absent.
  Json what;
  std::vector<std::pair<std::string, Json>> facts;  ///< open and set: name, value
  std::string source;           ///< set: the party; in a story that is no fiction also where it is reported
  std::string status;           ///< set
  std::string because;          ///< the reason, in words; may be empty
  std::string marking;          ///< protective marking of the step's words
  bool privileged = false;      ///< they are under legal professional privilege
  std::optional<Json> refused;  ///< the step must be refused: {"missing":[..]} or {}; none: must be accepted
  std::string reported;         ///< where a true event is reported (a citation), printed in the diary
  Place place;                  ///< in its file
};

/// A sequence of steps on its own clock: for replay, for tests of workflows, for exercises.
struct Story {
  std::string name;                 ///< of the file
  std::string title;                ///< for people
  bool fiction = true;              ///< false: of public sources, each step with one
  std::string workflow;             ///< its name
  std::vector<StoryPerson> people;  ///< listed before the first step
  std::vector<StoryStep> steps;     ///< in order of time
  Place place;                      ///< of its first line
};

}  // namespace tocsin::workflow
