// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/commands/decide.h"

namespace tocsin::commands {

/// The structured fields of a decision record, as they lie in the proposal; null where nothing was said. Its words go to the vault.
/// `invalid` where a word is not known, the clock has no such exemption, a restriction lacks its ground or review, or a time lies in
/// the past; only a ruling out has a record.
Result<Json> record_of(const Asked& asked, const std::string& kind, const std::string& subject,
                       const DecisionRecord& record);

/// `invalid` where the law had no such exemption when the decision was made.
Result<void> check_exemption_in_force(const workflow::Exemption& exemption, Instant at);

}  // namespace tocsin::commands
