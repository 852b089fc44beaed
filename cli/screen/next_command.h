// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// The flags of this call that say which store it is about, quoted for a shell. A command to run next has them too: pasted without, it
/// would be about another store.
std::vector<std::string> store_flags(const Call& call);

/// The words of a command to run next, without the program's name ("due --limit all"), and these flags where they have a meaning.
std::vector<std::string> next_words(const std::string& command, const std::vector<std::string>& flags);

/// The same in one line, for this call.
std::string next_command(const Call& call, const std::string& command);

}  // namespace tocsin::cli
