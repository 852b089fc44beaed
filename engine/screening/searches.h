// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "engine/screening/plain_text.h"

namespace tocsin::screening {

/// What was found, before it is told: where it begins and ends in the plain text.
struct Hit {
  Kind kind;
  std::size_t from;
  std::size_t end;
};

/// The searches that find_identifiers() is made of, each for one family; they may overlap, and the first to find a place has it.
void search_addresses(const PlainText& text, std::vector<Hit>& hits);
void search_labelled_numbers(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits);
void search_national_insurance(const PlainText& text, std::vector<Hit>& hits);
void search_cards(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits);
void search_telephones(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits);

}  // namespace tocsin::screening
