// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// The whole of docs/cli.md: introduction, every verb in a line, topics, codes, and each verb by itself.
std::string manual_markdown(const std::vector<Verb>& table);

/// What 'tocsin help VERB' has to say beyond --help, in Markdown: details, examples, JSON, exit codes.
std::string verb_markdown(const Verb& verb);

/// Manual pages by file name: "tocsin.1", and "tocsin-case-open.1" for each verb. man(7), checked by mandoc.
std::map<std::string, std::string> manual_pages(const std::vector<Verb>& table, std::string_view version);

/// Markdown as a terminal of that many columns shows it: wrapped, without marks.
std::string plain_text(std::string_view markdown, int columns);

/// Markdown as man(7) macros, to stand inside a page.
std::string roff(std::string_view markdown);

}  // namespace tocsin::cli
