// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the parts of the front door share, among them our own command line; not for whoever links the engine.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/ports/event_store.h"
#include "engine/workflow/definition.h"

namespace tocsin {

/// Where a card says to which incident its case belongs: among the states, under a name that no region can have, so that a store needs
/// to know nothing of incidents.
inline constexpr std::string_view kIncidentKey = "@incident";

/// The index card of a case as it stands, without what time alone will make of it: readers compute that.
ports::Card card_of(const workflow::Definition& definition, const case_file::CaseFile& file);

/// Reads one shelf between two instants, page by page, until `most` items are there.
Result<std::vector<ports::OpenItem>> read_shelf(const ports::EventStore& store, std::string_view shelf,
                                                std::optional<Instant> from, std::optional<Instant> until, std::size_t most);

/// Definition files as a store keeps them. unpack(pack(files, d).bytes) == files.
ports::DefinitionFiles pack(const std::vector<workflow::SourceFile>& files, const std::string& digest);
Result<std::vector<workflow::SourceFile>> unpack(const std::string& bytes);

/// That there is no such case.
Error no_case(std::string_view ref);

}  // namespace tocsin
