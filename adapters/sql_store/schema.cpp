// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/schema.h"

#include <iterator>

namespace tocsin::sql_store {

const char* const kSchema[] = {
    R"(create table settings (name text primary key, value text not null) without rowid)",

    // Canonical JSON is UTF-8 without NUL, so text keeps it byte for byte and any SQLite shell shows it.
    // The columns beside `bytes` are copies for looking things up.
    R"(create table events (
         seq integer primary key, stream text not null, n integer not null, type text not null,
         at integer not null, recorded_at integer not null, by text not null, account text not null,
         bytes text not null, seal text not null, unique (stream, n)))",
    R"(create index events_by_recording on events (recorded_at))",
    R"(create trigger events_are_never_changed before update on events
       begin select raise(abort, 'events are never changed'); end)",
    R"(create trigger events_are_never_removed before delete on events
       begin select raise(abort, 'events are never removed'); end)",
    // "insert or replace" removes a row without asking the trigger above.
    R"(create trigger events_are_only_appended before insert on events
       when new.seq is not (select coalesce(max(seq), 0) + 1 from events)
         or new.n is not (select coalesce(max(n), 0) + 1 from events where stream = new.stream)
       begin select raise(abort, 'events are only appended'); end)",

    // Every stream by its name in lower case: two names may not differ by case alone.
    R"(create table names (folded text primary key, name text not null) without rowid)",

    // What lists read; rebuilt from the events at any time.
    R"(create table cards (
         stream text primary key, version integer not null, open integer not null, opened_at integer not null,
         title text not null, workflow text not null, states text not null, alarm integer) without rowid)",
    R"(create index cards_by_alarm on cards (alarm, stream) where alarm is not null)",
    R"(create index cards_by_opening on cards (opened_at, stream))",
    R"(create table items (
         stream text not null, kind text not null, name text not null, shelf text not null, key integer not null,
         basis text not null, primary key (stream, kind, name)) without rowid)",
    R"(create index items_by_key on items (shelf, key, stream, name))",

    R"(create table requests (id text primary key, digest text not null, outcome text not null) without rowid)",
    R"(create table definitions (digest text primary key, bytes text not null) without rowid)",

    // Hex: ciphertext has NUL bytes, which tools that copy text would cut off.
    R"(create table vault_keys (stream text primary key, wrapped text not null) without rowid)",
    R"(create table vault_rows (
         stream text not null references vault_keys (stream), digest text not null, ciphertext text not null,
         primary key (stream, digest)) without rowid)",
};

const int kSchemaStatements = static_cast<int>(std::size(kSchema));

}  // namespace tocsin::sql_store
