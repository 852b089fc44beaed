// SPDX-License-Identifier: Apache-2.0
// Transitions, and reopening a case.
#include <algorithm>

#include "engine/commands/recorder.h"
#include "engine/workflow/situation.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

bool is_approval(const Missing& missing) {
  return missing.subject.starts_with("approval.") || missing.subject.starts_with("advice.") ||
         missing.subject.starts_with("confirmation.");
}

std::string sentence_of(const std::string& transition, const std::vector<Missing>& missing) {
  std::string text = "cannot take '" + transition + "': ";
  for (std::size_t i = 0; i < missing.size(); ++i) text += (i ? "; " : "") + missing[i].sentence;
  return text;
}

/// A role decides before the workflow does, and an approval only when nothing else is missing.
Errc code_of(const std::vector<Missing>& missing) {
  const auto is_role = [](const Missing& m) { return m.subject.starts_with("role."); };
  if (std::any_of(missing.begin(), missing.end(), is_role)) return Errc::forbidden;
  return std::all_of(missing.begin(), missing.end(), is_approval) ? Errc::forbidden : Errc::refused;
}

Error not_allowed(const NextStep& step) {
  std::vector<std::string> subjects;
  for (const auto& missing : step.missing) subjects.push_back(missing.subject);
  std::string next;
  for (const auto& missing : step.missing)
    if (next.empty()) next = missing.next;
  return Error{code_of(step.missing), sentence_of(step.transition, step.missing), "transition " + step.transition,
               std::move(subjects), std::move(next)};
}

std::int64_t permission(const case_file::CaseFile& file, std::string_view transition) {
  for (auto d = file.decisions.rbegin(); d != file.decisions.rend(); ++d)
    if (d->kind == "transition" && d->subject == transition && d->effective && !d->done &&
        !relied_on_has_changed(file, d->relied_on))
      return d->n;
  return 0;
}

std::vector<std::string> transition_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& region : definition.regions)
    for (const auto& transition : region.transitions) names.push_back(transition.name);
  return names;
}

}  // namespace

Result<void> move(Recorder& recorder, const Move& command) {
  const auto& asked = recorder.asked();
  const auto [region, transition] = asked.definition.transition(command.transition);
  if (transition == nullptr)
    return Error{Errc::not_found,
                 "there is no transition of that name in " + asked.definition.name +
                     did_you_mean(command.transition, transition_names(asked.definition)),
                 "",
                 {},
                 "case show " + recorder.file().ref};
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  if (recorder.file().stage == case_file::Stage::closed)
    return refused("the case is closed: reopen it before anything moves", "case lifecycle",
                   "case reopen " + recorder.file().ref + " --because TEXT");
  const auto step = next_step(asked.definition, recorder.file(), asked.people, command.transition, asked.by);
  if (!step.allowed) return not_allowed(step);
  const auto* to = region->state(transition->to);
  const bool closes = to->final && region == asked.definition.closing_region();
  auto body = Json::object({{"region", region->name},
                            {"transition", transition->name},
                            {"from", recorder.file().states.at(region->name)},
                            {"to", transition->to},
                            {"final", to->final},
                            {"closes", closes}});
  if (transition->approval) body.set("decision", permission(recorder.file(), transition->name));
  if (closes) body.set("approved", true).set("nothing_owed", nothing_owed(asked.definition, recorder.file()));
  if (auto ok = recorder.record("moved", asked.at, std::move(body), {{"because", command.because}}); !ok) return ok;
  return recorder.follow();
}

Result<void> reopen(Recorder& recorder, const Reopen& command) {
  if (command.because.empty())
    return invalid("reopening a case needs a reason: give --because",
                   "case reopen " + recorder.file().ref + " --because TEXT");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  if (recorder.file().stage != case_file::Stage::closed)
    return refused("the case is open already", "case lifecycle", "case show " + recorder.file().ref);
  if (auto ok = recorder.record("case_reopened", recorder.asked().at, Json::object(), {{"because", command.because}}); !ok)
    return ok;
  return recorder.follow();
}

}  // namespace tocsin::commands
