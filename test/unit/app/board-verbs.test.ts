import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryDrop } from '#electron/app/try-drop.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import type { DropMode } from '#shared/domain/verdict.ts';
import { type SmallShop, instant, revisionOf, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B', 'C');
});
afterEach(() => shop.remove());

const task = (id: string) => TaskId.parse(id);
const unit = (id: string) => EquipmentId.parse(id);
const expected = () => revisionOf(shop);
const clock = (at: number) => new Date(at * 1000).toISOString().slice(11, 16);

/** Where everything stands, as `A/mix M1 07:00`. */
const told = () =>
  [...shop.station.workspace.assignments.values()]
    .map((one) => `${one.task} ${one.unit} ${clock(one.start)}`)
    .sort();
const pinOf = (id: string) => shop.station.workspace.draft.get(task(id))?.pin;
const drop = (id: string, on: string, time: string, more: { others?: TaskId[]; mode?: DropMode } = {}) =>
  shop.handlers['draft.move'](
    { task: task(id), unit: unit(on), start: instant(time), ...more, expected: expected() },
    planner(),
  );
const undo = async () => done(await shop.handlers['draft.undo']({ expected: expected() }, planner()));

describe('[U4] drop modes', () => {
  test('exactly here is refused where another would have to move; the first slot is the one behind it', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    expect(await drop('B/mix', 'M1', '07:30', { mode: 'exact' })).toMatchObject({
      ok: false,
      refusal: { code: 'UNIT_BUSY', object: 'A/mix' },
      nearest: { unit: 'M1', start: instant('08:00') },
    });
    done(await drop('B/mix', 'M1', '07:30', { mode: 'first' }));
    expect(told()).toEqual(['A/mix M1 07:00', 'B/mix M1 08:00']);
    expect(pinOf('B/mix')).toEqual({ task: 'B/mix', start: instant('08:00'), unit: 'M1' });
  });
});

describe('several at once', () => {
  beforeEach(async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('A/pack', 'P1', '08:00');
    await shop.put('B/mix', 'M1', '08:00');
  });

  test('a whole order keeps its distances: one command, one step of undo, one entry for each task', async () => {
    const before = told();
    const { total } = await shop.station.store.read.ledger({ limit: 1 });
    done(await drop('A/mix', 'M2', '09:00', { others: [task('A/pack')] }));
    expect(told()).toEqual(['A/mix M2 09:00', 'A/pack P1 10:00', 'B/mix M1 08:00']);
    expect((await shop.station.store.read.ledger({ limit: 1 })).total).toBe(total + 2);
    expect(shop.station.workspace.undo).toBe('Move 2 tasks with A · mix to Mixer 2, Mon 23 Nov 09:00');
    await undo();
    expect(told()).toEqual(before);
  });
});

describe('off the board', () => {
  test('a task goes to the tray with what follows it, each with its reason, and comes back by undo or by hand', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('A/pack', 'P1', '08:00');
    done(await shop.handlers['draft.unplace']({ tasks: [task('A/mix')], expected: expected() }, planner()));
    expect(told()).toEqual([]);
    const reasons = shop.station.workspace.schedule.unplaced.filter(({ task: id }) => id.startsWith('A/'));
    expect(reasons.map(({ task: id, code, text }) => [id, code, text])).toEqual([
      ['A/mix', 'NOT_SCHEDULED', 'Taken off the board by the planner.'],
      ['A/pack', 'PREDECESSOR_NOT_FINISHED', 'A · mix, which comes before it, has no place.'],
    ]);
    shop = withVerbs(await shop.reopened());
    expect(shop.station.workspace.schedule.unplaced).toEqual(expect.arrayContaining(reasons));
    await undo();
    expect(told()).toEqual(['A/mix M1 07:00', 'A/pack P1 08:00']);
  });

  test('what has started stays', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.publish();
    await shop.dispatch();
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix'));
    const asked = await shop.handlers['draft.unplace'](
      { tasks: [task('A/mix')], expected: expected() },
      planner(),
    );
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'TASK_STARTED', object: 'A/mix' } });
  });
});

describe('directly behind another', () => {
  const behind = (id: string, after: string) =>
    shop.handlers['draft.keepAfter']({ task: task(id), after: task(after), expected: expected() }, planner());

  test('a task is put behind another and stays behind it in what the solver finds', async () => {
    await shop.put('A/mix', 'M1', '09:00');
    done(await behind('B/mix', 'A/mix'));
    expect(told()).toEqual(['A/mix M1 09:00', 'B/mix M1 10:00']);
    expect(pinOf('B/mix')).toEqual({ task: 'B/mix', after: 'A/mix' });
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, planner()));
    await ended;
    const found = shop.station.proposal?.schedule.assignments ?? [];
    const [a, b] = ['A/mix', 'B/mix'].map((id) => found.find((one) => one.task === id));
    expect(b?.unit).toBe(a?.unit);
    expect(b?.start).toBeGreaterThanOrEqual(a?.end ?? Infinity);
  });

  test('what is kept behind a task goes where the task goes, also to another unit, and stays behind it', async () => {
    await shop.put('A/mix', 'M1', '09:00');
    done(await behind('B/mix', 'A/mix'));
    const to = { task: task('A/mix'), unit: unit('M2'), start: instant('12:00') };
    expect(tryDrop(shop.station, to)).toMatchObject({ ok: true, moves: 0 });
    await shop.put('A/mix', 'M2', '12:00');
    expect(told()).toEqual(['A/mix M2 12:00', 'B/mix M2 13:00']);
    expect(pinOf('B/mix')).toEqual({ task: 'B/mix', after: 'A/mix' });
    expect(await behind('A/mix', 'B/mix')).toMatchObject({ ok: false, refusal: { code: 'PINNED' } });
  });

  test('nothing follows what has no place, nor itself', async () => {
    expect(await behind('B/mix', 'A/mix')).toMatchObject({ ok: false, refusal: { code: 'NOT_SCHEDULED' } });
    await shop.put('A/mix', 'M1', '09:00');
    expect(await behind('A/mix', 'A/mix')).toMatchObject({ ok: false, refusal: { code: 'NOT_SCHEDULED' } });
  });
});

test('[U1] a lens says of every row what the drop there would come to', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  const units = ['M1', 'M2', 'P1'].map(unit);
  const ask = { task: task('B/mix'), units, start: instant('07:30'), mode: 'exact' as const };
  const rows = await shop.handlers['draft.lens'](ask, planner());
  expect(rows.map(({ unit: id, refusal }) => `${id} ${refusal ?? 'free'}`)).toEqual([
    'M1 UNIT_BUSY',
    'M2 free',
    'P1 WRONG_UNIT',
  ]);
});

test('[U5] undo after do is identity, whatever was done', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:00');
  await shop.put('B/mix', 'M1', '08:00');
  const id = fc.constantFrom('A/mix', 'A/pack', 'B/mix', 'C/mix').map(task);
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('move' as const),
      task: id,
      unit: fc.constantFrom('M1', 'M2', 'P1').map(unit),
      minutes: fc.nat(600),
      mode: fc.constantFrom<DropMode>('exact', 'push', 'first'),
      others: fc.uniqueArray(id, { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('unplace' as const),
      tasks: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('after' as const), task: id, after: id }),
  );
  const act = (one: typeof step extends fc.Arbitrary<infer Step> ? Step : never) => {
    if (one.kind === 'unplace')
      return shop.handlers['draft.unplace']({ tasks: one.tasks, expected: expected() }, planner());
    if (one.kind === 'after')
      return shop.handlers['draft.keepAfter'](
        { task: one.task, after: one.after, expected: expected() },
        planner(),
      );
    const { task: moved, unit: on, mode, others, minutes } = one;
    const start = instant('06:00') + 60 * minutes;
    return shop.handlers['draft.move'](
      { task: moved, unit: on, mode, others, start, expected: expected() },
      planner(),
    );
  };
  await fc.assert(
    fc.asyncProperty(step, async (one) => {
      const before = shop.station.workspace.draft;
      const outcome = await act(one);
      if (outcome.ok) await undo();
      expect(new Map(shop.station.workspace.draft)).toEqual(new Map(before));
      expect(await shop.station.store.read.draft()).toEqual(
        new Map([...before].sort(([a], [b]) => (a < b ? -1 : 1))),
      );
    }),
    { numRuns: 60 },
  );
});
