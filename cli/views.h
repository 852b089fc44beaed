// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "engine/engine.h"

namespace tocsin::cli {

using Words = std::map<std::pair<std::int64_t, std::string>, std::optional<std::string>>;

/// The shapes of docs/cli.md.
Json json_of(const Error& error);
Json json_of(const CaseView& view, const Words& words);
Json json_of(const Due& due, Instant now, const std::string& store);
Json history_json(const CaseView& view, const Words& words);
Json data_sets_json(const case_file::CaseFile& file, const Words& words);
Json next_json(const CaseView& view, std::string_view by);

/// One event as a sentence: "fact risk = high_risk". Words that lie in the vault are not part of it.
std::string sentence_of(const ledger::Event& event);

/// UTC times inside a sentence, put into the time of a zone.
std::string with_local_times(std::string text, const std::string& zone);

/// A value of a fact as a person writes it.
std::string shown(const Json& value);

/// "BANNER" lines for stores that are not live; nothing for live ones.
std::string banner(const std::string& store);

/// A message, what is missing, and the command to run next, for people.
void print_error(std::ostream& err, const Error& error);

/// Ends a write: the case and its title; what was recorded and for what time; what is owed next and the command for it. As JSON the same.
int print_outcome(const Call& call, Engine& engine, const Outcome& outcome, const std::string& remark = {});

/// The most urgent thing that the case owes: a sentence and the command.
std::pair<std::string, std::string> owed_next(const workflow::Definition& definition, const case_file::CaseFile& file,
                                              Instant now);

Words words_or_none(Engine& engine, const CaseView& view);
std::string word_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise = "(forgotten)");

}  // namespace tocsin::cli
