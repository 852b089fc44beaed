// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"
#include "engine/calendar/work_days.h"

namespace tocsin::yaml_library {

/// Reads the tree of a calendar file (docs/formats/law.md). `name` is what the file is known by, "england-and-wales". The zone has its
/// name only: its offsets stand in a file of their own.
calendar::WorkDays read_calendar(Page& page, const Node& root, std::string_view name);

/// Reads the tree of a zone file; `name` is what the calendar calls it, "Europe/London".
calendar::Zone read_zone(Page& page, const Node& root, std::string_view name);

/// Where the offsets of a zone stand in the library: "zones/europe-london.yaml".
std::string path_of_zone(std::string_view zone);

}  // namespace tocsin::yaml_library
