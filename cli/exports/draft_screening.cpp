// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/draft_screening.h"

namespace tocsin::cli {

std::string ScreenedPlace::sentence() const {
  return title + " (" + source + "), line " + std::to_string(finding.line) + ", column " + std::to_string(finding.column) +
         ": " + std::string(screening::title(finding.kind));
}

std::string ScreenedPlace::mark() const {
  return field + " " + source + " " + std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
         std::string(screening::word(finding.kind));
}

Screening screen(const std::vector<DraftedWords>& words) {
  Screening result;
  for (const auto& one : words) {
    for (const auto& found : screening::find_identifiers(one.text))
      result.blocking.push_back({one.field, one.title, one.source, found});
    for (const auto& found : screening::find_names(one.text))
      result.warnings.push_back({one.field, one.title, one.source, found});
  }
  return result;
}

}  // namespace tocsin::cli
