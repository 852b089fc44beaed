// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

/// A text of the folder cli/pages, built into the program: "verbs/case-open" or "topics/30-times", in Markdown.
struct Page {
  std::string_view name;
  std::string_view text;
};

/// All of them, by name. Lives as long as the program.
std::span<const Page> pages();

/// What a page says of a verb beside its row in the table. Empty fields where the page has none.
///
///   A case is pinned to its workflow as the files are now.      details, Markdown
///   ## Example
///       tocsin case open uk/supplier-breach --title "A lost box"    a command line each, indented by four
///   ## JSON
///       {"format":1,"case":..}                                  the shape, indented by four
///   ## Exit codes
///       5  the reference is taken                               only what is particular to this verb
struct VerbPage {
  std::string details;
  std::vector<std::string> examples;
  std::vector<std::string> json;
  std::vector<std::string> exit_codes;
};

/// The page of a verb by its words, "case open"; an empty one when the folder has none.
VerbPage verb_page(std::string_view words);

/// A text about something that several verbs share: `tocsin help times`.
struct Topic {
  std::string_view name;   ///< "times": the file's name without its number
  std::string_view title;  ///< its first line, without "# "
  std::string_view text;   ///< Markdown, what follows the title
};

/// In the order of their numbers.
std::vector<Topic> topics();

}  // namespace tocsin::cli
