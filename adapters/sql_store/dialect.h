// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/sql_store/statement.h"

/// Every statement that is sent to SQLite more than once: what another database would say differently stands here.
namespace tocsin::sql_store::dialect {

// The write lock at once: a transaction that reads first and writes later fails when somebody wrote in between.
inline constexpr Query kBegin{"begin immediate", "", ""};
inline constexpr Query kCommit{"commit", "", ""};
inline constexpr Query kRollback{"rollback", "", ""};

inline constexpr Query kPlaces{"select (select coalesce(max(n), 0) from events where stream = :stream), "
                               "(select coalesce(max(seq), 0) from events)",
                               "t", "ii"};
inline constexpr Query kAddEvent{"insert into events (seq, stream, n, type, at, recorded_at, by, account, bytes, seal) "
                                 "values (:seq, :stream, :n, :type, :at, :recorded, :by, :account, :bytes, :seal)",
                                 "ititiitttt", ""};
#define TOCSIN_EVENT_COLUMNS "select seq, stream, n, type, at, recorded_at, by, account, bytes, seal from events "
inline constexpr Query kReadStream{TOCSIN_EVENT_COLUMNS "where stream = :stream order by n", "t", "ititiitttt"};
inline constexpr Query kReadAll{TOCSIN_EVENT_COLUMNS "where seq > :after order by seq limit :most", "ii", "ititiitttt"};
#undef TOCSIN_EVENT_COLUMNS
inline constexpr Query kHeads{
    "select stream, seal from events e where n = (select max(n) from events where stream = e.stream)", "", "tt"};
inline constexpr Query kFindSeal{"select n from events where stream = :stream and n = :n and seal = :seal", "tit", "i"};
inline constexpr Query kLastEvent{"select stream, n, recorded_at from events order by seq desc limit 1", "", "tii"};
inline constexpr Query kLastRecorded{"select max(recorded_at) from events", "", "i"};

inline constexpr Query kFindName{"select name from names where folded = :folded", "t", "t"};
inline constexpr Query kAddName{"insert into names (folded, name) values (:folded, :name)", "tt", ""};
inline constexpr Query kFindNames{"select name from names where folded >= :first and folded < :past and name <> :site "
                                  "order by folded limit :most",
                                  "ttti", "t"};

// Where opening and alarm stay as they were, which is nearly always, no index is touched.
inline constexpr Query kChangeCard{"update cards set version = :version, open = :open, title = :title, "
                                   "workflow = :workflow, states = :states "
                                   "where stream = :stream and opened_at = :opened and alarm is :alarm",
                                   "iittttii", ""};
inline constexpr Query kPutCard{"insert into cards (stream, version, open, opened_at, title, workflow, states, alarm) "
                                "values (:stream, :version, :open, :opened, :title, :workflow, :states, :alarm) "
                                "on conflict (stream) do update set version = excluded.version, open = excluded.open, "
                                "opened_at = excluded.opened_at, title = excluded.title, workflow = excluded.workflow, "
                                "states = excluded.states, alarm = excluded.alarm",
                                "tiiittti", ""};
#define TOCSIN_CARD_COLUMNS "select stream, version, open, opened_at, title, workflow, states, alarm from cards "
inline constexpr Query kFirstCards{TOCSIN_CARD_COLUMNS "order by opened_at, stream limit :most", "i", "tiiittti"};
inline constexpr Query kNextCards{TOCSIN_CARD_COLUMNS
                                  "where (opened_at, stream) > (select opened_at, stream from cards where "
                                  "stream = :after) order by opened_at, stream limit :most",
                                  "ti", "tiiittti"};
#undef TOCSIN_CARD_COLUMNS
inline constexpr Query kAlarmed{"select stream from cards where alarm <= :now order by alarm, stream limit :most", "ii",
                                "t"};

inline constexpr Query kItemsOfStream{"select kind, name, shelf, key, basis from items where stream = :stream", "t",
                                      "tttit"};
inline constexpr Query kPutItem{"insert into items (stream, kind, name, shelf, key, basis) "
                                "values (:stream, :kind, :name, :shelf, :key, :basis) "
                                "on conflict (stream, kind, name) do update set shelf = excluded.shelf, "
                                "key = excluded.key, basis = excluded.basis",
                                "ttttit", ""};
inline constexpr Query kDropItem{"delete from items where stream = :stream and kind = :kind and name = :name", "ttt", ""};
inline constexpr Query kItems{
    "select i.stream, i.kind, i.name, i.shelf, i.key, i.basis, c.title "
    "from items i join cards c on c.stream = i.stream "
    "where i.shelf = :shelf and i.key < :until and (i.key, i.stream, i.name) > (:key, :stream, :name) "
    "order by i.shelf, i.key, i.stream, i.name limit :most",
    "tiitti", "ttttitt"};
// An item may have key INT64_MIN .. INT64_MAX; the first page has no position that it comes after.
inline constexpr Query kFirstItems{"select i.stream, i.kind, i.name, i.shelf, i.key, i.basis, c.title "
                                   "from items i join cards c on c.stream = i.stream "
                                   "where i.shelf = :shelf and i.key >= :from and i.key < :until "
                                   "order by i.shelf, i.key, i.stream, i.name limit :most",
                                   "tiii", "ttttitt"};

inline constexpr Query kFindRequest{"select id, digest, outcome from requests where id = :id", "t", "ttt"};
inline constexpr Query kAddRequest{"insert into requests (id, digest, outcome) values (:id, :digest, :outcome)", "ttt", ""};
inline constexpr Query kFindDefinition{"select digest, bytes from definitions where digest = :digest", "t", "tt"};
inline constexpr Query kAddDefinition{"insert into definitions (digest, bytes) values (:digest, :bytes) "
                                      "on conflict (digest) do nothing",
                                      "tt", ""};

inline constexpr Query kFindKey{"select wrapped from vault_keys where stream = :stream", "t", "t"};
inline constexpr Query kAddKey{"insert into vault_keys (stream, wrapped) values (:stream, :wrapped)", "tt", ""};
inline constexpr Query kAnyKey{"select exists (select 1 from vault_keys)", "", "i"};
inline constexpr Query kAddRow{"insert into vault_rows (stream, digest, ciphertext) values (:stream, :digest, :bytes)",
                               "ttt", ""};
inline constexpr Query kFindRow{"select k.wrapped, r.ciphertext from vault_rows r join vault_keys k on k.stream = r.stream "
                                "where r.stream = :stream and r.digest = :digest",
                                "tt", "tt"};
inline constexpr Query kAllRows{"select stream, digest from vault_rows", "", "tt"};
inline constexpr Query kForgetRows{"delete from vault_rows where stream = :stream", "t", ""};
inline constexpr Query kForgetKey{"delete from vault_keys where stream = :stream", "t", ""};

inline constexpr Query kFindSetting{"select value from settings where name = :name", "t", "t"};
inline constexpr Query kPutSetting{"insert into settings (name, value) values (:name, :value) "
                                   "on conflict (name) do update set value = excluded.value",
                                   "tt", ""};

}  // namespace tocsin::sql_store::dialect
