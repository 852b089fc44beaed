// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// Shelves of lists, beside dated, provisional, undated and not_started: a deadline that an anchor known within limits gives lies on
/// the first by its earlier end; the second has its later end, by which lateness is judged, and no list of what is owed reads it.
inline constexpr std::string_view kRange = "range";
inline constexpr std::string_view kLatest = "latest";

/// Something open in a case, on the shelf where lists look for it.
struct OpenMatter {
  std::string kind;   ///< obligation, approval, action, review
  std::string name;   ///< "ico", "staff#2", "close", "action:3"
  std::string shelf;  ///< dated, provisional, range, undated, not_started
  Instant key;        ///< the deadline; undated and not_started: since when
  std::string basis;
  std::optional<Instant> latest = {};  ///< range: the end by which lateness is judged

  bool is_provisional() const { return shelf == "provisional" || shelf == kRange; }
  bool has_deadline() const { return shelf == "dated" || is_provisional(); }
};

/// All that is open in a case that is open; nothing of a closed one. Pure.
std::vector<OpenMatter> open_matters(const Definition& definition, const case_file::CaseFile& file);

/// A proposal that nobody needs to judge any more: its obligation is settled, or its notice withdrawn.
bool is_moot(const case_file::CaseFile& file, const case_file::Decision& decision);

/// An instant at which somebody wants to be reminded: so long before the deadline, or, where there is none, at that age.
struct Reminder {
  std::string obligation;  ///< instance
  Instant at;
  Duration length;
  bool by_age = false;
};

/// Of every obligation that is not settled, as its workflow asks. Pure.
std::vector<Reminder> reminders(const Definition& definition, const case_file::CaseFile& file);

/// "24h", "90m", "3d": days from three on.
std::string in_words(Duration length);

/// overdue, no_deadline, provisional, 24h, 72h, later or not_started; and its place in that order.
std::string bucket_of(const OpenMatter& matter, Instant now);
int bucket_rank(std::string_view bucket);

}  // namespace tocsin::workflow
