// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/store.h"

#include <utility>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"

namespace tocsin::sql_store {

struct Store::Parts {
  Parts(std::unique_ptr<Database> opened, const std::string& key_file)
      : database(std::move(opened)), events(*database), vault(*database, key_file) {}

  std::unique_ptr<Database> database;
  EventStore events;
  Vault vault;
};

Result<Store> Store::open(const std::string& path, const std::string& key_file) {
  auto database = Database::open(path);
  if (!database) return std::move(database).error();
  return Store(std::make_unique<Parts>(std::move(*database), key_file));
}

Result<Store> Store::open_or_create(const std::string& path, const std::string& key_file, const std::string& purpose) {
  auto database = Database::open_or_create(path, purpose);
  if (!database) return std::move(database).error();
  return Store(std::make_unique<Parts>(std::move(*database), key_file));
}

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

ports::EventStore& Store::events() { return parts_->events; }
ports::Vault& Store::vault() { return parts_->vault; }

}  // namespace tocsin::sql_store
