// SPDX-License-Identifier: Apache-2.0
#include "journal_line.h"

#include <tocsin/engine/base/json.h>

using namespace tocsin;

namespace {

Json instant(std::optional<Instant> at) { return at ? Json(at->micros) : Json(); }
std::optional<Instant> instant_from(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(Instant{json.integer()});
}

Json to_json(const ledger::Record& r) {
  return Json::object({{"n", r.n},
                       {"type", r.type},
                       {"at", r.at.micros},
                       {"recorded_at", r.recorded_at.micros},
                       {"by", r.by},
                       {"account", r.account},
                       {"bytes", r.bytes},
                       {"seal", to_hex(r.seal)}});
}
ledger::Record record_from(const Json& json, const std::string& stream) {
  return {stream,
          json["n"].integer(),
          json["type"].text(),
          {json["at"].integer()},
          {json["recorded_at"].integer()},
          json["by"].text(),
          json["account"].text(),
          json["bytes"].text(),
          digest_from_hex(json["seal"].text()).value_or(Digest{})};
}

Json to_json(const ports::Card& card) {
  Json states = Json::object(), items = Json::array();
  for (const auto& [region, state] : card.states) states.set(region, state);
  for (const auto& item : card.items)
    items.push(Json::object(
        {{"kind", item.kind}, {"name", item.name}, {"group", item.group}, {"key", item.key.micros}, {"basis", item.basis}}));
  return Json::object({{"version", card.version},
                       {"open", card.open},
                       {"opened_at", card.opened_at.micros},
                       {"title_digest", card.title_digest},
                       {"workflow", card.workflow},
                       {"states", states},
                       {"alarm", instant(card.alarm)},
                       {"items", items}});
}
ports::Card card_from(const Json& json, const std::string& stream) {
  ports::Card card{stream,
                   json["version"].integer(),
                   json["open"].boolean(),
                   {json["opened_at"].integer()},
                   json["title_digest"].text(),
                   json["workflow"].text(),
                   {},
                   instant_from(json["alarm"]),
                   {}};
  for (const auto& [region, state] : json["states"].members()) card.states.emplace(region, state.text());
  for (const auto& item : json["items"].items())
    card.items.push_back({stream,
                          item["kind"].text(),
                          item["name"].text(),
                          item["group"].text(),
                          {item["key"].integer()},
                          item["basis"].text(),
                          ""});
  return card;
}

}  // namespace

std::string to_line(const ports::Append& append) {
  Json line = Json::object({{"stream", append.stream}, {"expected_version", append.expected_version}});
  Json records = Json::array();
  for (const auto& record : append.records) records.push(to_json(record));
  line.set("records", std::move(records));
  if (append.card) line.set("card", to_json(*append.card));
  if (const auto& r = append.request)
    line.set("request", Json::object({{"id", r->id}, {"digest", r->digest}, {"outcome", r->outcome}}));
  if (const auto& d = append.definition) line.set("definition", Json::object({{"digest", d->digest}, {"bytes", d->bytes}}));
  return canonical(line);
}

Result<ports::Append> from_line(std::string_view text) {
  const auto line = parse_json(text);
  if (!line || !line->is_object()) return Error{Errc::corrupt, "a line of the journal is no JSON object"};
  ports::Append append;
  append.stream = (*line)["stream"].text();
  append.expected_version = (*line)["expected_version"].integer();
  for (const auto& record : (*line)["records"].items()) append.records.push_back(record_from(record, append.stream));
  if (line->has("card")) append.card = card_from((*line)["card"], append.stream);
  if (const auto& r = (*line)["request"]; r.is_object())
    append.request = ports::Remembered{r["id"].text(), r["digest"].text(), r["outcome"].text()};
  if (const auto& d = (*line)["definition"]; d.is_object())
    append.definition = ports::DefinitionFiles{d["digest"].text(), d["bytes"].text()};
  return append;
}
