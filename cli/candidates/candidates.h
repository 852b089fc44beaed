// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/line/completion.h"

namespace tocsin::cli {

/// What may stand at a cursor. Reads of store and library only what the place asks for, writes nothing, and finds nothing where either
/// cannot be read.
struct Candidates {
  std::vector<Candidate> words;
  bool files = false;  ///< the shell should offer names of files too
};

/// `with_notes`: the shell shows what each word is, so that titles of a few cases are worth opening the vault for.
Candidates candidates_at(World& world, const Cursor& cursor, bool with_notes);

/// Whether a case's reference begins so.
bool begins_case(World& world, std::string_view word);

}  // namespace tocsin::cli
