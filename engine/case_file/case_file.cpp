// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/case_file.h"

#include <algorithm>
#include <tuple>

namespace tocsin::case_file {

const Claim* FactFile::adopted() const {
  const auto rank = [](const Claim& c) { return std::tuple(c.status == "confirmed", c.at, c.n); };
  const Claim* best = nullptr;
  for (const auto& claim : standing) {
    const bool may = claim.adoptable && claim.is_known() && (claim.status == "confirmed" || claim.status == "claimed");
    if (may && (best == nullptr || rank(*best) < rank(claim))) best = &claim;
  }
  return best;
}

const std::vector<std::string>& Notice::gaps_for(std::string_view instance) const {
  const auto other = also.find(instance);
  return other == also.end() ? gaps : other->second.gaps;
}

const FactFile* CaseFile::fact_file(std::string_view name) const {
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const FactFile& f) { return f.name == name; });
  return found == facts.end() ? nullptr : &*found;
}

const Claim* CaseFile::fact(std::string_view name) const {
  const auto* file = fact_file(name);
  return file == nullptr ? nullptr : file->adopted();
}

std::int64_t CaseFile::fact_version(std::string_view name) const {
  const auto* file = fact_file(name);
  return file == nullptr ? 0 : file->version;
}

const ObligationFile* CaseFile::obligation(std::string_view name) const {
  if (name.find('#') != std::string_view::npos) {
    const auto first =
        name.ends_with("#1") ? name.substr(0, name.size() - 2) : name;  // the first instance has the bare name
    for (const auto& o : obligations)
      if (o.name == first) return &o;
    return nullptr;
  }
  const auto is_of = [&](const ObligationFile& o) {
    if (o.data_set.empty()) return o.of == name;
    return name.size() == o.of.size() + 1 + o.data_set.size() && name.starts_with(o.of) && name[o.of.size()] == '@' &&
           name.ends_with(o.data_set);
  };
  for (auto o = obligations.rbegin(); o != obligations.rend(); ++o)  // instances are raised in order
    if (is_of(*o)) return &*o;
  return nullptr;
}

const DataSet* CaseFile::data_set(std::string_view name) const {
  const auto found = std::find_if(data_sets.begin(), data_sets.end(), [&](const DataSet& d) { return d.name == name; });
  return found == data_sets.end() ? nullptr : &*found;
}

const SeverityAssessment* CaseFile::assessment(std::string_view method, std::string_view data_set) const {
  for (auto a = assessments.rbegin(); a != assessments.rend(); ++a)
    if (a->method == method && a->data_set == data_set) return &*a;
  return nullptr;
}

std::string CaseFile::fact_in(std::string_view data_set, std::string_view fact) {
  return data_set.empty() ? std::string(fact) : std::string(data_set) + "." + std::string(fact);
}

std::string CaseFile::obligation_in(std::string_view data_set, std::string_view obligation) {
  return data_set.empty() ? std::string(obligation) : std::string(obligation) + "@" + std::string(data_set);
}

std::string_view CaseFile::obligation_of(std::string_view instance) {
  return instance.substr(0, instance.find_first_of("@#"));
}

ObligationFile* CaseFile::obligation(std::string_view name) {
  return const_cast<ObligationFile*>(std::as_const(*this).obligation(name));
}

const Notice* CaseFile::notice(int number) const {
  const auto found = std::find_if(notices.begin(), notices.end(), [&](const Notice& n) { return n.number == number; });
  return found == notices.end() ? nullptr : &*found;
}

const Notice* CaseFile::standing_filing(const ObligationFile& obligation) const {
  return obligation.filings.empty() ? nullptr : notice(obligation.filings.front());
}

const Decision* CaseFile::decision(std::int64_t n) const {
  const auto found = std::find_if(decisions.begin(), decisions.end(), [&](const Decision& d) { return d.n == n; });
  return found == decisions.end() ? nullptr : &*found;
}

int CaseFile::open_actions() const {
  return static_cast<int>(std::count_if(actions.begin(), actions.end(), [](const Action& a) { return !a.done; }));
}

std::string decision_digest(const ledger::Event& proposal) {
  const auto because = proposal.texts.find("because");
  auto said = Json::object({{"case", proposal.stream},
                            {"proposal", proposal.n},
                            {"kind", proposal.body["kind"]},
                            {"subject", proposal.body["subject"]},
                            {"value", proposal.body["value"]},
                            {"because", because == proposal.texts.end() ? "" : because->second},
                            {"relies_on", proposal.body["relies_on"]}});
  if (proposal.body.has("record")) {  // proposals of the first format have none
    Json words = Json::object();
    for (const auto& [field, digest] : proposal.texts) words.set(field, digest);
    said.set("record", proposal.body["record"]).set("words", words);
  }
  return to_hex(sha256(canonical(said)));
}

void take_digests(CaseFile& file, const std::vector<ledger::Event>& sealed) {
  for (const auto& event : sealed) {
    if (event.type == "case_opened") file.title_digest = event.texts.find("title")->second;
    if (event.type != "decision_proposed") continue;
    for (auto& decision : file.decisions)
      if (decision.n == event.n) decision.digest = decision_digest(event);
  }
}

std::string on_current_facts(const CaseFile& file, const ObligationFile& obligation) {
  const auto* filing = file.standing_filing(obligation);
  if (filing == nullptr) return {};
  const auto due = obligation.verdict_due();
  return due && filing->at > *due ? "late" : "in_time";
}

namespace {

Error does_not_fit(const ledger::Event& event, const Error& why) {
  return Error{Errc::corrupt,
               "event " + std::to_string(event.n) + " of case " + event.stream + " does not fit the case before it (" +
                   why.message + "): run 'tocsin audit verify' and keep the file as it is",
               "",
               {},
               "audit verify --case " + event.stream};
}

}  // namespace

Result<CaseFile> fold(const std::vector<ledger::Event>& events) {
  CaseFile file;
  for (const auto& event : events)
    if (auto applied = file.apply(event); !applied) return does_not_fit(event, applied.error());
  return file;
}

Result<CaseFile> fold_stored(const std::vector<ledger::Record>& records) {
  CaseFile file;
  ledger::Event event;  // one for all: what it holds is used again
  std::optional<Error> misfit;
  std::int64_t n = 0;
  for (const auto& record : records) {
    if (auto ok = ledger::verify_next(record, ++n, file.last_seal, event); !ok) return std::move(ok).error();
    file.last_seal = record.seal;
    if (misfit) continue;
    if (auto applied = file.apply(event); !applied) misfit = does_not_fit(event, applied.error());
  }
  if (misfit) return std::move(*misfit);
  return file;
}

}  // namespace tocsin::case_file
