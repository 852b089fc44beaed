// SPDX-License-Identifier: Apache-2.0
#include "engine/ledger/event.h"

namespace tocsin::ledger {
namespace {

constexpr std::string_view kFields[] = {"account", "at",          "body",  "by",     "format", "n",   "prev",
                                        "program", "recorded_at", "rules", "stream", "texts",  "type"};

void put(std::string& out, std::string_view key, std::string_view text) {
  out += ",\"";
  out += key;
  out += "\":";
  append_canonical(out, text);
}

void put(std::string& out, std::string_view key, std::int64_t number) {
  out += ",\"";
  out += key;
  out += "\":";
  out += std::to_string(number);
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

}  // namespace

std::string to_bytes(const Event& event) {
  std::string out;
  out.reserve(1024);
  out += "{\"account\":";
  append_canonical(out, std::string_view(event.account));
  put(out, "at", format_instant(event.at));
  out += ",\"body\":";
  append_canonical(out, event.body);
  put(out, "by", event.by);
  put(out, "format", kFormat);
  put(out, "n", event.n);
  put(out, "prev", to_hex(event.prev));
  put(out, "program", event.program);
  put(out, "recorded_at", format_instant(event.recorded_at));
  put(out, "rules", event.rules);
  put(out, "stream", event.stream);
  out += ",\"texts\":{";
  bool first = true;
  for (const auto& [field, digest] : event.texts) {
    if (!first) out += ',';
    first = false;
    append_canonical(out, std::string_view(field));
    out += ':';
    append_canonical(out, std::string_view(digest));
  }
  out += '}';
  put(out, "type", event.type);
  out += '}';
  return out;
}

Result<Event> from_bytes(std::string_view bytes) {
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
