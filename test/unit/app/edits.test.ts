import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '#shared/contract/calls.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, instant, revisionOf, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B', 'C');
});
afterEach(() => shop.remove());

const task = (id: string) => TaskId.parse(id);
const startOf = (id: string) => shop.station.workspace.assignments.get(task(id))?.start;
const moveOf = (id: string, time: string, expected = revisionOf(shop)) => ({
  task: task(id),
  unit: EquipmentId.parse('M1'),
  start: instant(time),
  expected,
});

describe('idempotency', () => {
  test('a key that comes again, also after a restart, has the first answer and no second effect', async () => {
    const caller = planner();
    const ask = moveOf('A/mix', '07:00');
    const first = await shop.handlers['draft.move'](ask, caller);
    await shop.put('A/mix', 'M1', '09:00');
    expect(await shop.handlers['draft.move'](ask, caller)).toEqual(first);
    shop = withVerbs(await shop.reopened());
    expect(await shop.handlers['draft.move'](ask, caller)).toEqual(first);
    expect(startOf('A/mix')).toBe(instant('09:00'));
  });

  test('solve.start with the same key starts one solver, and none after a restart', async () => {
    const caller = planner();
    const ended = shop.next('solve.ended');
    const first = await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, caller);
    expect(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, caller)).toEqual(first);
    expect((await ended).outcome).toBe('proposal');
    expect(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, caller)).toEqual(first);
    expect(shop.station.solving).toBeNull();
    shop = withVerbs(await shop.reopened());
    expect(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, caller)).toEqual(first);
    expect(shop.station.solving).toBeNull();
  });

  test('a refusal leaves no trace: not in the draft, not in the ledger, not in what is told', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    const before = { ...shop.station.workspace, facts: shop.facts.length };
    const { total } = await shop.station.store.read.ledger({ limit: 1 });
    const refused = await shop.handlers['draft.move'](moveOf('A/mix', '05:00'), planner());
    expect(refused).toMatchObject({ ok: false, nearest: { unit: 'M1', start: expect.any(Number) } });
    expect({ ...shop.station.workspace, facts: shop.facts.length }).toEqual(before);
    expect((await shop.station.store.read.ledger({ limit: 1 })).total).toBe(total);
  });
});

describe('[R5] two windows at once', () => {
  test('of 100 edits against the revisions their windows saw none is lost: each is applied or refused as stale', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    const moves = Array.from({ length: 100 }, (_, index) => index);
    const base = revisionOf(shop);
    const outcomes: Outcome[] = await Promise.all(
      moves.map((index) =>
        shop.handlers['draft.move'](
          {
            ...moveOf('A/mix', '08:00'),
            start: instant('08:00') + index * 60,
            expected: base + (index >> 1),
          },
          planner(),
        ),
      ),
    );
    const applied = moves.filter((index) => outcomes[index]?.ok);
    expect(applied).toHaveLength(50);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusal.code));
    expect(refused).toEqual(Array(50).fill('REVISION_STALE'));
    expect(revisionOf(shop)).toBe(base + applied.length);
    expect(startOf('A/mix')).toBe(instant('08:00') + Math.max(...applied) * 60);
    const logged = await shop.station.store.read.ledger({ limit: 500, text: 'draft.move' });
    expect(logged.total).toBe(applied.length + 1);
  });

  test('a fact is told only after its command is committed, in the order of the commands', async () => {
    const seen: number[] = [];
    const reads: Promise<void>[] = [];
    shop.station.onFact((fact) => {
      if (fact.kind !== 'board.changed') return;
      seen.push(fact.state.revision);
      reads.push(
        shop.station.store.read.revision().then((stored) => {
          expect(stored).toBeGreaterThanOrEqual(fact.state.revision);
        }),
      );
    });
    const base = revisionOf(shop);
    await Promise.all(
      ['A/mix', 'B/mix', 'C/mix'].map((id, index) =>
        shop.handlers['draft.move'](
          moveOf(id, `${String(7 + index).padStart(2, '0')}:00`, base + index),
          planner(),
        ),
      ),
    );
    await Promise.all(reads);
    expect(seen).toEqual([base + 1, base + 2, base + 3]);
  });

  test('a window that fails to listen neither spoils the command nor silences the others', async () => {
    const heard: string[] = [];
    shop.station.onFact(() => {
      throw new Error('gone');
    });
    shop.station.onFact((fact) => heard.push(fact.kind));
    await shop.put('A/mix', 'M1', '07:00');
    expect(heard).toEqual(['board.changed']);
  });
});

describe('what an edit touches', () => {
  test('a drop into an empty draft is one change: the tasks without a place are not part of it', async () => {
    const moved = await shop.handlers['draft.move'](moveOf('A/mix', '07:00'), planner());
    expect(done(moved).moved).toBe(1);
    expect(shop.station.workspace.draft.size).toBe(1);
  });

  test('the fact of an edit names the bars of its order and no rows', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    expect(shop.facts.at(-1)).toMatchObject({
      kind: 'board.changed',
      bars: [{ task: 'A/mix', late: 0 }],
      rows: [],
      state: { figures: { lateOrders: 0, unplaced: 5 } },
    });
  });

  test('an edit that changes nothing is refused, so that undo finds no empty step', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    const again = await shop.handlers['draft.move'](moveOf('A/mix', '07:00'), planner());
    expect(again).toMatchObject({ ok: false, refusal: { code: 'NOTHING_CHANGED' } });
    const pin = { tasks: [task('A/mix')], pinned: true, expected: revisionOf(shop) };
    expect(await shop.handlers['draft.pin'](pin, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'NOTHING_CHANGED' },
    });
  });

  test('undo is refused for a task that has been started since, with its name, and changes nothing', async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.publish();
    await shop.dispatch();
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix'));
    const before = shop.station.workspace;
    const undone = await shop.handlers['draft.undo']({ expected: revisionOf(shop) }, planner());
    expect(undone).toMatchObject({ ok: false, refusal: { code: 'TASK_STARTED', object: 'A/mix' } });
    expect(shop.station.workspace).toBe(before);
    expect(await shop.station.store.read.edits()).toEqual({ undo: before.undo, redo: null });
  });
});
