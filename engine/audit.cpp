// SPDX-License-Identifier: Apache-2.0
// The front door, auditing: everything is read again, and each step is judged again under the rules of its day.
#include <algorithm>

#include "engine/engine.h"
#include "engine/engine_parts.h"
#include "engine/judge.h"
#include "engine/workflow/card.h"

namespace tocsin {
namespace {

void compare_records(const std::vector<ledger::Record>& records, Verification& report) {
  for (const auto& record : records) {
    auto wrong = ledger::verify_record(record);
    report.problems.insert(report.problems.end(), wrong.begin(), wrong.end());
  }
}

constexpr std::string_view kShelves[] = {"dated",       "provisional", workflow::kRange, "undated",
                                         "not_started", "reminder",    workflow::kLatest};

const ports::OpenItem* find_item(const ports::Card& card, std::string_view kind, std::string_view name) {
  const auto found = std::find_if(card.items.begin(), card.items.end(),
                                  [&](const ports::OpenItem& item) { return item.kind == kind && item.name == name; });
  return found == card.items.end() ? nullptr : &*found;
}

/// The first stores knew no reminders, and listed a range by its earlier end alone. Their lists are made anew with the next entry.
bool is_of_old(const ports::Card& stored, const ports::OpenItem& expected) {
  const auto* found = find_item(stored, expected.kind, expected.name);
  if (expected.group == "reminder") return found == nullptr;
  const auto* owed = expected.group == workflow::kLatest ? find_item(stored, "obligation", expected.name) : found;
  if (owed == nullptr || owed->group != "provisional") return false;
  return expected.group == workflow::kLatest ? found == nullptr
                                             : expected.group == workflow::kRange && owed->key == expected.key;
}

/// What a store lists for others, beside what the events say of it.
void compare_item(const ports::Card& stored, const ports::OpenItem& expected, Verification& report) {
  const auto* found = find_item(stored, expected.kind, expected.name);
  const auto name = "case " + expected.stream + ": '" + expected.name + "' (" + expected.kind + ")";
  auto& findings = is_of_old(stored, expected) ? report.warnings : report.problems;
  if (found == nullptr) findings.push_back(name + " is missing in the list of what is owed");
  else if (found->group != expected.group || found->key != expected.key || found->basis != expected.basis)
    findings.push_back(name + " stands in the list of what is owed otherwise than the events say");
}

void compare_card(const ports::Card& stored, const ports::Card& expected, Verification& report) {
  if (stored.version != expected.version || stored.open != expected.open || stored.opened_at != expected.opened_at ||
      stored.title_digest != expected.title_digest || stored.workflow != expected.workflow ||
      stored.states != expected.states || stored.alarm != expected.alarm)
    report.problems.push_back("case " + expected.stream + " is listed otherwise than its events say");
  for (const auto& item : expected.items) compare_item(stored, item, report);
  for (const auto& item : stored.items)
    if (find_item(expected, item.kind, item.name) == nullptr)
      report.warnings.push_back("case " + item.stream + ": '" + item.name + "' (" + item.kind +
                                ") is listed although the events say nothing of it");
}

}  // namespace

struct Audited {
  std::vector<PlacedEvent> site;
  std::map<std::string, ports::Card, std::less<>> cards;  ///< with their items
};

void Engine::verify_words(std::string_view stream, const std::vector<ledger::Event>& events, Verification& report) const {
  std::vector<std::string> digests;
  for (const auto& event : events)
    for (const auto& [field, digest] : event.texts) digests.push_back(digest);
  if (digests.empty()) return;
  auto words = vault_.open(stream, digests);
  if (words) return;  // what is still there was compared with its digest; what was forgotten is nobody's fault
  const auto message = "the words of " + std::string(stream) + " were not checked: " + words.error().message;
  if (words.error().code == Errc::corrupt)
    report.problems.push_back("the words of " + std::string(stream) + ": " + words.error().message);
  else if (std::find(report.warnings.begin(), report.warnings.end(), message) == report.warnings.end())
    report.warnings.push_back(message);
}

Result<void> Engine::verify_case(std::string_view ref, const Audited& audited, Verification& report) const {
  auto records = store_.read(ref);
  if (!records) return std::move(records).error();
  ++report.cases;
  report.events += static_cast<std::int64_t>(records->size());
  compare_records(*records, report);
  auto read = ledger::verify_stream(*records);
  if (!read || read->empty()) {
    report.problems.push_back(read ? "case " + std::string(ref) + " has a card and no events" : read.error().message);
    return {};
  }
  auto pinned = definition(read->front().body["definition"].text());
  if (!pinned) {
    report.problems.push_back("case " + std::string(ref) + ": " + pinned.error().message);
    return {};
  }
  const auto events = placed(*read, *records);
  Judge judge(**pinned, audited.site, events, report);
  if (!judge.judge_all()) return {};
  for (const auto& decision : judge.file().decisions)
    if (decision.awaits_confirmation())
      report.notes.push_back("case " + std::string(ref) + ": the approval of '" + decision.subject +
                             "' was relayed and is not confirmed");
  if (const auto card = audited.cards.find(ref); card != audited.cards.end())
    compare_card(card->second, card_of(**pinned, judge.file()), report);
  verify_words(ref, *read, report);
  return {};
}

/// Every card of the store with its items, or the one of a case.
Result<std::map<std::string, ports::Card, std::less<>>> Engine::read_cards(std::string_view ref) const {
  std::map<std::string, ports::Card, std::less<>> cards;
  for (std::string after;;) {
    auto page = store_.cards(after, 1000);
    if (!page) return std::move(page).error();
    if (page->empty()) break;
    after = page->back().stream;
    for (auto& card : *page)
      if (ref.empty() || card.stream == ref) cards.emplace(card.stream, std::move(card));
  }
  for (const auto shelf : kShelves) {
    auto items = read_shelf(store_, shelf, {}, {}, SIZE_MAX);
    if (!items) return std::move(items).error();
    for (auto& item : *items)
      if (const auto card = cards.find(item.stream); card != cards.end()) card->second.items.push_back(std::move(item));
  }
  return cards;
}

Result<Verification> Engine::verify(std::string_view ref) const {
  Verification report;
  auto site_records = store_.read(ledger::kSiteStream);
  if (!site_records) return std::move(site_records).error();
  compare_records(*site_records, report);
  auto site = ledger::verify_stream(*site_records);
  if (!site) report.problems.push_back(site.error().message);
  auto cards = read_cards(ref);
  if (!cards) return std::move(cards).error();
  const Audited audited{site ? placed(std::move(*site), *site_records) : std::vector<PlacedEvent>{}, std::move(*cards)};
  if (!ref.empty()) {
    if (auto ok = verify_case(ref, audited, report); !ok) return std::move(ok).error();
    return report;
  }
  judge_people(audited.site, report);
  std::vector<ledger::Event> of_site;  // words of the address book
  for (const auto& one : audited.site) of_site.push_back(one.event);
  verify_words(ledger::kSiteStream, of_site, report);
  report.events += static_cast<std::int64_t>(site_records->size());
  for (const auto& [stream, card] : audited.cards)
    if (auto ok = verify_case(stream, audited, report); !ok) return std::move(ok).error();
  auto findings = store_.inspect();
  if (!findings) return std::move(findings).error();
  for (auto& finding : *findings)
    (finding.is_warning ? report.warnings : report.problems).push_back(std::move(finding.message));
  return report;
}

}  // namespace tocsin
