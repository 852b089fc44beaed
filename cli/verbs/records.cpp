// SPDX-License-Identifier: Apache-2.0
// notice, decision and action verbs.
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"
#include "engine/workflow/plan.h"

namespace tocsin::cli {
namespace {

Json text_json(const Words& words, const case_file::TextRef& text) {
  const auto found = words.find({text.n, text.field});
  return !text || found == words.end() || !found->second ? Json() : Json(*found->second);
}

Result<int> with_reason(Call& call, const std::function<workflow::Command(std::string)>& make) {
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  return record_on_case(call, make(std::move(*because)));
}

}  // namespace

Result<int> notice_record(Call& call) {
  workflow::RecordNotice command{call.one("OBLIGATION"), call.one("--channel"), "", "", "", call.has("--complete")};
  for (auto [option, into] : {std::pair{"--reference", &command.reference}, {"--text", &command.text}, {"--reason", &command.reason}}) {
    auto text = text_of(call, option);
    if (!text) return std::move(text).error();
    *into = std::move(*text);
  }
  return record_on_case(call, command, "RECORDED, NOT SENT: tocsin sent nothing to anybody");
}

Result<int> notice_receipt(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  auto reference = text_of(call, "--reference");
  if (!reference) return std::move(reference).error();
  return record_on_case(call, workflow::RecordReceipt{static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000)), *reference});
}

Result<int> notice_withdraw(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  return with_reason(call, [&](std::string because) { return workflow::Propose{"notice:" + std::to_string(*number), std::move(because), {}}; });
}

Result<int> notice_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  Json list = Json::array();
  for (const auto& notice : view.file->notices) {
    if (call.json()) {
      list.push(Json::object({{"notice", notice.number}, {"obligation", notice.obligation}, {"at", format_instant(notice.at)},
                              {"recorded_at", format_instant(notice.recorded_at)}, {"by", notice.by}, {"channel", notice.channel},
                              {"reference", text_json(words, notice.reference)}, {"pending", notice.reference_pending}, {"verdict", notice.verdict},
                              {"gaps", Json::array(notice.gaps)}, {"complete", notice.claimed_complete}, {"withdrawn", notice.withdrawn},
                              {"text", text_json(words, notice.text)}, {"reason", text_json(words, notice.reason)}}));
      continue;
    }
    auto& out = call.world.out;
    out << notice.number << "  " << notice.obligation << "  " << both_times(notice.at, view.definition->zone) << "  " << notice.channel << "  reference "
        << (notice.reference_pending ? "pending" : word_at(words, notice.reference)) << "  " << (notice.withdrawn ? "WITHDRAWN" : notice.verdict);
    if (notice.entered_late) out << ", entered late" << (notice.text ? "" : ", no copy");
    if (!notice.gaps.empty() && !notice.claimed_complete) {
      out << ", gaps:";
      for (const auto& gap : notice.gaps) out << " " << gap;
    }
    out << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"notices", list}}));
  else if (view.file->notices.empty()) call.world.out << "no notices yet\n";
  return 0;
}

Result<int> decision_propose(Call& call) {
  return with_reason(call, [&](std::string because) { return workflow::Propose{call.one("SUBJECT"), std::move(because), call.all("--relies-on")}; });
}

Result<int> decision_advise(Call& call) {
  return with_reason(call, [&](std::string because) { return workflow::Advise{call.one("DIGEST"), std::move(because)}; });
}

Result<int> decision_approve(Call& call) {
  return with_reason(call, [&](std::string because) { return workflow::Approve{call.one("DIGEST"), std::move(because), call.one("--relayed")}; });
}

Result<int> decision_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  Json list = Json::array();
  for (const auto& decision : view.file->decisions) {
    const std::string state = decision.done ? "carried out" : decision.awaits_confirmation() ? "approved, to be confirmed" : decision.effective ? "approved"
                              : workflow::relied_on_has_changed(*view.file, decision.relied_on) ? "void: a fact it relied on has changed" : "proposed";
    if (call.json()) {
      Json advice = Json::array();
      for (const auto& [name, text] : decision.advice) advice.push(Json::object({{"by", name}, {"text", text_json(words, text)}}));
      list.push(Json::object({{"digest", decision.digest}, {"kind", decision.kind}, {"subject", decision.subject}, {"state", state},
                              {"proposed_by", decision.proposed_by}, {"at", format_instant(decision.at)}, {"because", text_json(words, decision.because)},
                              {"advice", advice}, {"approved_by", decision.approved_by.empty() ? Json() : Json(decision.approved_by)},
                              {"same_account", decision.same_account}, {"relayed", decision.relayed.empty() ? Json() : Json(decision.relayed)}}));
      continue;
    }
    auto& out = call.world.out;
    out << decision.digest.substr(0, 8) << "  " << decision.subject << "  " << state << "  proposed by " << decision.proposed_by;
    for (const auto& [name, text] : decision.advice) out << ", advised by " << name;
    if (!decision.approved_by.empty()) out << ", approved by " << decision.approved_by << (decision.same_account ? " (same account)" : "");
    out << "\n          because " << word_at(words, decision.because) << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"decisions", list}}));
  else if (view.file->decisions.empty()) call.world.out << "no decisions yet\n";
  return 0;
}

Result<int> action_add(Call& call) {
  auto text = text_of(call, "TEXT");
  if (!text) return std::move(text).error();
  auto due = time_of(call, "--due");
  if (!due) return std::move(due).error();
  return record_on_case(call, workflow::AddAction{*text, call.one("--owner"), *due});
}

Result<int> action_done(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  return with_reason(call, [&](std::string because) {
    return workflow::FinishAction{static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000)), std::move(because)};
  });
}

Result<int> action_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  Json list = Json::array();
  for (const auto& action : view.file->actions) {
    if (call.json()) {
      list.push(Json::object({{"action", action.number}, {"text", text_json(words, action.text)}, {"owner", action.owner.empty() ? Json() : Json(action.owner)},
                              {"due", action.due ? Json(format_instant(*action.due)) : Json()}, {"done", action.done}}));
      continue;
    }
    call.world.out << action.number << "  " << (action.done ? "done" : "open") << "  " << word_at(words, action.text)
                   << (action.owner.empty() ? "" : "  " + action.owner) << (action.due ? "  due " + both_times(*action.due, view.definition->zone) : "") << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"actions", list}}));
  else if (view.file->actions.empty()) call.world.out << "no actions yet\n";
  return 0;
}

}  // namespace tocsin::cli
