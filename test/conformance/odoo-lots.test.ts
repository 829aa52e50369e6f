import { describe, expect, onTestFinished, test } from 'vitest';
import { runFeeds } from '#electron/app/run-feeds.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { odooTime } from '#electron/erp/odoo/scope.ts';
import { must } from '#shared/base/must.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { LotId } from '#shared/domain/material.ts';
import { connectedStation, published, sent } from '#test/support/erp-road.ts';
import { ODOO_ADDRESS, drawers, lotsOf, odooFeed, realConnector, realOdoo } from '#test/support/real-odoo.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const feed = odooFeed();

describe.skipIf(ODOO_ADDRESS === undefined)('lots that were put right, in a real Odoo', () => {
  test('a lot of which none was taken after all is let go, also when only a later message arrives', async () => {
    const odoo = await realOdoo();
    const { order, components } = await drawers(odoo, 3);
    // Or its operation would be in work for whoever comes after.
    onTestFinished(async () => void (await odoo.call('mrp.production', 'action_cancel', {}, [order])));
    const product = must(components[0], 'Drawers');
    const lots = await lotsOf(odoo, product, { front: 8, back: 8 });
    // The demo's drill has failed, and nobody has said that it runs again.
    const down = await odoo.ids('mrp.workcenter.productivity', [
      ['workorder_id', '=', false],
      ['date_end', '=', false],
    ]);
    for (const id of down)
      await odoo.write('mrp.workcenter.productivity', id, {
        date_end: odooTime(Math.floor(Date.now() / 1000)),
      });
    const { plant, feeds } = await connectedStation(feed, 'admin');
    const { station, handlers } = plant;
    await published(plant, (task) => task.startsWith(`odoo:MO${order}/`));
    await sent(plant, 'odoo');
    done(await handlers['queue.dispatch']({}, planner()));
    const { task, unit, start } = must(
      [...station.workspace.assignments.values()]
        .filter((place) => place.task.startsWith(`odoo:MO${order}/`))
        .toSorted((a, b) => a.start - b.start)[0],
      'The first operation',
    );
    const say = async (kind: string, second: number, more: object): Promise<void> => {
      plant.setClock((start + second) * 1000);
      const report = LineReport.parse({ id: `${task} ${second}`, kind, unit, task, ...more });
      done(await takeReport(station, report, { user: unit, origin: 'line', key: report.id }));
    };
    /** What Odoo has of the operation's lots that were taken. */
    const taken = async () => {
      const lines = await odoo.read(
        'stock.move.line',
        [
          ['workorder_id', '=', Number(/WO(\d+)$/.exec(task)?.[1])],
          ['picked', '=', true],
        ],
        ['lot_id', 'quantity'],
      );
      return lines.map((line) => [line['lot_id'], line['quantity']]);
    };
    await say('started', 0, {});
    await say('quantityReported', 60, { good: 1, lots: [{ lot: `odoo:L${lots.front}`, quantity: 2 }] });
    await sent(plant, 'odoo');
    expect(await taken()).toEqual([[lots.front, 2]]);

    // The connection is off while the desk puts it right and the line goes on.
    await feeds.stop();
    plant.setClock((start + 120) * 1000);
    const none = [{ lot: LotId.parse(`odoo:L${lots.front}`), quantity: 0 }];
    const right = { good: 1, scrap: 0, rework: 0, lots: none, reason: 'The other pallet' };
    done(await handlers['report.correct']({ report: `${task} 60`, ...right }, planner()));
    await say('quantityReported', 180, { good: 1 });
    const [last, between] = (await station.store.read.waiting('odoo', 10)).toReversed();
    expect(between).toBeDefined();
    expect(await realConnector().push(must(last, 'The last message').message)).toEqual({ kind: 'kept' });
    expect(await taken()).toEqual([]);

    await say('quantityReported', 240, { good: 1, lots: [{ lot: `odoo:L${lots.back}`, quantity: 3 }] });
    const again = runFeeds(station);
    onTestFinished(() => again.stop());
    await sent(plant, 'odoo');
    expect(await taken()).toEqual([[lots.back, 3]]);
    expect(await station.store.read.outbox('odoo', 0)).toMatchObject({ waiting: 0, notKept: 0, refused: 0 });
  }, 120_000);
});
