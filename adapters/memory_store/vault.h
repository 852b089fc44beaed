// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "adapters/memory_store/event_store.h"
#include "engine/ports/vault.h"

namespace tocsin::memory_store {

/// A vault that lasts as long as the process. Words lie in memory as they are: there is no disk to protect them from.
/// Thread-safe.
class Vault : public ports::Vault {
 public:
  /// Takes over the rows that travel with appends to `store`, which must outlive it.
  explicit Vault(EventStore& store);

  Result<std::string> seal(std::string_view stream, std::string_view text, ports::VaultRows& rows) override;
  Result<std::vector<std::optional<std::string>>> open(std::string_view stream,
                                                       const std::vector<std::string>& digests) override;
  Result<void> forget(std::string_view stream) override;
  Result<Digest> recognise(std::string_view bytes) override;

 private:
  std::mutex mutex_;
  std::string key_;  ///< for recognise()
  /// stream, digest: the digest's key and the words
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> rows_;
};

}  // namespace tocsin::memory_store
