// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/ledger/event.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// An event that is not sealed yet: `event.texts` has its fields with empty digests, the words are beside it.
struct Draft {
  ledger::Event event;                                    ///< not sealed
  std::map<std::string, std::string, std::less<>> words;  ///< by field of `texts`
};

/// What the workflow and the clock would like recorded next, one event; nothing when all is said. Pure.
/// The order: what time made (earliest first: a deadline missed, a restriction ended), a further filing takes its place, a ruling out is reopened, an obligation is raised, a deadline
/// moves, an obligation comes again. Apply it, and ask again: it comes to an end because each suggestion removes its own cause.
std::optional<Draft> plan(const Definition& definition, const case_file::CaseFile& file, Instant now);

/// Raises an obligation whatever its condition says, without deadline if no anchor is known: for a filing that came first.
Draft raise_for_filing(const Definition& definition, const case_file::CaseFile& file, const Obligation& obligation,
                       const std::string& data_set);

/// The first instant at which exactly one event becomes true by itself; none for a closed case.
std::optional<Instant> alarm(const case_file::CaseFile& file);

/// Just after the deadline: `now == deadline` is in time.
constexpr Instant after_deadline(Instant due) { return due + Duration{1}; }

/// The values that later ones are compared with when the obligation may come again.
Json settlement_values(const Definition& definition, const Obligation& obligation, const case_file::CaseFile& file,
                       const std::string& data_set);

/// True where a fact that was relied on has another version now.
bool relied_on_has_changed(const case_file::CaseFile& file,
                           const std::map<std::string, std::int64_t, std::less<>>& relied_on);

}  // namespace tocsin::workflow
