// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <optional>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/subject.h"

namespace tocsin::tests {
namespace {

class InFile : public Subject {
 public:
  InFile() { reopen(); }
  ports::EventStore& store() override { return *events_; }
  ports::Vault& vault() override { return *words_; }
  void reopen() override {
    words_.reset();
    events_.reset();
    database_.reset();
    auto opened = sql_store::Database::open_or_create(folder_ / "cases.db", "live");
    REQUIRE(opened);
    database_ = std::move(*opened);
    events_.emplace(*database_);
    words_.emplace(*database_, folder_ / "vault.key");
  }

 private:
  Folder folder_;
  std::unique_ptr<sql_store::Database> database_;
  std::optional<sql_store::EventStore> events_;
  std::optional<sql_store::Vault> words_;
};

std::unique_ptr<Subject> in_file() { return std::make_unique<InFile>(); }

}  // namespace

TEST_CASE("the store in SQLite keeps the contract of event stores") { event_store_contract(in_file); }
TEST_CASE("the store in SQLite keeps the contract of lists") { listing_contract(in_file); }
TEST_CASE("the vault in SQLite keeps the contract of vaults") { vault_contract(in_file); }

}  // namespace tocsin::tests
