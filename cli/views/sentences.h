// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "engine/base/json.h"
#include "engine/base/time.h"
#include "engine/case_file/case_file.h"
#include "engine/case_file/marks.h"
#include "engine/ledger/event.h"
#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// One event as a sentence, its times in those of the zone: "fact risk = high_risk". Words that lie in the vault are not part of it.
std::string sentence_of(const ledger::Event& event, const std::string& zone);

/// UTC times inside a sentence, put into the time of a zone.
std::string with_local_times(std::string text, const std::string& zone);

/// A value of a fact as a person writes it.
std::string shown(const Json& value);

/// "[OFFICIAL-SENSITIVE, PRIVILEGED]"; empty for words without marks.
std::string label_of(const case_file::Marks& marks);

/// "BANNER" lines for stores that are not live; nothing for live ones.
std::string banner(const std::string& store);

/// The most urgent thing that the case owes: a sentence and the command.
std::pair<std::string, std::string> owed_next(const workflow::Definition& definition, const case_file::CaseFile& file,
                                              Instant now);

/// The command for something open in a case, without the program's name: an item's kind and name as `due` has them.
std::string command_for(const std::string& ref, const std::string& kind, const std::string& name);

}  // namespace tocsin::cli
