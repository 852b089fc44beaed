// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tocsin::sql_store {

inline constexpr int kApplicationId = 0x544f4353;  ///< "TOCS", so that file(1) and we can tell our files
inline constexpr int kSchemaVersion = 1;

/// One statement each: a string with two statements would run only the first, silently.
inline constexpr const char* kSchema[] = {
    "create table settings (name text primary key, value text not null) without rowid",
    // Text keeps canonical JSON byte for byte (UTF-8 without NUL); `bytes` is what counts, the columns beside it are copies.
    "create table events (seq integer primary key, stream text not null, n integer not null, type text not null, at integer not null, "
    "recorded_at integer not null, by text not null, account text not null, bytes text not null, seal text not null, unique (stream, n))",
    "create trigger events_are_never_changed before update on events begin select raise(abort, 'events are never changed'); end",
    "create trigger events_are_never_removed before delete on events begin select raise(abort, 'events are never removed'); end",
    "create table names (folded text primary key, name text not null) without rowid",
    "create table cards (stream text primary key, version integer not null, open integer not null, opened_at integer not null, title text not "
    "null, workflow text not null, states text not null, alarm integer) without rowid",
    "create index cards_by_alarm on cards (alarm, stream) where alarm is not null",
    "create index cards_by_opening on cards (opened_at, stream)",
    "create table items (stream text not null, kind text not null, name text not null, shelf text not null, key integer not null, basis text not "
    "null, primary key (stream, kind, name)) without rowid",
    "create index items_by_key on items (shelf, key, stream, name)",
    "create table requests (id text primary key, digest text not null, outcome text not null) without rowid",
    "create table definitions (digest text primary key, bytes text not null) without rowid",
    "create table vault_keys (stream text primary key, wrapped text not null) without rowid",
    "create table vault_rows (stream text not null, digest text not null, ciphertext text not null, primary key (stream, digest)) without rowid",
};

inline constexpr const char* kTriggers[] = {"events_are_never_changed", "events_are_never_removed"};

}  // namespace tocsin::sql_store
