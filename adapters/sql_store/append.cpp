// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/append.h"

#include <algorithm>

#include "adapters/sql_store/dialect.h"
#include "engine/base/json.h"

namespace tocsin::sql_store {
namespace {

Error conflict(std::string message, std::string_view by) {
  return Error{Errc::conflict, std::move(message), std::string(by)};
}

Error stale(const std::string& stream) {
  return conflict(stream + " has moved on since it was read: read it again", ports::kStale);
}

std::string to_text(const std::map<std::string, std::string, std::less<>>& states) {
  Json json = Json::object();
  for (const auto& [region, state] : states) json.set(region, state);
  return canonical(json);
}

std::optional<std::int64_t> micros(const std::optional<Instant>& at) {
  return at ? std::optional(at->micros) : std::nullopt;
}

Result<void> reserve_name(Session& session, const std::string& stream) {
  const auto name = folded(stream);
  auto& taken = session.start(dialect::kFindName, name);
  if (taken.next()) return conflict("a case " + taken.text(0) + " exists already: choose another reference", "case");
  session.start(dialect::kAddName, name, stream);
  return {};
}

Result<void> remember(Session& session, const ports::Remembered& request) {
  if (session.start(dialect::kFindRequest, request.id).next())
    return conflict("this request id was used before: give each command its own", "request");
  session.start(dialect::kAddRequest, request.id, request.digest, request.outcome);
  return {};
}

/// Only what changed is written: most commands move one item of a dozen, or none.
void put_items(Session& session, const ports::Card& card) {
  std::vector<bool> is_same(card.items.size(), false);
  std::vector<std::pair<std::string, std::string>> gone;
  auto& row = session.start(dialect::kItemsOfStream, card.stream);
  while (row.next()) {
    const auto item = std::find_if(card.items.begin(), card.items.end(), [&](const ports::OpenItem& wanted) {
      return wanted.name == row.view(1) && wanted.kind == row.view(0);
    });
    if (item == card.items.end()) gone.emplace_back(row.text(0), row.text(1));
    else
      is_same[static_cast<std::size_t>(item - card.items.begin())] =
          item->group == row.view(2) && item->key.micros == row.number(3) && item->basis == row.view(4);
  }
  for (const auto& [kind, name] : gone) session.start(dialect::kDropItem, card.stream, kind, name);
  for (std::size_t i = 0; i < card.items.size(); ++i) {
    const auto& item = card.items[i];
    if (!is_same[i])
      session.start(dialect::kPutItem, card.stream, item.kind, item.name, item.group, item.key.micros, item.basis);
  }
}

void put_card(Session& session, const ports::Card& card) {
  const auto states = to_text(card.states);
  const std::int64_t open = card.open ? 1 : 0;
  auto& changed = session.start(dialect::kChangeCard, card.version, open, card.title_digest, card.workflow, states,
                                card.stream, card.opened_at.micros, micros(card.alarm));
  if (changed.rows_changed() == 0)
    session.start(dialect::kPutCard, card.stream, card.version, open, card.opened_at.micros, card.title_digest,
                  card.workflow, states, micros(card.alarm));
  put_items(session, card);
}

Result<void> put_vault_rows(Session& session, const ports::VaultRows& vault) {
  if (vault.empty()) return {};
  const bool has_key = session.start(dialect::kFindKey, vault.stream).next();
  // Between sealing and now somebody forgot the stream, or gave it its first key: the rows would not open again.
  if (has_key != vault.wrapped_key.empty()) return stale(vault.stream);
  if (!has_key) session.start(dialect::kAddKey, vault.stream, to_hex(std::string_view(vault.wrapped_key)));
  for (const auto& row : vault.rows)
    session.start(dialect::kAddRow, vault.stream, row.digest, to_hex(std::string_view(row.ciphertext)));
  return {};
}

}  // namespace

std::string folded(std::string_view name) {
  std::string out(name);
  for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Result<std::int64_t> write_append(Session& session, const ports::Append& append) {
  auto& places = session.start(dialect::kPlaces, append.stream);
  places.next();
  const auto version = places.number(0);
  auto seq = places.number(1);
  if (version != append.expected_version) return stale(append.stream);
  if (version == 0 && !append.records.empty())
    if (auto ok = reserve_name(session, append.stream); !ok) return std::move(ok).error();
  if (append.request)
    if (auto ok = remember(session, *append.request); !ok) return std::move(ok).error();
  for (const auto& record : append.records)
    session.start(dialect::kAddEvent, ++seq, record.stream, record.n, record.type, record.at.micros,
                  record.recorded_at.micros, record.by, record.account, record.bytes, to_hex(record.seal));
  if (append.card) put_card(session, *append.card);
  if (append.definition) session.start(dialect::kAddDefinition, append.definition->digest, append.definition->bytes);
  if (auto ok = put_vault_rows(session, append.vault); !ok) return std::move(ok).error();
  return seq;
}

}  // namespace tocsin::sql_store
