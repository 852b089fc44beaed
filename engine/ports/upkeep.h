// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace tocsin::ports {

/// How the file of the master key stands to a store.
enum class KeyState {
  unused,      ///< no words were ever sealed, so no key belongs to the store yet
  fits,        ///< it opens this store's words
  missing,     ///< no such file
  wrong,       ///< the key of another store
  exposed,     ///< others than its owner may read it
  malformed,   ///< not 64 hex digits and a line break
  unreadable,  ///< its permissions keep us out
};

/// The word of a state, as JSON prints it.
constexpr std::string_view word(KeyState state) {
  constexpr std::string_view words[] = {"unused", "fits", "missing", "wrong", "exposed", "malformed", "unreadable"};
  return words[static_cast<std::size_t>(state)];
}

/// What a store says of itself to whoever keeps it running. No words of people. Sizes in bytes.
struct StoreFacts {
  std::string path;
  std::string purpose;
  std::string access;  ///< "file", "frozen" (nothing may be written there) or "copy" (frozen, and its log read in memory)
  std::int64_t schema = 0;
  std::int64_t bytes = 0;
  std::int64_t log_bytes = 0;  ///< of what is not yet in the file itself
  std::int64_t page_bytes = 0;
  std::int64_t pages = 0;
  std::int64_t free_pages = 0;
  std::int64_t cases = 0;
  std::int64_t events = 0;
  std::int64_t texts = 0;                                    ///< rows of the vault
  std::map<std::string, std::string, std::less<>> settings;  ///< as the store says them when it is asked
  std::string last_stream;                                   ///< of the newest event; empty when there is none
  std::int64_t last_n = 0;
  std::optional<Instant> last_recorded;
  std::string key_path;
  KeyState key = KeyState::unused;
};

/// A finished copy of a store.
struct Backup {
  std::string path;
  std::int64_t bytes = 0;
  std::int64_t cases = 0;
  std::int64_t events = 0;
};

/// One thing that was looked at, how it is, and what to do about it.
struct Diagnosis {
  enum class Level { ok, warning, problem };
  Level level = Level::ok;
  std::string about;       ///< "key", "permissions", ...: one word of the list in docs/cli.md
  std::string message;     ///< one sentence without personal data
  std::string fix;         ///< a command or a sentence; empty when it is ok
  bool is_damage = false;  ///< stored bytes are not what was written: 7, where another problem is 10
};

constexpr std::string_view word(Diagnosis::Level level) {
  constexpr std::string_view words[] = {"ok", "warning", "problem"};
  return words[static_cast<std::size_t>(level)];
}

}  // namespace tocsin::ports
