// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/line/call.h"

namespace tocsin::cli {

/// The drawing as --format says: the DOT text itself, or, with svg, what Graphviz's program `dot` on the path makes of it. It is started
/// without a shell and reads the text from its standard input. `unavailable` when there is no such program or it fails, `invalid` for another format.
Result<std::string> drawn(const Call& call, const std::string& dot);

/// Prints it for --draw; with --json as {"format":1,"language":"dot","drawing":TEXT}.
Result<int> print_drawing(const Call& call, const std::string& dot);

}  // namespace tocsin::cli
