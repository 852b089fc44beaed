// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/event.h"

namespace tocsin::ledger {

/// An event as a store keeps it: its canonical bytes, their seal, and copies of a few fields for the store's columns.
/// The bytes are what counts; verify_record() says whether the copies agree.
struct Record {
  std::string stream;    ///< as the event has it
  std::int64_t n = 0;    ///< its number in the stream, from 1
  std::string type;      ///< "fact_set"
  Instant at;            ///< when it happened, UTC
  Instant recorded_at;   ///< when it was written down, UTC
  std::string by;        ///< who says so
  std::string account;   ///< the operating-system account
  std::string bytes;     ///< canonical JSON (docs/formats/event.md)
  Digest seal;           ///< SHA-256 over the bytes
  std::int64_t seq = 0;  ///< place among all events of the store, from 1 without gaps; given by the store on append
};

/// The seal of an event: SHA-256 over its canonical bytes, which contain the seal before it.
Digest seal(std::string_view bytes);

/// Seals an event: its bytes, their digest, and the columns.
Record seal_event(const Event& event);

/// Reads a stream back, oldest first, and checks what it holds: each seal is the digest of its bytes, each `prev` the seal
/// before it, `n` counts 1, 2, 3 ... . Returns the events, or `corrupt` naming the stream and the number of the first that
/// does not fit.
Result<std::vector<Event>> verify_stream(const std::vector<Record>& records);

/// The same of one record, for whoever needs each event only once: whether it is number `n` of its stream and follows the seal `before`
/// (zeros for the first). Fills `event`, which may be one that was filled before.
Result<void> verify_next(const Record& record, std::int64_t n, const Digest& before, Event& event);

/// What is wrong with one record's columns beside its bytes; empty when nothing is.
/// The sentences name stream, number and column, never a value.
std::vector<std::string> verify_record(const Record& record);

}  // namespace tocsin::ledger
