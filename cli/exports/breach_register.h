// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/views/views.h"

namespace tocsin::cli {

/// The columns of the register of UK GDPR Art 33(5), in the order in which a regulator reads: key, heading.
const std::vector<std::pair<std::string, std::string>>& register_columns();

/// How times are written: as the case's zone says them, for people, or in UTC with Z, for programs.
enum class RegisterTimes { local, utc };

/// One case as a row: a text for each column, empty where nothing is known. Words that cannot be read are said to be so.
std::vector<std::string> register_row(const CaseView& view, const Words& words, RegisterTimes times);

/// RFC 4180, with a heading. A cell that a spreadsheet would take for a formula begins with an apostrophe. Control characters are in view,
/// here and in Markdown.
std::string register_csv(const std::vector<std::vector<std::string>>& rows);

/// One section for each case, which reads better than a table of nineteen columns.
std::string register_markdown(const std::vector<std::vector<std::string>>& rows);

}  // namespace tocsin::cli
