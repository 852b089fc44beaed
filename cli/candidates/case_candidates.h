// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line/completion.h"

namespace tocsin::cli {

/// What the store offers for a value called CASE, OBLIGATION, TRANSITION, NAME=VALUE, DIGEST, ...; nothing for other names, and nothing
/// where the store cannot be read.
std::vector<Candidate> case_words(Call& call, const Cursor& cursor, std::string_view kind, bool with_notes);

/// The ids of clocks in a law file.
std::vector<std::string> law_file_ids(const std::string& path);

}  // namespace tocsin::cli
