// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/commands/command.h"
#include "engine/workflow/definition.h"
#include "engine/workflow/plan.h"

namespace tocsin::commands {

using workflow::Definition;
using workflow::Draft;

/// What a command is judged by, apart from the case: the pinned workflow, who works the case, who asks, and when.
struct Asked {
  const Definition& definition;
  const case_file::People& people;
  std::string by;
  std::string account;
  std::string program;
  Instant now;                  ///< when it is written down
  Instant at;                   ///< when it happened; not after now
  case_file::Marks marks = {};  ///< of the command's words; empty: none
};

/// What would be recorded, in order: what time alone had made true, the command's own events, and what follows from them.
/// Pure. `file` is the case before; on success it is the case after, on failure it is unusable. Refusals carry what is missing.
Result<std::vector<Draft>> decide(const Asked& asked, case_file::CaseFile& file, const Command& command);

/// The same for the first events of a case. `store` is live, story or exercise.
Result<std::vector<Draft>> decide_opening(const Asked& asked, case_file::CaseFile& file, std::string_view store,
                                          const OpenCase& command);

/// Applies what time alone has made true and what follows from it: for reading. Never fails on a sound case.
Result<std::vector<Draft>> advance(const Definition& definition, case_file::CaseFile& file, Instant now);

/// What follows if facts had these values, whoever judges them: on a copy, for reading. `invalid` for a fact or value that does not exist.
Result<case_file::CaseFile> suppose(const Definition& definition, case_file::CaseFile file,
                                    const std::vector<std::pair<std::string, std::string>>& facts, Instant now);

/// Once people are listed every write needs a listed person.
Result<void> listed_by(const case_file::People& people, std::string_view by);

/// `forbidden` unless the list is empty, or made by the one who asks, or they hold `admin`.
Result<void> may_list_people(const case_file::People& site, std::string_view by);

/// Judges an entry in the list of people. `site` is the list before.
Result<Draft> decide_person(const case_file::People& site, const AddPerson& command, std::string_view by,
                            std::string_view account, std::string_view program, Instant now);

/// Judges a line of the store's address book: the event, its words not sealed yet. `site` is the list before.
Result<Draft> decide_contact(const case_file::People& site, const AddContact& command, std::string_view by,
                             std::string_view account, std::string_view program, Instant now);
Result<Draft> decide_contact_removal(const case_file::People& site, const RemoveContact& command, std::string_view by,
                                     std::string_view account, std::string_view program, Instant now);

/// C0, DEL and C1, line breaks among them.
bool has_control_characters(std::string_view text);
/// [A-Za-z0-9._-]{1,64}: what may name a case or an incident.
bool is_reference(std::string_view ref);
/// ASCII. References and names are unique so.
bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tocsin::commands
