// SPDX-License-Identifier: Apache-2.0
// The law alone: ids, dates in force, legal basis, source, and clocks that name each other.
#include <algorithm>
#include <set>

#include "engine/workflow/check.h"

namespace tocsin::workflow {

namespace {

/// Versions follow one another without gap or overlap.
void check_dates(const Clock& clock, std::vector<Issue>& issues) {
  const auto wrong = [&](std::string message) {
    issues.push_back({clock.place,
                      false,
                      "clock '" + clock.id + "': " + std::move(message),
                      "each version ends (until) where the next begins (from), the oldest first",
                      {}});
  };
  for (std::size_t i = 0; i < clock.versions.size(); ++i) {
    const auto& version = clock.versions[i];
    if (version.from && version.until && *version.until <= *version.from) wrong("a version ends before it begins");
    if (i == 0) continue;
    const auto& before = clock.versions[i - 1];
    if (!version.from || !before.until || *version.from < *before.until) {
      wrong("versions " + std::to_string(i) + " and " + std::to_string(i + 1) + " overlap");
    } else if (*before.until < *version.from) {
      wrong("there is a gap between versions " + std::to_string(i) + " and " + std::to_string(i + 1));
    }
  }
}

/// Clocks that a clock names: those that an exemption raises, and those whose filing it runs from.
void check_references(const Clock& clock, const std::vector<Clock>& clocks, std::vector<Issue>& issues) {
  const auto expect = [&](const std::string& id, const std::string& what) {
    const auto named = [&](const Clock& one) { return one.id == id; };
    if (id.empty() || std::any_of(clocks.begin(), clocks.end(), named)) return;
    std::vector<std::string> known;
    for (const auto& one : clocks) known.push_back(one.id);
    issues.push_back({clock.place,
                      false,
                      "clock '" + clock.id + "' " + what + " clock '" + id + "', which is not there",
                      nearest_hint(id, known),
                      {}});
  };
  for (const auto& exemption : clock.exemptions) expect(exemption.raises, "has an exemption that raises");
  for (const auto& version : clock.versions) expect(version.from_submission_of, "runs from the filing of");
}

}  // namespace

std::vector<Issue> check_clocks(const std::vector<Clock>& clocks) {
  std::vector<Issue> issues;
  std::set<std::string> seen;
  for (const auto& clock : clocks) {
    const auto wrong = [&](std::string message, std::string hint) {
      issues.push_back({clock.place, false, "clock '" + clock.id + "' " + std::move(message), std::move(hint), {}});
    };
    if (!seen.insert(clock.id).second) wrong("is there twice", "an id names one clock in all law files");
    const bool unfounded = std::any_of(clock.versions.begin(), clock.versions.end(),
                                       [](const ClockVersion& version) { return version.basis.empty(); });
    if (clock.versions.empty() || unfounded) {
      wrong("has no legal basis", "each version names its article: basis: UK GDPR Art 33(1)");
    }
    if (clock.source.empty()) wrong("has no source", "say where its text was read");
    check_dates(clock, issues);
    check_references(clock, clocks, issues);
  }
  return issues;
}

}  // namespace tocsin::workflow
