// SPDX-License-Identifier: Apache-2.0
/*
 * By hand: the statements of one durable command, prepared, with the same settings. It takes over the file that durable_bench made, as the
 * engine found it; it reads the people and the case's events, as any engine has to, and writes one event of the same size and the card, after a
 * look at the card's items.   durable_baseline FILE SECONDS */
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
/* Reads what a statement finds for a stream to the end; the bytes of its first two columns. */
static long rows(sqlite3_stmt* statement, const char* stream, int length) {
  long bytes = 0;
  check(sqlite3_bind_text(statement, 1, stream, length, SQLITE_STATIC));
  while (sqlite3_step(statement) == SQLITE_ROW)
    bytes += sqlite3_column_bytes(statement, 0) + sqlite3_column_bytes(statement, 1);
  check(sqlite3_reset(statement));
  return bytes;
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
  sqlite3_stmt* update = prepare(
      "update cards set version = ?, open = open, title = title, workflow = workflow, states = states where stream = ? and "
      "opened_at = ? and alarm is ?");
  sqlite3_stmt* items = prepare("select kind, name, shelf, key, basis from items where stream = ?");
  sqlite3_stmt* card = prepare("select opened_at, alarm from cards where stream = 'B-100000'");  // all were opened alike
  check(sqlite3_step(card));
  const sqlite3_int64 opened_at = sqlite3_column_int64(card, 0), alarm = sqlite3_column_int64(card, 1);
  check(sqlite3_reset(card));
  char bytes[370], seal[65];
  memset(bytes, 'x', sizeof bytes);
  memset(seal, 'a', sizeof seal);
  long done = 0, total = 0;
  const double limit = atof(words[2]), from = now();
  while (now() - from < limit) {
    char stream[32];
    const int length = snprintf(stream, sizeof stream, "B-%ld", 100000 + done % 1000);
    total += rows(read, "@site", 5) + rows(read, stream, length);
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
    sqlite3_bind_int64(update, 3, opened_at);
    sqlite3_bind_int64(update, 4, alarm);
    step(update);
    if (sqlite3_changes(db) != 1) return 1;
    total += rows(items, stream, length);
    step(commit);
    ++done;
  }
  if (total == 0) return 1;
  printf("%.0f\n", (double)done / (now() - from));
  return 0;
}
