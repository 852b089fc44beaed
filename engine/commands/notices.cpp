// SPDX-License-Identifier: Apache-2.0
// Notices: what was told to whom. An observation is never refused for its content or time.
#include <algorithm>

#include "engine/commands/recorder.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

std::vector<std::string> obligation_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& obligation : definition.obligations) names.push_back(obligation.name);
  return names;
}

std::string base_name(std::string_view name) { return std::string(name.substr(0, name.find('#'))); }

/// Contents of the law that a fact of this workflow could fill and none does.
std::vector<std::string> gaps_of(const Definition& definition, const case_file::CaseFile& file, const Clock& clock) {
  std::vector<std::string> gaps;
  for (const auto& content : clock.contents) {
    bool could = false, does = false;
    for (const auto& name : content.facts) {
      could = could || definition.fact(name) != nullptr;
      does = does || file.fact(name) != nullptr;
    }
    if (could && !does) gaps.push_back(content.field);
  }
  return gaps;
}

Json stated_versions(const case_file::CaseFile& file) {
  Json stated = Json::object();
  for (const auto& fact : file.facts)
    if (fact.adopted() != nullptr) stated.set(fact.name, fact.version);
  return stated;
}

/// Brings the obligation to where a filing can meet it: raised, and no longer ruled out.
Result<void> make_ready(Recorder& recorder, const Obligation& obligation, const std::string& instance) {
  auto& file = recorder.file();
  if (file.obligation(obligation.name) == nullptr)
    if (auto ok = recorder.record(raise_for_filing(recorder.asked().definition, file, obligation)); !ok) return ok;
  const auto* held = file.obligation(instance);
  if (held == nullptr)
    return Error{Errc::not_found, "obligation '" + instance + "' has not come again yet", "", {}, "case show " + file.ref};
  if (held->state != obligation::State::ruled_out) return recorder.follow();
  auto reopened = Json::object({{"obligation", held->name}, {"cause", "filing"}});
  if (auto ok = recorder.record("duty_reopened", recorder.asked().now, std::move(reopened)); !ok) return ok;
  return recorder.follow();
}

}  // namespace

Result<void> record_notice(Recorder& recorder, const RecordNotice& command) {
  const auto& asked = recorder.asked();
  const auto* obligation = asked.definition.obligation(base_name(command.obligation));
  if (obligation == nullptr)
    return Error{Errc::not_found,
                 "there is no obligation of that name in " + asked.definition.name +
                     did_you_mean(command.obligation, obligation_names(asked.definition)),
                 "",
                 {},
                 "case show " + recorder.file().ref};
  if (auto ok = check_channel(command.channel); !ok) return ok;
  if (command.reference.empty())
    return invalid(
        "a notice needs a reference, or 'pending' while there is none: give --reference REF|pending",
        "notice record " + recorder.file().ref + " " + command.obligation + " --channel NAME --reference pending");
  for (const auto* words : {&command.reference, &command.text, &command.reason})
    if (auto ok = check_words("a text of the notice", *words); !ok) return ok;
  if (auto ok = make_ready(recorder, *obligation, command.obligation); !ok) return ok;

  const auto& file = recorder.file();
  const auto& held = *file.obligation(command.obligation);
  const auto* clock = asked.definition.clock(obligation->clock);
  const auto due = held.verdict_due();
  const bool is_further = held.is_settled();
  auto body = Json::object({{"notice", static_cast<std::int64_t>(file.notices.size()) + 1},
                            {"obligation", held.name},
                            {"channel", command.channel},
                            {"reference_pending", command.reference == "pending"},
                            {"complete", command.complete},
                            {"gaps", Json::array(gaps_of(asked.definition, file, *clock))},
                            {"stated", stated_versions(file)},
                            {"verdict", is_further               ? "further"
                                        : due && asked.at > *due ? "late"
                                                                 : "in_time"}});
  if (!is_further && !obligation->again_when.empty()) body.set("settled_with", settlement_values(*obligation, file));
  const Recorder::Words words = {{"reference", command.reference == "pending" ? std::string_view{} : command.reference},
                                 {"text", command.text},
                                 {"reason", command.reason}};
  if (auto ok = recorder.record("notice_recorded", asked.at, std::move(body), words); !ok) return ok;
  return recorder.follow_observation();
}

Result<void> record_receipt(Recorder& recorder, const RecordReceipt& command) {
  const auto& file = recorder.file();
  if (command.reference.empty() || command.reference == "pending")
    return invalid("a receipt needs the reference that was given");
  if (auto ok = check_words("the reference", command.reference); !ok) return ok;
  if (file.notice(command.notice) == nullptr)
    return Error{Errc::not_found,
                 "there is no notice " + std::to_string(command.notice) + " in " + file.ref,
                 "",
                 {},
                 "notice list " + file.ref};
  return recorder.record("receipt_recorded", recorder.asked().at, Json::object({{"notice", command.notice}}),
                         {{"reference", command.reference}});
}

}  // namespace tocsin::commands
