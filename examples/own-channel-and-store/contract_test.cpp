// SPDX-License-Identifier: Apache-2.0
// Holds the journal to what every event store promises, by the tests that Tocsin's own stores pass.
#define CATCH_CONFIG_MAIN
#include <tocsin/adapters/memory_store/vault.h>
#include <tocsin/contracts/subject.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "journal_store.h"

namespace {

class Journal : public tocsin::tests::Subject {
 public:
  Journal() { open(); }
  ~Journal() override { unlink(path_.c_str()); }
  tocsin::ports::EventStore& store() override { return *store_; }
  tocsin::ports::Vault& vault() override { return *vault_; }
  void reopen() override { open(); }

 private:
  void open() {
    auto opened = JournalStore::open(path_);
    REQUIRE(opened);
    vault_.reset();
    store_ = std::move(*opened);
    vault_.emplace(store_->index());
  }

  const std::string path_ = "contract-" + std::to_string(getpid()) + ".journal";
  std::unique_ptr<JournalStore> store_;
  std::optional<tocsin::memory_store::Vault> vault_;
};

std::unique_ptr<tocsin::tests::Subject> journal() { return std::make_unique<Journal>(); }

}  // namespace

TEST_CASE("the journal keeps the contract of event stores") { tocsin::tests::event_store_contract(journal); }
TEST_CASE("the journal keeps the contract of lists") { tocsin::tests::listing_contract(journal); }
