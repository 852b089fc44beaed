// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/law_page.h"

#include <algorithm>
#include <map>

namespace tocsin::cli {
namespace {

using workflow::Clock;
using workflow::ClockVersion;

/// Text in a cell of a table: on one line, with bars that end nothing.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
  return out;
}

std::string date(const std::optional<Instant>& at) { return at ? format_instant(*at) : std::string("-"); }

std::string mark(const Clock& clock) { return clock.proposed.empty() ? std::string(word(clock.kind)) : "**proposed**"; }

std::string row(const Clock& clock) {
  const auto* newest = clock.versions.empty() ? nullptr : &clock.versions.back();
  return "| `" + clock.id + "` | " + mark(clock) + " | " + cell(clock.owed_by + " to " + clock.to) + " | " +
         cell(clock.trigger) + " | " + (newest == nullptr ? "" : cell(in_words(newest->rule))) + " | " +
         (newest == nullptr ? "" : cell(newest->basis)) + " | " + clock.confidence + " |\n";
}

std::string version_line(const ClockVersion& version) {
  std::string text = "* in force from " + date(version.from) + " until " + date(version.until) + ": " +
                     in_words(version.rule) + "; " + version.basis;
  if (!version.from_submission_of.empty()) text += "; runs from the filing that meets `" + version.from_submission_of + "`";
  if (version.relief) {
    text += "; relief: noon of the next working day (" + version.relief->basis + ")";
    for (std::size_t i = 0; i < version.relief->not_for.size(); ++i)
      text += (i == 0 ? ", not for " : ", ") + version.relief->not_for[i];
  }
  text += "\n";
  for (const auto& reading : version.also)
    text += "  * beside it: " + in_words(reading.rule) + ". " + cell(reading.note) + "\n";
  if (!version.note.empty()) text += "  * " + cell(version.note) + "\n";
  return text;
}

std::string section(const Clock& clock) {
  std::string text = "\n### `" + clock.id + "`: " + clock.title + "\n\n";
  if (!clock.proposed.empty()) text += "**Proposed, not in force.** " + cell(clock.proposed) + "\n\n";
  for (const auto& version : clock.versions) text += version_line(version);
  if (!clock.late.empty()) text += "* late: " + cell(clock.late) + "\n";
  if (!clock.contents.empty()) text += "* contents:\n";
  for (const auto& content : clock.contents)
    text += "  * " + (content.point.empty() ? "" : content.point + ": ") + cell(content.title) +
            (content.where_possible ? " (where possible)" : "") + (content.may_follow ? "" : " (may not follow later)") +
            (content.note.empty() ? "" : " (" + cell(content.note) + ")") + "\n";
  for (const auto& one : clock.exemptions) {
    text += "* " + std::string(one.restricts ? "withheld" : "not owed") + ", `" + one.name + "`: " + cell(one.title) + " (" +
            one.basis + ")";
    if (one.from || one.until) text += ", in force from " + date(one.from) + " until " + date(one.until);
    if (!one.demands.empty()) text += "; demands " + cell(one.demands);
    if (!one.raises.empty()) text += ", `" + one.raises + "`";
    for (const auto& ground : one.grounds) text += "\n  * ground `" + ground.first + "`: " + cell(ground.second);
    if (!one.note.empty()) text += "\n  * " + cell(one.note);
    text += "\n";
  }
  text += "* source: " + cell(clock.source) + " (confidence " + clock.confidence + ")\n";
  if (!clock.note.empty()) text += "* " + cell(clock.note) + "\n";
  return text;
}

}  // namespace

std::string law_page(const std::vector<Clock>& clocks) {
  std::string page =
      "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
      "# The clocks\n\n"
      "Made from the files in `workflows/law` by `tocsin clock list --markdown`; change those, not this page. It is a research\n"
      "aid: a qualified person signs a law file off before it is used for a real breach. Confidence: A = read in the\n"
      "statute or on an official page, B = two or more secondary sources, C = one or they disagree, M = from memory, not\n"
      "confirmed. A period that no law gives is not here. A version without a first day is in force as far back as is known.\n";
  std::map<std::string, std::vector<const Clock*>> regimes;
  for (const auto& clock : clocks) regimes[clock.regime].push_back(&clock);
  for (const auto& [regime, some] : regimes) {
    page += "\n## " + regime +
            "\n\n| clock | kind | who to whom | when | period | article | confidence |\n|---|---|---|---|---|---|---|\n";
    for (const auto* clock : some) page += row(*clock);
    for (const auto* clock : some) page += section(*clock);
  }
  return page;
}

}  // namespace tocsin::cli
