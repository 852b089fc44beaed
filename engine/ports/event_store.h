// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/ledger/chain.h"
#include "engine/ports/vault.h"

namespace tocsin::ports {

/// `refused_by` of the conflict that means: the stream moved on, read it again and decide anew.
inline constexpr std::string_view kStale = "version";

/// Something open in a case that lists and boards show. Stores order items and know nothing else about them.
struct OpenItem {
  std::string stream;        ///< the case
  std::string kind;          ///< obligation, approval, action, ...
  std::string name;          ///< "ico", "staff#2", "action:3"
  std::string group;         ///< dated, provisional, undated or not_started: the shelf it lies on
  Instant key;               ///< the order on the shelf: the deadline; undated and not_started: since when
  std::string basis;         ///< the article, for people
  std::string title_digest;  ///< filled by the store when read: the case's title in the vault
  friend bool operator==(const OpenItem&, const OpenItem&) = default;  ///< every field
};

/// What lists read of a case without folding it. Handed over with every append; can be rebuilt from the events at any
/// time. Kind and name together tell its items apart.
struct Card {
  std::string stream;        ///< the case
  std::int64_t version = 0;  ///< number of the stream's last event
  bool open = true;          ///< false: closed
  Instant opened_at;         ///< the order of lists
  std::string title_digest;  ///< hex, or empty
  std::string workflow;      ///< "uk/supplier-breach"
  /// Region: state; and what else the engine tells apart by a key that no region can have.
  std::map<std::string, std::string, std::less<>> states;
  std::optional<Instant> alarm;  ///< the first instant at which the case changes by itself
  std::vector<OpenItem> items;   ///< only while open
};

/// A definition's files under one digest, stored once.
struct DefinitionFiles {
  std::string digest;  ///< hex
  std::string bytes;   ///< opaque to the store
};

/// A command that was accepted under a request id.
struct Remembered {
  std::string id;       ///< as the caller chose it
  std::string digest;   ///< hex, of the command
  std::string outcome;  ///< what was answered, opaque to the store; no personal data
};

/// One atomic step of one stream.
struct Append {
  std::string stream;                         ///< the case, or the list of people
  std::int64_t expected_version = 0;          ///< the stream's last number; 0 for a new stream
  std::vector<ledger::Record> records;        ///< numbered from expected_version + 1; `seq` is given by the store
  std::optional<Card> card;                   ///< none for the site stream
  std::optional<Remembered> request;          ///< to be remembered with it; none: nothing
  std::optional<DefinitionFiles> definition;  ///< to be stored unless it is; none: nothing
  VaultRows vault;                            ///< encrypted words that its events mention
};

/// Where a page of items begins: after this one, and after others of its key, stream and name.
struct ItemPosition {
  Instant key;         ///< of the last item of the page before
  std::string stream;  ///< its case
  std::string name;    ///< its name
};

/// "keep this": the append-only memory of the engine. Never parses a body. What append() returned stays, whatever happens
/// to the process or the power; what it did not return is there whole or not at all.
///
///   auto records = store.read("MET-2023-0001");           // the last number is 7
///   Append append{.stream = "MET-2023-0001", .expected_version = 7, .records = {ledger::seal_event(event)}};
///   auto last = store.append(append);                     // or a conflict: read again and decide anew
///
/// Every function is safe to call from several threads and several processes at once; none of the reading ones writes.
/// Failures common to all: `unavailable` (locked too long, disk full, read-only, gone), `corrupt` (not our file, or not
/// what we wrote).
class EventStore {
 public:
  virtual ~EventStore() = default;

  /// What the store was made for: "live", "story" or "exercise".
  virtual std::string purpose() const = 0;

  /// Writes all of it or nothing. Gives each record its `seq`. Returns the last `seq` of the store. `conflict` when the
  /// stream's last number is not expected_version, or its words were sealed under a key that was forgotten since
  /// (refused_by kStale); when a new stream's name differs from an existing one only by case ("case"); when the request id
  /// is taken ("request").
  virtual Result<std::int64_t> append(const Append& append) = 0;

  /// A stream's records, oldest first; empty when there is no such stream. The name must match exactly.
  virtual Result<std::vector<ledger::Record>> read(std::string_view stream) const = 0;

  /// Records of the whole store with seq > after, in order of seq: what an auditor reads.
  virtual Result<std::vector<ledger::Record>> read_all(std::int64_t after, std::size_t limit) const = 0;

  /// What was answered under a request id; none: it is not known.
  virtual Result<std::optional<Remembered>> find_request(std::string_view id) const = 0;

  /// Streams whose alarm is at or before `now`, earliest alarm first.
  virtual Result<std::vector<std::string>> alarmed(Instant now, std::size_t limit) const = 0;

  /// Cards in order of opening, then name; those after `after` (a stream name, empty: from the beginning; a name that
  /// has no card: none). Without items.
  virtual Result<std::vector<Card>> cards(std::string_view after, std::size_t limit) const = 0;

  /// Streams whose name begins with the prefix, ignoring case (ASCII), at most `limit`, in order of the name in lower
  /// case. The site stream is never among them.
  virtual Result<std::vector<std::string>> find_streams(std::string_view prefix, std::size_t limit) const = 0;

  /// Items of one shelf with from <= key < until, in order of key, stream, name; those after `after`.
  virtual Result<std::vector<OpenItem>> items(std::string_view group, std::optional<Instant> from,
                                              std::optional<Instant> until, const std::optional<ItemPosition>& after,
                                              std::size_t limit) const = 0;

  /// The latest recorded_at of the store; nullopt when it is empty.
  virtual Result<std::optional<Instant>> last_recorded() const = 0;

  /// By its digest; none: it is not known.
  virtual Result<std::optional<DefinitionFiles>> find_definition(std::string_view digest) const = 0;

  /// What an auditor should know about the store itself: gaps in seq, cards that do not fit (problems), missing triggers
  /// (warnings). A sentence each; empty when there is nothing to say.
  struct Finding {
    bool is_warning = false;  ///< worth a look; false: a problem
    std::string message;      ///< one sentence
  };
  /// Looks at the whole store; it takes as long as that is large.
  virtual Result<std::vector<Finding>> inspect() const = 0;
};

}  // namespace tocsin::ports
