// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tocsin::sql_store {

inline constexpr int kApplicationId = 0x544f4353;  ///< "TOCS", so that file(1) and we can tell our files
inline constexpr int kSchemaVersion = 1;

/// The tables of docs/formats/store.md, one statement each: of a string with two statements SOCI runs only the first,
/// silently.
extern const char* const kSchema[];
extern const int kSchemaStatements;

/// Without these an event could be changed, removed or replaced by ordinary SQL.
inline constexpr const char* kTriggers[] = {"events_are_never_changed", "events_are_never_removed",
                                            "events_are_only_appended"};

}  // namespace tocsin::sql_store
