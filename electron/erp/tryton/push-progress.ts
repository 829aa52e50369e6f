import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { notKept, writeWhatDiffers } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';
import { note, noted } from './notes.ts';
import { awaitsLots, bookConsumed, compareConsumed, noteConsumed } from './push-consumed.ts';
import { trytonDate, trytonSpan } from './values.ts';
import { type Work, centreOf, workOf } from './work.ts';

type Told = Extract<Outbound, { kind: 'progress' }>;

/**
 * How far a work is. It has one cycle, which runs from the first start to the end, pauses too (a work whose cycles are all
 * done counts as finished), and takes as long as was worked. What came of it stands in a note; what the last work made
 * is what the production gives when all its works are finished.
 */
export async function pushProgress(
  client: TrytonClient,
  name: string,
  told: Told,
): Promise<readonly NotKept[]> {
  const found = await workOf(client, told.step);
  const { work, production } = found;
  if (told.state === 'waiting') return notBegun(work);
  const state = textIn(production, 'state') ?? '';
  if (['request', 'draft', 'cancelled'].includes(state))
    throw new ErpFailure(`Production ${production.id} is ${state} in Tryton.`, false);
  const centre = { work_center: centreOf(name, told.unit) };
  const moved = await writeWhatDiffers(client, 'production.work', work.id, centre);
  const lots = await noteConsumed(client, name, found, told);
  const awaits = await awaitsLots(client, name, found);
  const differences = [
    ...moved,
    ...lots,
    ...(await run(client, production, told, awaits)),
    ...(await cycle(client, work, told)),
  ];
  const { good, scrap, rework } = told;
  // A count that was put right to nothing takes the place of what stood there.
  if (good + scrap + rework > 0 || (await hasNote(client, production.id, work.id)))
    differences.push(
      ...(await note(client, production.id, `W${work.id}`, `good ${good}, scrap ${scrap}, rework ${rework}`)),
    );
  if (told.state === 'completed') differences.push(...(await finish(client, name, found, told, awaits)));
  return differences;
}

const hasNote = async (client: TrytonClient, production: number, work: number): Promise<boolean> =>
  client.has('ir.note') && (await noted(client, production, `W${work}`)) !== undefined;

/** A work that was set going stays so: Tryton leads no way back, and the planner sees both. */
function notBegun(work: Row): NotKept[] {
  const state = textIn(work, 'state') ?? '';
  return ['request', 'draft', 'waiting'].includes(state) ? [] : [notKept('work state', 'waiting', state)];
}

/**
 * Sets the production going, unless it waits for its lots: its inputs are assigned and leave the store. Where the store has too little nothing is forced;
 * a person books what is there, and the message is sent again.
 */
async function run(
  client: TrytonClient,
  production: Row,
  told: Told,
  awaits = false,
): Promise<readonly NotKept[]> {
  const model = 'production';
  const { id } = production;
  const state = async (): Promise<string> => {
    const [now] = await client.read(model, [['id', '=', id]], ['state']);
    return (now && textIn(now, 'state')) ?? '';
  };
  if ((await state()) === 'waiting') await client.press(model, 'assign_try', id);
  const [began] = told.stretches;
  if (began) {
    // Tryton's own would be the day of the button.
    const day = localDateOf(client.zone, began.start);
    const known = textIn(production, 'effective_start_date');
    if (known === undefined || day < known)
      await client.write(model, id, { effective_start_date: trytonDate(day) });
  }
  if (awaits)
    return (await state()) === 'waiting' ? [notKept('production state', 'assigned', 'waiting')] : [];
  if ((await state()) === 'assigned') await client.press(model, 'run', id);
  const now = await state();
  return ['running', 'done'].includes(now) ? [] : [notKept('production state', 'running', now)];
}

/** The cycle of a work with the time that was worked. */
async function cycle(client: TrytonClient, work: Row, told: Told): Promise<readonly NotKept[]> {
  const model = 'production.work.cycle';
  const own = await client.read(
    model,
    [
      ['work', '=', work.id],
      ['state', '!=', 'cancelled'],
    ],
    ['state'],
  );
  const id = own[0]?.id ?? (await client.create(model, { work: work.id }));
  if ((own[0] ? textIn(own[0], 'state') : 'draft') === 'draft') await client.press(model, 'run', id);
  const differences: NotKept[] = [];
  if (told.state === 'completed') {
    const worked = told.stretches.reduce((sum, { start, end }) => sum + (end ?? start) - start, 0);
    differences.push(...(await writeWhatDiffers(client, model, id, { duration: trytonSpan(worked) })));
    await client.press(model, 'do', id);
  }
  const expected = told.state === 'completed' ? ['finished', 'done'] : ['running'];
  const [now] = await client.read('production.work', [['id', '=', work.id]], ['state']);
  const state = (now && textIn(now, 'state')) ?? '';
  if (!expected.includes(state)) differences.push(notKept('work state', expected[0], state));
  if (own.length > 1) differences.push(notKept('cycles', 1, own.length));
  return differences;
}

/** Finishes the production when all of its works are: with what the last one made, good as it is. */
async function finish(
  client: TrytonClient,
  name: string,
  found: Work,
  told: Told,
  awaits: boolean,
): Promise<readonly NotKept[]> {
  const { production, works } = found;
  const { id } = production;
  const now = await client.read('production.work', [['production', '=', id]], ['state']);
  if (now.some((row) => !['finished', 'done'].includes(textIn(row, 'state') ?? ''))) return [];
  const taken = awaits ? await take(client, name, found, told) : [];
  const last = `W${works.at(-1)?.id}`;
  const known = last === told.step ? told.good : goodIn(await noted(client, id, last));
  const [row = production] = await client.read('production', [['id', '=', id]], ['state']);
  if (known === undefined && !client.has('ir.note') && row['state'] !== 'done')
    return [...taken, notKept('production state', 'done', row['state'])]; // nobody has kept what the last work made
  const good = known ?? 0;
  if (good === 0) return taken; // nothing came of it: whether it is cancelled or made again is a person's decision
  if (!['running', 'done'].includes(textIn(row, 'state') ?? '')) return taken; // it could not be set going, and has said so
  if (row['state'] === 'running') {
    await yieldOf(client, production, good);
    const day = localDateOf(client.zone, told.completed ?? 0);
    await client.write('production', id, { effective_date: trytonDate(day) });
    await client.press('production', 'done', id);
  }
  const state = await client.compare('production', id, { state: 'done' });
  const outputs = await outputsOf(client, production);
  const made = outputs.reduce((sum, move) => sum + numberIn(move, 'quantity'), 0);
  return [
    ...taken,
    ...state.map(({ sent, kept }) => notKept('production state', sent, kept)),
    ...(Math.abs(made - good) < 0.001 ? [] : [notKept('quantity', good, made)]),
  ];
}

/** Sets a production going that has waited for its lots: with those that its works took. */
async function take(
  client: TrytonClient,
  name: string,
  found: Work,
  told: Told,
): Promise<readonly NotKept[]> {
  await bookConsumed(client, name, found);
  const stopped = await run(client, found.production, told);
  return [...stopped, ...(await compareConsumed(client, name, found))];
}

const goodIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(/^good ([\d.]+)/.exec(text)?.[1] ?? 0);

/** What the production gives of its product, where that is one move in the same unit. */
async function yieldOf(client: TrytonClient, production: Row, good: number): Promise<void> {
  const [output, ...others] = await outputsOf(client, production);
  if (output && others.length === 0 && linkIn(output, 'uom') === linkIn(production, 'uom'))
    await writeWhatDiffers(client, 'stock.move', output.id, { quantity: good });
}

const outputsOf = (client: TrytonClient, production: Row): Promise<Row[]> =>
  client.read(
    'stock.move',
    [
      ['production_output', '=', production.id],
      ['product', '=', linkIn(production, 'product') ?? null],
      ['state', '!=', 'cancelled'],
    ],
    ['quantity', 'uom', 'state'],
  );
