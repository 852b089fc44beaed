// SPDX-License-Identifier: Apache-2.0
/*
 * By hand: the inserts and updates of one durable command, through prepared statements with the same settings. It takes over the file that
 * durable_bench made, so that the tables, their size and their indexes are the same; it reads the case's events, as any engine has to, and writes
 * one event and the card.   durable_baseline FILE SECONDS */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3* db;

static void check(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  fprintf(stderr, "%s\n", sqlite3_errmsg(db));
  exit(1);
}
static sqlite3_stmt* prepare(const char* sql) {
  sqlite3_stmt* statement;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0));
  return statement;
}
static void step(sqlite3_stmt* statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int count, char** words) {
  if (count < 3) return 2;
  check(sqlite3_open(words[1], &db));
  check(sqlite3_exec(
      db,
      "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on; pragma busy_timeout=10000",
      0, 0, 0));
  sqlite3_stmt *begin = prepare("begin immediate"), *commit = prepare("commit");
  sqlite3_stmt* read = prepare("select bytes, seal from events where stream = ? order by n");
  sqlite3_stmt *last_n = prepare("select max(n) from events where stream = ?"),
               *last_seq = prepare("select max(seq) from events");
  sqlite3_stmt* insert = prepare(
      "insert into events (seq, stream, n, type, at, recorded_at, by, account, bytes, seal) values (?,?,?,'fact_set',1,1,'bench','bench',?,?)");
  sqlite3_stmt* update = prepare("update cards set version = ? where stream = ?");
  char bytes[420], seal[65];
  memset(bytes, 'x', sizeof bytes);
  memset(seal, 'a', sizeof seal);
  long done = 0, total = 0;
  const double limit = atof(words[2]), from = now();
  while (now() - from < limit) {
    char stream[32];
    const int length = snprintf(stream, sizeof stream, "B-%ld", 100000 + done % 1000);
    check(sqlite3_bind_text(read, 1, stream, length, SQLITE_STATIC));
    while (sqlite3_step(read) == SQLITE_ROW) total += sqlite3_column_bytes(read, 0) + sqlite3_column_bytes(read, 1);
    check(sqlite3_reset(read));
    step(begin);
    check(sqlite3_bind_text(last_n, 1, stream, length, SQLITE_STATIC));
    check(sqlite3_step(last_n));
    const sqlite3_int64 n = sqlite3_column_int64(last_n, 0) + 1;
    check(sqlite3_reset(last_n));
    check(sqlite3_step(last_seq));
    const sqlite3_int64 seq = sqlite3_column_int64(last_seq, 0) + 1;
    check(sqlite3_reset(last_seq));
    sqlite3_bind_int64(insert, 1, seq);
    sqlite3_bind_text(insert, 2, stream, length, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 3, n);
    sqlite3_bind_text(insert, 4, bytes, sizeof bytes, SQLITE_STATIC);
    sqlite3_bind_text(insert, 5, seal, 64, SQLITE_STATIC);
    step(insert);
    sqlite3_bind_int64(update, 1, n);
    sqlite3_bind_text(update, 2, stream, length, SQLITE_STATIC);
    step(update);
    step(commit);
    ++done;
  }
  if (total == 0) return 1;
  printf("%.0f\n", (double)done / (now() - from));
  return 0;
}
