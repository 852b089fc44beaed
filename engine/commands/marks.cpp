// SPDX-License-Identifier: Apache-2.0
// Protective markings and privilege: how words are to be handled, and when privileged ones leave the house.
#include <algorithm>

#include "engine/commands/recorder.h"

namespace tocsin::commands {

Result<void> check_marks(const Definition& definition, const case_file::Marks& marks) {
  const auto& known = workflow::markings_of(definition);
  if (marks.marking.empty() || std::find(known.begin(), known.end(), marks.marking) != known.end()) return {};
  std::string list;
  for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
  return invalid("a protective marking here is one of " + list + did_you_mean(marks.marking, known) +
                 ": what may not be kept under one of them does not belong into this store");
}

Error nothing_to_mark() {
  return invalid(
      "there are no words to mark: a marking is of notes, reasons, texts of notices and facts in words; titles stand in "
      "every list and references are others' names, so neither is marked");
}

Result<void> include_privileged(Recorder& recorder, const IncludePrivileged& command) {
  if (command.document != "register" && command.document != "notice-draft")
    return invalid("privileged words go into the register or a notice-draft, and into nothing else");
  if (command.because.empty())
    return invalid("taking privileged words out of the house needs a reason: privilege may be lost by it");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  return recorder.record("privileged_included", recorder.asked().at, Json::object({{"document", command.document}}),
                         {{"because", command.because}});
}

}  // namespace tocsin::commands
