// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"

namespace tocsin::tests {

/// A store in a file with its vault, opened or made.
class StoreFile {
 public:
  explicit StoreFile(const std::string& path) : StoreFile(path, path + ".key") {}
  StoreFile(const std::string& path, const std::string& key)
      : database(must(sql_store::Database::open_or_create(path, "live"))), events(*database), vault(*database, key) {}

  static std::unique_ptr<sql_store::Database> must(Result<std::unique_ptr<sql_store::Database>> opened) {
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }

  std::unique_ptr<sql_store::Database> database;
  sql_store::EventStore events;
  sql_store::Vault vault;
};

}  // namespace tocsin::tests
