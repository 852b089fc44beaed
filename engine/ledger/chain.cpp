// SPDX-License-Identifier: Apache-2.0
#include "engine/ledger/chain.h"

namespace tocsin::ledger {
namespace {

Error broken(const Record& record, std::string_view why) {
  return Error{Errc::corrupt,
               "event " + std::to_string(record.n) + " of " +
                   (record.stream == kSiteStream ? "the list of people" : "case " + record.stream) + ": " +
                   std::string(why) + "; keep the file as it is and run 'tocsin audit verify'",
               "",
               {},
               "audit verify"};
}

}  // namespace

Digest seal(std::string_view bytes) { return sha256(bytes); }

Record seal_event(const Event& event) {
  Record record{event.stream, event.n,       event.type,      event.at, event.recorded_at,
                event.by,     event.account, to_bytes(event), {},       0};
  record.seal = seal(record.bytes);
  return record;
}

Result<void> verify_next(const Record& record, std::int64_t n, const Digest& before, Event& event) {
  if (seal(record.bytes) != record.seal) return broken(record, "its bytes do not give its seal, so somebody changed them");
  if (!read_canonical(record.bytes, event)) {
    auto read = from_bytes(record.bytes);
    if (!read) return broken(record, read.error().message);
    event = std::move(*read);
  }
  if (event.prev != before) return broken(record, "it does not hold the seal of the event before it");
  if (event.n != n || event.stream != record.stream) return broken(record, "it is not the next event of this stream");
  return {};
}

Result<std::vector<Event>> verify_stream(const std::vector<Record>& records) {
  std::vector<Event> events;
  events.reserve(records.size());
  Digest before{};
  for (const auto& record : records) {
    const auto n = static_cast<std::int64_t>(events.size()) + 1;
    if (auto ok = verify_next(record, n, before, events.emplace_back()); !ok) return std::move(ok).error();
    before = record.seal;
  }
  return events;
}

std::vector<std::string> verify_record(const Record& record) {
  std::vector<std::string> wrong;
  const auto where = record.stream + " event " + std::to_string(record.n) + ": ";
  if (seal(record.bytes) != record.seal) wrong.push_back(where + "the bytes do not give the seal, so somebody changed them");
  const auto event = from_bytes(record.bytes);
  if (!event) {
    wrong.push_back(where + "the bytes cannot be read as an event");
    return wrong;
  }
  if (!is_canonical(*event, record.bytes)) wrong.push_back(where + "the bytes are not in canonical form");
  const auto compare = [&](bool same, std::string_view column) {
    if (!same) wrong.push_back(where + "column '" + std::string(column) + "' differs from the sealed bytes");
  };
  compare(event->stream == record.stream, "stream");
  compare(event->n == record.n, "n");
  compare(event->type == record.type, "type");
  compare(event->at == record.at, "at");
  compare(event->recorded_at == record.recorded_at, "recorded_at");
  compare(event->by == record.by, "by");
  compare(event->account == record.account, "account");
  return wrong;
}

}  // namespace tocsin::ledger
