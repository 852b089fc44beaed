// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/call.h"

namespace tocsin::cli {

/// Runs one command line (without the program's name) and returns its exit code. Catches everything.
int run(World& world, std::vector<std::string> words);

/// 2 to 7 and 10: one for each kind of failure.
int exit_code(Errc code);

}  // namespace tocsin::cli
