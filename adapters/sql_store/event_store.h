// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/sql_store/sqlite.h"
#include "engine/ports/event_store.h"

namespace tocsin::sql_store {

/// The event store in one SQLite file (docs/formats/store.md). Thread-safe; several processes may share the file.
class EventStore : public ports::EventStore {
 public:
  /// `database` must outlive it.
  explicit EventStore(Database& database) : database_(database) {}

  std::string purpose() const override { return database_.purpose(); }
  Result<std::int64_t> append(const ports::Append& append) override;
  Result<std::vector<ledger::Record>> read(std::string_view stream) const override;
  Result<std::vector<ledger::Record>> read_all(std::int64_t after, std::size_t limit) const override;
  Result<std::optional<ports::Remembered>> find_request(std::string_view id) const override;
  Result<std::vector<std::string>> alarmed(Instant now, std::size_t limit) const override;
  Result<std::vector<ports::Card>> cards(std::string_view after, std::size_t limit) const override;
  Result<std::vector<std::string>> find_streams(std::string_view prefix, std::size_t limit) const override;
  Result<std::vector<ports::OpenItem>> items(std::string_view group, std::optional<Instant> from,
                                             std::optional<Instant> until, const std::optional<ports::ItemPosition>& after,
                                             std::size_t limit) const override;
  Result<std::optional<Instant>> last_recorded() const override;
  Result<std::optional<ports::DefinitionFiles>> find_definition(std::string_view digest) const override;
  Result<std::vector<Finding>> inspect() const override;

 private:
  Database& database_;
};

}  // namespace tocsin::sql_store
