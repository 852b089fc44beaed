// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tocsin::log {

enum class Level { debug, info, warn, error, off };

/// The only thing that can be logged: what was asked, of which case, and how it ended. There is no field for words, and whatever does not
/// look like a name of ours (letters, digits, . _ - # : and space, at most 64) is printed as '?', so that nothing personal can slip in.
struct Entry {
  Level level = Level::info;
  std::string operation;  ///< "case open"
  std::string case_ref;
  std::string result;      ///< "ok" or the word of an error
  std::string refused_by;  ///< "transition close"
};

/// off, error, warn, info or debug; anything else is warn, which is also where it begins. Thread-safe.
void set_level(std::string_view word);

/// One line on standard error. Thread-safe.
void write(const Entry& entry);

/// What write() would print of a field.
std::string safe(std::string_view field);

}  // namespace tocsin::log
