// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "adapters/sql_store/sqlite.h"
#include "engine/ports/upkeep.h"

namespace tocsin::sql_store {

/// Writes a whole and consistent copy of the store to `target` (mode 0600) while others go on writing: all that was recorded before it
/// began is in it. The copy is opened again, checked by SQLite, and every chain in it compared with the store's, before it gets its
/// name; whatever fails leaves nothing under that name. It has no free pages, so nothing that was forgotten travels with it.
///
/// `conflict` when the name is taken and not to be replaced; `invalid` for a folder, a place that is not there, or a file in `never`
/// (the store's own files are among them); `unavailable` when the disk is full; `corrupt` when the copy is not what the store is.
Result<ports::Backup> back_up(Database& database, const std::string& target, bool replace, std::vector<std::string> never);

}  // namespace tocsin::sql_store
