// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/time.h"

namespace tocsin::log {

enum class Level { debug, info, warn, error, off };
enum class Format { text, json };

/// The level of a word: off, error, warn, info or debug; nullopt for anything else.
std::optional<Level> level_of(std::string_view word);
/// text or json; nullopt for anything else.
std::optional<Format> format_of(std::string_view word);

/// Where lines go, and which.
struct Settings {
  Level level = Level::off;
  Format format = Format::text;
  std::string file = {};             ///< empty: standard error. Made with mode 0600; an existing one keeps its mode
  std::size_t file_bytes = 1 << 20;  ///< of one file; then it is renamed FILE.1, that one FILE.2, ...
  std::size_t files = 5;             ///< that are kept beside the one written to
};

/// The only thing that can be logged: what was asked, of which case, and how it ended. There is no field for words, and whatever does not
/// look like a name of ours (letters, digits, . _ - # : and space, at most 64) is printed as '?', so that nothing personal can slip in.
struct Entry {
  Level level = Level::info;
  Instant at = {};             ///< the machine's clock
  std::string id = {};         ///< of the command, the same in its error
  std::string version = {};    ///< of the program
  std::string operation = {};  ///< "case open"
  std::string case_ref = {};
  std::string result = {};      ///< "ok" or the word of an error
  std::string refused_by = {};  ///< "transition close"
  std::int64_t microseconds = 0;
  int exit_code = 0;
};

/// Begins anew with these settings. False when the file cannot be written: then nothing is logged, and nothing else changes.
bool start(const Settings& settings);

/// Whether entries of this level are written somewhere.
bool writes(Level level);

/// One line. What goes wrong with it is kept for failed() and stops nothing. Thread-safe; processes that write to one file take turns, and
/// none waits longer than a tenth of a second for the others.
void write(const Entry& entry);

/// Whether a line was lost since start().
bool failed();

/// The line that write() would write, without its line break.
std::string line_of(const Entry& entry, Format format);

/// What a line would show of a field.
std::string safe(std::string_view field);

}  // namespace tocsin::log
