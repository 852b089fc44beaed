// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {

Result<int> action_add(Call& call) {
  auto text = text_of(call, "TEXT");
  if (!text) return std::move(text).error();
  return record_with_times(call, [&](const TypedTimes& times) -> Result<commands::Command> {
    auto due = times.option("--due", TypedTimes::When::to_come);
    if (!due) return std::move(due).error();
    return commands::Command(commands::AddAction{*text, call.one("--owner"), *due});
  });
}

namespace {

/// Says what became of action N.
template <class Command>
Result<int> settle(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  return with_reason(call, [&](std::string because) {
    return Command{static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000)), std::move(because)};
  });
}

std::string state_of(const case_file::Action& action) {
  if (action.state == case_file::Action::State::risk_accepted) return "risk accepted by " + action.settled_by;
  return std::string(word(action.state));
}

}  // namespace

Result<int> action_done(Call& call) { return settle<commands::FinishAction>(call); }

Result<int> action_drop(Call& call) { return settle<commands::DropAction>(call); }

Result<int> action_accept_risk(Call& call) { return settle<commands::AcceptRisk>(call); }

Result<int> action_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (!call.json()) call.world.out << banner(view.file->store);
  Json list = Json::array();
  for (const auto& action : view.file->actions) {
    if (call.json()) {
      auto one = Json::object({{"action", action.number},
                               {"text", text_json(words, action.text)},
                               {"owner", action.owner.empty() ? Json() : Json(action.owner)},
                               {"due", action.due ? Json(format_instant(*action.due)) : Json()},
                               {"state", word(action.state)},
                               {"done", action.state == case_file::Action::State::done},
                               {"settled_by", action.settled_by.empty() ? Json() : Json(action.settled_by)},
                               {"settled_at", action.settled_at ? Json(format_instant(*action.settled_at)) : Json()},
                               {"because", text_json(words, action.because)}});
      list.push(with_marks(std::move(one), words, action.text));
      continue;
    }
    call.world.out << action.number << "  " << state_of(action) << "  " << word_at(words, action.text)
                   << (action.owner.empty() ? "" : "  " + action.owner)
                   << (action.due ? "  due " + both_deadline_times(*action.due, view.definition->zone) : "") << "\n";
    if (action.because) call.world.out << "          because " << word_at(words, action.because) << "\n";
  }
  if (call.json())
    call.print(with_words(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"actions", list}}), words));
  else if (view.file->actions.empty()) call.world.out << "no actions yet\n";
  return exit_code(words);
}

}  // namespace tocsin::cli
