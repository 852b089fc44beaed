// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// A code that a command ends with, its word in JSON, and when.
struct ExitCode {
  int code;
  std::string_view word;
  std::string_view when;
};
const std::vector<ExitCode>& exit_codes();

/// The options of a verb in the groups that help shows: its own, those of every writing verb, those of every verb.
struct OptionGroup {
  std::string title;
  std::vector<Option> options;
};
std::vector<OptionGroup> option_groups(const Verb& verb);

/// "--title TEXT", or the name of a positional argument.
std::string shown_option(const Option& option);

/// "tocsin case open WORKFLOW --title TEXT [--ref REF]", wrapped at `columns` with further lines indented.
std::string synopsis(const Verb& verb, std::size_t columns);

/// What --help prints of a verb, wrapped at `columns`.
std::string usage(const Verb& verb, int columns = 80);

/// What 'tocsin --help' prints: every verb by noun, and where to read on.
std::string overview(const std::vector<Verb>& table, int columns = 80);

/// The verbs of one noun ("case"), a line each; empty when no verb begins so.
std::string verbs_of(const std::vector<Verb>& table, std::string_view noun, int columns = 80);

/// Words wrapped at `columns`; each line after the first begins with `indent` blanks.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace tocsin::cli
