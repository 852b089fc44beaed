// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/sql_store/sqlite.h"
#include "adapters/sql_store/vault.h"
#include "engine/ports/upkeep.h"

namespace tocsin::sql_store {

/// What the store says of itself; reads, and writes nothing.
Result<ports::StoreFacts> facts_of(Database& database, Vault& vault);

}  // namespace tocsin::sql_store
