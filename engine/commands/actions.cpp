// SPDX-License-Identifier: Apache-2.0
// Actions: what is to be done, and what became of it.
#include <algorithm>

#include "engine/commands/decision_subject.h"
#include "engine/commands/recorder.h"

namespace tocsin::commands {

namespace {

/// The action of that number, open.
Result<const case_file::Action*> open_action(const case_file::CaseFile& file, int number) {
  const auto found =
      std::find_if(file.actions.begin(), file.actions.end(), [&](const auto& action) { return action.number == number; });
  if (found == file.actions.end())
    return Error{Errc::not_found,
                 "there is no action " + std::to_string(number) + " in " + file.ref,
                 "",
                 {},
                 "action list " + file.ref};
  if (found->is_open()) return &*found;
  const auto is = found->state == case_file::Action::State::risk_accepted ? "was closed by accepting the risk"
                                                                          : "is " + std::string(word(found->state));
  return refused("action " + std::to_string(number) + " " + is + " already", "action", "action list " + file.ref);
}

Result<void> settle(Recorder& recorder, int number, std::string_view type, Json body, const std::string& because) {
  auto action = open_action(recorder.file(), number);
  if (!action) return std::move(action).error();
  if (auto ok = check_words("the reason", because); !ok) return ok;
  return recorder.record(type, recorder.asked().at, std::move(body.set("action", number)), {{"because", because}});
}

}  // namespace

Result<void> add_action(Recorder& recorder, const AddAction& command) {
  const auto& asked = recorder.asked();
  if (command.text.empty()) return invalid("an action needs words that say what is to be done");
  if (auto ok = check_words("the action", command.text); !ok) return ok;
  if (command.due && *command.due < asked.at) return invalid("the action would be due before it was made");
  if (command.owner.size() > 64 || !is_utf8(command.owner) || has_control_characters(command.owner))
    return invalid("the owner of an action is a name of at most 64 bytes of UTF-8");  // it lies in the event
  if (!command.owner.empty() && !asked.people.empty() && asked.people.find(command.owner) == nullptr)
    return invalid("the owner of an action works the case: '" + command.owner + "' is not listed", "people list");
  auto body = Json::object({{"action", static_cast<std::int64_t>(recorder.file().actions.size()) + 1}});
  if (!command.owner.empty()) body.set("owner", command.owner);
  if (command.due) body.set("due", format_instant(*command.due));
  return recorder.record("action_added", asked.at, std::move(body), {{"text", command.text}});
}

Result<void> finish_action(Recorder& recorder, const FinishAction& command) {
  return settle(recorder, command.number, "action_done", Json::object(), command.because);
}

Result<void> drop_action(Recorder& recorder, const DropAction& command) {
  if (command.because.empty())
    return invalid("dropping an action needs a reason: give --because",
                   "action drop " + recorder.file().ref + " " + std::to_string(command.number) + " --because TEXT");
  return settle(recorder, command.number, "action_dropped", Json::object(), command.because);
}

Result<void> may_accept_risk(const Asked& asked) {
  const auto& roles = asked.definition.accept_risk;
  return roles.empty() ? Result<void>() : holds_one_of(asked, roles, "accepting a risk");
}

Result<void> accept_risk(Recorder& recorder, const AcceptRisk& command) {
  const auto& asked = recorder.asked();
  if (auto action = open_action(recorder.file(), command.number); !action) return std::move(action).error();
  if (auto ok = may_accept_risk(asked); !ok) return ok;
  if (command.because.empty())
    return invalid("accepting a risk needs a reason: give --because",
                   "action accept-risk " + recorder.file().ref + " " + std::to_string(command.number) + " --because TEXT");
  return settle(recorder, command.number, "risk_accepted", Json::object(), command.because);
}

}  // namespace tocsin::commands
