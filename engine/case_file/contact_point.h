// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/case_file/text_ref.h"
#include "engine/ledger/event.h"

namespace tocsin::case_file {

/// How a party is reached: a line of the address book. What is dialled or written to lies in the vault, because it may be a person's.
struct ContactPoint {
  int number = 0;        ///< 1, 2, 3 ... within its book: the store's, or a case's
  std::int64_t n = 0;    ///< the event that added it
  std::string party;     ///< of the workflow, or a name
  std::string kind;      ///< phone, mail, web or post
  TextRef value;         ///< what is dialled or written to, in words
  TextRef hours;         ///< when somebody answers; may be absent
  TextRef note;          ///< what it is for, who answers; may be absent
  std::string by;        ///< who added it
  Instant at;            ///< when
  bool removed = false;  ///< it stands no more
};

/// Applies `contact_added` and `contact_removed` to a book; any other type, a second number or an unknown one is `corrupt`.
Result<void> apply_contact(std::vector<ContactPoint>& book, const ledger::Event& event);

/// The line of that number that still stands; null when there is none.
const ContactPoint* standing_contact(const std::vector<ContactPoint>& book, int number);

}  // namespace tocsin::case_file
