// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/difference.h"

#include <algorithm>

#include "engine/workflow/explain.h"

namespace tocsin::workflow {

using case_file::CaseFile;

namespace {

std::string in_words(const Standing& standing, const CaseFile& file) {
  if (standing.file == nullptr) return standing.applies == "no" ? "not owed" : "not started";
  const auto& held = *standing.file;
  std::string text = standing.state;
  if (held.due) text += " by " + format_instant(*held.due) + (held.provisional ? ", provisional" : "");
  else if (held.since) text += " since " + format_instant(*held.since);
  const auto now = on_current_facts(file, held);
  return now == "late" ? text + ", late on these facts" : text;
}

/// What kind of change it is; the first that fits.
std::string kind_of(const Standing* before, const Standing& after, const CaseFile& file_before, const CaseFile& file_after) {
  const bool was_there = before != nullptr && before->file != nullptr;
  if (!was_there) return after.file != nullptr ? "appears" : "changes";
  if (after.file == nullptr) return "changes";
  const auto late_before = on_current_facts(file_before, *before->file) == "late" || before->state == "overdue";
  const auto late_after = on_current_facts(file_after, *after.file) == "late" || after.state == "overdue";
  if (late_before != late_after) return late_after ? "turns_late" : "turns_in_time";
  return before->file->due != after.file->due || before->file->since != after.file->since ? "moves" : "changes";
}

}  // namespace

std::vector<Difference> differences(const Definition& definition, const CaseFile& before, const CaseFile& after,
                                    const case_file::People& people) {
  std::vector<Difference> all;
  const auto old = standings(definition, before);
  for (const auto& now : standings(definition, after)) {
    const auto then = std::find_if(old.begin(), old.end(), [&](const Standing& one) { return one.name == now.name; });
    const auto* was = then == old.end() ? nullptr : &*then;
    const auto words_before = was == nullptr ? std::string() : in_words(*was, before), words_after = in_words(now, after);
    if (words_before == words_after) continue;
    all.push_back({"obligations." + now.name, kind_of(was, now, before, after), words_before, words_after});
  }
  for (const auto& step : next_steps(definition, after, people, "")) {
    const bool was_allowed = next_step(definition, before, people, step.transition, "").allowed;
    if (was_allowed == step.allowed) continue;
    all.push_back({"transitions." + step.transition, step.allowed ? "becomes_possible" : "becomes_impossible",
                   was_allowed ? "possible" : "not yet", step.allowed ? "possible" : "not yet"});
  }
  return all;
}

}  // namespace tocsin::workflow
