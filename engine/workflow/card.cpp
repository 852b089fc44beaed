// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/card.h"

#include <algorithm>
#include <iterator>

#include "engine/workflow/explain.h"
#include "engine/workflow/plan.h"

namespace tocsin::workflow {
namespace {

OpenMatter matter_of(const case_file::CaseFile& file, const Standing& standing) {
  if (standing.file == nullptr) return {"obligation", standing.name, "not_started", file.opened_at, standing.basis};
  const auto& held = *standing.file;
  if (!held.due) return {"obligation", held.name, "undated", held.since.value_or(file.opened_at), held.basis};
  if (held.due_latest) return {"obligation", held.name, std::string(kRange), *held.due, held.basis, held.due_latest};
  return {"obligation", held.name, held.provisional ? "provisional" : "dated", *held.due, held.basis};
}

bool awaits_approval(const case_file::CaseFile& file, const case_file::Decision& decision) {
  return !decision.effective && !decision.done && !decision.is_declined() &&
         !relied_on_has_changed(file, decision.relied_on) && !is_moot(file, decision);
}

}  // namespace

std::vector<OpenMatter> open_matters(const Definition& definition, const case_file::CaseFile& file) {
  std::vector<OpenMatter> all;
  if (file.stage != case_file::Stage::open) return all;
  for (const auto& standing : standings(definition, file)) {
    const bool settled = standing.file != nullptr ? standing.file->is_settled() : standing.applies == "no";
    if (!settled) all.push_back(matter_of(file, standing));
  }
  for (const auto& held : file.obligations)
    if (held.state == obligation::State::ruled_out && held.ruling && held.ruling->review_at)
      all.push_back({"review", "review " + held.name, "dated", *held.ruling->review_at, held.basis});
  // Of several proposals on one subject the newest stands for all, because a list tells its lines apart by their names.
  const auto put = [&](OpenMatter matter) {
    std::erase_if(all, [&](const OpenMatter& other) { return other.kind == matter.kind && other.name == matter.name; });
    all.push_back(std::move(matter));
  };
  for (const auto& decision : file.decisions) {
    if (decision.awaits_confirmation())
      put({"approval", "confirm " + decision.subject, "dated", decision.confirm_by.value_or(decision.at), ""});
    else if (awaits_approval(file, decision)) put({"approval", decision.subject, "undated", decision.at, ""});
  }
  for (const auto& action : file.actions)
    if (action.is_open())
      all.push_back({"action", "action:" + std::to_string(action.number), action.due ? "dated" : "undated",
                     action.due.value_or(action.at), ""});
  return all;
}

bool is_moot(const case_file::CaseFile& file, const case_file::Decision& decision) {
  if (decision.effective || decision.done) return false;
  if (decision.kind == "rule_out") {
    const auto* held = file.obligation(decision.subject);
    return held != nullptr && held->is_settled();
  }
  if (decision.kind != "notice") return false;
  return std::any_of(file.notices.begin(), file.notices.end(), [&](const case_file::Notice& notice) {
    return notice.withdrawn && decision.subject == "notice:" + std::to_string(notice.number);
  });
}

std::vector<Reminder> reminders(const Definition& definition, const case_file::CaseFile& file) {
  std::vector<Reminder> all;
  if (file.stage != case_file::Stage::open) return all;
  for (const auto& held : file.obligations) {
    const auto* obligation = definition.obligation(held.of);
    if (obligation == nullptr || held.is_settled()) continue;
    for (const auto& length : obligation->remind) {
      if (held.due) all.push_back({held.name, *held.due - length, length, false});
      else if (held.since) all.push_back({held.name, *held.since + length, length, true});
    }
  }
  return all;
}

std::string in_words(Duration length) {
  const auto minutes_long = length.micros / minutes(1).micros;
  if (minutes_long % (24 * 60) == 0 && minutes_long > 48 * 60) return std::to_string(minutes_long / (24 * 60)) + "d";
  if (minutes_long % 60 == 0) return std::to_string(minutes_long / 60) + "h";
  return std::to_string(minutes_long) + "m";
}

namespace {
constexpr std::string_view buckets[] = {"overdue", "no_deadline", "provisional", "24h", "72h", "later", "not_started"};
}

std::string bucket_of(const OpenMatter& matter, Instant now) {
  if (matter.shelf == "not_started") return "not_started";
  if (matter.shelf == "undated") return "no_deadline";
  if (matter.shelf == kRange) return matter.latest && *matter.latest < now ? "overdue" : "provisional";
  if (matter.key < now) return "overdue";
  if (matter.shelf == "provisional") return "provisional";
  return matter.key <= now + hours(24) ? "24h" : matter.key <= now + hours(72) ? "72h" : "later";
}

int bucket_rank(std::string_view bucket) {
  return static_cast<int>(std::distance(std::begin(buckets), std::find(std::begin(buckets), std::end(buckets), bucket)));
}

}  // namespace tocsin::workflow
