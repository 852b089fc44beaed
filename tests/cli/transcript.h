// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tocsin::tests {

/// One command of a transcript and what it must print.
///
///   $ tocsin people list --json
///   {"format":1,...
///   [exit 3]
///   $ tick 10m                      the clock goes on
///   $ write notes.txt Some words    a file in the transcript's folder
///   $ copy fictional-force/story.yaml   a file of examples/, into the transcript's folder
///   $ stdin Some words              what the next command reads
///   $ set TOCSIN_CASE=FF-1          an environment variable
///
/// Standard output and error follow each other. `...` stands for anything within a line; a line `...` for any lines. {name} is replaced by what
/// an earlier `[name=REGEX]` line found in the output before it.
struct TranscriptStep {
  int line = 0;
  std::string command;
  std::vector<std::string> expected;
  int exit_code = 0;
  std::vector<std::pair<std::string, std::string>> captures;  ///< name, regular expression with one group
};

std::vector<TranscriptStep> read_transcript(const std::string& text);

/// The ```console blocks of a Markdown page, each as the text of a transcript.
std::vector<std::string> console_blocks(const std::string& markdown);

/// Splits a command line as a shell splits plain words and quotes.
std::vector<std::string> words_of(const std::string& line);

/// Plays a transcript in an empty folder, with a hand-cranked clock that begins at 2026-05-02T02:00Z and goes a second at each command. Returns
/// what went otherwise than written; empty: all as written. What is printed with the mistakes can be pasted.
std::vector<std::string> play_transcript(const std::string& text);

}  // namespace tocsin::tests
