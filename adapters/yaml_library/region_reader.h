// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/yaml_library/fields.h"

namespace tocsin::yaml_library {

/// Reads `regions`: their states and transitions.
void read_regions(const Fields& fields, workflow::Definition& into);

/// A guard under the key, parsed; its place and that of its first letter are kept. None when absent or wrong.
std::optional<guard::Guard> read_guard(const Fields& fields, std::string_view key, const std::string& owner,
                                       workflow::Definition& into);

/// `{by: ROLE, second: ROLE, advice: ROLE}` under the key; none when absent.
std::optional<workflow::Approval> read_approval(const Fields& fields, std::string_view key, const std::string& owner,
                                                workflow::Definition& into);

/// As Fields::text and Fields::texts; the places of the words are kept as "owner.key.word".
std::string text_with_place(const Fields& fields, std::string_view key, const std::string& owner,
                            workflow::Definition& into);
std::vector<std::string> texts_with_places(const Fields& fields, std::string_view key, const std::string& owner,
                                           workflow::Definition& into, const std::string& if_empty = "name at least one");

}  // namespace tocsin::yaml_library
