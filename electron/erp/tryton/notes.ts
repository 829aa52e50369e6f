import type { NotKept } from '#shared/domain/outbound.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Row, textIn } from '#electron/erp/rows.ts';
import { notKept } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';

/**
 * What Tryton has no field for stands in a note on the production, one for each fact: its text begins with a mark, by which
 * it is found again.
 */
const OWN_MARK = 'Shiftwright';

/** What stands on a production under a mark. */
export async function noted(client: TrytonClient, order: number, mark: string): Promise<string | undefined> {
  const [note] = await notesOf(client, [order], mark);
  return note && textOf(note, mark);
}

/** What stands on a production under the marks that begin like that. */
export async function notedUnder(client: TrytonClient, order: number, begin: string): Promise<string[]> {
  const notes = await client.read(
    'ir.note',
    [
      ['message', 'like', `${OWN_MARK} ${begin}%`],
      ['resource', '=', `production,${order}`],
    ],
    ['message'],
  );
  return notes.map((row) => (textIn(row, 'message') ?? '').replace(/^[^:]*: /, '').trim());
}

/** Keeps a text on a production under a mark, in place of what stood there; says so where notes are not to be had. */
export async function note(
  client: TrytonClient,
  order: number,
  mark: string,
  text: string,
): Promise<readonly NotKept[]> {
  const lost = [notKept('note', text, undefined)];
  if (!client.has('ir.note')) return lost;
  const [known] = await notesOf(client, [order], mark);
  const message = `${OWN_MARK} ${mark}: ${text}`;
  if (known?.['message'] === message) return [];
  try {
    if (known) await client.write('ir.note', known.id, { message });
    else await client.create('ir.note', { resource: `production,${order}`, message });
    return [];
  } catch (cause) {
    // Whoever may read notes may not always write them; the rest of the message counts all the same.
    if (cause instanceof ErpFailure && !cause.again) return lost;
    throw cause;
  }
}

const DUE = 'due';

/** Keeps the date that a production was wanted for, if any, before the plan's comes in its place; false where it cannot be kept. */
export async function rememberDue(client: TrytonClient, production: Row, planned: string): Promise<boolean> {
  const wanted = textIn(production, 'planned_date');
  if (wanted === planned || (await noted(client, production.id, DUE)) !== undefined) return true;
  return (await note(client, production.id, DUE, wanted ?? 'no date')).length === 0;
}

/** The dates that productions were wanted for (undefined: for none) of those whose planned date is the plan's by now. */
export async function duesOf(
  client: TrytonClient,
  orders: readonly number[],
): Promise<ReadonlyMap<number, string | undefined>> {
  return new Map(
    (await notesOf(client, orders, DUE)).map((row) => [
      Number((textIn(row, 'resource') ?? '').split(',')[1]),
      /^\d{4}-\d\d-\d\d/.exec(textOf(row, DUE))?.[0],
    ]),
  );
}

const notesOf = (client: TrytonClient, orders: readonly number[], mark: string): Promise<Row[]> =>
  orders.length === 0
    ? Promise.resolve([])
    : client.read(
        'ir.note',
        [
          ['message', 'like', `${OWN_MARK} ${mark}: %`],
          ['resource', 'in', orders.map((id) => `production,${id}`)],
        ],
        ['resource', 'message'],
      );

const textOf = (row: Row, mark: string): string =>
  (textIn(row, 'message') ?? '').slice(`${OWN_MARK} ${mark}: `.length).trim();
