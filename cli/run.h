// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// Runs one command line (without the program's name) and returns its exit code. Catches everything.
int run(World& world, std::vector<std::string> words);

}  // namespace tocsin::cli
