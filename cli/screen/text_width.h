// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

/// Columns that UTF-8 text takes on a terminal: two for a wide character, none for a combining one. A byte that is no UTF-8 takes one.
int width_of(std::string_view text);

/// The text in lines of at most `columns`, broken between words, and inside a word only where the word alone is too long. A character
/// stays with what combines with it, and a date in one piece where a line can hold it. Line breaks of the text stay, a line that is
/// indented goes on indented, and spaces at a break go. Never empty.
std::vector<std::string> wrapped(std::string_view text, int columns);

/// The text filled up with spaces to `columns`.
std::string padded(std::string text, int columns);

/// The text for a terminal that shows ASCII only: letters without their marks ("Jose"), and the number of what has no such form ("<U+4E2D>").
std::string in_ascii(std::string_view text);

/// The text without the escape sequences that set colour.
std::string without_colour(std::string_view text);

}  // namespace tocsin::cli
