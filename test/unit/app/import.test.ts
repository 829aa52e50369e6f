import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TaskId } from '#shared/domain/task.ts';
import {
  SMALL_PLANT,
  type SmallShop,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
} from '#test/support/small-shop.ts';
import { workbook } from '#test/support/workbook.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
});
afterEach(() => shop.remove());

const placed = () => [...shop.station.workspace.assignments.keys()].sort();

describe('a message has one effect', () => {
  test('also when it comes twice at the same time', async () => {
    const files = { 'orders.csv': ordersCsv('C') };
    const [first, second] = await Promise.all([shop.take(files), shop.take(files)]);
    expect(done(first).changes).toMatchObject([{ kind: 'orders', added: 1 }]);
    expect(done(second).changes).toMatchObject([{ kind: 'orders', added: 0, changed: 0, unchanged: 1 }]);
    expect(shop.station.workspace.plant.orders).toHaveLength(3);
  });

  test('a message with an id is never applied again, whatever came after it', async () => {
    const message = (disposition: string, id: string) => ({
      'lots.xml': `<SyncMaterialInformation xmlns="http://www.mesa.org/xml/B2MML"><ApplicationArea><CreationDateTime>2026-11-23T06:00:00Z</CreationDateTime><BODID>${id}</BODID></ApplicationArea><DataArea><Sync/><MaterialLot><ID>L1</ID><MaterialDefinitionID>sugar</MaterialDefinitionID><Disposition>${disposition}</Disposition><Quantity><QuantityString>5</QuantityString><UnitOfMeasure>kg</UnitOfMeasure></Quantity></MaterialLot></DataArea></SyncMaterialInformation>`,
    });
    done(await shop.take({ 'materials.csv': 'id,uom\nsugar,kg\n' }));
    expect(done(await shop.take(message('UnRestricted', 'bod-1'))).refusals).toEqual([]);
    done(await shop.take(message('Restricted', 'bod-2')));
    expect(done(await shop.take(message('UnRestricted', 'bod-1')))).toMatchObject({
      changes: [],
      warnings: [{ file: 'lots.xml', reason: expect.stringContaining('came before') }],
    });
    expect(shop.station.workspace.plant.lots).toMatchObject([{ id: 'L1', disposition: 'Restricted' }]);
  });

  test('a file without an id may say again how things are after they were different', async () => {
    done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B') }));
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B') }));
    expect(shop.station.workspace.plant.orders.map((order) => order.state)).toEqual(['Released', 'Released']);
  });

  test('also when its command is repeated after a restart', async () => {
    const caller = planner();
    const ask = { files: [{ name: 'orders.csv', text: ordersCsv('C') }], dryRun: false };
    const first = await shop.handlers['import.files'](ask, caller);
    shop = await shop.reopened();
    expect(await shop.handlers['import.files'](ask, caller)).toEqual(first);
    expect(shop.station.workspace.plant.orders).toHaveLength(3);
  });

  test('one that was refused in part may come again when what it needed is there', async () => {
    const lots = { 'lots.csv': 'id,material,quantity,disposition\nL1,sugar,5,UnRestricted\n' };
    expect(done(await shop.take(lots)).refusals).toHaveLength(1);
    done(await shop.take({ 'materials.csv': 'id,uom\nsugar,kg\n' }));
    expect(done(await shop.take(lots))).toMatchObject({
      refusals: [],
      changes: [{ kind: 'lots', added: 1 }],
    });
  });

  test('one that changes nothing is no new revision: nobody is refused as stale because of it', async () => {
    const before = revisionOf(shop);
    done(await shop.take(SMALL_PLANT));
    expect(revisionOf(shop)).toBe(before);
    expect(shop.facts.at(-1)?.kind).toBe('plant.imported');
  });
});

describe('orders that change under placed tasks', () => {
  beforeEach(async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('B/mix', 'M2', '07:00');
  });

  test('tasks that vanish leave the draft with their pins, and undo does not bring them back', async () => {
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B Cancelled') }));
    expect(placed()).toEqual(['A/mix']);
    expect(shop.station.workspace.plan.pins.map((pin) => pin.task)).toEqual(['A/mix']);
    expect(shop.station.workspace.undo).toBeNull();
    const undone = await shop.handlers['draft.undo']({ expected: revisionOf(shop) }, planner());
    expect(undone).toMatchObject({ ok: false, refusal: { code: 'NOTHING_TO_STEP' } });
  });

  test('a task whose time changed keeps its place until the planner decides; it cannot be published as it stands', async () => {
    const steps = SMALL_PLANT['steps.csv']?.replaceAll(',60,', ',90,') ?? '';
    done(await shop.take({ 'steps.csv': steps }));
    expect(placed()).toEqual(['A/mix', 'B/mix']);
    expect(
      await shop.handlers['version.publish']({ note: '', expected: revisionOf(shop) }, planner()),
    ).toMatchObject({ ok: false, refusal: { code: 'WRONG_DURATION' } });
  });

  test('a task that has started is kept as it runs, and comes back with its order', async () => {
    await shop.publish();
    await shop.dispatch();
    shop.clock('07:00');
    done(await shop.report('started', 'M1', 'A/mix'));
    done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B') }));
    expect(placed()).toEqual(['B/mix']);
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B') }));
    expect(shop.station.workspace.assignments.get(TaskId.parse('A/mix'))).toMatchObject({
      unit: 'M1',
      start: instant('07:00'),
    });
  });

  test('what an import leaves is what a restart reads', async () => {
    done(
      await shop.take({
        'orders.csv': ordersCsv('A', 'B Cancelled', 'C'),
        'execution.csv': 'unit,task,started,finished\nM1,A/mix,2026-11-23T05:00:00Z,2026-11-23T05:50:00Z\n',
      }),
    );
    const { plan, draft, progress, units, assignments } = shop.station.workspace;
    expect(progress.get(TaskId.parse('A/mix'))?.state.kind).toBe('completed');
    shop = await shop.reopened();
    const after = shop.station.workspace;
    expect(after).toMatchObject({ draft, progress, units, assignments });
    expect(after.plan.tasks).toEqual(plan.tasks);
  });
});

describe('files that come as bytes', () => {
  const sent = (files: Readonly<Record<string, Uint8Array | string>>, dryRun = false) =>
    shop.handlers['import.files'](
      {
        files: Object.entries(files).map(([name, bytes]) => ({
          name,
          base64: Buffer.from(bytes).toString('base64'),
        })),
        dryRun,
      },
      planner(),
    );

  test('are decoded by the station: a workbook with its sheets, and text in an old encoding with a warning', async () => {
    const book = workbook({
      orders: [
        ['id', 'quantity', 'routing', 'due'],
        ['C', 10, 'R', '2026-11-24'],
      ],
      materials: [
        ['id', 'uom'],
        ['sugar', 'kg'],
        ['salt', 'bushel'],
      ],
    });
    const files = { 'plan.xlsx': book, 'materials.csv': Buffer.from('id,uom\nMüsli,kg\n', 'latin1') };
    const report = done(await sent(files));
    expect(report.changes).toMatchObject([
      { kind: 'materials', added: 2 },
      { kind: 'orders', added: 1 },
    ]);
    expect(report.refusals).toMatchObject([{ file: 'plan.xlsx [materials]', line: 3, value: 'bushel' }]);
    expect(report.warnings).toMatchObject([
      { file: 'materials.csv', reason: expect.stringContaining('1252') },
    ]);
    expect(shop.station.workspace.plant.materials.map(({ id }) => id as string)).toContain('Müsli');
  });

  test('that cannot be read are refused with their reason, and the others go in', async () => {
    const files = { 'old.xls': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), 'orders.csv': ordersCsv('C') };
    const report = done(await sent(files));
    expect(report.refusals).toMatchObject([
      { file: 'old.xls', line: 0, reason: expect.stringContaining('XLS') },
    ]);
    expect(report.changes).toMatchObject([{ kind: 'orders', added: 1 }]);
  });

  test('bring a mapping like any others', async () => {
    const mapping = {
      name: 'ours',
      files: [
        {
          file: 'AUFK.xlsx',
          rows: [{ kind: 'orders', fields: { id: 'NR', quantity: 'MENGE', routing: 'PLAN', due: 'ENDE' } }],
        },
      ],
    };
    const book = workbook({
      Tabelle1: [
        ['NR', 'MENGE', 'PLAN', 'ENDE'],
        ['C', 10, 'R', '2026-11-24'],
      ],
    });
    const report = done(await sent({ 'AUFK.xlsx': book, 'ours.json': JSON.stringify(mapping) }, true));
    expect(report).toMatchObject({ refusals: [], changes: [{ kind: 'orders', added: 1 }] });
  });
});
