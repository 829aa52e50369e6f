import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { as, employ } from '#test/support/people.ts';
import { type SmallShop, instant, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M1', '08:00');
  await shop.publish();
  await shop.dispatch();
});
afterEach(() => shop.remove());

const REASON = 'Wrong lot on the ticket';
const lineOf = (unit: string) => lineView(shop.station, unit, null);
const M1 = EquipmentId.parse('M1');

describe('a recall', () => {
  test('takes a task back from its line, which is told why; what stays keeps its order', async () => {
    expect(done(await shop.recall('M1', REASON, 'A/mix'))).toEqual({ recalled: 1 });
    expect(shop.told()).toEqual(['M1 r2 B/mix']);
    expect(lineOf('M1')?.queue).toMatchObject({
      revision: 2,
      reason: REASON,
      recalled: [{ task: 'A/mix', reason: REASON, by: 'planner', at: shop.station.now }],
    });
    const { entries } = await shop.station.store.read.ledger({ limit: 1, action: 'queue.recall' });
    expect(entries).toMatchObject([{ entityId: 'M1 r2', reason: REASON, new: ['B/mix'] }]);
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });

  test('of a whole list takes all that has not begun', async () => {
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix'));
    done(await shop.recall('M1', REASON));
    expect(shop.told()).toEqual(['M1 r2 A/mix']);
    expect(await shop.recall('M1', REASON)).toMatchObject({
      ok: false,
      refusal: { code: 'NOTHING_TO_RECALL' },
    });
    done(await shop.report('completed', 'M1', 'A/mix'));
  });

  test('of what has begun is refused with the reason, and nothing else is taken back with it', async () => {
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix'));
    expect(await shop.recall('M1', REASON, 'B/mix', 'A/mix')).toMatchObject({
      ok: false,
      refusal: { code: 'TASK_STARTED', object: 'A/mix', text: expect.stringContaining('began on Mixer 1') },
    });
    expect(shop.told()).toEqual(['M1 r1 A/mix B/mix']);
  });

  test('of a list that was told anew meanwhile, of a line that has none and of a task that is not there are refused', async () => {
    done(await shop.recall('M1', REASON, 'A/mix'));
    const stale = { lists: [{ unit: M1, revision: 1 }], reason: REASON };
    const codes = [
      await shop.handlers['queue.recall'](stale, planner()),
      await shop.recall('P1', REASON),
      await shop.recall('M1', REASON, 'A/mix'),
    ].map((outcome) => (outcome.ok ? 'done' : outcome.refusal.code));
    expect(codes).toEqual(['REVISION_STALE', 'NOT_DISPATCHED', 'NOT_DISPATCHED']);
  });

  test('a recalled task does not start: the refusal says since when, by whom and why, and stays in the record', async () => {
    done(await shop.recall('M1', REASON, 'A/mix'));
    shop.setClock(instant('07:00') * 1000);
    const refused = await shop.report('started', 'M1', 'A/mix');
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        code: 'RECALLED',
        object: 'A/mix',
        text: expect.stringMatching(/was recalled .* by planner: Wrong lot on the ticket/),
      },
    });
    const { entries } = await shop.station.store.read.ledger({ limit: 1, action: 'execution.started' });
    expect(entries).toMatchObject([{ new: { refused: 'started', code: 'RECALLED' } }]);
  });

  test('holds over restarts and further dispatches, until the task is told to the line again by name', async () => {
    done(await shop.recall('M1', REASON, 'A/mix'));
    shop = withVerbs(await shop.reopened());
    expect(await shop.handlers['queue.dispatch']({}, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'NOTHING_STALE' },
    });
    const ask = { again: [TaskId.parse('A/mix')], reason: 'The ticket is right now' };
    done(await shop.handlers['queue.dispatch'](ask, planner()));
    const queue = shop.station.workspace.queues.get(M1);
    expect(queue?.items.map(({ task }) => task)).toEqual(['A/mix', 'B/mix']);
    expect(queue?.note).toMatchObject({ recalled: [], changes: [{ kind: 'added', task: 'A/mix' }] });
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix'));
  });

  test('is over on another line: there the task is told as planned', async () => {
    done(await shop.recall('M1', REASON, 'A/mix'));
    await shop.put('A/mix', 'M2', '07:00');
    await shop.publish();
    await shop.dispatch();
    expect(shop.told()).toEqual(['M1 r2 B/mix', 'M2 r1 A/mix']);
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M2', 'A/mix'));
  });

  test('frees the task for the solver: no line holds it any more', async () => {
    await shop.see('M1', 1);
    expect(shop.station.workspace.commitments.get(TaskId.parse('A/mix'))).toBe('acknowledged');
    done(await shop.recall('M1', REASON, 'A/mix'));
    expect(shop.station.workspace.commitments.has(TaskId.parse('A/mix'))).toBe(false);
    expect(shop.station.workspace.plan.frozen.map(({ task }) => task)).toEqual(['B/mix']);
  });

  test('[ES-01] is signed where the plant signs dispatch', async () => {
    await employ(shop, { planny: ['planner'] });
    const { policy } = shop.station.workspace;
    const signs = { ...policy, sign: { ...policy.sign, dispatch: true } };
    done(await shop.handlers['policy.save'](signs, as('admin')));
    const ask = { lists: [{ unit: M1, revision: 1 }], reason: REASON };
    expect(await shop.handlers['queue.recall'](ask, as('planny'))).toMatchObject({
      ok: false,
      refusal: { code: 'SIGNATURE_MISSING' },
    });
    const sign = { password: 'planny has a long password', meaning: 'Release to the lines' };
    done(await shop.handlers['queue.recall']({ ...ask, sign }, as('planny')));
    expect(await shop.handlers['signature.list']({ entity: 'queue' }, as('planny'))).toMatchObject([
      { entityId: 'M1 r2', state: 'valid', user: 'planny' },
    ]);
  });
});
