// SPDX-License-Identifier: Apache-2.0
// A small language for tests of stores: cases that grow by events, with true seals.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/ledger/chain.h"
#include "engine/ports/event_store.h"

namespace tocsin::tests {

inline constexpr Instant kEpoch{1'693'000'000'000'000};  ///< an afternoon in August 2023
inline Instant hour(std::int64_t n) { return kEpoch + hours(n); }

/// Writes the history of one stream: each append() continues where the last one ended.
///
///   History history("MET-1");
///   store.append(history.next(2));       // two events
///   store.append(history.next(1));       // and a third
class History {
 public:
  explicit History(std::string stream) : stream_(std::move(stream)) {}

  /// Continues what a store has of the stream.
  static History after(const std::vector<ledger::Record>& records, std::string stream) {
    History history(std::move(stream));
    if (records.empty()) return history;
    history.version_ = records.back().n;
    history.last_seal_ = records.back().seal;
    return history;
  }

  History& says(Json body) {
    body_ = std::move(body);
    return *this;
  }
  History& at(Instant now) {
    now_ = now;
    return *this;
  }

  ports::Append next(int events = 1) {
    ports::Append append;
    append.stream = stream_;
    append.expected_version = version_;
    append.vault.stream = stream_;
    for (int i = 0; i < events; ++i) append.records.push_back(event());
    return append;
  }

  /// The same with a card that lists show.
  ports::Append next_with_card(ports::Card card, int events = 1) {
    auto append = next(events);
    card.stream = stream_;
    card.version = version_;
    for (auto& item : card.items) item.stream = stream_;
    append.card = std::move(card);
    return append;
  }

  std::int64_t version() const { return version_; }
  const std::string& stream() const { return stream_; }

 private:
  ledger::Record event() {
    ledger::Event event;
    event.stream = stream_;
    event.n = ++version_;
    event.type = "fact_set";
    event.at = now_;
    event.recorded_at = now_;
    event.by = "ana";
    event.account = "ana@desk";
    event.program = "tocsin test";
    event.body = body_;
    event.prev = last_seal_;
    auto record = ledger::seal_event(event);
    last_seal_ = record.seal;
    return record;
  }

  std::string stream_;
  std::int64_t version_ = 0;
  Instant now_ = kEpoch;
  Digest last_seal_{};
  Json body_ = Json::object({{"name", "risk"}});
};

inline ports::Card card(Instant opened_at = kEpoch) {
  ports::Card card;
  card.opened_at = opened_at;
  card.workflow = "uk/supplier-breach";
  card.states = {{"assessment", "triage"}, {"case", "open"}};
  return card;
}

inline ports::OpenItem item(std::string name, std::string group, Instant key) {
  return {"", "obligation", std::move(name), std::move(group), key, "Art. 33(1)", ""};
}

inline std::vector<std::string> names(const std::vector<ports::OpenItem>& items) {
  std::vector<std::string> all;
  for (const auto& item : items) all.push_back(item.stream + "/" + item.name);
  return all;
}

inline std::vector<std::string> streams(const std::vector<ports::Card>& cards) {
  std::vector<std::string> all;
  for (const auto& card : cards) all.push_back(card.stream);
  return all;
}

/// True where seq counts 1, 2, 3 ... over the whole store.
inline bool is_gapless(const std::vector<ledger::Record>& all) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].seq != static_cast<std::int64_t>(i) + 1) return false;
  return true;
}

}  // namespace tocsin::tests
