// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"

namespace tocsin::cli {

/// A line of the address book for people: "ico  phone 0303 123 1113 (Monday to Friday, 9:00 to 17:00)".
std::string reach_text(const Contact& contact);

/// How a party is reached, nearest first (the case's own, the store's, public), a line each without the party; empty when nothing is known.
std::vector<std::string> reach_lines(const std::vector<Contact>& contacts, const std::string& party);

}  // namespace tocsin::cli
