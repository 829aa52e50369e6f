import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { APP } from '#shared/base/app.ts';
import type { Attribution, LedgerEntry } from '#shared/domain/ledger.ts';
import { chunks } from './chunks.ts';
import type { Command } from './command.ts';
import { type ChainHead, GENESIS, entryHash } from './ledger-chain.ts';
import type { LedgerRow, Schema } from './schema.ts';
import { SEAL } from './seal.ts';

type Json = z.core.util.JSONType;

/** What a command says about one change; who, when and why it was run are filled in. */
export type LedgerNote = Pick<LedgerEntry, 'entity' | 'entityId' | 'field' | 'old' | 'new' | 'reason'>;

export interface LedgerAsk {
  /** Only entries before this number: the next page of a list that runs backwards. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Found in user, action, entity, id, field, reason or values; any case. */
  readonly text?: string | undefined;
  readonly user?: string | undefined;
  readonly action?: string | undefined;
  /** Only of the command with this key. */
  readonly command?: string | undefined;
  /** Kind and id of one record, with a space between. */
  readonly record?: string | undefined;
  /** From `from` on and before `to`, ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only entries up to this one. */
  readonly until?: number | undefined;
  /** Only what somebody did to a record: not that they logged in, failed to, or reviewed. */
  readonly doneBy?: string | undefined;
  /** False leaves out the fingerprints of rows that are written once. */
  readonly seals?: boolean | undefined;
}

export interface LedgerPage {
  /** Newest first. */
  readonly entries: LedgerEntry[];
  /** How many there are in all that contain the text. */
  readonly total: number;
}

export async function readLedger(db: Kysely<Schema>, ask: LedgerAsk): Promise<LedgerPage> {
  const { before, limit, text } = ask;
  let found = filtered(db.selectFrom('ledger'), ask);
  if (text) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    found = found.where(({ or }) =>
      or(SEARCHED.map((column) => sql<boolean>`${sql.ref(column)} like ${pattern} escape ${'\\'}`)),
    );
  }
  const { total } = await found
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const page = before === undefined ? found : found.where('seq', '<', before);
  const rows = await page.selectAll().orderBy('seq', 'desc').limit(limit).execute();
  return { entries: rows.map(entryFromRow), total };
}

function filtered(
  query: SelectQueryBuilder<Schema, 'ledger', object>,
  { user, action, command, record, from, to, until, doneBy, seals }: LedgerAsk,
): SelectQueryBuilder<Schema, 'ledger', object> {
  let found = query;
  if (user) found = found.where('userId', '=', user);
  if (action) found = found.where('action', '=', action);
  if (command) found = found.where('correlation', '=', command);
  if (record) {
    const cut = record.indexOf(' ');
    found = found.where('entity', '=', record.slice(0, cut)).where('entityId', '=', record.slice(cut + 1));
  }
  // Times of the ledger are all written in one form, so that they compare as texts.
  if (from) found = found.where('ts', '>=', new Date(from).toISOString());
  if (to) found = found.where('ts', '<', new Date(to).toISOString());
  if (until !== undefined) found = found.where('seq', '<=', until);
  if (doneBy !== undefined)
    found = found
      .where('userId', '=', doneBy)
      .where('entity', 'not in', ['session', 'call', 'ledgerReview', 'accessReview', 'signature', 'ledger'])
      .where('action', '!=', 'session.refused');
  if (seals === false)
    found = found.where(({ or, eb }) => or([eb('field', 'is', null), eb('field', '!=', SEAL)]));
  return found;
}

const SEARCHED = ['userId', 'action', 'entity', 'entityId', 'field', 'reason', 'old', 'new'] as const;

export async function ledgerHead(db: Kysely<Schema>): Promise<ChainHead> {
  const row = await db
    .selectFrom('ledger')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { seq: 0, hash: GENESIS };
}

/** What an entry does not say is left out: its hash does not cover it. */
export const entryFromRow = ({ userName, role, workstation, ...row }: LedgerRow): LedgerEntry => ({
  ...row,
  ...said({ userName, role, workstation }),
  old: JSON.parse(row.old) as Json,
  new: JSON.parse(row.new) as Json,
});

const said = (by: Partial<Record<keyof Attribution, string | null | undefined>>): Attribution =>
  Object.fromEntries(Object.entries(by).filter(([, value]) => typeof value === 'string'));

/** Links a command's notes to the chain; they are written together by `flush`, in the command's own transaction. */
export class LedgerAppender {
  readonly #db: Kysely<Schema>;
  readonly #command: Command;
  #head: ChainHead;
  #pending: LedgerRow[] = [];

  constructor(db: Kysely<Schema>, command: Command, head: ChainHead) {
    this.#db = db;
    this.#command = command;
    this.#head = head;
  }

  append(note: LedgerNote): void {
    const { key, user, action, origin, at, by = {} } = this.#command;
    // The hash covers what SQLite will give back: JSON without `undefined`, text without lone surrogates.
    const [before, after] = [JSON.stringify(note.old), JSON.stringify(note.new)];
    const body = {
      seq: this.#head.seq + 1,
      ts: new Date(at).toISOString(),
      userId: user.toWellFormed(),
      action: action.toWellFormed(),
      entity: note.entity.toWellFormed(),
      entityId: note.entityId.toWellFormed(),
      field: note.field?.toWellFormed() ?? null,
      reason: note.reason?.toWellFormed() ?? null,
      origin,
      correlation: key.toWellFormed(),
      app: APP,
      ...said({
        userName: by.userName?.toWellFormed(),
        role: by.role,
        workstation: by.workstation?.toWellFormed(),
      }),
    };
    const previous = this.#head.hash;
    const hash = entryHash(previous, {
      ...body,
      old: JSON.parse(before) as Json,
      new: JSON.parse(after) as Json,
    });
    const { userName = null, role = null, workstation = null } = body;
    this.#pending.push({ ...body, userName, role, workstation, old: before, new: after, previous, hash });
    this.#head = { seq: body.seq, hash };
  }

  async flush(): Promise<void> {
    const rows = this.#pending;
    this.#pending = [];
    for (const chunk of chunks(rows)) await this.#db.insertInto('ledger').values(chunk).execute();
  }
}
