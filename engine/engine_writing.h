// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the parts of the front door that write share: cases in engine.cpp, the list of people and its address book in engine_site.cpp.

#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/command_json.h"
#include "engine/engine.h"

namespace tocsin {

/// Another writer was faster this often in a row: then something is wrong, and trying on would hide it.
constexpr int kMostAttempts = 200;

inline bool is_stale(const Error& error) { return error.code == Errc::conflict && error.refused_by == ports::kStale; }

/// Decides anew as often as another writer was faster, unless the one who asks expected a version.
template <class Attempt>
Result<Outcome> tried_again(const Request& request, const Attempt& attempt) {
  for (int i = 1;; ++i) {
    auto outcome = attempt();
    if (outcome || !is_stale(outcome.error()) || request.expected_version || i == kMostAttempts) return outcome;
  }
}

/// What a repeated request is recognised by; nothing for one without an id, which is never recognised.
template <class Command>
std::string request_bytes(std::string_view stream, const Command& asked, const Request& request) {
  if (request.request_id.empty()) return {};
  auto command = commands::to_json(asked);
  command.set("stream", stream).set("by", request.by);
  if (request.at) command.set("at", format_instant(*request.at));  // a time that was not given is another one each time
  if (!request.marks.empty()) command.set("marks", case_file::to_json(request.marks));
  return canonical(command);
}

/// What a repeated request is answered with: where the first one ended. No words.
std::string outcome_bytes(const std::string& ref, std::int64_t first, std::int64_t last);

/// When an entry is written down: never before the last one. `unavailable` where the machine's clock is far behind it.
Result<Instant> writing_time(Instant machine, Instant last);

/// Gives each draft its place in the chain and its words to the vault.
Result<std::vector<ledger::Record>> seal_all(ports::Vault& vault, std::vector<workflow::Draft>& drafts, Digest before,
                                             ports::VaultRows& rows);

}  // namespace tocsin
