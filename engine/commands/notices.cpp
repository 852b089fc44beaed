// SPDX-License-Identifier: Apache-2.0
// Notices: what was told to whom. An observation is never refused for its content or time.
#include <algorithm>

#include "engine/commands/recorder.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

std::vector<std::string> obligation_names(const Definition& definition) {
  std::vector<std::string> names;
  for (const auto& obligation : definition.obligations) names.push_back(obligation.name);
  return names;
}

Json stated_versions(const case_file::CaseFile& file) {
  Json stated = Json::object();
  for (const auto& fact : file.facts)
    if (fact.adopted() != nullptr) stated.set(fact.name, fact.version);
  return stated;
}

/// The word for a reference that is not known yet, in whatever letters.
bool is_pending(std::string_view reference) {
  constexpr std::string_view kWord = "pending";
  return std::equal(reference.begin(), reference.end(), kWord.begin(), kWord.end(),
                    [](char a, char b) { return a == b || a == b - 'a' + 'A'; });
}

/// Brings the obligation to where a filing can meet it: raised, and no longer ruled out.
Result<void> make_ready(Recorder& recorder, const Obligation& obligation, const std::string& instance) {
  auto& file = recorder.file();
  const auto data_set = data_set_of(instance);
  if (file.obligation(case_file::CaseFile::obligation_in(data_set, obligation.name)) == nullptr)
    if (auto ok = recorder.record(raise_for_filing(recorder.asked().definition, file, obligation, data_set)); !ok) return ok;
  const auto* held = file.obligation(instance);
  if (held == nullptr)
    return Error{Errc::not_found, "obligation '" + instance + "' has not come again yet", "", {}, "case show " + file.ref};
  if (held->state != obligation::State::ruled_out) return recorder.follow();
  auto reopened = Json::object({{"obligation", held->name}, {"cause", "filing"}});
  if (auto ok = recorder.record("duty_reopened", recorder.asked().now, std::move(reopened)); !ok) return ok;
  return recorder.follow();
}

/// The obligation that an instance is of, and that it can hang on what stands behind '@'.
Result<const Obligation*> obligation_of(const Definition& definition, const case_file::CaseFile& file,
                                        const std::string& instance) {
  const auto* obligation = definition.obligation(case_file::CaseFile::obligation_of(instance));
  if (obligation == nullptr)
    return Error{
        Errc::not_found,
        "there is no obligation of that name in " + definition.name + did_you_mean(instance, obligation_names(definition)),
        "",
        {},
        "case show " + file.ref};
  const auto data_set = data_set_of(instance);
  if (may_be_set_for(file, data_set, obligation->per)) return obligation;
  return Error{
      Errc::not_found,
      "obligation '" + obligation->name + "' hangs on nothing called '" + data_set.substr(0, 40) + "' in " + file.ref,
      "",
      {},
      "case show " + file.ref};
}

/// What a filing at this time is for an obligation as it stands.
std::string verdict_of(const case_file::ObligationFile& held, Instant at) {
  if (held.is_settled()) return "further";
  const auto due = held.verdict_due();
  return due && at > *due ? "late" : "in_time";
}

void put_settled_with(Json& body, const Recorder& recorder, const case_file::CaseFile& file, const Obligation& obligation,
                      const case_file::ObligationFile& held) {
  if (held.is_settled() || obligation.again_when.empty()) return;
  body.set("settled_with", settlement_values(recorder.asked().definition, obligation, file, held.data_set));
}

}  // namespace

Result<void> record_notice(Recorder& recorder, const RecordNotice& command) {
  const auto& asked = recorder.asked();
  std::vector<std::string> instances = {command.obligation};
  instances.insert(instances.end(), command.also.begin(), command.also.end());
  std::vector<const Obligation*> obligations;
  for (const auto& instance : instances) {
    auto obligation = obligation_of(asked.definition, recorder.file(), instance);
    if (!obligation) return std::move(obligation).error();
    if (std::count(instances.begin(), instances.end(), instance) > 1)
      return invalid("obligation '" + instance + "' is named twice: one notice meets it once");
    obligations.push_back(*obligation);
  }
  if (auto ok = check_channel(command.channel); !ok) return ok;
  if (command.reference.empty())
    return invalid(
        "a notice needs a reference, or 'pending' while there is none: give --reference REF or --reference pending",
        "notice record " + recorder.file().ref + " " + command.obligation + " --channel NAME --reference pending");
  if (auto ok = check_title("the reference", command.reference); !ok) return ok;
  for (const auto* words : {&command.text, &command.reason})
    if (auto ok = check_words("a text of the notice", *words); !ok) return ok;
  for (std::size_t i = 0; i < instances.size(); ++i)
    if (auto ok = make_ready(recorder, *obligations[i], instances[i]); !ok) return ok;

  const auto& file = recorder.file();
  const auto& held = *file.obligation(command.obligation);
  const auto* clock = asked.definition.clock(obligations.front()->clock);
  auto body = Json::object({{"notice", static_cast<std::int64_t>(file.notices.size()) + 1},
                            {"obligation", held.name},
                            {"channel", command.channel},
                            {"reference_pending", is_pending(command.reference)},
                            {"complete", command.complete},
                            {"gaps", Json::array(gaps_of(asked.definition, file, *clock, held.data_set))},
                            {"stated", stated_versions(file)},
                            {"verdict", verdict_of(held, asked.at)}});
  put_settled_with(body, recorder, file, *obligations.front(), held);
  Json also = Json::array();
  for (std::size_t i = 1; i < instances.size(); ++i) {
    const auto& other = *file.obligation(instances[i]);
    const auto* its = asked.definition.clock(obligations[i]->clock);
    auto met = Json::object({{"obligation", other.name},
                             {"verdict", verdict_of(other, asked.at)},
                             {"gaps", Json::array(gaps_of(asked.definition, file, *its, other.data_set))}});
    put_settled_with(met, recorder, file, *obligations[i], other);
    also.push(std::move(met));
  }
  if (instances.size() > 1) body.set("also", std::move(also));
  const Recorder::Words words = {{"reference", is_pending(command.reference) ? std::string_view{} : command.reference},
                                 {"text", command.text},
                                 {"reason", command.reason}};
  if (auto ok = recorder.record("notice_recorded", asked.at, std::move(body), words); !ok) return ok;
  return recorder.follow_observation();
}

Result<void> record_receipt(Recorder& recorder, const RecordReceipt& command) {
  const auto& file = recorder.file();
  if (command.reference.empty() || is_pending(command.reference))
    return invalid("a receipt needs the reference that was given");
  if (auto ok = check_title("the reference", command.reference); !ok) return ok;
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
