// SPDX-License-Identifier: Apache-2.0
// How a write ends.
#include <algorithm>
#include <ostream>

#include "cli/local_time.h"
#include "cli/views.h"

namespace tocsin::cli {

int print_outcome(const Call& call, Engine& engine, const Outcome& outcome, const std::string& remark) {
  const auto& definition = *outcome.definition;
  call.world.case_ref = outcome.ref;
  if (!outcome.dry_run) call.world.recorded = "event " + std::to_string(outcome.version) + " of " + outcome.ref;
  CaseView view{outcome.events, {}, outcome.file, outcome.definition, {}, call.world.clock()};
  const auto all = outcome.dry_run ? Result<CaseView>(Error{}) : engine.show(outcome.ref, call.world.clock());
  const auto words = all ? words_or_none(engine, *all) : Words{};
  const auto title = word_at(words, outcome.file->title, outcome.dry_run ? "(not written yet)" : "(title not readable)");
  const auto [owed, command] =
      owed_next(definition, *outcome.file, std::max(call.world.clock(), outcome.file->last_recorded));
  if (call.json()) {
    Json events = Json::array();
    for (const auto& event : outcome.events)
      events.push(
          Json::object({{"n", event.n}, {"type", event.type}, {"at", format_instant(event.at)}, {"body", event.body}}));
    Json body = Json::object({{"store", outcome.file->store},
                              {"case", outcome.ref},
                              {"version", outcome.version},
                              {"states", states_json(outcome.file->states)},
                              {"events", events},
                              {"repeated", outcome.repeated},
                              {"dry_run", outcome.dry_run},
                              {"owed", owed},
                              {"next", "tocsin " + command}});
    for (const auto& event : outcome.events) {
      if (event.type == "decision_proposed")
        body.set("digest", outcome.file->decision(event.n)->digest).set("subject", event.body["subject"]);
      if (event.type == "notice_recorded") body.set("notice", event.body["notice"]);
      if (event.type == "action_added") body.set("action", event.body["action"]);
    }
    call.print(with_words(std::move(body), words));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(outcome.file->store);
  if (outcome.repeated) out << "recorded before under this request id; nothing was written now\n";
  if (outcome.dry_run) out << "DRY RUN: nothing was written\n";
  if (!remark.empty()) out << remark << "\n";
  for (const auto& event : outcome.events)
    if (event.type == "decision_proposed")
      out << "decision " << outcome.file->decision(event.n)->digest.substr(0, 8) << "\n";
  out << outcome.ref << "  " << title << "\n";
  std::string recorded;
  for (const auto& event : outcome.events) {
    recorded += (recorded.empty() ? "" : "; ") + sentence_of(event, definition.zone);
    if (event.by != ledger::kClock) recorded += " [" + both_times(event.at, definition.zone) + "]";
  }
  out << (outcome.dry_run ? "would record: " : "recorded: ") << recorded << "\n";
  out << owed << " -> tocsin " << command << "\n";
  return 0;
}

}  // namespace tocsin::cli
