// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "cli/screen/table.h"
#include "cli/times/local_time.h"
#include "cli/views/case_screen.h"
#include "engine/workflow/card.h"
#include "engine/workflow/plan.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using case_file::Decision;

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// "siro (sid)", "dpo or siro (dee, sid)", "gold (nobody is listed)".
std::string holders_of(const CaseView& view, const std::vector<std::string>& roles) {
  std::vector<std::string> names;
  for (const auto& role : roles)
    for (const auto& name : view.people.holders(role))
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return joined(roles, " or ") + " (" + (names.empty() ? "nobody is listed" : joined(names, ", ")) + ")";
}

const workflow::Approval* approval_of(const CaseView& view, const Decision& decision) {
  if (decision.kind == "transition") {
    const auto* transition = view.definition->transition(decision.subject).second;
    return transition != nullptr && transition->approval ? &*transition->approval : nullptr;
  }
  if (decision.kind != "rule_out") return nullptr;
  const auto* obligation = view.definition->obligation(CaseFile::obligation_of(decision.subject));
  return obligation != nullptr && obligation->rule_out ? &*obligation->rule_out : nullptr;
}

class Duties {
 public:
  Duties(const CaseView& view, const Words& words) : view_(view), words_(words) {}

  Table table() {
    decisions();
    actions();
    judgements();
    moves();
    roles();
    return std::move(table_);
  }

 private:
  bool has_holders(const std::vector<std::string>& roles) const {
    return std::any_of(roles.begin(), roles.end(), [&](const auto& role) { return !view_.people.holders(role).empty(); });
  }
  /// Who must, or one more role that nobody fills.
  void put_for(const std::vector<std::string>& roles, const std::string& what) {
    if (has_holders(roles)) put(holders_of(view_, roles), what);
    else vacant_.insert(roles.front());
  }
  void put(const std::string& who, const std::string& what, Tone tone = Tone::plain) {
    table_.row({{who, Tone::strong}, {what, tone}});
  }

  void decisions() {
    for (const auto& decision : view_.file->decisions) {
      const auto digest = decision.digest.substr(0, 8);
      const auto subject = "'" + decision.subject + "'";
      if (decision.awaits_confirmation()) {
        const auto by = decision.confirm_by.value_or(decision.at);
        put(decision.approved_by, "confirm the approval of " + subject + " that was relayed, " + relative(by, view_.now),
            by < view_.now ? Tone::bad : Tone::soon);
        table_.command("decision approve " + view_.file->ref + " " + digest + " --as " + decision.approved_by);
      }
      if (decision.effective || decision.done || decision.is_declined() || !decision.approved_by.empty() ||
          workflow::relied_on_has_changed(*view_.file, decision.relied_on) || workflow::is_moot(*view_.file, decision))
        continue;
      const auto* approval = approval_of(view_, decision);
      const bool wants_advice = approval != nullptr && !approval->advice.empty() &&
                                std::none_of(decision.advice.begin(), decision.advice.end(), [&](const auto& advice) {
                                  return view_.people.has_held(advice.first, approval->advice);
                                });
      if (wants_advice) {
        put(holders_of(view_, {approval->advice}), "advise on " + subject + ", which " + decision.proposed_by + " proposed",
            Tone::soon);
        table_.command("decision advise " + view_.file->ref + " " + digest + " --because TEXT");
      }
      put(approval == nullptr || approval->second.empty() ? "a second person" : holders_of(view_, {approval->second}),
          "approve " + subject + (wants_advice ? " once there is advice" : ", which " + decision.proposed_by + " proposed"),
          Tone::soon);
      if (!wants_advice) table_.command("decision approve " + view_.file->ref + " " + digest);
    }
  }

  void actions() {
    for (const auto& action : view_.file->actions) {
      if (!action.is_open()) continue;
      const auto text = word_at(words_, action.text);
      put(action.owner.empty() ? "somebody" : action.owner,
          "action " + std::to_string(action.number) + ": " + text.substr(0, text.find('\n')) +
              (action.due ? " (" + relative(*action.due, view_.now) + ")" : ""),
          action.due && *action.due < view_.now ? Tone::bad : Tone::plain);
    }
  }

  /// What only some may judge, and nobody has.
  void judgements() {
    std::map<std::vector<std::string>, std::vector<std::string>> by_roles;
    for (const auto& fact : view_.definition->facts) {
      const auto* known = view_.file->fact(fact.name);
      if (fact.by.empty() || (known != nullptr && known->is_known())) continue;
      by_roles[fact.by].push_back(fact.name);
    }
    for (const auto& [roles, facts] : by_roles) put_for(roles, "judge " + joined(facts, ", "));
  }

  void moves() {
    std::map<std::vector<std::string>, std::vector<std::string>> by_roles;
    for (const auto& step : workflow::next_steps(*view_.definition, *view_.file, view_.people, "")) {
      const auto* transition = view_.definition->transition(step.transition).second;
      if (step.allowed && !transition->by.empty()) by_roles[transition->by].push_back(step.transition);
    }
    for (const auto& [roles, steps] : by_roles) put_for(roles, "move " + joined(steps, ", "));
  }

  /// Roles that a decision will need and nobody holds: better known before the night on which it is needed.
  void roles() {
    for (const auto& region : view_.definition->regions)
      for (const auto& transition : region.transitions)
        if (transition.approval)
          for (const auto& role : {transition.approval->by, transition.approval->second, transition.approval->advice})
            if (!role.empty() && view_.people.holders(role).empty()) vacant_.insert(role);
    if (vacant_.empty()) return;
    const std::vector<std::string> vacant(vacant_.begin(), vacant_.end());
    put("nobody is listed as", joined(vacant, ", ") + ", and this case needs them", Tone::soon);
    table_.command("people add NAME --role " + vacant.front());
  }

  const CaseView& view_;
  const Words& words_;
  std::set<std::string> vacant_;
  Table table_{{{"who"}, {"", true}}};
};

}  // namespace

void print_who_must(const Screen& screen, const CaseView& view, const Words& words) {
  if (view.file->stage != case_file::Stage::open) return;
  const auto table = Duties(view, words).table();
  if (table.empty()) return;
  screen.line();
  screen.line("WHO MUST", Tone::strong);
  table.print(screen, 2);
}

}  // namespace tocsin::cli
