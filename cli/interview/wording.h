// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/views/views.h"
#include "engine/workflow/questions.h"

namespace tocsin::cli {

/// How a question is put: to a person, in a list, in JSON. Pure.
struct Wording {
  const CaseView& view;
  const Words& words;  ///< for answers that stand and lie in the vault
  std::string by;      ///< who is asked
  int columns = 80;

  /// What is asked, why now, the law, who judges it, what somebody said already and what may be answered; `number` of `of`.
  std::string asked(const workflow::Question& question, std::size_t number, std::size_t of) const;
  /// All reasons, where asked() tells the first.
  std::string why(const workflow::Question& question) const;
  /// The same in a numbered list, with the command that answers it.
  std::string listed(const workflow::Question& question, std::size_t number) const;
  Json json(const workflow::Question& question) const;

  /// Whether the person's own answer is adopted; otherwise it stands as a claim until somebody who judges it says the same.
  bool judges(const workflow::Fact& fact) const;
  /// A value as people say it, times in local time and UTC.
  std::string value(const case_file::Claim& claim) const;

  /// A label and what belongs to it, in lines.
  std::string row(std::string_view label, const std::string& text) const;

 private:
  std::string body(const workflow::Question& question, bool for_list) const;
  std::string who(const workflow::Question& question) const;
};

/// Text in lines of at most so many columns, `used` of the first taken already, further lines with `indent` blanks before them. A longer
/// word has a line of its own. Letters outside ASCII count as one column.
std::string in_lines(std::string_view text, int columns, int indent, int used = 0);

/// "1 unlikely   2 risk   3 high_risk", "a number or a range: 126, 12000.., ..47000": what may be answered.
std::string answers_of(const workflow::Fact& fact);

}  // namespace tocsin::cli
