import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { tryDrop } from '#electron/app/try-drop.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { MINUTE } from '#shared/time/instant.ts';
import {
  type SmallShop,
  hourOf,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.take({
    'steps.csv': [
      'routing,step,position,equipment,run,domain',
      'R,mix,10,M1,60,production',
      'R,check,20,P1,30,quality',
    ].join('\n'),
  });
  await shop.put('A/mix', 'M1', '06:00');
  await shop.put('A/check', 'P1', '07:00');
  await shop.put('B/mix', 'M1', '07:00');
  await shop.put('B/check', 'P1', '08:00');
  await shop.unpin('A/check', 'B/check');
});
afterEach(() => shop.remove());

const task = (id: string) => TaskId.parse(id);
const told = () =>
  [...shop.station.workspace.assignments.values()]
    .filter(({ unit }) => unit === 'P1')
    .map((one) => `${one.task} ${hourOf(one.start)}-${hourOf(one.end)}`)
    .sort();
const drop = (id: string, minutes: number) => {
  const place = shop.station.workspace.assignments.get(task(id));
  return {
    task: task(id),
    unit: place?.unit ?? EquipmentId.parse('P1'),
    start: place?.start ?? instant('07:00'),
    estimate: minutes * MINUTE,
  };
};
const estimate = (id: string, minutes: number) =>
  shop.handlers['draft.move']({ ...drop(id, minutes), expected: revisionOf(shop) }, planner());
const step = async (direction: 'undo' | 'redo') =>
  done(await shop.handlers[`draft.${direction}`]({ expected: revisionOf(shop) }, planner()));
const barOf = (id: string) => boardView(shop.station.workspace).bars.find((bar) => bar.task === task(id));

describe('how long a check takes is an estimate of the planner', () => {
  test('a longer one pushes what is behind it, the verdict says so before, and the checker agrees', async () => {
    const verdict = tryDrop(shop.station, drop('A/check', 90));
    expect(verdict).toMatchObject({ ok: true, end: instant('08:30'), moves: 1 });
    done(await estimate('A/check', 90));
    expect(told()).toEqual(['A/check 07:00-08:30', 'B/check 08:30-09:00']);
    expect(barOf('A/check')?.estimate).toEqual({ run: 90 * MINUTE, routing: 30 * MINUTE, pauses: true });
    expect(barOf('A/check')?.pin).toBeNull();
    expect(shop.wrong()).toEqual([]);
  });

  test('undo gives it its length back, redo the estimate; the ledger keeps both', async () => {
    done(await estimate('A/check', 90));
    expect((await step('undo')).label).toBe('Let A · check run 1 h 30 min');
    expect(told()).toEqual(['A/check 07:00-07:30', 'B/check 08:00-08:30']);
    expect(shop.wrong()).toEqual([]);
    await step('redo');
    expect(told()).toEqual(['A/check 07:00-08:30', 'B/check 08:30-09:00']);
    const { entries } = await shop.handlers['ledger.list']({ limit: 50 }, planner());
    const entry = entries.find(({ action, entityId }) => action === 'draft.move' && entityId === 'A/check');
    expect(JSON.stringify(entry)).toContain('"estimate":5400');
  });

  test('it survives a restart, an import, a move, a solve, and goes to the line', async () => {
    done(await estimate('A/check', 90));
    shop = await shop.reopened();
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B', 'C') }));
    await shop.put('A/check', 'P1', '09:00');
    expect(told()).toContain('A/check 09:00-10:30');
    await shop.solve();
    done(await shop.handlers['proposal.accept']({ expected: revisionOf(shop) }, planner()));
    expect(barOf('A/check')?.estimate?.run).toBe(90 * MINUTE);
    expect(shop.wrong()).toEqual([]);
    await shop.publish();
    await shop.dispatch();
    const queued = shop.station.workspace.queues
      .get(EquipmentId.parse('P1'))
      ?.items.find((item) => item.task === 'A/check')?.assignment;
    expect((queued?.end ?? 0) - (queued?.start ?? 0)).toBe(90 * MINUTE);
  });

  test('what the routing says is no estimate any more', async () => {
    done(await estimate('A/check', 90));
    done(await estimate('A/check', 30));
    expect(shop.station.workspace.draft.get(task('A/check'))).not.toHaveProperty('estimate');
  });

  test('production runs as its rate says, what has started as its line reports: refused with the reason', async () => {
    expect(tryDrop(shop.station, drop('A/mix', 90))).toMatchObject({
      ok: false,
      refusal: { code: 'WRONG_DURATION', text: expect.stringContaining('quantity and rate') },
    });
    expect(await estimate('A/mix', 90)).toMatchObject({ ok: false, refusal: { code: 'WRONG_DURATION' } });
    await shop.publish();
    await shop.dispatch();
    done(await shop.report('started', 'M1', 'A/mix'));
    done(await shop.report('completed', 'M1', 'A/mix', { good: 10, scrap: 0 }));
    done(await shop.report('started', 'P1', 'A/check'));
    expect(await estimate('A/check', 90)).toMatchObject({ ok: false, refusal: { code: 'TASK_STARTED' } });
    expect(barOf('A/check')?.estimate).toBeNull();
  });

  test('split, the estimate is shared; its parts are not estimated by themselves', async () => {
    done(await estimate('A/check', 60));
    const ask = { task: task('A/check'), quantity: 5, expected: revisionOf(shop) };
    done(await shop.handlers['draft.split'](ask, planner()));
    expect(await estimate('A/check', 90)).toMatchObject({
      ok: false,
      refusal: { code: 'WRONG_DURATION', text: expect.stringContaining('join it') },
    });
    expect(shop.wrong()).toEqual([]);
  });
});
