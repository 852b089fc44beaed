// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/case_file/case_file.h"
#include "engine/guard/guard.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// A case as guards see it, from one of its data sets or groups; "" is the breach as first reported. Keeps references: use it and
/// drop it.
class CaseSituation : public guard::Situation {
 public:
  CaseSituation(const Definition& definition, const case_file::CaseFile& file, std::string data_set = {}, int depth = 0)
      : definition_(definition), file_(file), data_set_(std::move(data_set)), depth_(depth) {}

  guard::Value value(std::string_view name) const override;
  bool has(std::string_view name) const override;
  /// Speaks of all instances, on every data set and group.
  guard::Truth settled(std::string_view obligation) const override;
  bool filed(std::string_view obligation) const override;
  bool incomplete(std::string_view obligation) const override;
  bool late(std::string_view obligation) const override;
  bool final(std::string_view region) const override;
  bool exempted(std::string_view exemption) const override;

  /// Whether the obligation is owed for a data set or group as far as its own condition says; no condition is yes.
  guard::Truth applies(const Obligation& obligation, const std::string& data_set) const;

 private:
  /// The newest instance on the data set from which the case is seen.
  const case_file::ObligationFile* held(std::string_view name) const;
  guard::Value of_groups(const Fact& fact) const;

  const Definition& definition_;
  const case_file::CaseFile& file_;
  std::string data_set_;
  int depth_;  ///< conditions that ask each other in a circle end as unknown
};

/// What a notice under a clock leaves out: contents of the law that a fact of this workflow could fill and none does,
/// but for those that the law asks only where possible.
std::vector<std::string> gaps_of(const Definition& definition, const case_file::CaseFile& file, const Clock& clock,
                                 const std::string& data_set);

/// True where every mandatory and contractual obligation that we owe is settled; unknown counts as owed.
bool nothing_owed(const Definition& definition, const case_file::CaseFile& file);

}  // namespace tocsin::workflow
