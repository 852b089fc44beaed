// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "adapters/sql_store/statement.h"
#include "engine/ports/event_store.h"

namespace tocsin::sql_store {

/// Writes one append inside a transaction that is open. Returns the last `seq`, or the conflict that stands against it.
Result<std::int64_t> write_append(Session& session, const ports::Append& append);

/// ASCII letters in lower case; every other byte as it is.
std::string folded(std::string_view name);

}  // namespace tocsin::sql_store
