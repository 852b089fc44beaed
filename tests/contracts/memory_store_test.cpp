// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "tests/contracts/subject.h"

namespace tocsin::tests {
namespace {

struct InMemory : Subject {
  memory_store::EventStore events;
  memory_store::Vault words{events};
  ports::EventStore& store() override { return events; }
  ports::Vault& vault() override { return words; }
};

std::unique_ptr<Subject> in_memory() { return std::make_unique<InMemory>(); }

}  // namespace

TEST_CASE("the store in memory keeps the contract of event stores") { event_store_contract(in_memory); }
TEST_CASE("the store in memory keeps the contract of lists") { listing_contract(in_memory); }
TEST_CASE("the vault in memory keeps the contract of vaults") { vault_contract(in_memory); }

}  // namespace tocsin::tests
