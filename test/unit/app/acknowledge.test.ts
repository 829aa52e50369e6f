import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acknowledgeJob } from '#electron/app/acknowledge-job.ts';
import { lineView } from '#electron/app/line-view.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { changesLine } from '#shared/flow/queue-change-words.ts';
import { employ } from '#test/support/people.ts';
import { type SmallShop, shopOfTwoMixers, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await shopOfTwoMixers();
});
afterEach(() => shop.remove());

const M1 = EquipmentId.parse('M1');
const rowOf = async (unit: string) =>
  (await shop.handlers['queue.list']({}, planner())).find((row) => (row.unit as string) === unit);
const listOf = (unit: string) => lineView(shop.station, unit, null)?.queue;
const revisionsOf = async (unit: string) =>
  (await shop.handlers['queue.revisions']({ unit: EquipmentId.parse(unit) }, planner())).revisions;
/** B is to be mixed on M1 as well. */
const changeM1 = async (): Promise<void> => {
  await shop.put('B/mix', 'M1', '09:00');
  await shop.publish();
  await shop.dispatch();
};

describe('a revision', () => {
  test('is unseen until its line says so; who said it when stands in the row, the history and the ledger', async () => {
    expect(await rowOf('M1')).toMatchObject({ revision: 1, unseenSince: shop.station.now, seen: null });
    expect(shop.station.workspace.queues.get(M1)?.note).toMatchObject({
      by: 'planner',
      reason: 'The plan changed',
      supersedes: null,
      changes: [{ kind: 'added', task: 'A/mix' }],
    });
    shop.setClock(shop.station.clock() + 60_000);
    done(await shop.see('M1', 1, { person: 'anna' }));
    const seen = { by: 'Anna', at: shop.station.now };
    expect(await rowOf('M1')).toMatchObject({ unseenSince: null, seen });
    expect(await revisionsOf('M1')).toMatchObject([{ revision: 1, seen }]);
    expect(listOf('M1')).toMatchObject({ unseen: false, changes: null });
    const { entries } = await shop.station.store.read.ledger({ limit: 9, action: 'queue.acknowledge' });
    expect(entries.find(({ field }) => field === 'acknowledged')).toMatchObject({
      userId: 'anna',
      entityId: 'M1 r1',
      new: { by: 'anna', at: shop.station.now },
    });
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });

  test('the board counts the lines that have not, since when; after a restart as well', async () => {
    const board = async () => (await shop.handlers['board.read']({}, planner())).state.unseen;
    expect(await board()).toEqual({ lines: 2, since: shop.station.now });
    done(await shop.see('M1', 1));
    expect(await board()).toMatchObject({ lines: 1 });
    shop = withVerbs(await shop.reopened());
    expect(await board()).toMatchObject({ lines: 1 });
    done(await shop.see('M2', 1));
    expect(await board()).toBeNull();
  });

  test('says what it changed against what the line has seen, not only against the last one', async () => {
    done(await shop.see('M1', 1));
    await changeM1();
    done(await shop.recall('M1', 'No sugar', 'A/mix'));
    expect(shop.told()).toContain('M1 r3 B/mix');
    const list = listOf('M1');
    expect(list).toMatchObject({ revision: 3, unseen: true, reason: 'No sugar' });
    expect(list?.changes).toBe('1 added, 1 removed');
    expect(lineView(shop.station, 'M1', null)?.items).toMatchObject([
      { task: 'B/mix', news: 'new at position 1' },
    ]);
    expect((await revisionsOf('M1')).map(({ note }) => changesLine(note?.changes ?? []))).toEqual([
      '1 removed',
      '1 added',
      '1 added',
    ]);
  });

  test('[R9] seen twice is recorded once, also when both come at the same time', async () => {
    const [one, other] = await Promise.all([shop.see('M1', 1), shop.see('M1', 1)]);
    done(one);
    done(other);
    done(await shop.see('M1', 1));
    expect(await shop.station.store.read.listReceipts('M1')).toHaveLength(1);
  });

  test('an old one that a line says later to have seen stands for itself alone, never for a newer one', async () => {
    const before = shop.station.now;
    await changeM1();
    shop.setClock((before + 600) * 1000);
    done(await shop.see('M1', 1, { at: before + 60 }));
    expect(listOf('M1')).toMatchObject({ revision: 2, unseen: true });
    expect(await revisionsOf('M1')).toMatchObject([
      { revision: 2, seen: null },
      { revision: 1, seen: { at: before + 60 } },
    ]);
    done(await shop.see('M1', 2));
    done(await shop.see('M1', 1));
    expect(await rowOf('M1')).toMatchObject({ unseenSince: null });
  });

  test('that nobody told is not seen', async () => {
    for (const [unit, revision] of [
      ['M1', 2],
      ['P1', 1],
    ] as const)
      expect(await shop.see(unit, revision)).toMatchObject({
        ok: false,
        refusal: { code: 'REVISION_UNKNOWN' },
      });
  });

  test('where there are accounts, somebody who identified says it', async () => {
    await employ(shop, {});
    expect(await shop.see('M1', 1)).toMatchObject({ ok: false, refusal: { code: 'PERSON_MISSING' } });
    done(await shop.see('M1', 1, { person: 'anna' }));
  });
});

describe('a new dispatch over one that is unseen', () => {
  test('says why it takes its place; one over a seen one need not', async () => {
    await shop.put('B/mix', 'M1', '09:00');
    await shop.publish();
    expect(await shop.handlers['queue.dispatch']({}, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'REASON_MISSING', text: expect.stringContaining('has not acknowledged revision 1') },
    });
    expect(shop.told()).toEqual(['M1 r1 A/mix', 'M2 r1 B/mix']);
    done(await shop.see('M1', 1));
    done(await shop.handlers['queue.dispatch']({ reason: 'M2 leaks' }, planner()));
    const notes = [...shop.station.workspace.queues.values()].map(({ unit, note }) => [
      unit,
      note?.supersedes,
    ]);
    expect(notes).toEqual([
      ['M1', null],
      ['M2', 1],
    ]);
    const seen = async () => {
      for (const unit of ['M1', 'M2']) done(await shop.see(unit, 2));
    };
    await seen();
    await shop.put('B/mix', 'M1', '10:00');
    await shop.publish();
    done(await shop.handlers['queue.dispatch']({}, planner()));
    expect(shop.station.workspace.queues.get(M1)?.note).toMatchObject({
      reason: 'Version 3',
      supersedes: null,
      changes: [{ kind: 'changed', task: 'B/mix' }],
    });
  });

  test('a line for which nothing differs gets no revision, whatever the version', async () => {
    await shop.put('B/mix', 'M2', '09:00');
    await shop.publish();
    const preview = await shop.handlers['queue.preview']({}, planner());
    expect(preview).toMatchObject({
      version: 2,
      lines: [{ unit: 'M2', revision: 2, supersedes: 1, changes: [{ kind: 'changed', task: 'B/mix' }] }],
    });
    await shop.dispatch();
    expect(shop.told()).toEqual(['M1 r1 A/mix', 'M2 r2 B/mix']);
    expect(await rowOf('M1')).toMatchObject({ stale: false, pending: [] });
  });

  test('[R5] a version that was published meanwhile is not told unseen', async () => {
    const ask = { version: 2, reason: 'As shown' };
    expect(await shop.handlers['queue.dispatch'](ask, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'VERSION_STALE' },
    });
  });
});

test('where lines are not asked, nothing is unseen and a new dispatch takes the place of the last without a reason', async () => {
  const { policy } = shop.station.workspace;
  done(await shop.handlers['policy.save']({ ...policy, seenMinutes: null }, planner()));
  expect(await rowOf('M1')).toMatchObject({ unseenSince: null, seen: null });
  expect(listOf('M1')).toMatchObject({ unseen: false, changes: null });
  expect((await shop.handlers['board.read']({}, planner())).state.unseen).toBeNull();
  await shop.put('B/mix', 'M1', '09:00');
  await shop.publish();
  done(await shop.handlers['queue.dispatch']({}, planner()));
});

test('a line that has acknowledged every job of a revision over its connection has seen it', async () => {
  done(
    await shop.handlers['link.save'](
      {
        link: {
          kind: 'mqtt',
          name: 'broker',
          address: 'mqtt://127.0.0.1:1',
          root: 'shiftwright',
          user: '',
          units: [],
          isOn: true,
          expiresAfter: 43_200,
        },
      },
      planner(),
    ),
  );
  await changeM1();
  const receive = (task: string, revision: number) =>
    acknowledgeJob(
      shop.station,
      { unit: M1, task: TaskId.parse(task), revision },
      { user: 'M1', origin: 'line', key: `receipt ${task} ${revision}` },
    );
  done(await receive('A/mix', 2));
  expect(listOf('M1')).toMatchObject({ unseen: true });
  expect(await receive('B/mix', 1)).toMatchObject({ ok: false, refusal: { code: 'REVISION_STALE' } });
  done(await receive('B/mix', 2));
  expect(await rowOf('M1')).toMatchObject({ unseenSince: null, seen: { by: 'Mixer 1' } });
});
