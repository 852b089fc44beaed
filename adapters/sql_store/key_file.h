// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/result.h"

namespace tocsin::sql_store {

inline constexpr std::size_t kMasterKeyBytes = 32;

/// The 32 bytes of a master key from its file: 64 hex digits and a line break, mode 0600. `unavailable` when the file is
/// missing, cannot be read or can be read by others; `corrupt` when it holds anything else.
Result<std::string> read_key_file(const std::string& path);

/// Makes a new key and writes it to `path`, with its folder (mode 0700) where that is missing. An existing file is never
/// touched: its key is returned instead. The file appears whole or not at all.
Result<std::string> make_key_file(const std::string& path);

}  // namespace tocsin::sql_store
