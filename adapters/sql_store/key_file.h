// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tocsin::sql_store {

inline constexpr std::size_t kMasterKeyBytes = 32;

/// What is wrong with a key, as `refused_by` of an error and for machines.
inline constexpr std::string_view kKeyMissing = "key_missing";
inline constexpr std::string_view kKeyUnreadable = "key_unreadable";
inline constexpr std::string_view kKeyExposed = "key_exposed";
inline constexpr std::string_view kKeyMalformed = "key_malformed";
inline constexpr std::string_view kKeyWrong = "key_wrong";

/// The 32 bytes of a master key from its file: 64 hex digits and a line break, mode 0600. `unavailable` when the file is
/// missing (or its path empty), cannot be read or can be read by others; `corrupt` when it is no ordinary file or holds anything else.
Result<std::string> read_key_file(const std::string& path);

/// Makes a new key and writes it to `path`, with its folder (mode 0700) where that is missing. An existing file is never
/// touched: its key is returned instead. The file appears whole or not at all.
Result<std::string> make_key_file(const std::string& path);

}  // namespace tocsin::sql_store
