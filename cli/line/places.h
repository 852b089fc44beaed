// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/line/call.h"

namespace tocsin::cli {

/// The file of the store: --db, else the setting, else in the user's data folder. `invalid` where nothing names one, or what names it is no
/// file's name.
Result<std::string> database_path(const Call& call);

/// The file of the vault's key. Beside the user's configuration, not beside the database: a stolen file alone opens nothing. `invalid` where
/// nothing says where it is.
Result<std::string> key_path(const Call& call);

/// The folder of workflow files.
std::string workflow_folder(const Call& call);

/// `invalid` for an address like "postgresql://host/cases", which is no file's name. The address is not repeated: it may hold a password.
Result<void> check_file_name(std::string_view name);

}  // namespace tocsin::cli
