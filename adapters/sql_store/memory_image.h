// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tocsin::sql_store {

/// Puts into the bytes of a database what its log ("-wal") has committed, as SQLite would when it opens the file, and marks the bytes
/// as a file without a log. What was never committed, or does not give its checksums, is left out as SQLite leaves it out.
/// Returns how many pages it put in.
std::size_t put_log_into(std::string& database, std::string_view log);

/// The bytes of a store with its log, for places where SQLite can make neither the log's index nor a lock. `unavailable` when either
/// cannot be read, or somebody writes while it is read.
Result<std::string> memory_image(const std::string& path);

}  // namespace tocsin::sql_store
