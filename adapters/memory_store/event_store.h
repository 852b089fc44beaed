// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "engine/ports/event_store.h"

namespace tocsin::memory_store {

/// An event store that lasts as long as the process: for replays, what-if and tests. Keeps every promise of the port.
/// Thread-safe.
class EventStore : public ports::EventStore {
 public:
  /// `purpose` is live, story or exercise.
  explicit EventStore(std::string purpose = "live") : purpose_(std::move(purpose)) {}

  std::string purpose() const override { return purpose_; }
  Result<std::int64_t> append(const ports::Append& append) override;
  Result<std::vector<ledger::Record>> read(std::string_view stream) const override;
  Result<std::vector<ledger::Record>> read_all(std::int64_t after, std::size_t limit) const override;
  Result<std::optional<ports::Remembered>> find_request(std::string_view id) const override;
  Result<std::vector<std::string>> alarmed(Instant now, std::size_t limit) const override;
  Result<std::vector<ports::Card>> cards(std::string_view after, std::size_t limit) const override;
  Result<std::vector<std::string>> find_streams(std::string_view prefix, std::size_t limit) const override;
  /// As the port says.
  Result<std::vector<ports::OpenItem>> items(std::string_view group, std::optional<Instant> from,
                                             std::optional<Instant> until, const std::optional<ports::ItemPosition>& after,
                                             std::size_t limit) const override;
  Result<std::optional<Instant>> last_recorded() const override;
  Result<std::optional<ports::DefinitionFiles>> find_definition(std::string_view digest) const override;
  Result<std::vector<Finding>> inspect() const override;

  /// The vault of the same process takes the rows that travel with an append.
  void on_vault_rows(std::function<void(const ports::VaultRows&)> take) { take_rows_ = std::move(take); }

 private:
  /// shelf, key, stream, name, kind
  using ItemKey = std::tuple<std::string, Instant, std::string, std::string, std::string>;

  Result<void> check(const ports::Append& append) const;
  void put_card(const ports::Card& card);

  const std::string purpose_;
  mutable std::mutex mutex_;
  std::function<void(const ports::VaultRows&)> take_rows_;
  std::vector<ledger::Record> log_;                                    ///< by seq
  std::unordered_map<std::string, std::vector<std::size_t>> streams_;  ///< places in log_
  std::map<std::string, std::string> names_;                           ///< lower case: name
  std::map<std::string, ports::Card, std::less<>> cards_;
  std::map<ItemKey, ports::OpenItem> items_;
  std::map<std::string, ports::Remembered, std::less<>> requests_;
  std::map<std::string, ports::DefinitionFiles, std::less<>> definitions_;
  std::optional<Instant> last_recorded_;
};

}  // namespace tocsin::memory_store
