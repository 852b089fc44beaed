// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/event_store.h"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

#include "adapters/sql_store/schema.h"

namespace tocsin::sql_store {
namespace {

using soci::into;
using soci::use;

/// SOCI knows this width by the name `long long`.
using Int = long long;

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Error conflict(std::string message, std::string_view by) { return Error{Errc::conflict, std::move(message), std::string(by)}; }

std::string to_text(const std::map<std::string, std::string, std::less<>>& states) {
  Json json = Json::object();
  for (const auto& [region, state] : states) json.set(region, state);
  return canonical(json);
}

/// One row of `events` on its way out of a prepared select.
struct EventRow {
  Int seq = 0, n = 0, at = 0, recorded_at = 0;
  std::string stream, type, by, account, bytes, seal;

  ledger::Record record() const {
    return {stream, n, type, Instant{at}, Instant{recorded_at}, by, account, bytes, digest_from_hex(seal).value_or(Digest{}), seq};
  }
};

constexpr const char* kEventColumns = "select seq, stream, n, type, at, recorded_at, by, account, bytes, seal from events ";

/// Fetches to the end: a select that is left open pins the log and keeps it from being reset.
std::vector<ledger::Record> drain(soci::statement& select, const EventRow& row) {
  std::vector<ledger::Record> records;
  select.execute();
  while (select.fetch()) records.push_back(row.record());
  return records;
}

}  // namespace

/// Statements that every command runs, with the variables they are bound to.
struct EventStore::Statements {
  soci::session& sql;
  ledger::Record record;
  Int seq = 0, n = 0, at = 0, recorded_at = 0, version = 0;
  std::string stream, seal;
  EventRow row;
  soci::statement insert_event, read_stream, last_number, last_seq;

  explicit Statements(soci::session& session)
      : sql(session),
        insert_event((sql.prepare << "insert into events (seq, stream, n, type, at, recorded_at, by, account, bytes, seal) values (:q, :s, :n, "
                                     ":t, :a, :r, :b, :c, :y, :e)",
                      use(seq), use(record.stream), use(n), use(record.type), use(at), use(recorded_at), use(record.by), use(record.account),
                      use(record.bytes), use(seal))),
        read_stream((sql.prepare << std::string(kEventColumns) + "where stream = :s order by n", use(stream), into(row.seq), into(row.stream),
                     into(row.n), into(row.type), into(row.at), into(row.recorded_at), into(row.by), into(row.account), into(row.bytes),
                     into(row.seal))),
        last_number((sql.prepare << "select coalesce(max(n), 0) from events where stream = :s", use(stream), into(version))),
        last_seq((sql.prepare << "select coalesce(max(seq), 0) from events", into(seq))) {}

  Int number_of(const std::string& name) {
    stream = name;
    last_number.execute();
    while (last_number.fetch()) {
    }
    return version;
  }

  void start_after_last() {
    last_seq.execute();
    while (last_seq.fetch()) {
    }
  }

  void insert(const ledger::Record& one) {
    ++seq;
    record = one;
    n = one.n;
    at = one.at.micros;
    recorded_at = one.recorded_at.micros;
    seal = to_hex(one.seal);
    insert_event.execute(true);
  }
};

namespace {

/// The rows that a command changes beside its events; items are compared with what is there so that only what changed is written.
class CardWriter {
 public:
  explicit CardWriter(soci::session& session) : sql_(session) {}

  void write(const ports::Card& card) {
    const auto states = to_text(card.states);
    const Int version = card.version, open = card.open ? 1 : 0, opened_at = card.opened_at.micros;
    Int alarm = card.alarm ? card.alarm->micros : 0;
    auto has_alarm = card.alarm ? soci::i_ok : soci::i_null;
    sql_ << "insert into cards (stream, version, open, opened_at, title, workflow, states, alarm) values (:s, :v, :o, :a, :t, :w, :st, :al) "
            "on conflict (stream) do update set version = excluded.version, open = excluded.open, title = excluded.title, states = "
            "excluded.states, alarm = excluded.alarm",
        use(card.stream), use(version), use(open), use(opened_at), use(card.title_digest), use(card.workflow), use(states), use(alarm, has_alarm);
    write_items(card);
  }

 private:
  std::vector<ports::OpenItem> kept_items(const std::string& stream) {
    std::vector<ports::OpenItem> items;
    ports::OpenItem item;
    Int key = 0;
    soci::statement select = (sql_.prepare << "select kind, name, shelf, key, basis from items where stream = :s", use(stream), into(item.kind),
                              into(item.name), into(item.group), into(key), into(item.basis));
    select.execute();
    while (select.fetch()) {
      item.stream = stream;
      item.key = Instant{key};
      items.push_back(item);
    }
    return items;
  }

  void write_items(const ports::Card& card) {
    const auto kept = kept_items(card.stream);
    const auto holds = [](const std::vector<ports::OpenItem>& items, const ports::OpenItem& wanted) {
      return std::find(items.begin(), items.end(), wanted) != items.end();
    };
    for (const auto& item : kept)
      if (!holds(card.items, item))
        sql_ << "delete from items where stream = :s and kind = :k and name = :n", use(item.stream), use(item.kind), use(item.name);
    for (const auto& item : card.items) {
      if (holds(kept, item)) continue;
      const Int key = item.key.micros;
      sql_ << "insert or replace into items (stream, kind, name, shelf, key, basis) values (:s, :k, :n, :g, :y, :b)", use(item.stream),
          use(item.kind), use(item.name), use(item.group), use(key), use(item.basis);
    }
  }

  soci::session& sql_;
};

Result<void> reserve_name(soci::session& sql, const std::string& stream) {
  const auto folded = lower(stream);
  std::string taken;
  sql << "select name from names where folded = :f", use(folded), into(taken);
  if (sql.got_data()) return conflict("a case " + taken + " exists already: choose another reference", "case");
  sql << "insert into names (folded, name) values (:f, :n)", use(folded), use(stream);
  return {};
}

Result<void> remember(soci::session& sql, const ports::Remembered& request) {
  std::string known;
  sql << "select id from requests where id = :i", use(request.id), into(known);
  if (sql.got_data()) return conflict("this request id was used before", "request");
  sql << "insert into requests (id, digest, outcome) values (:i, :d, :o)", use(request.id), use(request.digest), use(request.outcome);
  return {};
}

void put_vault_rows(soci::session& sql, const ports::VaultRows& rows) {
  if (!rows.wrapped_key.empty()) {
    const auto wrapped = to_hex(std::string_view(rows.wrapped_key));
    sql << "insert into vault_keys (stream, wrapped) values (:s, :w)", use(rows.stream), use(wrapped);
  }
  for (const auto& row : rows.rows) {
    const auto ciphertext = to_hex(std::string_view(row.ciphertext));
    sql << "insert into vault_rows (stream, digest, ciphertext) values (:s, :d, :c)", use(rows.stream), use(row.digest), use(ciphertext);
  }
}

}  // namespace

EventStore::EventStore(Database& database) : database_(database) {}
EventStore::~EventStore() = default;

Result<std::int64_t> EventStore::append(const ports::Append& append) {
  std::int64_t last = 0;
  auto done = database_.write([&](soci::session& sql) -> Result<void> {
    if (statements_ == nullptr) statements_ = std::make_unique<Statements>(sql);
    const auto version = statements_->number_of(append.stream);
    if (version != append.expected_version)
      return conflict(append.stream + " is at version " + std::to_string(version) + ", not " + std::to_string(append.expected_version) + ": read it again",
                      ports::kStale);
    if (version == 0 && !append.records.empty())
      if (auto ok = reserve_name(sql, append.stream); !ok) return ok;
    if (append.request)
      if (auto ok = remember(sql, *append.request); !ok) return ok;
    statements_->start_after_last();
    for (const auto& record : append.records) statements_->insert(record);
    last = statements_->seq;
    if (append.card) CardWriter(sql).write(*append.card);
    if (append.definition)
      sql << "insert or ignore into definitions (digest, bytes) values (:d, :b)", use(append.definition->digest), use(append.definition->bytes);
    put_vault_rows(sql, append.vault);
    return {};
  });
  if (!done) return std::move(done).error();
  return last;
}

Result<std::vector<ledger::Record>> EventStore::read(std::string_view stream) const {
  std::vector<ledger::Record> records;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    auto& statements = const_cast<EventStore*>(this)->statements_;
    if (statements == nullptr) statements = std::make_unique<Statements>(sql);
    statements->stream = stream;
    records = drain(statements->read_stream, statements->row);
    return {};
  });
  if (!done) return std::move(done).error();
  return records;
}

Result<std::vector<ledger::Record>> EventStore::read_all(std::int64_t after, std::size_t limit) const {
  std::vector<ledger::Record> records;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    EventRow row;
    const Int from = after, most = static_cast<Int>(std::min<std::size_t>(limit, INT64_MAX));
    soci::statement select = (sql.prepare << std::string(kEventColumns) + "where seq > :a order by seq limit :l", use(from), use(most), into(row.seq),
                              into(row.stream), into(row.n), into(row.type), into(row.at), into(row.recorded_at), into(row.by), into(row.account),
                              into(row.bytes), into(row.seal));
    records = drain(select, row);
    return {};
  });
  if (!done) return std::move(done).error();
  return records;
}

Result<std::optional<ports::Remembered>> EventStore::find_request(std::string_view id) const {
  std::optional<ports::Remembered> found;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    ports::Remembered request{std::string(id), "", ""};
    sql << "select digest, outcome from requests where id = :i", use(request.id), into(request.digest), into(request.outcome);
    if (sql.got_data()) found = request;
    return {};
  });
  if (!done) return std::move(done).error();
  return found;
}

Result<std::vector<std::string>> EventStore::alarmed(Instant now, std::size_t limit) const {
  std::vector<std::string> streams;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    std::string stream;
    const Int until = now.micros, most = static_cast<Int>(limit);
    soci::statement select = (sql.prepare << "select stream from cards where alarm is not null and alarm <= :n order by alarm, stream limit :l",
                              use(until), use(most), into(stream));
    select.execute();
    while (select.fetch()) streams.push_back(stream);
    return {};
  });
  if (!done) return std::move(done).error();
  return streams;
}

Result<std::vector<ports::Card>> EventStore::cards(std::string_view after, std::size_t limit) const {
  std::vector<ports::Card> all;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    const std::string last(after);
    Int from = INT64_MIN, version = 0, open = 0, opened_at = 0, alarm = 0;
    const Int most = static_cast<Int>(limit);
    soci::indicator has_alarm = soci::i_null;
    std::string states;
    ports::Card card;
    if (!last.empty()) sql << "select opened_at from cards where stream = :s", use(last), into(from);
    soci::statement select =
        (sql.prepare << "select stream, version, open, opened_at, title, workflow, states, alarm from cards where (opened_at, stream) > (:a, :s) "
                        "order by opened_at, stream limit :l",
         use(from), use(last), use(most), into(card.stream), into(version), into(open), into(opened_at), into(card.title_digest), into(card.workflow),
         into(states), into(alarm, has_alarm));
    select.execute();
    while (select.fetch()) {
      card.version = version;
      card.open = open != 0;
      card.opened_at = Instant{opened_at};
      card.alarm = has_alarm == soci::i_ok ? std::optional(Instant{alarm}) : std::nullopt;
      card.states.clear();
      if (auto parsed = parse_json(states))
        for (const auto& [region, state] : parsed->members()) card.states.emplace(region, state.text());
      all.push_back(card);
    }
    return {};
  });
  if (!done) return std::move(done).error();
  return all;
}

Result<std::vector<std::string>> EventStore::find_streams(std::string_view prefix, std::size_t limit) const {
  std::vector<std::string> found;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    const auto from = lower(prefix);
    auto until = from;  // the least text that does not begin with the prefix: its last byte counted up
    if (!until.empty()) ++until.back();
    const Int most = static_cast<Int>(limit) + 1;
    std::string name;
    soci::statement select = (sql.prepare << (until.empty() ? "select name from names where folded >= :f and folded <> :u order by folded limit :l"
                                                            : "select name from names where folded >= :f and folded < :u order by folded limit :l"),
                              use(from), use(until), use(most), into(name));
    select.execute();
    while (select.fetch())
      if (name != ledger::kSiteStream && found.size() < limit) found.push_back(name);
    return {};
  });
  if (!done) return std::move(done).error();
  return found;
}

Result<std::vector<ports::OpenItem>> EventStore::items(std::string_view group, std::optional<Instant> from, std::optional<Instant> until,
                                                       const std::optional<ports::ItemPosition>& after, std::size_t limit) const {
  std::vector<ports::OpenItem> page;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    const std::string shelf(group), stream = after ? after->stream : "", name = after ? after->name : "";
    const Int low = after ? after->key.micros : from ? from->micros : INT64_MIN;
    const Int high = until ? until->micros : INT64_MAX, most = static_cast<Int>(std::min<std::size_t>(limit, 1'000'000));
    ports::OpenItem item;
    Int key = 0;
    soci::statement select =
        (sql.prepare << "select i.stream, i.kind, i.name, i.key, i.basis, c.title from items i join cards c on c.stream = i.stream where i.shelf = "
                        ":s and (i.key, i.stream, i.name) > (:k, :t, :n) and i.key < :u order by i.key, i.stream, i.name limit :l",
         use(shelf), use(low), use(stream), use(name), use(high), use(most), into(item.stream), into(item.kind), into(item.name), into(key),
         into(item.basis), into(item.title_digest));
    select.execute();
    while (select.fetch()) {
      item.group = shelf;
      item.key = Instant{key};
      page.push_back(item);
    }
    return {};
  });
  if (!done) return std::move(done).error();
  return page;
}

Result<std::optional<Instant>> EventStore::last_recorded() const {
  std::optional<Instant> last;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    Int micros = 0;
    sql << "select recorded_at from events order by seq desc limit 1", into(micros);
    if (sql.got_data()) last = Instant{micros};
    return {};
  });
  if (!done) return std::move(done).error();
  return last;
}

Result<std::optional<ports::DefinitionFiles>> EventStore::find_definition(std::string_view digest) const {
  std::optional<ports::DefinitionFiles> found;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    ports::DefinitionFiles files{std::string(digest), ""};
    sql << "select bytes from definitions where digest = :d", use(files.digest), into(files.bytes);
    if (sql.got_data()) found = files;
    return {};
  });
  if (!done) return std::move(done).error();
  return found;
}

Result<std::vector<ports::EventStore::Finding>> EventStore::inspect() const {
  std::vector<Finding> findings;
  auto done = database_.read([&](soci::session& sql) -> Result<void> {
    Int count = 0, last = 0, orphans = 0, stale = 0;
    sql << "select count(*), coalesce(max(seq), 0) from events", into(count), into(last);
    if (count != last) findings.push_back({false, "the store's numbering has gaps: " + std::to_string(last - count) + " of " + std::to_string(last) + " events are gone"});
    sql << "select count(*) from names n where not exists (select 1 from events e where e.stream = n.name)", into(orphans);
    if (orphans != 0) findings.push_back({false, std::to_string(orphans) + " cases are named and have no events"});
    sql << "select count(*) from cards c where c.version <> (select coalesce(max(n), 0) from events e where e.stream = c.stream)", into(stale);
    if (stale != 0) findings.push_back({false, std::to_string(stale) + " index cards do not show the last event of their case"});
    for (const std::string trigger : kTriggers) {
      Int there = 0;
      sql << "select count(*) from sqlite_master where type = 'trigger' and name = :n", use(trigger), into(there);
      if (there == 0) findings.push_back({true, "the trigger '" + trigger + "' is missing: somebody took it away"});
    }
    return {};
  });
  if (!done) return std::move(done).error();
  return findings;
}

}  // namespace tocsin::sql_store
