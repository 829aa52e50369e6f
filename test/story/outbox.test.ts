import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Station } from '#electron/app/station.ts';
import { Feed } from '#shared/domain/feed.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { type Fault, type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { done, planner, temporaryStation } from '#test/support/temporary-station.ts';

const CHILD = fileURLToPath(new URL('outbox-child.ts', import.meta.url));
const ORDERS = 100;
const KILLS = 6;
/** Every life of a station is a new process, on a machine that may be busy. */
const PATIENCE_MS = 300_000;
/** Each of them happens to one call in a hundred and fifty, and a message takes about ten. */
const FAULTS: readonly Fault[] = ['unavailable', 'gone', 'lost', 'lost', 'garbage', 'slow'];

const at = (hours: number): number => Date.parse('2026-11-20T08:00:00Z') / 1000 + hours * 3600;

/** Planned, started and completed for two operations of an order, the second after the first. */
const messagesOf = (order: number): Outbound[] =>
  [0, 1].flatMap((operation) => {
    const told = { order: `odoo:MO${order}`, step: `WO${order * 10 + operation}`, unit: 'odoo:WC2' };
    const [start, end] = [at(operation), at(operation) + 1800];
    const counts = { good: 0, scrap: 0, rework: 0 };
    return [
      { ...told, kind: 'planned', start, end: at(operation + 1), work: 3600, version: 1 },
      { ...told, kind: 'progress', state: 'running', stretches: [{ start }], ...counts },
      {
        ...told,
        kind: 'progress',
        state: 'completed',
        stretches: [{ start, end }],
        ...counts,
        good: 10,
        completed: end,
      },
    ].map((message) => Outbound.parse(message));
  });

const poison: Outbound = Outbound.parse({
  kind: 'planned',
  order: 'odoo:MO1',
  step: 'WO999999',
  unit: 'odoo:WC2',
  start: at(0),
  end: at(1),
  work: 3600,
  version: 1,
});

const fill = (station: Station, messages: readonly Outbound[]) =>
  station.command(planner(), 'test.fill', async (write) => {
    await write.saveFeed(
      Feed.parse({
        name: 'odoo',
        kind: 'odoo',
        address: 'http://127.0.0.1:1',
        database: 'plant',
        user: 'admin',
      }),
      true,
    );
    await write.addOutbound('odoo', messages);
    await write.log({
      entity: 'outbox',
      entityId: 'test',
      field: null,
      old: null,
      new: messages.length,
      reason: null,
    });
    return { detail: null };
  });

/** Sends until nothing waits; with a time, kills the station then. Says whether it came to its end. */
async function send(data: string, odoo: OdooStandIn, killAfter: number | null): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, data, odoo.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
  if (killAfter !== null) {
    while (!said.includes('sending') && child.exitCode === null) await sleep(5);
    await Promise.race([sleep(killAfter), gone]);
    child.kill('SIGKILL');
  }
  await gone;
  return said.includes('done');
}

test(
  '[R6] six hundred messages under kills, 503s, drops after the effect, slow answers and garbage take effect once',
  async () => {
    const odoo = await standInOdoo();
    onTestFinished(() => odoo.close());
    for (let order = 1; order <= ORDERS; order += 1) putOrder(odoo, order, 2);
    const plant = await temporaryStation('2026-11-20T12:00:00Z');
    onTestFinished(() => plant.remove());
    const messages = Array.from({ length: ORDERS }, (_, index) => messagesOf(index + 1)).flat();
    done(await fill(plant.station, [poison, ...messages]));
    await plant.close();

    const fate = new Map(FAULTS.map((fault) => [fault, 0]));
    odoo.hostile = () => {
      const fault = FAULTS[Math.floor(Math.random() * FAULTS.length * 150)];
      if (fault) fate.set(fault, (fate.get(fault) ?? 0) + 1);
      return fault ?? 'none';
    };
    let kills = 0;
    while (!(await send(plant.data, odoo, kills < KILLS ? 100 + Math.random() * 400 : null))) kills += 1;
    expect([...fate.values()].every((times) => times > 0)).toBe(true);

    const { station, close } = await plant.reopened();
    onTestFinished(close);
    const page = await station.store.read.outbox('odoo', 1000);
    expect(page).toMatchObject({ waiting: 0, notKept: 0, refused: 1 });
    expect(page.entries.at(-1)?.settlement).toEqual({
      kind: 'refused',
      reason: 'Odoo has no work order WO999999 any more.',
    });
    const settled = page.entries
      .filter(({ lane }) => lane === 'order odoo:MO7')
      .map(({ settled: when }) => when ?? 0);
    expect(settled).toEqual(settled.toSorted((a, b) => b - a)); // the newest first, in their order

    const rows = (model: string) => [...(odoo.tables.get(model)?.rows.values() ?? [])];
    const times = rows('mrp.workcenter.productivity');
    expect(times).toHaveLength(2 * ORDERS);
    expect(new Set(times.map((row) => row['description'])).size).toBe(2 * ORDERS);
    expect(times.every((row) => row['date_end'] !== false)).toBe(true);
    for (const row of rows('mrp.workorder')) {
      expect(row).toMatchObject({ state: 'done', qty_produced: 10, workcenter_id: 2 });
      expect(odoo.effects.get(`mrp.workorder.button_finish ${row.id}`)).toBe(1);
    }
    for (const row of rows('mrp.production')) {
      expect(row).toMatchObject({ state: 'done', qty_produced: 10, date_finished: '2026-11-20 09:30:00' });
      expect(odoo.effects.get(`mrp.production.button_mark_done ${row.id}`)).toBe(1);
    }
  },
  PATIENCE_MS,
);
