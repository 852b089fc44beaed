// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/time.h"

namespace tocsin::commands {

/// What somebody asks for. Texts are people's words and go to the vault; everything else may lie in an event.
/// `at` is when the thing happened; none means now.
struct OpenCase {
  std::string ref;  ///< [A-Za-z0-9._-]{1,64}
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  ///< NAME, VALUE as typed
};
struct SetFacts {
  std::vector<std::pair<std::string, std::string>> facts;  ///< NAME, VALUE as typed; "unknown" takes back
  std::string source;                                      ///< party; empty: the controller
  std::string status;  ///< empty: confirmed from a holder of the fact's `by`, else claimed
  std::string because;
};
struct Note {
  std::string text;
  std::string with;       ///< party, or empty
  std::string by;         ///< channel: phone, mail, ...
  std::string direction;  ///< in, out, or empty
};
struct Move {
  std::string transition;
  std::string because;
};
struct RecordNotice {
  std::string obligation;
  std::string channel;
  std::string reference;  ///< "pending" is the word for not yet known
  std::string text;
  std::string reason;
  bool complete = false;
};
struct RecordReceipt {
  int notice = 0;
  std::string reference;
};
struct Propose {
  std::string subject;  ///< an obligation, a transition, notice:N, NAME=TIME
  std::string because;
  std::vector<std::string> relies_on;
};
struct Advise {
  std::string digest;  ///< at least eight hex digits, or the subject in a story
  std::string because;
};
struct Approve {
  std::string digest;
  std::string because;
  std::string relayed;  ///< channel, or empty
};
struct AddAction {
  std::string text;
  std::string owner;
  std::optional<Instant> due;
};
struct FinishAction {
  int number = 0;
  std::string because;
};
struct Reopen {
  std::string because;
};

/// Of a case that is open or closed; OpenCase and people have doors of their own.
using Command = std::variant<SetFacts, Note, Move, RecordNotice, RecordReceipt, Propose, Advise, Approve, AddAction,
                             FinishAction, Reopen>;

struct AddPerson {
  std::string name;
  std::vector<std::string> roles;
};

}  // namespace tocsin::commands
