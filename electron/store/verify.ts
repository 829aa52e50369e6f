import type { Connection } from './connection.ts';
import { entryFromRow } from './ledger.ts';
import { type ChainHead, GENESIS, chainProblem, rowHash } from './ledger-chain.ts';
import { sealedQueue } from './queues.ts';
import { SEAL } from './seal.ts';
import { queueKey } from './writer.ts';

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  /** Hash of the last good entry. */
  readonly head: string;
  /** The first thing found to be wrong. */
  readonly problem: string | null;
}

const PAGE = 2000;

/** Checks the pages of the file, the ledger's chain, and every row that is written once against its seal in the ledger. */
export async function verifyDatabase(connection: Connection): Promise<Verification> {
  let head: ChainHead = { seq: 0, hash: GENESIS };
  try {
    const damage = damageOf(connection);
    if (damage) return conclude(head, damage);
    const walked = await walkLedger(connection);
    head = walked.head;
    return conclude(
      head,
      walked.problem ?? (await brokenSeal(connection, walked.seals)) ?? (await unrecorded(connection)),
    );
  } catch (error) {
    // A flipped bit may show as a row that cannot be read at all.
    return conclude(head, `A row cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const conclude = (head: ChainHead, problem: string | null): Verification => ({
  ok: problem === null,
  entries: head.seq,
  head: head.hash,
  problem,
});

/** SQLite's own check of the file's pages, or null. It does not see every flipped bit: hence the chain. */
export function damageOf(
  { sqlite }: Connection,
  how: 'integrity_check' | 'quick_check' = 'integrity_check',
): string | null {
  const finding = String(sqlite.pragma(`${how}(1)`, { simple: true })).replace(/^\*\*\*.*\n/, '');
  return finding === 'ok' ? null : finding;
}

/** Follows the chain to its end or to the first entry that breaks it; collects the seals on the way. */
async function walkLedger({
  db,
}: Connection): Promise<{ head: ChainHead; problem: string | null; seals: Map<string, string> }> {
  let head: ChainHead = { seq: 0, hash: GENESIS };
  const seals = new Map<string, string>();
  for (;;) {
    const rows = await db
      .selectFrom('ledger')
      .selectAll()
      .where('seq', '>', head.seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return { head, problem: null, seals };
    for (const row of rows) {
      const entry = entryFromRow(row);
      const problem = chainProblem(head, entry);
      if (problem) return { head, problem, seals };
      if (entry.field === SEAL) seals.set(`${entry.entity} ${entry.entityId}`, JSON.stringify(entry.new));
      head = { seq: entry.seq, hash: entry.hash };
    }
    await pause();
  }
}

/** The first row that is not what its seal says, has no seal, or is gone; or null. */
async function brokenSeal({ db }: Connection, seals: Map<string, string>): Promise<string | null> {
  const check = (name: string, row: Parameters<typeof rowHash>[0]): string | null => {
    const sealed = seals.get(name);
    seals.delete(name);
    if (sealed === undefined) return `The ledger does not know ${name}. Maybe it was inserted.`;
    return sealed === JSON.stringify(rowHash(row))
      ? null
      : `${name} is not what the ledger recorded. Maybe it was altered.`;
  };

  for (const { number } of await db.selectFrom('version').select('number').orderBy('number').execute()) {
    const row = await db
      .selectFrom('version')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const problem = check(`version ${number}`, { ...row });
    if (problem) return problem;
    await pause();
  }
  for (const row of await db.selectFrom('queue').selectAll().execute()) {
    const problem = check(`queue ${queueKey(row)}`, { ...sealedQueue(row) });
    if (problem) return problem;
  }
  for (const row of await db.selectFrom('listReceipt').selectAll().execute()) {
    const problem = check(`listReceipt ${queueKey(row)}`, { ...row });
    if (problem) return problem;
  }
  for (let seq = 0; ;) {
    const rows = await db
      .selectFrom('event')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const problem = check(`event ${row.id}`, { ...row });
      if (problem) return problem;
      seq = row.seq;
    }
    if (rows.length === 0) break;
    await pause();
  }
  for (const row of await db.selectFrom('comment').selectAll().orderBy('seq').execute()) {
    const problem = check(`comment ${row.seq}`, { ...row });
    if (problem) return problem;
  }
  for (const row of await db.selectFrom('signature').selectAll().orderBy('seq').execute()) {
    const problem = check(`signature ${row.seq}`, { ...row });
    if (problem) return problem;
  }
  const [gone] = seals.keys();
  return gone === undefined ? null : `${gone} is missing. Maybe it was deleted.`;
}

/** Every command left an entry: where the newest ones have none, the end of the ledger was cut off. */
async function unrecorded({ db }: Connection): Promise<string | null> {
  const row = await db
    .selectFrom('command')
    .select(['key', 'action'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('ledger').select('seq').whereRef('ledger.correlation', '=', 'command.key'))),
    )
    .limit(1)
    .executeTakeFirst();
  return row
    ? `The command ${row.action} (${row.key}) has no ledger entry. Maybe the end of the ledger was cut off.`
    : null;
}

/** Lets the station do something else for a moment. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
