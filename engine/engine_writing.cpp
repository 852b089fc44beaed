// SPDX-License-Identifier: Apache-2.0
#include "engine/engine_writing.h"

#include <algorithm>

namespace tocsin {

std::string outcome_bytes(const std::string& ref, std::int64_t first, std::int64_t last) {
  return canonical(Json::object({{"ref", ref}, {"first", first}, {"last", last}}));
}

Result<Instant> writing_time(Instant machine, Instant last) {
  if (machine + minutes(10) < last)
    return Error{Errc::unavailable,
                 "this machine's clock is more than ten minutes behind the last entry (" + format_instant(last) +
                     "): set the clock and try again",
                 "clock",
                 {},
                 ""};
  return std::max(machine, last);
}

Result<std::vector<ledger::Record>> seal_all(ports::Vault& vault, std::vector<workflow::Draft>& drafts, Digest before,
                                             ports::VaultRows& rows) {
  std::vector<ledger::Record> records;
  records.reserve(drafts.size());
  for (auto& draft : drafts) {
    for (auto& [field, digest] : draft.event.texts) {
      auto sealed = vault.seal(draft.event.stream, draft.words.find(field)->second, rows);
      if (!sealed) return std::move(sealed).error();
      digest = std::move(*sealed);
    }
    draft.event.prev = before;
    records.push_back(ledger::seal_event(draft.event));
    before = records.back().seal;
  }
  return records;
}

}  // namespace tocsin
