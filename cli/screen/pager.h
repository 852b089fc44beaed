// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "cli/line/call.h"

namespace tocsin::cli {

/// Whether this call's text may go through a pager: it reads a case or a list, for a person at a terminal who did not say --no-pager.
bool is_paged(const Call& call);

/// Runs the verb, and shows what it printed: in the pager when it is longer than the screen, else as it is. The pager is what the
/// setting `pager` names (TOCSIN_PAGER or the configuration file), else PAGER, else `less -FRX`; `cat` or an empty name is none.
Result<int> run_paged(Call& call);

/// Hands a text to a command through a pipe, never a file, and waits for its end. That the reader leaves early is no failure, nor is
/// Ctrl-C while it reads. False where there is no such command. Not for use from several threads: it holds the process's SIGINT.
bool show_in_pager(const std::string& command, const std::string& text,
                   std::map<std::string, std::string, std::less<>> environment);

}  // namespace tocsin::cli
