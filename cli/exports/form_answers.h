// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/exports/draft_screening.h"
#include "cli/exports/draft_sources.h"

namespace tocsin::cli {

/// What a form says of one field, in its own words, and who said it.
struct FormAnswer {
  const workflow::TemplateField* field = nullptr;
  std::vector<std::string>
      lines;  ///< what is pasted: one, or of several choices one each; of what is not known the form's own word for that
  bool is_known = false;
  bool is_unreadable = false;            ///< known, and its words cannot be read
  bool is_withheld = false;              ///< privileged words, which do not leave the house
  bool is_words = false;                 ///< somebody's
  std::vector<Said> said;                ///< the claims it rests on
  std::vector<Said> besides;             ///< what else was said of it
  std::string derived;                   ///< "from what was recorded in the case", where no fact gave it
  std::string remark;                    ///< what the answer leaves out: limits of a number, words that the form has not
  std::string next;                      ///< the command that fills it; empty where the case's workflow does not ask it
  const workflow::Fact* asks = nullptr;  ///< the fact that the command sets
};

/// A heading with what is under it. Of one that is not asked, or not yet known to be, no answers.
struct FormPart {
  enum class Asked { yes, no, unknown };
  const workflow::FormSection* section = nullptr;
  Asked asked = Asked::yes;
  std::vector<FormAnswer> answers;
};

/// One of the contents that the law asks of the notice, and whether the draft has it.
struct ContentCheck {
  enum class State {
    present,
    may_follow,      ///< not known; the law lets it follow without undue further delay
    where_possible,  ///< not known; asked only where possible
    absent,          ///< not known, and may not follow
  };
  const workflow::Content* content = nullptr;
  State state = State::absent;
};
std::string_view word(ContentCheck::State state);

/// A form for people, as far as the case fills it. Points into the form, the case and the law.
struct FormAnswers {
  std::vector<FormPart> parts;
  std::vector<ContentCheck> contents;
  bool is_follow_up = false;
  bool is_late = false;
  std::vector<DraftedWords> words;  ///< people's, to be screened; the contact's own are not among them
};
FormAnswers answer_form(const CaseView& view, const Words& words, const DraftedDuty& duty,
                        const workflow::NoticeTemplate& form);

}  // namespace tocsin::cli
