import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MessageFeed } from '#shared/domain/feed.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import { LotId } from '#shared/domain/material.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import { TaskId } from '#shared/domain/task.ts';
import { fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { type SmallShop, withVerbs } from '#test/support/small-shop.ts';
import { answerOf, done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
afterEach(() => shop.remove());

const said = (...what: Parameters<SmallShop['said']>) => shop.said(...what);
const takeBack = (report: string) =>
  shop.handlers['report.withdraw']({ report, reason: 'Reported of the wrong order' }, planner());
const progress = (task: string) => shop.station.workspace.progress.get(TaskId.parse(task));
const reports = async (task: string) =>
  (await shop.handlers['report.list']({ task: TaskId.parse(task) }, planner())).reports;

describe('lots that were told wrongly', () => {
  const WEIGH = TaskId.parse('A/weigh');
  const [S1, S2, N1] = ['S1', 'S2', 'N1'].map((lot) => LotId.parse(lot)) as [LotId, LotId, LotId];
  let weighed: string;
  beforeEach(async () => {
    shop = await fourDomainsAtSeven();
    await shop.station.refresh();
    const feed = MessageFeed.parse({ name: 'erp', kind: 'messages', address: shop.data });
    done(await shop.handlers['feed.save']({ feed }, planner()));
    await said('started', 'F1', 'A/stage', { person: 'dora' });
    await said('staged', 'F1', 'A/stage', { lots: [{ lot: 'S1', quantity: 100 }], place: 'Booth 1' });
    await said('completed', 'F1', 'A/stage');
    await said('started', 'B1', 'A/weigh', { person: 'ben' });
    weighed = await said('quantityReported', 'B1', 'A/weigh', {
      good: 100,
      lots: [{ lot: 'S1', quantity: 100 }],
    });
  });
  /** What the ERP was told last that the weighing took. */
  const told = async () => {
    const { entries } = await shop.station.store.read.outbox('erp', 100);
    const last = entries
      .map(({ message }): Outbound => message)
      .find((message) => message.kind === 'progress' && message.step === 'weigh');
    return last?.kind === 'progress' ? last.consumed?.map(({ lot, quantity }) => `${lot} ${quantity}`) : null;
  };
  const correct = (lots: readonly LotActual[], more: object = {}) =>
    shop.handlers['report.correct'](
      { report: weighed, good: 100, scrap: 0, rework: 0, lots: [...lots], reason: 'Other pallet', ...more },
      planner(),
    );

  test('are put right at the desk, and the ERP is told what was taken, and that of the other nothing was', async () => {
    expect(await told()).toEqual(['S1 100']);
    done(
      await correct([
        { lot: S1, quantity: 0 },
        { lot: S2, quantity: 99.5 },
      ]),
    );
    expect(progress('A/weigh')?.consumed).toEqual([
      { lot: 'S1', quantity: 0 },
      { lot: 'S2', quantity: 99.5 },
    ]);
    expect(await told()).toEqual(['S1 0', 'S2 99.5']);
    const [, report] = await reports('A/weigh');
    expect(report).toMatchObject({
      said: { lots: [{ lot: 'S1', quantity: 100 }] },
      right: {
        lots: [
          { lot: 'S1', quantity: 0 },
          { lot: 'S2', quantity: 99.5 },
        ],
      },
    });
    done(await correct([{ lot: S2, quantity: 0 }]));
    expect(await told()).toEqual(['S1 0', 'S2 0']);
  });

  test('are put right at the line itself, also as none', async () => {
    await said('quantityCorrected', 'B1', 'A/weigh', {
      correction: { good: 0, scrap: 0, rework: 0, lots: [{ lot: 'S1', by: -100 }] },
      reason: 'Typed wrongly',
      person: 'ben',
    });
    expect(await told()).toEqual(['S1 0']);
    expect(progress('A/weigh')).toMatchObject({ good: 100 });
  });

  test('a lot that it does not take, has too little of, or is named twice is refused with its name', async () => {
    expect(await answerOf(correct([{ lot: N1, quantity: 1 }]))).toBe(
      'WRONG_LOT: Lot N1 is SALT, which A · Weigh does not take.',
    );
    expect(await answerOf(correct([{ lot: S2, quantity: 501 }]))).toBe(
      'BAD_QUANTITY: Lot S2 has 500, not 501.',
    );
    expect(
      await answerOf(
        correct([
          { lot: S2, quantity: 1 },
          { lot: S2, quantity: 2 },
        ]),
      ),
    ).toMatch(/^WRONG_LOT: Lot S2 is named twice/);
    const less = { correction: { good: 0, scrap: 0, rework: 0, lots: [{ lot: S2, by: -1 }] } };
    expect(
      await answerOf(
        shop.report('quantityCorrected', 'B1', 'A/weigh', { ...less, reason: 'Other', person: 'ben' }),
      ),
    ).toBe('BAD_QUANTITY: 0 of lot S2 was reported of A · Weigh; 1 less cannot be.');
    expect(shop.station.workspace.progress.get(WEIGH)?.consumed).toEqual([{ lot: 'S1', quantity: 100 }]);
  });

  test('that none was taken stands in every later message: one that overtakes the first says it too', async () => {
    done(await takeBack(weighed));
    expect(await told()).toEqual(['S1 0']);
    await said('quantityReported', 'B1', 'A/weigh', { good: 10 });
    expect(await told()).toEqual(['S1 0']);
    await said('quantityReported', 'B1', 'A/weigh', { good: 10, lots: [{ lot: 'S1', quantity: 20 }] });
    expect(await told()).toEqual(['S1 20']);
    shop = withVerbs(await shop.reopened());
    await said('completed', 'B1', 'A/weigh', { lots: [{ lot: 'S2', quantity: 5 }] });
    expect(await told()).toEqual(['S1 20', 'S2 5']);
  });

  test('what the desk named when it put a report right is named as none with it when the report is taken back', async () => {
    done(
      await correct([
        { lot: S1, quantity: 0 },
        { lot: S2, quantity: 100 },
      ]),
    );
    done(await takeBack(weighed));
    expect(await told()).toEqual(['S1 0', 'S2 0']);
  });

  test('[U5] what the desk took back or put right and lets stand again, the ERP is told again', async () => {
    const undo = async () => {
      const last = (await shop.station.store.read.events()).at(-1);
      done(await takeBack(last?.id ?? ''));
    };
    done(
      await correct([
        { lot: S1, quantity: 0 },
        { lot: S2, quantity: 100 },
      ]),
    );
    done(await takeBack(weighed));
    await undo();
    expect(await told()).toEqual(['S1 0', 'S2 100']);
    const [, right] = await reports('A/weigh');
    done(await takeBack(right?.corrected?.id ?? ''));
    expect(await told()).toEqual(['S1 100', 'S2 0']);
  });
});
