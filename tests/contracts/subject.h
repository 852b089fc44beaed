// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "engine/ports/event_store.h"
#include "engine/ports/vault.h"

namespace tocsin::tests {

/// A store and its vault under test, empty and new.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual ports::EventStore& store() = 0;
  virtual ports::Vault& vault() = 0;
  /// Closes and opens what outlives a process; nothing where nothing does.
  virtual void reopen() {}
};

using MakeSubject = std::function<std::unique_ptr<Subject>()>;

/// What every event store promises (engine/ports/event_store.h), one section per promise.
void event_store_contract(const MakeSubject& make);
/// The same for the lists that stores keep: cards, alarms, items, names.
void listing_contract(const MakeSubject& make);
/// What every vault promises (engine/ports/vault.h).
void vault_contract(const MakeSubject& make);

}  // namespace tocsin::tests
