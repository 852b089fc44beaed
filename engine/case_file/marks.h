// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "engine/ledger/event.h"

namespace tocsin::case_file {

/// How the words of an event are to be handled. A mark is a fixed word that lies in the event; it never says anything about its own.
struct Marks {
  std::string marking;      ///< protective marking, a word of the workflow's list: official-sensitive; empty: none
  bool privileged = false;  ///< legal professional privilege is claimed for them

  bool empty() const { return marking.empty() && !privileged; }  ///< nothing is marked
};

/// The marks of an event's words; empty for an event without.
Marks marks_of(const ledger::Event& event);

/// {"marking","privileged"} as events hold it (docs/formats/event.md).
Json to_json(const Marks& marks);

/// Whether marks speak of a text: of all but titles, which stand in every list, and references, which are others' names for a filing.
bool is_markable(std::string_view field);

}  // namespace tocsin::case_file
