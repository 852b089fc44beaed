// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"

namespace tocsin::cli {

Result<int> decision_propose(Call& call) {
  return with_reason(call, [&](std::string because) {
    return commands::Propose{call.one("SUBJECT"), std::move(because), call.all("--relies-on")};
  });
}

Result<int> decision_advise(Call& call) {
  return with_reason(call, [&](std::string because) { return commands::Advise{call.one("DIGEST"), std::move(because)}; });
}

Result<int> decision_approve(Call& call) {
  return with_reason(call, [&](std::string because) {
    return commands::Approve{call.one("DIGEST"), std::move(because), call.one("--relayed")};
  });
}

Result<int> decision_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  Json list = Json::array();
  for (const auto& decision : view.file->decisions) {
    const std::string state = decision.done                    ? "carried out"
                              : decision.awaits_confirmation() ? "approved, to be confirmed"
                              : decision.effective             ? "approved"
                              : workflow::relied_on_has_changed(*view.file, decision.relied_on)
                                  ? "void: a fact it relied on has changed"
                                  : "proposed";
    if (call.json()) {
      Json advice = Json::array();
      for (const auto& [name, text] : decision.advice)
        advice.push(Json::object({{"by", name}, {"text", text_json(words, text)}}));
      list.push(Json::object({{"digest", decision.digest},
                              {"kind", decision.kind},
                              {"subject", decision.subject},
                              {"state", state},
                              {"proposed_by", decision.proposed_by},
                              {"at", format_instant(decision.at)},
                              {"because", text_json(words, decision.because)},
                              {"advice", advice},
                              {"approved_by", decision.approved_by.empty() ? Json() : Json(decision.approved_by)},
                              {"same_account", decision.same_account},
                              {"relayed", decision.relayed.empty() ? Json() : Json(decision.relayed)}}));
      continue;
    }
    auto& out = call.world.out;
    out << decision.digest.substr(0, 8) << "  " << decision.subject << "  " << state << "  proposed by "
        << decision.proposed_by;
    for (const auto& [name, text] : decision.advice) out << ", advised by " << name;
    if (!decision.approved_by.empty())
      out << ", approved by " << decision.approved_by << (decision.same_account ? " (same account)" : "");
    out << "\n          because " << word_at(words, decision.because) << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"decisions", list}}));
  else if (view.file->decisions.empty()) call.world.out << "no decisions yet\n";
  return 0;
}

}  // namespace tocsin::cli
