// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/exports/draft_screening.h"
#include "cli/exports/form_answers.h"

namespace tocsin::cli {

/// What a filled form is printed from.
struct AnswersPage {
  const CaseView& view;
  const DraftedDuty& duty;
  std::string obligation;  ///< as it was asked for, "ico@footage"
  const workflow::NoticeTemplate& form;
  const FormAnswers& answers;
};

/// To paste field by field: an answer stands alone on its lines, everything else begins with #. A line of an answer that begins so is
/// moved by a space, and control characters are in view.
std::string answers_text(const AnswersPage& page);

/// The same as Markdown, each answer in a fence.
std::string answers_markdown(const AnswersPage& page);

/// The same for machines, without "format" and "store".
Json answers_json(const AnswersPage& page);

}  // namespace tocsin::cli
