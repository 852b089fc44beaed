// SPDX-License-Identifier: Apache-2.0
#include "engine/ledger/event.h"

#include <charconv>

#include "engine/base/canonical_reader.h"

namespace tocsin::ledger {
namespace {

constexpr std::string_view kFields[] = {"account", "at",          "body",  "by",     "format", "n",   "prev",
                                        "program", "recorded_at", "rules", "stream", "texts",  "type"};

void put(std::string& out, std::string_view before, std::string_view text) {
  out += before;
  append_canonical(out, text);
}

void put(std::string& out, std::string_view before, std::int64_t number) {
  char digits[24];
  out += before;
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void put(std::string& out, std::string_view before, Instant at) {
  out += before;
  append_instant(out, at);
}

Error corrupt(std::string why) {
  return Error{Errc::corrupt,
               "an event's bytes are not what was written: " + std::move(why) +
                   ": keep the file as it is and run 'tocsin audit verify'",
               "",
               {},
               "audit verify"};
}

bool has_the_fields(const Json& json) {
  const auto& members = json.members();
  if (members.size() != std::size(kFields)) return false;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].first != kFields[i]) return false;
  return true;
}

bool read_instant(CanonicalReader& in, Instant& at) {
  std::string_view text;
  if (!in.sized(std::string_view("2026-05-02T19:00:00Z").size(), text) && !in.ascii(text)) return false;
  const auto parsed = parse_instant(text);
  if (parsed) at = *parsed;
  return parsed.has_value();
}

bool read_digest(CanonicalReader& in, Digest& digest) {
  std::string_view text;
  if (!in.sized(2 * sizeof digest.bytes, text)) return false;
  const auto read = digest_from_hex(text);
  if (read) digest = *read;
  return read.has_value();
}

bool read_texts(CanonicalReader& in, std::map<std::string, std::string, std::less<>>& texts) {
  texts.clear();
  if (in.next_is('}')) return true;
  do {
    std::string_view field, digest;
    if (!in.ascii(field) || !in.take(":") || !in.view(digest)) return false;
    if (!texts.empty() && texts.rbegin()->first >= field) return false;
    texts.emplace_hint(texts.end(), field, digest);
  } while (in.take(","));
  return true;
}

}  // namespace

std::string to_bytes(const Event& event) {
  std::string out;
  out.reserve(1024);
  put(out, "{\"account\":", event.account);
  put(out, ",\"at\":\"", event.at);
  out += "\",\"body\":";
  append_canonical(out, event.body);
  put(out, ",\"by\":", event.by);
  put(out, ",\"format\":", kFormat);
  put(out, ",\"n\":", event.n);
  out += ",\"prev\":\"";
  append_hex(out, event.prev);
  put(out, "\",\"program\":", event.program);
  put(out, ",\"recorded_at\":\"", event.recorded_at);
  put(out, "\",\"rules\":", event.rules);
  put(out, ",\"stream\":", event.stream);
  out += ",\"texts\":{";
  bool first = true;
  for (const auto& [field, digest] : event.texts) {
    put(out, first ? "" : ",", field);
    put(out, ":", digest);
    first = false;
  }
  put(out, "},\"type\":", event.type);
  out += '}';
  return out;
}

bool read_canonical(std::string_view bytes, Event& event) {
  CanonicalReader in(bytes);
  std::int64_t format = 0, rules = 0;
  const bool fits =
      in.take("{\"account\":") && in.text(event.account) && in.take(",\"at\":") && read_instant(in, event.at) &&
      in.take(",\"body\":") && in.next_is('{') && in.value(event.body) && in.take(",\"by\":") && in.text(event.by) &&
      in.take(",\"format\":") && in.integer(format) && in.take(",\"n\":") && in.integer(event.n) && in.take(",\"prev\":") &&
      read_digest(in, event.prev) && in.take(",\"program\":") && in.text(event.program) && in.take(",\"recorded_at\":") &&
      read_instant(in, event.recorded_at) && in.take(",\"rules\":") && in.integer(rules) && in.take(",\"stream\":") &&
      in.text(event.stream) && in.take(",\"texts\":{") && read_texts(in, event.texts) && in.take("},\"type\":") &&
      in.text(event.type) && in.take("}") && in.ended();
  event.rules = static_cast<int>(rules);
  return fits && format <= kFormat;
}

Result<Event> from_bytes(std::string_view bytes) {
  if (Event event; read_canonical(bytes, event)) return event;
  auto parsed = parse_json(bytes);
  if (!parsed) return corrupt("not JSON");
  auto& json = *parsed;
  if (json["format"].integer() > kFormat)
    return Error{Errc::unavailable, "an event was written by a newer tocsin: use that version to read it", "", {}, ""};
  if (!has_the_fields(json)) return corrupt("fields are missing or unknown");
  const auto at = parse_instant(json["at"].text()), recorded_at = parse_instant(json["recorded_at"].text());
  const auto prev = digest_from_hex(json["prev"].text());
  if (!at || !recorded_at || !prev || !json["body"].is_object()) return corrupt("a field has another kind");
  Event event;
  event.stream = json["stream"].text();
  event.n = json["n"].integer();
  event.type = json["type"].text();
  event.at = *at;
  event.recorded_at = *recorded_at;
  event.by = json["by"].text();
  event.account = json["account"].text();
  event.program = json["program"].text();
  event.rules = static_cast<int>(json["rules"].integer());
  event.body = json.take("body");
  for (const auto& [field, digest] : json["texts"].members())
    event.texts.emplace_hint(event.texts.end(), field, digest.text());
  event.prev = *prev;
  return event;
}

bool is_canonical(const Event& event, std::string_view bytes) { return to_bytes(event) == bytes; }

}  // namespace tocsin::ledger
