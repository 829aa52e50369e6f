import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineList, lineView } from '#electron/app/line-view.ts';
import { worklistView } from '#electron/app/worklist-view.ts';
import { publishedPlan } from '#electron/app/workspace.ts';
import { must } from '#shared/base/must.ts';
import { canonicalJson } from '#shared/domain/ledger.ts';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import { whyLine } from '#shared/flow/why-words.ts';
import { WorklistAsk } from '#shared/contract/worklist.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { RENEWAL, fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { type SmallShop, instant, revisionOf, withVerbs } from '#test/support/small-shop.ts';
import { pagesOf } from '#test/support/pdf-words.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await fourDomainsAtSeven();
});
afterEach(() => shop.remove());

const clock = (time: string) => shop.setClock(instant(time) * 1000);
const list = (ask: object, only?: readonly string[]) =>
  worklistView(
    shop.station,
    WorklistAsk.parse(ask),
    null,
    only?.map((unit) => EquipmentId.parse(unit)),
  );
const tasks = (ask: object, only?: readonly string[]) => list(ask, only).items.map(({ task }) => task);
const hhmm = (at: number) => new Date(at * 1000).toISOString().slice(11, 16);

describe('a list is a view of what was dispatched', () => {
  test('of the warehouse: by when the schedule needs the pallet, with lot, quantity, from where and where to', () => {
    const { title, items } = list({ domain: 'inventory' });
    expect(title).toBe('Warehouse');
    expect(
      items.map(({ task, needed, to, takes }) => [
        task,
        hhmm(needed.at),
        needed.by?.what,
        to,
        takes.map(({ name, quantity, from }) => `${quantity} of ${name} from ${from}`).join(', '),
      ]),
    ).toEqual([
      ['A/stage', '07:30', 'A · Weigh', 'Booth 1', '100 of S1 from A12-3'],
      ['B/stage', '08:00', 'B · Weigh', 'Booth 1', '50 of S1 from A12-3, 50 of S2 from B04-1'],
    ]);
  });

  test('what is needed first comes first, whatever its unit planned: the order is that of what waits for it', async () => {
    await shop.put('A/press', 'P1', '11:00');
    await shop.put('B/press', 'P1', '09:05');
    await shop.publish();
    await shop.dispatch();
    expect(tasks({ domain: 'quality' })).toEqual(['B/test', 'A/test']);
    expect(lineView(shop.station, 'L1', null)?.items.map(({ task }) => task)).toEqual(['A/test', 'B/test']);
    done(await shop.report('sampleTaken', 'L1', 'A/test', { person: 'lea' }));
    expect(tasks({ domain: 'quality' })).toEqual(['B/test', 'A/test']);
  });

  test('of maintenance: a calibration is needed by the first task that would use its instrument beyond the old proof', async () => {
    expect(
      list({ domain: 'maintenance' }).items.map(({ task, needed, renews }) => [
        task,
        hhmm(needed.at),
        needed.by,
        renews,
      ]),
    ).toEqual([[RENEWAL, '12:00', null, { equipment: 'Balance 1', test: 'Calibration' }]]);
    await shop.put('B/press', 'P1', '15:00');
    await shop.put('B/test', 'L1', '14:00');
    await shop.put('B/weigh', 'B1', '11:45');
    await shop.publish();
    await shop.dispatch();
    expect(list({ domain: 'maintenance' }).items[0]?.needed).toMatchObject({
      at: instant('11:45'),
      by: { what: 'B · Weigh', unit: 'Booth 1' },
    });
  });

  test('of a person: the tasks whose crew they are in, over all units, by their turn; of a screen only its own units', () => {
    expect(tasks({ person: 'dora' })).toEqual(['A/stage', 'B/stage']);
    expect(tasks({ person: 'max' })).toEqual([RENEWAL]);
    expect(list({ person: 'max' }).title).toBe('Max');
    expect(tasks({ person: 'max' }, ['F1', 'B1'])).toEqual([]);
    expect(tasks({ domain: 'inventory' }, ['B1'])).toEqual([]);
    expect(tasks({ person: 'nobody' })).toEqual([]);
  });

  test('what is in hand comes first, what is completed is gone, and no revision is made by looking', async () => {
    const told = shop.told();
    done(await shop.report('started', 'F1', 'B/stage', { person: 'dora' }));
    expect(tasks({ domain: 'inventory' })).toEqual(['B/stage', 'A/stage']);
    done(await shop.report('completed', 'F1', 'B/stage'));
    expect(tasks({ domain: 'inventory' })).toEqual(['A/stage']);
    expect(shop.told()).toEqual(told);
  });

  test('the words of every card are made again from what is stored of it, byte for byte, also after a restart', async () => {
    shop = withVerbs(await shop.reopened());
    const queues = await shop.station.store.read.latestQueues();
    const stored = queues.flatMap(({ items }) => items.map(({ task, card, why }) => ({ task, card, why })));
    for (const { card, why } of stored) expect(whyLine(must(card, 'The card'))).toBe(why);
    // And the cards themselves from the version and what the record said when it was dispatched.
    const { workspace } = shop.station;
    const { schedule, number } = must(workspace.version, 'The version');
    const at = must(queues[0], 'A list').dispatched;
    const again = queuesFromSchedule({ ...publishedPlan(workspace), now: at }, schedule, number, at);
    const made = again.flatMap(({ items }) => items.map(({ task, card, why }) => ({ task, card, why })));
    const inOrder = (all: readonly { readonly task: string }[]) =>
      canonicalJson([...all].sort((a, b) => (a.task < b.task ? -1 : 1)));
    expect(stored.length).toBeGreaterThan(3);
    expect(inOrder(made)).toBe(inOrder(stored));
  });

  test('every card keeps the why that was dispatched with it, and the gates as they are now', () => {
    const [first] = list({ domain: 'inventory' }).items;
    expect(first?.why).toBe(lineView(shop.station, 'F1', null)?.items[0]?.why);
    expect(list({ domain: 'quality' }).items[0]?.gates.map(({ code }) => code)).toEqual([
      'PREDECESSOR_NOT_FINISHED',
    ]);
  });

  test('a screen is offered the lists of its units; a lab with several areas one for each', () => {
    const offered = (...units: readonly string[]) =>
      lineList(
        shop.station,
        units.length > 0 ? units.map((unit) => EquipmentId.parse(unit)) : undefined,
      ).lists.map(({ title, items }) => `${title} ${items}`);
    expect(offered()).toEqual(['Lab 2', 'Maintenance 1', 'Warehouse 2']);
    expect(offered('L1')).toEqual(['Lab 2']);
    expect(offered('P1')).toEqual([]);
    expect(tasks({ domain: 'quality', area: 'Laboratory' })).toHaveLength(2);
    expect(tasks({ domain: 'quality', area: 'Elsewhere' })).toEqual([]);
  });

  test('[U16] the desk prints it: by when it is needed, with unit, position and revision, lots, barcode and page', async () => {
    const print = async (list: object) =>
      shop.handlers['worklist.print']({ list: WorklistAsk.parse(list), paper: 'a4' }, planner());
    const printed = await print({ domain: 'inventory' });
    const [page] = printed.ok ? await pagesOf(Buffer.from(printed.pdf, 'base64')) : [];
    const words = page?.join('\n');
    for (const line of [
      'Warehouse',
      'Needed Mon 23 Nov 07:30 for A · Weigh on Booth 1',
      'Forklift 1, position 1 of r1 of v1, Mon 23 Nov 07:00 – Mon 23 Nov 07:20',
      '50 kg Sugar, lot S1 from A12-3 to Booth 1; 50 kg Sugar, lot S2 from B04-1 to Booth 1',
      'A/stage',
      'Page 1 of 1',
    ])
      expect(words).toContain(line);
    expect(await print({ person: 'nobody' })).toEqual({
      ok: false,
      text: 'Nothing that was dispatched waits for nobody.',
    });
    const names = await shop.handlers['worklist.list']({}, planner());
    expect(names.map(({ title, items }) => `${title} ${items}`)).toEqual([
      'Lab 2',
      'Maintenance 1',
      'Warehouse 2',
      'Ben 2',
      'Dora 2',
      'Lea 2',
      'Max 1',
      'Paul 2',
    ]);
  });

  test('the lab keeps what failed in sight until another test passes', async () => {
    for (const [unit, task, person] of [
      ['F1', 'A/stage', 'dora'],
      ['B1', 'A/weigh', 'ben'],
      ['L1', 'A/test', 'lea'],
    ] as const) {
      done(await shop.report('started', unit, task, { person }));
      if (unit !== 'L1') done(await shop.report('completed', unit, task));
    }
    done(
      await shop.report('tested', 'L1', 'A/test', {
        person: 'lea',
        result: { passed: false, value: '92.1 %' },
      }),
    );
    expect(list({ domain: 'quality' })).toMatchObject({
      items: [{ task: 'B/test' }],
      held: [{ task: 'A/test', unit: 'L1', what: 'A · Assay', found: { value: '92.1 %' } }],
    });
    expect(list({ domain: 'quality' }, ['F1']).held).toEqual([]);
    done(await shop.report('tested', 'L1', 'A/test', { person: 'lea', result: { passed: true } }));
    expect(list({ domain: 'quality' }).held).toEqual([]);
  });
});

describe('split off the rest at the line', () => {
  const split = (rest: number, task = 'A/stage', unit = 'F1', more: object = {}) =>
    shop.report('splitOff', unit, task, { rest, ...more });
  const quantityOf = (task: string) => shop.station.workspace.tasks.get(TaskId.parse(task))?.quantity;

  test('the line sees what is left to it, the desk gets the rest as a part with its message, and both stay so after a restart', async () => {
    done(await shop.report('started', 'F1', 'A/stage', { person: 'dora' }));
    done(await split(40));
    expect([quantityOf('A/stage'), quantityOf('A/stage#2')]).toEqual([60, 40]);
    expect(lineView(shop.station, 'F1', null)?.items[0]).toMatchObject({ task: 'A/stage', quantity: 60 });
    expect(shop.facts.findLast(({ kind }) => kind === 'notice')).toMatchObject({
      text: 'Forklift 1 gives back 40 kg of A · Stage sugar: A/stage#2 is to be planned.',
    });
    // B is fixed behind it and A is to be weighed at half past: the part waits for the planner, and with it what follows.
    const code = (task: string) =>
      shop.station.workspace.draft.get(TaskId.parse(task))?.unplaced?.code ?? 'placed';
    expect([code('A/stage#2'), code('A/weigh'), code('B/stage')]).toEqual([
      'UNIT_BUSY',
      'PREDECESSOR_NOT_FINISHED',
      'placed',
    ]);
    shop = withVerbs(await shop.reopened());
    expect(lineView(shop.station, 'F1', null)?.items[0]).toMatchObject({ quantity: 60 });
    done(await shop.report('completed', 'F1', 'A/stage', { good: 60 }));
  });

  test('what is dispatched next tells the line its own part: nothing is taken off twice', async () => {
    done(await split(40));
    await shop.publish();
    await shop.dispatch();
    const own = lineView(shop.station, 'F1', null)?.items.filter(({ order }) => order === 'A');
    expect(own?.map(({ task, quantity }) => `${task} ${quantity}`)).toEqual(
      expect.arrayContaining(['A/stage 60']),
    );
  });

  test('more than is left, nothing, another unit’s task, a calibration and what is done are refused and noted', async () => {
    const no = async (outcome: ReturnType<typeof split>) => {
      const { ok, ...rest } = await outcome;
      return ok ? 'taken' : (rest as { refusal: { code: string } }).refusal.code;
    };
    expect(await no(split(100))).toBe('BAD_QUANTITY');
    expect(await no(shop.report('splitOff', 'F1', 'A/stage'))).toBe('BAD_QUANTITY');
    expect(await no(split(10, 'A/stage', 'B1'))).toBe('WRONG_UNIT');
    expect(await no(split(0.5, RENEWAL, 'W1'))).toBe('BAD_QUANTITY');
    done(await shop.report('started', 'F1', 'A/stage', { person: 'dora' }));
    done(await shop.report('completed', 'F1', 'A/stage'));
    expect(await no(split(10))).toBe('TASK_DONE');
    expect(quantityOf('A/stage#2')).toBeUndefined();
    const [last] = (await shop.station.store.read.ledger({ limit: 1 })).entries;
    expect(last).toMatchObject({ entityId: 'A/stage', new: { refused: 'splitOff', code: 'TASK_DONE' } });
  });

  test('the same report twice splits once', async () => {
    const id = 'split-report-1';
    const [first, again] = [
      await split(40, 'A/stage', 'F1', { id }),
      await split(40, 'A/stage', 'F1', { id }),
    ];
    expect(again).toEqual(first);
    expect(quantityOf('A/stage')).toBe(60);
    expect(quantityOf('A/stage#3')).toBeUndefined();
  });

  test('while the desk tries a scenario the rest is in the draft as well', async () => {
    const { handlers, station } = shop;
    const { scenario } = done(
      await handlers['scenario.branch']({ name: 'Night', expected: revisionOf(shop) }, planner()),
    );
    expect(station.workspace.scenario).toBe(scenario);
    done(await split(40));
    expect(quantityOf('A/stage#2')).toBe(40);
    done(await handlers['scenario.open']({ scenario: DRAFT, expected: revisionOf(shop) }, planner()));
    expect([quantityOf('A/stage'), quantityOf('A/stage#2')]).toEqual([60, 40]);
    clock('07:05');
    expect(lineView(shop.station, 'F1', null)?.items[0]).toMatchObject({ quantity: 60 });
  });
});
