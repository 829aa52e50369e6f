import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type Store, openStore } from '#electron/store/store.ts';
import {
  command,
  dataFolder,
  doing,
  move,
  newStore,
  note,
  queue,
  report,
  storeIn,
  version,
} from './store-kit.ts';

/** Ten entries: six of commands, four seals (versions, queue, event). */
async function recorded(store: Store): Promise<void> {
  await doing(store, (write) => write.pushEdit(move('A/10', null, 0), { undoable: true }));
  await doing(store, (write) => write.addVersion(version(1)));
  await doing(store, (write) => write.addVersion(version(2)));
  await doing(store, (write) => write.addQueue(queue('M1', 1)));
  await doing(store, (write) => write.addEvent(report('report-1', { reason: 'Mechanical' })));
  await store.write(command(), (write) => write.log(note({ reason: 'last' })));
}

/** What somebody with a database tool can do: the guards go first. */
function tamper(store: Store, ...statements: string[]): void {
  const database = new Database(store.file);
  const guards = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of guards) database.exec(`DROP TRIGGER "${name}"`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

async function problemAfter(...statements: string[]): Promise<{ problem: string | null; entries: number }> {
  const store = await newStore();
  await recorded(store);
  tamper(store, ...statements);
  const { ok, problem, entries } = await store.verify();
  expect(ok).toBe(problem === null);
  return { problem, entries };
}

test('[HC-04] an untouched record is good, and says where its chain ends', async () => {
  const store = await newStore();
  expect(await store.verify()).toEqual({ ok: true, entries: 0, head: '0'.repeat(64), problem: null });
  await recorded(store);
  const { entries } = await store.read.ledger({ limit: 1 });
  expect(await store.verify()).toEqual({ ok: true, entries: 10, head: entries[0]?.hash, problem: null });
});

test('[HC-02] numbers are gapless and every entry follows the one before', async () => {
  const store = await newStore();
  await Promise.all(Array.from({ length: 20 }, () => doing(store, (write) => write.log(note()))));
  const { entries } = await store.read.ledger({ limit: 100 });
  const chain = entries.toReversed();
  expect(chain.map((entry) => entry.seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(chain.slice(1).map((entry) => entry.previous)).toEqual(
    chain.slice(0, -1).map((entry) => entry.hash),
  );
});

test.each(['userId', 'ts', 'action', 'entityId', 'reason', 'app', 'correlation'])(
  '[HC-04][AT-05] an altered %s is found at its entry',
  async (column) => {
    const { problem, entries } = await problemAfter(
      `UPDATE ledger SET "${column}" = coalesce("${column}", '') || 'x' WHERE seq = 4`,
    );
    expect(problem).toMatch(/^Entry 4 of the ledger .* is not what was recorded/);
    expect(entries).toBe(3);
  },
);

test('[HC-04] an altered value is found at its entry', async () => {
  expect((await problemAfter(`UPDATE ledger SET new = '1' WHERE seq = 1`)).problem).toMatch(
    /^Entry 1 .* altered/,
  );
});

test('[HC-04] a deleted entry is found', async () => {
  expect((await problemAfter(`DELETE FROM ledger WHERE seq = 5`)).problem).toMatch(/^Entry 5 .* missing/);
});

test('[HC-04] an entry that was altered with its own hash recomputed breaks the next one', async () => {
  const { problem } = await problemAfter(`UPDATE ledger SET hash = '${'a'.repeat(64)}' WHERE seq = 3`);
  expect(problem).toMatch(/^Entry 3 /);
  const forged = await problemAfter(`UPDATE ledger SET previous = '${'a'.repeat(64)}' WHERE seq = 3`);
  expect(forged.problem).toMatch(/^Entry 3 .* does not follow/);
});

const forged = (seq: number, from: number): string =>
  `INSERT INTO ledger SELECT ${seq}, ts, "userId", action, entity, "entityId", field, old, new, reason, origin, correlation,
     app, previous, hash, "userName", role, workstation FROM ledger WHERE seq = ${from}`;

test('[HC-04] an inserted entry is found, at the end and in the middle', async () => {
  expect((await problemAfter(forged(11, 10))).problem).toMatch(/^Entry 11 .* does not follow/);
  const inTheMiddle = await problemAfter(
    `UPDATE ledger SET seq = seq + 1000 WHERE seq > 6`,
    `UPDATE ledger SET seq = seq - 999 WHERE seq > 1000`,
    forged(7, 6),
  );
  expect(inTheMiddle.problem).toMatch(/^Entry 7 .* does not follow/);
});

test('[HC-04] two swapped entries are found at the first', async () => {
  const { problem } = await problemAfter(
    `UPDATE ledger SET seq = 1000 WHERE seq = 7`,
    `UPDATE ledger SET seq = 7 WHERE seq = 8`,
    `UPDATE ledger SET seq = 8 WHERE seq = 1000`,
  );
  expect(problem).toMatch(/^Entry 7 /);
});

test('[HC-04] a cut-off end is found: the commands know that they left an entry', async () => {
  expect((await problemAfter(`DELETE FROM ledger WHERE seq = 10`)).problem).toMatch(
    /has no ledger entry.*cut off/,
  );
});

test.each([
  ['version 2', `UPDATE version SET publisher = 'somebody' WHERE number = 2`],
  ['version 1', `UPDATE version SET schedule = x'00' WHERE number = 1`],
  ['queue M1 r1', `UPDATE queue SET items = '[]'`],
  ['event report-1', `UPDATE event SET at = at + 1`],
  ['event report-1', `UPDATE event SET body = json_set(body, '$.good', 5)`],
])('[AT-05] an altered row is named: %s', async (row, statement) => {
  expect((await problemAfter(statement)).problem).toBe(
    `${row} is not what the ledger recorded. Maybe it was altered.`,
  );
});

test.each([
  ['event report-1', `DELETE FROM event`],
  ['queue M1 r1', `DELETE FROM queue`],
])('[AT-05] a deleted row is named: %s', async (row, statement) => {
  expect((await problemAfter(statement)).problem).toBe(`${row} is missing. Maybe it was deleted.`);
});

test('[AT-05] an inserted row is named', async () => {
  const { problem } = await problemAfter(
    `INSERT INTO event SELECT 2, 'report-2', at, recorded, unit, task, kind, state, origin, body FROM event`,
  );
  expect(problem).toBe('The ledger does not know event report-2. Maybe it was inserted.');
});

test.each(['ledger', 'version', 'queue', 'event', 'command'])(
  '[AT-04] rows of %s can be neither changed, deleted nor replaced',
  async (table) => {
    const store = await newStore();
    await recorded(store);
    const database = new Database(store.file);
    database.pragma('recursive_triggers = ON');
    expect(() => database.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow(/written once/);
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/written once/);
    expect(() => database.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(
      /written once/,
    );
    database.close();
    expect((await store.verify()).ok).toBe(true);
  },
);

test('[AT-01] when the ledger cannot be written, nothing is', async () => {
  const store = await newStore();
  await recorded(store);
  const database = new Database(store.file);
  database.exec(
    `CREATE TRIGGER fault BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'no ledger today'); END`,
  );
  await expect(doing(store, (write) => write.addEvent(report('report-2')))).rejects.toThrow(
    'no ledger today',
  );
  expect(await store.read.events()).toHaveLength(1);
  database.exec('DROP TRIGGER fault');
  database.close();
  await doing(store, (write) => write.addEvent(report('report-2')));
  expect((await store.verify()).ok).toBe(true);
});

test('[HC-01] text that SQLite cannot keep as it is does not break the chain', async () => {
  const store = await newStore();
  await doing(store, (write) =>
    write.log(
      note({
        entityId: 'half a pair \uD83D',
        reason: 'ends \u0000 here',
        new: { text: '\uDC00', ratio: 1e21 },
      }),
    ),
  );
  expect((await store.verify()).problem).toBeNull();
});

test('[AT-05] one flipped bit in the file is found and its row named', async () => {
  const folder = dataFolder();
  const store = await openStore(join(folder, 'plant.db'));
  await recorded(store);
  await store.close();
  const bytes = readFileSync(store.file);
  // The command keeps its answer elsewhere in the file; the row of the event begins with its columns.
  const at = bytes.indexOf('"reason":"Mechanical"', bytes.indexOf('PRODline'));
  bytes.writeUInt8(bytes.readUInt8(at + 12) ^ 1, at + 12);
  writeFileSync(store.file, bytes);
  const reopened = await storeIn(folder);
  expect((await reopened.verify()).problem).toMatch(/^event report-1 is not what the ledger recorded/);
});
