// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/line/call.h"
#include "cli/views/sentences.h"
#include "engine/case_file/marks.h"
#include "engine/engine.h"

namespace tocsin::cli {

/// The words of a case by event and field; nothing where they were forgotten. What is missing could not be read.
struct Words : std::map<std::pair<std::int64_t, std::string>, std::optional<std::string>> {
  /// Why some are missing: key_missing, key_unreadable, key_exposed, key_malformed, key_wrong, damaged; empty: none is.
  std::string closed = {};
  std::map<std::int64_t, case_file::Marks> marks = {};  ///< of the events whose words are marked
  /// Privileged words that were taken out, because they are not to leave the house.
  std::set<std::pair<std::int64_t, std::string>> withheld = {};
};

/// Adds "marks" to what is said of the words of an event; nothing where they have none.
Json with_marks(Json body, const Words& words, const case_file::TextRef& text);

/// 7 where words are not what was recorded, or not under this key; else 0.
int exit_code(const Words& words);
/// Adds "words": why some could not be read; nothing where all could.
Json with_words(Json body, const Words& words);

/// What a word of Words::closed means: "the vault's key is missing".
std::string what_shuts(std::string_view closed);

/// Words as a terminal may show them: control characters in view, and further lines indented so that none looks like one of ours.
std::string visible(std::string_view words);
/// The same for a cell of a table, whose further lines stay where they are.
std::string visible_cell(std::string_view words);

/// The shapes of docs/cli.md.
Json json_of(const Error& error);
Json json_of(const CaseView& view, const Words& words);
Json json_of(const Due& due, Instant now, const std::string& store);
Json history_json(const CaseView& view, const Words& words);
Json data_sets_json(const case_file::CaseFile& file, const Words& words);
/// What somebody says and nobody took over: it stands beside what is adopted.
std::vector<std::pair<const case_file::FactFile*, const case_file::Claim*>> claims_not_adopted(
    const case_file::CaseFile& file);
Json states_json(const std::map<std::string, std::string, std::less<>>& states);
Json next_json(const CaseView& view, std::string_view by);

/// A message, what is missing, and the command to run next, for people.
void print_error(std::ostream& err, const Error& error);

/// Ends a write: the case and its title; what was recorded and for what time; what is owed next and the command for it. As JSON the same.
int print_outcome(const Call& call, Engine& engine, const Outcome& outcome, const std::string& remark = {});

/// What can be read of a case's words.
Words words_or_none(Engine& engine, const CaseView& view);
/// Somebody's words as they are, behind their marks, or why they are not there.
std::string text_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise = "(forgotten)");
/// The same for a terminal.
std::string word_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise = "(forgotten)");

}  // namespace tocsin::cli
