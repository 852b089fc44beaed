// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/views/views.h"
#include "engine/workflow/notice_template.h"

namespace tocsin::cli {

/// A duty of a case for which something is drafted: its clock, and the data set or group on which it hangs.
struct DraftedDuty {
  const workflow::Obligation* obligation = nullptr;
  const workflow::Clock* clock = nullptr;
  std::string data_set;
};

/// Who said what a draft states, or something else beside it. Points into the case.
struct Said {
  std::string fact;  ///< with the data set or group, "footage.risk"
  const case_file::Claim* claim = nullptr;
};

/// What a source of a form gives now: a stored value, or words that were read or could not be.
struct Known {
  Json value;
  bool unreadable = false;
  bool is_words = false;           ///< somebody's words, from the vault
  bool is_withheld = false;        ///< privileged words, which do not leave the house: unreadable too
  std::vector<Said> said = {};     ///< the claims it rests on; none where no fact gave it
  std::vector<Said> besides = {};  ///< other standing claims of the same facts
};

/// A source as people name it: the fact itself, "how_found", else "reason(uk.gdpr.33_1)".
std::string short_name(const workflow::FieldSource& source);

/// Words of a list in its stored form, of a single word one.
std::vector<std::string> listed(const Json& value);

/// The sources of a form, seen from the duty that is drafted for. Facts, filings and deadlines only. Keeps references: use it and drop it.
class DraftSources {
 public:
  DraftSources(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::NoticeTemplate& form)
      : view_(view), file_(*view.file), words_(words), duty_(duty), form_(form) {}

  /// None while it is not known. `complete` answers notice.completeness.
  std::optional<Known> known(const workflow::FieldSource& source, bool complete) const;

  /// The claims of a fact that are not adopted, where nothing of it is known.
  std::vector<Said> besides(const std::string& fact) const;

  /// Every instance of the duty on a clock that the draft sees, oldest first. The clock is one that the form names.
  std::vector<const case_file::ObligationFile*> held(std::string_view clock) const;
  /// The filing that stands for the newest of them; null when none does.
  const case_file::Notice* filing(std::string_view clock) const;
  /// Whether the first duty of the form is late: reasons are then owed with it.
  bool is_late() const;
  /// Whether a filing on the first duty of the form stands.
  bool is_follow_up() const;

 private:
  bool is_seen(const case_file::ObligationFile& one) const;
  std::optional<Known> fact(const std::string& name) const;
  std::optional<Known> of_groups(const workflow::Fact& fact) const;
  std::optional<Known> words_of(const case_file::TextRef& text) const;
  std::optional<Known> state(std::string_view clock) const;
  void add_besides(const std::string& full_name, std::vector<Said>& into) const;

  const CaseView& view_;
  const case_file::CaseFile& file_;
  const Words& words_;
  const DraftedDuty& duty_;
  const workflow::NoticeTemplate& form_;
};

}  // namespace tocsin::cli
