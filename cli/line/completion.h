// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// A word that may stand where the cursor is, and what it is.
struct Candidate {
  std::string word;
  std::string note = {};
};

/// What a command line asks for at its last word, which may be empty or half typed.
struct Cursor {
  const Verb* verb = nullptr;      ///< none yet: a verb is asked for
  std::string first_word;          ///< of a verb of two words, when it was typed already
  const Option* option = nullptr;  ///< the option or positional whose value is asked for; null: none can stand here
  std::string typed;               ///< of that value
  std::string before;              ///< what stands before it in the same word: "--fact="
  bool options_too = false;        ///< an option may stand here
  std::map<std::string, std::vector<std::string>, std::less<>> values;  ///< given before
};

/// Reads the words up to the cursor (without the program's name) by the table, forgiving what is wrong in them. `has_case` says that
/// TOCSIN_CASE names a case, so that CASE may be left out; `is_case` says whether a word begins the name of one.
Cursor look_at_cursor(const std::vector<Verb>& table, const std::vector<std::string>& words, bool has_case,
                      const std::function<bool(std::string_view)>& is_case);

/// The words of "csv|json|markdown"; none for a placeholder such as TEXT.
std::vector<std::string> fixed_words(const Option& option);

}  // namespace tocsin::cli
