// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/workflow/card.h"

namespace tocsin::cli {

namespace {

/// The decision record's options; words may come from a file or standard input.
Result<commands::DecisionRecord> record_of(const Call& call) {
  commands::DecisionRecord record;
  record.outcome = call.one("--outcome");
  record.exemption = call.one("--exemption");
  record.ground = call.one("--ground");
  record.likelihood = call.one("--likelihood");
  record.severity = call.one("--severity");
  record.review_when = call.all("--review-when");
  for (auto [option, into] : {std::pair{"--legal-test", &record.legal_test},
                              {"--factors", &record.factors},
                              {"--counter-arguments", &record.counter_arguments},
                              {"--evidence", &record.evidence}}) {
    auto text = text_of(call, option);
    if (!text) return std::move(text).error();
    *into = std::move(*text);
  }
  return record;
}

/// The times of a proposal: when it is looked at again, when it ends, and the time that is proposed.
Result<commands::Command> with_its_times(commands::Propose proposal, const TypedTimes& times) {
  for (auto [option, into] :
       {std::pair{"--review-at", &proposal.record.review_at}, {"--ends-at", &proposal.record.ends_at}}) {
    auto time = times.option(option, TypedTimes::When::to_come);
    if (!time) return std::move(time).error();
    *into = *time;
  }
  const auto equals = proposal.subject.find('=');
  if (equals == std::string::npos) return commands::Command(std::move(proposal));
  auto moved = times.facts({{proposal.subject.substr(0, equals), proposal.subject.substr(equals + 1)}});
  if (!moved) return std::move(moved).error();
  proposal.subject = moved->front().first + "=" + moved->front().second;
  return commands::Command(std::move(proposal));
}

Json record_json(const case_file::Decision& decision, const Words& words) {
  if (decision.record.is_null() && decision.words.empty()) return {};
  Json json = decision.record.is_null() ? Json::object() : decision.record;
  for (const auto& [field, text] : decision.words) json.set(field, text_json(words, text));
  return json;
}

/// What the record says, and, as plainly, what nobody said.
void print_record(const case_file::Decision& decision, const Words& words, std::ostream& out) {
  const auto& record = decision.record;
  if (record.is_null()) return;
  for (const auto* field :
       {"outcome", "exemption", "ground", "likelihood", "severity", "review_when", "review_at", "ends_at"})
    if (record.has(field)) out << "          " << field << ": " << shown(record[field]) << "\n";
  for (const auto* field : {"legal_test", "factors", "counter_arguments", "evidence"}) {
    const auto text = decision.words.find(field);
    if (text != decision.words.end()) out << "          " << field << ": " << word_at(words, text->second) << "\n";
    else out << "          " << field << ": not said\n";
  }
}

/// An approval of a transition waits to be used; what a ruling out, a withdrawal or a moved time decides is recorded with it.
std::string state_of(const case_file::CaseFile& file, const case_file::Decision& decision) {
  if (decision.done) return "carried out";
  if (decision.is_declined()) return "declined by " + decision.declined_by;
  if (decision.awaits_confirmation()) return "approved, to be confirmed";
  if (decision.effective && decision.kind != "transition") return "approved";
  if (workflow::relied_on_has_changed(file, decision.relied_on)) return "void: a fact it relied on has changed";
  if (decision.effective) return "approved";
  return workflow::is_moot(file, decision) ? "moot: what it is about is settled" : "proposed";
}

}  // namespace

Result<int> decision_propose(Call& call) {
  auto record = record_of(call);
  if (!record) return std::move(record).error();
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  const commands::Propose proposal{call.one("SUBJECT"), std::move(*because), call.all("--relies-on"), std::move(*record)};
  return record_with_times(call, [&](const TypedTimes& times) { return with_its_times(proposal, times); });
}

Result<int> decision_end(Call& call) {
  return with_reason(call, [&](std::string because) {
    return commands::EndRestriction{call.one("OBLIGATION"), std::move(because)};
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

Result<int> decision_decline(Call& call) {
  return with_reason(call, [&](std::string because) {
    return commands::Decline{call.one("DIGEST"), std::move(because), call.one("--relayed")};
  });
}

Result<int> decision_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (!call.json()) call.world.out << banner(view.file->store);
  Json list = Json::array();
  for (const auto& decision : view.file->decisions) {
    const auto state = state_of(*view.file, decision);
    if (call.json()) {
      Json advice = Json::array();
      for (const auto& [name, text] : decision.advice)
        advice.push(with_marks(Json::object({{"by", name}, {"text", text_json(words, text)}}), words, text));
      auto json = Json::object({{"digest", decision.digest},
                                {"kind", decision.kind},
                                {"subject", decision.subject},
                                {"state", state},
                                {"proposed_by", decision.proposed_by},
                                {"at", format_instant(decision.at)},
                                {"because", text_json(words, decision.because)},
                                {"advice", advice},
                                {"approved_by", decision.approved_by.empty() ? Json() : Json(decision.approved_by)},
                                {"same_account", decision.same_account},
                                {"relayed", decision.relayed.empty() ? Json() : Json(decision.relayed)},
                                {"record", record_json(decision, words)},
                                {"declined_by", decision.is_declined() ? Json(decision.declined_by) : Json()},
                                {"declined_because", text_json(words, decision.declined_because)}});
      list.push(with_marks(std::move(json), words, decision.because));
      continue;
    }
    auto& out = call.world.out;
    out << decision.digest.substr(0, 8) << "  " << decision.subject << "  " << state << "  proposed by "
        << decision.proposed_by;
    for (const auto& [name, text] : decision.advice) out << ", advised by " << name;
    if (!decision.approved_by.empty())
      out << ", approved by " << decision.approved_by << (decision.same_account ? " (same account)" : "");
    out << "\n          because " << word_at(words, decision.because) << "\n";
    if (decision.is_declined()) out << "          declined because " << word_at(words, decision.declined_because) << "\n";
    print_record(decision, words, out);
  }
  if (call.json())
    call.print(
        with_words(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"decisions", list}}), words));
  else if (view.file->decisions.empty()) call.world.out << "no decisions yet\n";
  return exit_code(words);
}

}  // namespace tocsin::cli
