// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "adapters/sql_store/sqlite.h"
#include "adapters/sql_store/vault.h"
#include "engine/ports/upkeep.h"

namespace tocsin::sql_store {

/// Looks at the files from outside, also where the store cannot be opened: file system, free space, permissions, the key's
/// place, what was left behind; `log_file` may be empty. Writes nothing.
std::vector<ports::Diagnosis> examine_files(const std::string& path, const std::string& key_file,
                                            const std::string& log_file);

/// Looks at an opened store from inside: schema, settings, triggers, numbering, lists, the key, words without events. Writes nothing.
std::vector<ports::Diagnosis> examine_store(Database& database, Vault& vault);

}  // namespace tocsin::sql_store
