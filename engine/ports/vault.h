// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/result.h"

namespace tocsin::ports {

/// Encrypted words on their way into a store, committed with the events that mention them.
struct VaultRows {
  /// One text.
  struct Row {
    std::string digest;      ///< hex, as the event's `texts` names it
    std::string ciphertext;  ///< opaque bytes
  };
  std::string stream;       ///< whose words these are
  std::string wrapped_key;  ///< the stream's new key under the master key; empty when the stream already has one
  std::vector<Row> rows;    ///< in the order of sealing

  bool empty() const { return wrapped_key.empty() && rows.empty(); }  ///< there is nothing to keep
};

/// Where people's words and personal values lie, encrypted from the first byte, and the only place that forgets.
///
/// One key per stream, wrapped by a master key that lies in a file outside the store. What it hands out for an event is a
/// digest: HMAC-SHA-256 under 32 random bytes that lie in the row (encrypted) and go with it; equal words give different
/// digests. Thread-safe.
///
///   Append append{.stream = "MET-2023-0001"};
///   auto digest = vault.seal(append.stream, "Officers' names on a lost phone", append.vault);
///   ...                                     // the digest goes into the event's `texts`, then: store.append(append)
///   vault.open(append.stream, {*digest});   // {"Officers' names on a lost phone"}
///   vault.forget(append.stream);            // for ever; open() returns {nullopt}, the chain still verifies
class Vault {
 public:
  virtual ~Vault() = default;

  /// Encrypts `text` for the stream and adds the row to `rows` (with the stream's wrapped key, when this is its first).
  /// Nothing is stored until the rows travel with an append. Returns the digest in hex for the event.
  /// Fails with `unavailable` (master key missing) or `corrupt` (wrong master key: it does not open this store).
  virtual Result<std::string> seal(std::string_view stream, std::string_view text, VaultRows& rows) = 0;

  /// The words behind digests of one stream, in the order asked; nullopt where they were forgotten.
  /// Returns `corrupt` when a row does not decrypt or does not give its digest, `unavailable` without the master key.
  virtual Result<std::vector<std::optional<std::string>>> open(std::string_view stream,
                                                               const std::vector<std::string>& digests) = 0;

  /// Destroys the stream's key and rows for ever, and what the store's log or free pages still hold of them.
  /// Forgetting a stream that has nothing is no failure.
  virtual Result<void> forget(std::string_view stream) = 0;

  /// A keyed digest of bytes under a key derived from the master key: to recognise a repeated request without keeping it.
  virtual Result<Digest> recognise(std::string_view bytes) = 0;
};

}  // namespace tocsin::ports
