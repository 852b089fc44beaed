// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/case_file/case_file.h"
#include "engine/guard/guard.h"
#include "engine/workflow/definition.h"

namespace tocsin::workflow {

/// A case as guards see it. Keeps references: use it and drop it.
class CaseSituation : public guard::Situation {
 public:
  CaseSituation(const Definition& definition, const case_file::CaseFile& file, int depth = 0)
      : definition_(definition), file_(file), depth_(depth) {}

  guard::Value value(std::string_view name) const override;
  bool has(std::string_view name) const override;
  guard::Truth settled(std::string_view obligation) const override;
  bool filed(std::string_view obligation) const override;
  bool incomplete(std::string_view obligation) const override;
  bool late(std::string_view obligation) const override;
  bool final(std::string_view region) const override;

  /// Whether the obligation is owed as far as its own condition says; no condition is yes.
  guard::Truth applies(const Obligation& obligation) const;

 private:
  const Definition& definition_;
  const case_file::CaseFile& file_;
  int depth_;  ///< conditions that ask each other in a circle end as unknown
};

/// True where every mandatory and contractual obligation that we owe is settled; unknown counts as owed.
bool nothing_owed(const Definition& definition, const case_file::CaseFile& file);

}  // namespace tocsin::workflow
