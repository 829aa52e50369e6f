import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { must } from '#shared/base/must.ts';
import { TaskId } from '#shared/domain/task.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import {
  type SmallShop,
  hourOf,
  instant,
  revisionOf,
  smallShop,
  toldShop,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

/** A is mixed from seven to eight and packed then; B follows on both. Its mixing has begun at seven. */
let shop: SmallShop;
beforeEach(async () => {
  shop = await toldShop();
  shop.clock('07:00');
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.clock('07:30');
  await shop.station.refresh();
});
afterEach(() => shop.remove());

const A_MIX = TaskId.parse('A/mix');
const left = (minutes: number | null, task = 'A/mix', reason?: string) =>
  shop.handlers['draft.remaining'](
    {
      task: TaskId.parse(task),
      remaining: minutes === null ? null : minutes * MINUTE,
      ...(reason !== undefined && { reason }),
      expected: revisionOf(shop),
    },
    planner(),
  );
const spans = () =>
  ['A/mix', 'A/pack', 'B/mix', 'B/pack'].map((id) => {
    const { start, end } = must(shop.station.workspace.assignments.get(TaskId.parse(id)), id);
    return `${id} ${hourOf(start)}-${hourOf(end)}`;
  });
const bar = () =>
  must(
    boardView(shop.station.workspace).bars.find(({ task }) => task === A_MIX),
    'The bar',
  );
const AS_PLANNED = ['A/mix 07:00-08:00', 'A/pack 08:00-08:30', 'B/mix 08:00-09:00', 'B/pack 09:00-09:30'];
const LATER = ['A/mix 07:00-08:30', 'A/pack 08:30-09:00', 'B/mix 08:30-09:30', 'B/pack 09:30-10:00'];

test('what the planner says is left moves the end of a running task and what follows it, in one edit', async () => {
  expect(spans()).toEqual(AS_PLANNED);
  expect(done(await left(60, 'A/mix', 'Slow pump'))).toEqual({ moved: 3 });
  expect(spans()).toEqual(LATER);
  const { plan, schedule } = shop.station.workspace;
  expect(checkSchedule({ ...plan, now: instant('07:00') }, schedule)).toEqual([]);
  expect(bar().remaining).toEqual({
    at: instant('07:30'),
    run: 60 * MINUTE,
    until: instant('08:30'),
    holds: true,
    reason: 'Slow pump',
  });
  const { entries } = await shop.handlers['ledger.list']({ limit: 20 }, planner());
  expect(entries.find(({ field }) => field === 'remaining')).toMatchObject({
    action: 'draft.remaining',
    entityId: 'A/mix',
    reason: 'Slow pump',
  });
});

test('it is undone and redone whole, though the task has begun, and is there after a restart', async () => {
  done(await left(60));
  const step = async (direction: 'undo' | 'redo') =>
    done(await shop.handlers[`draft.${direction}`]({ expected: revisionOf(shop) }, planner()));
  expect(await step('undo')).toEqual({ label: 'A · mix has 1 h left' });
  expect(spans()).toEqual(AS_PLANNED);
  expect(bar().remaining).toBeNull();
  await step('redo');
  expect(spans()).toEqual(LATER);
  shop = await shop.reopened();
  expect(spans()).toEqual(LATER);
  done(await left(null));
  expect(spans()[0]).toBe('A/mix 07:00-08:00');
});

test('the solver and whoever moves a bar by hand keep what follows behind it', async () => {
  done(await left(120));
  expect(spans()[0]).toBe('A/mix 07:00-09:30');
  await expect(shop.put('B/mix', 'M1', '09:00')).rejects.toThrow('until Mon 23 Nov 09:30 and has started');
  const tasks = ['A/pack', 'B/mix', 'B/pack'].map((id) => TaskId.parse(id));
  done(await shop.handlers['draft.unplace']({ tasks, expected: revisionOf(shop) }, planner()));
  await shop.solve({ seconds: 0.3 });
  done(await shop.handlers['proposal.accept']({ expected: revisionOf(shop) }, planner()));
  const { assignments } = shop.station.workspace;
  expect(must(assignments.get(must(tasks[0], 'A/pack')), 'A/pack').start).toBeGreaterThanOrEqual(
    instant('09:30'),
  );
});

test('the newer of both counts holds: what the line counts later, and what is said after that', async () => {
  done(await left(60));
  shop.clock('07:45');
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 5 })); // as planned
  expect(spans()[0]).toBe('A/mix 07:00-08:00');
  expect(bar().remaining).toMatchObject({ run: 60 * MINUTE, holds: false });
  shop.clock('07:46');
  await shop.station.refresh();
  done(await left(30));
  expect(spans()[0]).toBe('A/mix 07:00-08:16');
  expect(bar().remaining).toMatchObject({ holds: true });
});

test('a pause after it was said moves the end by as long as it lasts', async () => {
  done(await left(60));
  shop.clock('07:40');
  done(await shop.report('paused', 'M1', 'A/mix', { reason: 'Glue' }));
  shop.clock('08:00');
  done(await shop.report('resumed', 'M1', 'A/mix'));
  expect(spans()[0]).toBe('A/mix 07:00-08:50');
});

test('of a task that has not begun, or is completed, nothing can be said', async () => {
  expect(await left(30, 'B/mix')).toMatchObject({
    ok: false,
    refusal: { text: expect.stringContaining('does not run yet') },
  });
  done(await shop.report('completed', 'M1', 'A/mix', { good: 10 }));
  expect(await left(30)).toMatchObject({
    ok: false,
    refusal: { text: expect.stringContaining('nothing is left') },
  });
  expect(await left(30, 'C/mix')).toMatchObject({ ok: false });
});

test('of a task that was begun without a plan it is said and undone like any', async () => {
  await shop.remove();
  shop = await smallShop('A');
  shop.clock('07:00');
  done(await shop.take({ 'execution.csv': 'unit,task,started\nM1,A/mix,2026-11-23T06:00:00Z\n' }));
  done(await left(90));
  expect(bar().remaining).toMatchObject({ run: 90 * MINUTE, until: instant('08:30') });
  done(await shop.handlers['draft.undo']({ expected: revisionOf(shop) }, planner()));
  expect(bar().remaining).toBeNull();
});
