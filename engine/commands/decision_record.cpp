// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/decision_record.h"

#include <algorithm>

#include "engine/commands/recorder.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<void> one_of(std::string_view what, const std::string& word, const std::vector<std::string>& known) {
  if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return {};
  return invalid(std::string(what) + " is one of " + listed(known) + did_you_mean(word, known));
}

Result<void> check_words_of(const DecisionRecord& record) {
  static const std::vector<std::string> outcomes = {"not_applicable", "exempt", "not_met_threshold", "restricted"};
  static const std::vector<std::string> likelihoods = {"very_likely", "likely", "neutral", "unlikely", "very_unlikely"};
  static const std::vector<std::string> severities = {"low", "medium", "high", "very_high"};
  if (auto ok = one_of("an outcome", record.outcome, outcomes); !ok) return ok;
  if (auto ok = one_of("a likelihood", record.likelihood, likelihoods); !ok) return ok;
  if (auto ok = one_of("a severity", record.severity, severities); !ok) return ok;
  for (const auto* words : {&record.legal_test, &record.factors, &record.counter_arguments, &record.evidence})
    if (auto ok = check_words("a text of the decision record", *words); !ok) return ok;
  return {};
}

Result<const Exemption*> exemption_of(const Clock& clock, const DecisionRecord& record) {
  if (record.exemption.empty()) return nullptr;
  if (const auto* exemption = clock.exemption(record.exemption)) return exemption;
  std::vector<std::string> known;
  for (const auto& one : clock.exemptions) known.push_back(one.name);
  return invalid("clock " + clock.id + " has no exemption of that name" + did_you_mean(record.exemption, known) +
                     (known.empty() ? "" : ". Known: " + listed(known)),
                 "clock explain " + clock.id);
}

/// A restriction withholds for a time: it needs a ground of the law and a day on which somebody looks again.
Result<void> check_restriction(const Exemption& exemption, const DecisionRecord& record) {
  std::vector<std::string> grounds;
  for (const auto& ground : exemption.grounds) grounds.push_back(ground.first);
  if (!grounds.empty()) {
    if (record.ground.empty())
      return invalid("a restriction needs its ground, one of " + listed(grounds) + ": give --ground");
    if (auto ok = one_of("a ground", record.ground, grounds); !ok) return ok;
  }
  if (!record.review_at)
    return invalid("a restriction lasts as long as it is necessary: say when it is looked at again with --review-at");
  return {};
}

std::string outcome_of(const Exemption* exemption, const DecisionRecord& record) {
  if (!record.outcome.empty()) return record.outcome;
  if (exemption == nullptr) return "not_applicable";
  return exemption->restricts ? "restricted" : "exempt";
}

}  // namespace

Result<void> check_exemption_in_force(const Exemption& exemption, Instant at) {
  if (exemption.is_in_force(at)) return {};
  return invalid("exemption " + exemption.name + " was not in force at " + format_instant(at) + ": it is " +
                 (exemption.from ? "from " + format_instant(*exemption.from) : std::string("from the beginning")) +
                 (exemption.until ? " until " + format_instant(*exemption.until) : ""));
}

Result<Json> record_of(const Asked& asked, const std::string& kind, const std::string& subject,
                       const DecisionRecord& record) {
  if (record.empty()) return Json();
  if (kind != "rule_out")
    return invalid("only a decision that a duty does not apply has a record of why: leave its options out");
  if (auto ok = check_words_of(record); !ok) return std::move(ok).error();
  const auto* obligation = asked.definition.obligation(case_file::CaseFile::obligation_of(subject));
  const auto& clock = *asked.definition.clock(obligation->clock);
  auto exemption = exemption_of(clock, record);
  if (!exemption) return std::move(exemption).error();
  const auto outcome = outcome_of(*exemption, record);
  if (outcome == "restricted" && (*exemption == nullptr || !(*exemption)->restricts))
    return invalid("nothing in clock " + clock.id + " allows to withhold for a time: name an exemption that restricts");
  if (*exemption != nullptr)
    if (auto ok = check_exemption_in_force(**exemption, asked.at); !ok) return std::move(ok).error();
  if (*exemption != nullptr && (*exemption)->restricts)
    if (auto ok = check_restriction(**exemption, record); !ok) return std::move(ok).error();
  if (record.ends_at && outcome != "restricted") return invalid("only a restriction ends by itself: leave --ends-at out");
  for (const auto& at : {record.review_at, record.ends_at})
    if (at && *at <= asked.now) return invalid("a review or an end has to lie in the future");
  const auto* version = clock.in_force(asked.at);
  Json json = Json::object({{"outcome", outcome}, {"clock", clock.id}, {"definition", asked.definition.digest}});
  if (version != nullptr && version->from) json.set("law_from", format_instant(*version->from));
  for (const auto& [key, word] : {std::pair{"exemption", &record.exemption},
                                  {"ground", &record.ground},
                                  {"likelihood", &record.likelihood},
                                  {"severity", &record.severity}})
    if (!word->empty()) json.set(key, *word);
  if (!record.review_when.empty()) json.set("review_when", Json::array(record.review_when));
  if (record.review_at) json.set("review_at", format_instant(*record.review_at));
  if (record.ends_at) json.set("ends_at", format_instant(*record.ends_at));
  return json;
}

}  // namespace tocsin::commands
