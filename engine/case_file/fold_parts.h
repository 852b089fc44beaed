// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the appliers of events share; not for whoever reads a case.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"

namespace tocsin::case_file::fold_parts {

using ledger::Event;
using obligation::Circumstances;

Error misfit(std::string why);
Error no_obligation(const Event& event);
Error no_decision();

std::optional<Instant> instant(const Json& value);
TextRef text_ref(const Event& event, std::string_view field);
std::map<std::string, std::int64_t, std::less<>> versions(const Json& value);
std::vector<std::string> words(const Json& value);

/// A reason is words, or the event that is the reason.
bool has_reason(const Event& event);

Result<void> step_obligation(ObligationFile& obligation, obligation::Event event, const Circumstances& circumstances);
Result<void> step_case(CaseFile& file, Step taken, const Standing& standing = {});

/// Exactly that instance, or the one that the event names; null when it was never raised.
ObligationFile* instance(CaseFile& file, const std::string& name);
ObligationFile* named(CaseFile& file, const Event& event);
/// The decision that the event names; null when there is none.
Decision* decided(CaseFile& file, const Event& event);

// Appliers of decisions, actions, and of what a breach hit.
Result<void> decision_proposed(CaseFile& file, const Event& event);
Result<void> decision_advised(CaseFile& file, const Event& event);
Result<void> decision_approved(CaseFile& file, const Event& event);
Result<void> approval_confirmed(CaseFile& file, const Event& event);
Result<void> action_added(CaseFile& file, const Event& event);
Result<void> decision_declined(CaseFile& file, const Event& event);
/// action_done, action_dropped and risk_accepted.
Result<void> action_settled(CaseFile& file, const Event& event);
Result<void> contact_changed(CaseFile& file, const Event& event);
Result<void> data_set_added(CaseFile& file, const Event& event);
Result<void> severity_assessed(CaseFile& file, const Event& event);
Result<void> incident_linked(CaseFile& file, const Event& event);

}  // namespace tocsin::case_file::fold_parts
