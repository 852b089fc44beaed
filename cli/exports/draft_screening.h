// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/screening/identifiers.h"

namespace tocsin::cli {

/// Somebody's words that would go into a draft.
struct DraftedWords {
  std::string field;  ///< of the form, or of the law's contents
  std::string title;
  std::string source;  ///< "how_found", "reason(uk.gdpr.33_1)"
  std::string text;
};

/// Something that identifies a person, by its place.
struct ScreenedPlace {
  std::string field;
  std::string title;
  std::string source;
  screening::Finding finding;

  std::string sentence() const;  ///< "What happened (how_found), line 1, column 12: an e-mail address"
  std::string mark() const;      ///< "what_happened how_found 1:12 email", as it lies in an event
};

/// What a draft may not hold unasked, and what somebody should look at. No value is in it.
struct Screening {
  std::vector<ScreenedPlace> blocking;
  std::vector<ScreenedPlace> warnings;
};
Screening screen(const std::vector<DraftedWords>& words);

}  // namespace tocsin::cli
