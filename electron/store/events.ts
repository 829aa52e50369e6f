import { type Kysely, sql } from 'kysely';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import type { EventRow, Schema } from './schema.ts';

/** In the order they were recorded: by number, never by clock. */
export async function readEvents(db: Kysely<Schema>, afterSeq = 0): Promise<ExecutionEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select('body')
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return JSON.parse(`[${rows.map((row) => row.body).join(',')}]`) as ExecutionEvent[];
}

/** What was ever reported of a task, in the order it was recorded. */
export async function readEventsOf(db: Kysely<Schema>, task: string): Promise<ExecutionEvent[]> {
  const rows = await db.selectFrom('event').select('body').where('task', '=', task).orderBy('seq').execute();
  return rows.map((row) => JSON.parse(row.body) as ExecutionEvent);
}

/** The event that was recorded under this id, if any: a report that is sent again gets the first answer. */
export async function readEvent(db: Kysely<Schema>, id: string): Promise<ExecutionEvent | null> {
  const row = await db.selectFrom('event').select('body').where('id', '=', id).executeTakeFirst();
  return row ? (JSON.parse(row.body) as ExecutionEvent) : null;
}

/** By which event the report was taken back, if it was. */
export async function readWithdrawal(db: Kysely<Schema>, report: string): Promise<ExecutionEvent | null> {
  const row = await db
    .selectFrom('event')
    .select('body')
    .where('kind', '=', 'withdrawn')
    .where(sql`json_extract(body, '$.withdraws')`, '=', report)
    .executeTakeFirst();
  return row ? (JSON.parse(row.body) as ExecutionEvent) : null;
}

/** Gives the event its number; the event, and the row as it was written. */
export async function addEvent(
  db: Kysely<Schema>,
  event: Omit<ExecutionEvent, 'seq'>,
): Promise<{ event: ExecutionEvent; row: EventRow }> {
  const last = await db
    .selectFrom('event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  const numbered: ExecutionEvent = { ...event, seq: (last?.seq ?? 0) + 1 };
  const { seq, id, at, recorded, unit, task = null, kind, state, origin } = numbered;
  const row: EventRow = {
    seq,
    id,
    at,
    recorded,
    unit,
    task,
    kind,
    state,
    origin,
    body: JSON.stringify(numbered),
  };
  await db.insertInto('event').values(row).execute();
  return { event: numbered, row };
}
