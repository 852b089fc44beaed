// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/time.h"

namespace tocsin::ledger {

/// The shape of events that this program writes; the number is inside the sealed bytes.
inline constexpr int kFormat = 1;
/// The rules of the day under which events are judged now (docs/decisions tell what each number changed).
inline constexpr int kRules = 2;
/// The stream that holds people and roles. No case can have this name: '@' is no letter of a reference.
inline constexpr std::string_view kSiteStream = "@site";
/// The `by` of an event that time alone made.
inline constexpr std::string_view kClock = "clock";

/// What was recorded, in the past tense; never changed, never removed.
/// It carries structure only. People's words lie in the vault; `texts` holds, by field, the keyed digest of each, in hex.
struct Event {
  std::string stream;                                     ///< the case's reference, or kSiteStream
  std::int64_t n = 0;                                     ///< 1, 2, 3 ... without gaps within its stream
  std::string type;                                       ///< "fact_set", "notice_recorded", ...
  Instant at;                                             ///< when it happened
  Instant recorded_at;                                    ///< when it was written down; never before the event before it
  std::string by;                                         ///< who says so (claimed), or kClock
  std::string account;                                    ///< the operating-system account that wrote it
  std::string program;                                    ///< "tocsin 0.1.0"
  int rules = kRules;                                     ///< under which it was judged
  Json body = Json::object();                             ///< what happened, by type (docs/formats/event.md)
  std::map<std::string, std::string, std::less<>> texts;  ///< field: keyed digest in hex
  Digest prev;                                            ///< seal of the event before it in its stream; zeros for the first
};

/// The canonical bytes (docs/formats/event.md): RFC 8785 of
/// {"account","at","body","by","format","n","prev","program","recorded_at","rules","stream","texts","type"}.
std::string to_bytes(const Event& event);

/// The inverse: from_bytes(to_bytes(e)) == e. Returns `corrupt` when the bytes are not JSON of that shape, and `unavailable` (newer program
/// needed) for a higher format. Whether they are the canonical bytes of what they say is asked by is_canonical(): the seal protects them on
/// every read, so that only an audit needs to ask.
Result<Event> from_bytes(std::string_view bytes);

/// The short cut of from_bytes() for bytes in the form that to_bytes() writes, which is all of them unless somebody made them by
/// hand: where it says true the event is what from_bytes() would return; where it says false the event is unspecified.
bool read_canonical(std::string_view bytes, Event& event);

/// True where the bytes are what to_bytes() would write for this event.
bool is_canonical(const Event& event, std::string_view bytes);

}  // namespace tocsin::ledger
