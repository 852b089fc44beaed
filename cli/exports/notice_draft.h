// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/exports/draft_screening.h"
#include "cli/exports/draft_sources.h"
#include "cli/views/views.h"
#include "engine/workflow/notice_template.h"

namespace tocsin::cli {

/// A fact as a draft shows it: its name with the data set or group, and its value; `text` empty while it is not known.
struct DraftFact {
  std::string name;
  std::string text;
  bool unreadable = false;  ///< known, but its words cannot be read
  bool is_words = false;    ///< somebody's, from the vault
};

/// One of the contents that the law asks of a notice, with the facts that fill it.
struct DraftContent {
  const workflow::Content* content = nullptr;
  std::vector<DraftFact> facts;  ///< those that the workflow has

  bool is_known() const;
};

/// What the law asks of the notice, field by field. Facts alone fill it: never an assessment, a reason or a note.
std::vector<DraftContent> draft_contents(const CaseView& view, const Words& words, const DraftedDuty& duty);

/// An authority's form as far as the facts fill it.
struct FilledForm {
  struct Missing {
    const workflow::TemplateField* field = nullptr;
    std::vector<std::string> wanted;  ///< sources, any of which would fill it
    bool unreadable = false;
  };
  struct LeftOut {
    const workflow::TemplateField* field = nullptr;
    std::vector<std::string> words;  ///< of a set, where the form takes one
  };
  Json document = Json::object();
  std::vector<Missing> missing;  ///< required, and not known
  std::vector<LeftOut> left_out;
  std::vector<DraftedWords> words;  ///< people's, to be screened; the contact's own are not among them
};
FilledForm fill_form(const CaseView& view, const Words& words, const DraftedDuty& duty,
                     const workflow::NoticeTemplate& form);

}  // namespace tocsin::cli
