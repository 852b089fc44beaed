// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tocsin::screening {

/// What kind of personal identifier stands somewhere in words.
enum class Kind {
  email,
  telephone,
  national_insurance,
  card,            ///< of a payment card: its digits pass the check of ISO/IEC 7812
  pay_number,      ///< also of staff, employees, payrolls
  warrant_number,  ///< also collar, shoulder, badge and pass numbers
  name,            ///< likely the name of a person: a guess that warns and blocks nothing
};

/// Something found, by place and never by value. Lines and columns count from 1, columns in letters.
struct Finding {
  Kind kind = Kind::email;                          ///< what it looks like
  std::size_t line = 1;                             ///< from 1
  std::size_t column = 1;                           ///< from 1, in letters
  bool operator==(const Finding&) const = default;  ///< same kind, same place
};

/// Whether words with it may not leave the house unasked.
constexpr bool blocks(Kind kind) { return kind != Kind::name; }

/// "email", for machines and events.
std::string_view word(Kind kind);
/// "an e-mail address", for people.
std::string_view title(Kind kind);

/// E-mail addresses, telephone numbers, numbers of National Insurance, payment cards, pay and warrants in words, in the order in which
/// they stand. Full-width letters, unusual spaces and hyphens, and invisible characters hide nothing. What it finds and what it cannot is
/// decision 25. Reads at most what it is given, in time that grows with it; never fails; pure, thread-safe.
///
///   find_identifiers("Ring 020 7946 0018")   // {{Kind::telephone, 1, 6}}
///   find_identifiers("47,000 people")        // {}
std::vector<Finding> find_identifiers(std::string_view words);

/// Where the name of a person likely stands: a title, rank, initial or common given name before a capitalised word, or two such words in
/// a row that look like no office or place. It misses single names, names in small or capital letters alone, and is wrong at times.
std::vector<Finding> find_names(std::string_view words);

}  // namespace tocsin::screening
