// SPDX-License-Identifier: Apache-2.0
// One lifecycle event with its row, in XState 5 on better-sqlite3 at the durability that our store has: WAL, synchronous FULL, one commit an event.
// The machine has the states and rows of engine/obligation that the loop takes. Beside bench/lifecycle_bench.cpp.
//   node lifecycle.mjs FILE SECONDS
import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { createMachine, initialTransition, transition } from 'xstate';

const [file, limit] = [process.argv[2], Number(process.argv[3])];
const hasReason = ({ event }) => event.reason;
const obligation = createMachine({
  id: 'obligation',
  initial: 'unraised',
  states: {
    unraised: { on: { raised: 'due', ruled_out: { target: 'ruled_out', guard: ({ event }) => event.reason && event.decider } } },
    due: {
      on: {
        anchor_moved: { target: 'due', guard: hasReason },
        missed: { target: 'overdue', guard: ({ event }) => !event.in_time },
        met: { target: 'met', guard: ({ event }) => event.in_time && event.evidence },
        ruled_out: { target: 'ruled_out', guard: ({ event }) => event.reason && event.decider },
      },
    },
    overdue: {
      on: {
        anchor_moved: { target: 'due', guard: hasReason },
        met: [
          { target: 'met', guard: ({ event }) => event.in_time && event.evidence },
          { target: 'met_late', guard: ({ event }) => !event.in_time && event.evidence },
        ],
        ruled_out: { target: 'ruled_out', guard: ({ event }) => event.reason && event.decider },
      },
    },
    met: { on: { filing_withdrawn: { target: 'due', guard: ({ event }) => event.reason && event.second_person } } },
    met_late: { on: { filing_withdrawn: { target: 'due', guard: ({ event }) => event.reason && event.second_person } } },
    ruled_out: { on: { duty_reopened: { target: 'due', guard: hasReason } } },
  },
});
const round = [
  { type: 'met', in_time: true, evidence: true },
  { type: 'filing_withdrawn', reason: true, second_person: true },
];

const since = (from) => Number(process.hrtime.bigint() - from) / 1e9;
const due = transition(obligation, initialTransition(obligation)[0], { type: 'raised' })[0];

/// Events a second in memory, from a snapshot to the next.
function inMemory() {
  let snapshot = due;
  let done = 0;
  const from = process.hrtime.bigint();
  while (since(from) < limit) {
    for (let i = 0; i < 1000; i += 1, done += 1) [snapshot] = transition(obligation, snapshot, round[done % 2]);
  }
  if (snapshot.value !== (done % 2 ? 'met' : 'due')) throw new Error('measured something else');
  return done / since(from);
}

/// The same with a row for the event and the snapshot beside it, one commit each; the snapshot is read back from its row first.
function durable() {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`create table events (n integer primary key, type text not null, at text not null, body text not null);
           create table snapshots (name text primary key, n integer not null, bytes text not null) without rowid`);
  const read = db.prepare('select n, bytes from snapshots where name = ?');
  const insert = db.prepare('insert into events values (?, ?, ?, ?)');
  const update = db.prepare('update snapshots set n = ?, bytes = ? where name = ?');
  const plain = (s) => JSON.stringify({ value: s.value, status: s.status, context: s.context });
  db.prepare('insert into snapshots values (?, 0, ?)').run('ico', plain(due));
  const one = db.transaction((event) => {
    const row = read.get('ico');
    const snapshot = obligation.resolveState(JSON.parse(row.bytes));
    const [next] = transition(obligation, snapshot, event);
    insert.run(row.n + 1, event.type, '2026-05-02T19:00:00Z', JSON.stringify(event));
    update.run(row.n + 1, plain(next), 'ico');
  });
  let done = 0;
  const from = process.hrtime.bigint();
  for (; since(from) < limit; done += 1) one.immediate(round[done % 2]);
  const rate = done / since(from);
  if (read.get('ico').n !== done) throw new Error('measured something else');
  db.close();
  return rate;
}

console.log(`${inMemory().toFixed(0)} ${durable().toFixed(0)}`);
