// SPDX-License-Identifier: Apache-2.0
// How a write ends.
#include <algorithm>
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/times/local_time.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

/// Beside a value that was set: which other one counts.
std::string beside(const case_file::CaseFile& file, const ledger::Event& event) {
  if (event.type != "fact_set" || !event.body["adoptable"].boolean()) return {};
  const auto* counts = file.fact(case_file::CaseFile::fact_in(event.body["data_set"].text(), event.body["fact"].text()));
  if (counts == nullptr || counts->n == event.n) return {};
  return "; " + (counts->vaulted ? "another value" : shown(counts->value)) + ", " + counts->status + ", counts as before";
}

/// Whether a receipt takes the place of a reference that was known.
bool replaces_reference(const std::vector<ledger::Event>& history, const ledger::Event& receipt) {
  if (receipt.type != "receipt_recorded") return false;
  return std::any_of(history.begin(), history.end(), [&](const ledger::Event& event) {
    if (event.n >= receipt.n || event.body["notice"] != receipt.body["notice"]) return false;
    return event.type == "receipt_recorded" ||
           (event.type == "notice_recorded" && !event.body["reference_pending"].boolean());
  });
}

/// A slip in a date meets a duty for good, so what lies long before the duty began is told to whoever records it.
void warn_about_early(const Call& call, const Outcome& outcome) {
  for (const auto& event : outcome.events) {
    if (event.type != "notice_recorded") continue;
    const auto* held = outcome.file->obligation(event.body["obligation"].text());
    if (held == nullptr || !held->since || *held->since <= event.at + hours(24)) continue;
    const auto number = std::to_string(event.body["notice"].integer());
    call.world.err << "tocsin: warning: notice " << number << " lies "
                   << length_in_words({held->since->micros - event.at.micros}) << " before " << held->name << " began ("
                   << both_times(*held->since, outcome.definition->zone)
                   << "): if its time is wrong, take it back and record it again -> tocsin "
                   << next_command(call, "notice withdraw " + outcome.ref + " " + number + " --because TEXT") << "\n";
  }
}

}  // namespace

int print_outcome(const Call& call, Engine& engine, const Outcome& outcome, const std::string& remark) {
  const auto& definition = *outcome.definition;
  warn_about_early(call, outcome);
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
  if (!remark.empty() && !outcome.dry_run) out << remark << "\n";
  for (const auto& event : outcome.events)
    if (event.type == "decision_proposed")
      out << "decision " << outcome.file->decision(event.n)->digest.substr(0, 8) << "\n";
  out << outcome.ref << "  " << title << "\n";
  std::string recorded;
  for (const auto& event : outcome.events) {
    recorded += (recorded.empty() ? "" : "; ") + sentence_of(event, definition.zone) + beside(*outcome.file, event);
    if (all && replaces_reference(all->events, event)) recorded += ", in place of the reference that was given before";
    if (event.by != ledger::kClock) recorded += " [" + both_times(event.at, definition.zone) + "]";
  }
  out << (outcome.dry_run ? "would record: " : "recorded: ") << recorded << "\n";
  out << owed << " -> tocsin " << next_command(call, command) << "\n";
  return 0;
}

}  // namespace tocsin::cli
