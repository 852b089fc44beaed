// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/screening/plain_text.h"

namespace tocsin::screening {

/// Digits that belong together although spaces, dots, hyphens or brackets stand between them, as people write long numbers.
struct NumberRun {
  /// A part of it without anything between.
  struct Group {
    std::size_t from = 0;  ///< in the text
    std::size_t end = 0;
    std::size_t digits = 0;  ///< of the run, up to and with this group
  };
  std::string digits;
  std::vector<Group> groups;
  std::size_t end = 0;  ///< in the text

  /// The part of the run that its first `count` groups are.
  std::string first_digits(std::size_t count) const { return digits.substr(0, groups[count - 1].digits); }
};

/// What dates, times, addresses of computers and ranges occupy: digits that belong to no number of a person.
std::vector<bool> explained(const PlainText& text);

/// The run whose first digit stands there. It ends before what is explained, a line break, a comma, a full stop before a space, a
/// letter, or more than 24 digits. `brackets` and `dots` say whether these may stand between.
NumberRun run_at(const PlainText& text, const std::vector<bool>& explained, std::size_t i, bool brackets_and_dots);

/// Whether a number may begin there: no letter, digit, decimal point or part of a reference stands before it.
bool may_begin(const PlainText& text, std::size_t i);

}  // namespace tocsin::screening
