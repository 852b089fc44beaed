// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/event_store.h"

#include <algorithm>
#include <limits>

#include "adapters/sql_store/append.h"
#include "adapters/sql_store/dialect.h"
#include "adapters/sql_store/schema.h"
#include "engine/base/json.h"

namespace tocsin::sql_store {
namespace {

constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t most(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(kMost)));
}

/// A seal that cannot be read becomes zeros, which no event has: verifying names the event then.
ledger::Record record_of(const Statement& row) {
  return {row.text(1),
          row.number(2),
          row.text(3),
          Instant{row.number(4)},
          Instant{row.number(5)},
          row.text(6),
          row.text(7),
          row.text(8),
          digest_from_hex(row.view(9)).value_or(Digest{}),
          row.number(0)};
}

ports::Card card_of(const Statement& row) {
  ports::Card card;
  card.stream = row.text(0);
  card.version = row.number(1);
  card.open = row.number(2) != 0;
  card.opened_at = Instant{row.number(3)};
  card.title_digest = row.text(4);
  card.workflow = row.text(5);
  if (const auto states = parse_json(row.view(6)))
    for (const auto& [region, state] : states->members()) card.states.emplace(region, state.text());
  if (const auto alarm = row.number_or_null(7)) card.alarm = Instant{*alarm};
  return card;
}

ports::OpenItem item_of(const Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), Instant{row.number(4)}, row.text(5), row.text(6)};
}

/// Runs a select to its end and returns what `make` makes of each row.
template <class Make, class... Values>
auto rows(Database& database, Make make, const Query& query, const Values&... values)
    -> Result<std::vector<decltype(make(std::declval<const Statement&>()))>> {
  std::vector<decltype(make(std::declval<const Statement&>()))> all;
  auto done = database.read([&](Session& session) -> Result<void> {
    auto& row = session.start(query, values...);
    while (row.next()) all.push_back(make(row));
    return {};
  });
  if (!done) return std::move(done).error();
  return all;
}

template <class T>
Result<std::optional<T>> first_of(Result<std::vector<T>> found) {
  if (!found) return std::move(found).error();
  return found->empty() ? std::optional<T>{} : std::optional<T>(std::move(found->front()));
}

/// A question about the whole store whose answer should be zero, and what to say when it is not.
struct Check {
  const char* count;
  const char* says;
};

constexpr Check kChecks[] = {
    {"select (select count(*) from events) <> (select coalesce(max(seq), 0) from events)",
     "the store's numbering has gaps: events were removed; keep the file as it is and compare it with a backup"},
    {"select count(*) from names n where not exists (select 1 from events e where e.stream = n.name)",
     "a case is named and has no events: they were removed; keep the file as it is and compare it with a backup"},
    {"select count(*) from events e where e.n = 1 and not exists (select 1 from names n where n.name = e.stream)",
     "a case has events and no name, so that nobody finds it: keep the file as it is and compare it with a backup"},
    {"select count(*) from names n where substr(n.name, 1, 1) <> '@' and not exists "
     "(select 1 from cards c where c.stream = n.name)",
     "a case has no card, so that lists leave it out: keep the file as it is and compare it with a backup"},
    {"select count(*) from cards c where c.version <> "
     "(select coalesce(max(n), 0) from events e where e.stream = c.stream)",
     "a case's card is not that of its last event: lists may show the case as it was"},
    {"select count(*) from items i where not exists (select 1 from cards c where c.stream = i.stream and c.open)",
     "an item in the lists belongs to no open case: lists may show what is not owed"},
};

}  // namespace

Result<std::int64_t> EventStore::append(const ports::Append& append) {
  std::int64_t last = 0;
  auto done = database_.write([&](Session& session) -> Result<void> {
    auto written = write_append(session, append);
    if (!written) return std::move(written).error();
    last = *written;
    return {};
  });
  if (!done) return std::move(done).error();
  return last;
}

Result<std::vector<ledger::Record>> EventStore::read(std::string_view stream) const {
  return rows(database_, record_of, dialect::kReadStream, stream);
}

Result<std::vector<ledger::Record>> EventStore::read_all(std::int64_t after, std::size_t limit) const {
  return rows(database_, record_of, dialect::kReadAll, after, most(limit));
}

Result<std::optional<ports::Remembered>> EventStore::find_request(std::string_view id) const {
  const auto request = [](const Statement& row) { return ports::Remembered{row.text(0), row.text(1), row.text(2)}; };
  return first_of(rows(database_, request, dialect::kFindRequest, id));
}

Result<std::vector<std::string>> EventStore::alarmed(Instant now, std::size_t limit) const {
  const auto name = [](const Statement& row) { return row.text(0); };
  return rows(database_, name, dialect::kAlarmed, now.micros, most(limit));
}

Result<std::vector<ports::Card>> EventStore::cards(std::string_view after, std::size_t limit) const {
  if (after.empty()) return rows(database_, card_of, dialect::kFirstCards, most(limit));
  return rows(database_, card_of, dialect::kNextCards, after, most(limit));
}

Result<std::vector<std::string>> EventStore::find_streams(std::string_view prefix, std::size_t limit) const {
  const auto name = [](const Statement& row) { return row.text(0); };
  const auto first = folded(prefix);
  return rows(database_, name, dialect::kFindNames, first, first + '\xff', ledger::kSiteStream, most(limit));
}

Result<std::vector<ports::OpenItem>> EventStore::items(std::string_view group, std::optional<Instant> from,
                                                       std::optional<Instant> until,
                                                       const std::optional<ports::ItemPosition>& after,
                                                       std::size_t limit) const {
  const auto first = from ? from->micros : kLeast;
  const auto past = until ? until->micros : kMost;
  if (!after || after->key.micros < first)
    return rows(database_, item_of, dialect::kFirstItems, group, first, past, most(limit));
  return rows(database_, item_of, dialect::kItems, group, past, after->key.micros, after->stream, after->name, most(limit));
}

Result<std::optional<Instant>> EventStore::last_recorded() const {
  const auto at = [](const Statement& row) { return row.number_or_null(0); };
  auto last = first_of(rows(database_, at, dialect::kLastRecorded));
  if (!last) return std::move(last).error();
  return *last && **last ? std::optional(Instant{***last}) : std::nullopt;
}

Result<std::optional<ports::DefinitionFiles>> EventStore::find_definition(std::string_view digest) const {
  const auto files = [](const Statement& row) { return ports::DefinitionFiles{row.text(0), row.text(1)}; };
  return first_of(rows(database_, files, dialect::kFindDefinition, digest));
}

Result<std::vector<ports::EventStore::Finding>> EventStore::inspect() const {
  std::vector<Finding> findings;
  auto done = database_.read([&](Session& session) -> Result<void> {
    if (session.text("pragma quick_check(1)") != "ok")
      findings.push_back({false, "SQLite finds the file damaged: keep it as it is and restore a backup"});
    for (const auto& check : kChecks)
      if (const auto count = session.number(check.count); count != 0)
        findings.push_back({false, std::string(check.says) + " (" + std::to_string(count) + ")"});
    for (const std::string trigger : kTriggers)
      if (session.number("select count(*) from sqlite_master where type = 'trigger' and name = '" + trigger + "'") == 0)
        findings.push_back({true, "the trigger '" + trigger + "' is missing: somebody took it away"});
    return {};
  });
  if (!done) return std::move(done).error();
  return findings;
}

}  // namespace tocsin::sql_store
