import { describe, expect, onTestFinished, test } from 'vitest';
import { reconcileCases } from '#electron/app/reconcile-cases.ts';
import { odooTime } from '#electron/erp/odoo/scope.ts';
import { must } from '#shared/base/must.ts';
import { DAY } from '#shared/time/instant.ts';
import { connectedStation, published, sent } from '#test/support/erp-road.ts';
import { ODOO_ADDRESS, drawers, odooFeed, realOdoo } from '#test/support/real-odoo.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const feed = odooFeed(3600); // no pull sees the move before the plan is told again

describe.skipIf(ODOO_ADDRESS === undefined)('moved here and in a real Odoo', () => {
  test('an operation is not written over unseen: a case with both values, told again by the planner', async () => {
    const odoo = await realOdoo();
    const { order } = await drawers(odoo, 1);
    onTestFinished(async () => void (await odoo.call('mrp.production', 'action_cancel', {}, [order])));
    const { plant } = await connectedStation(feed, 'admin');
    const { station, handlers } = plant;
    const isOurs = (task: string) => task.startsWith(`odoo:MO${order}/`);
    await published(plant, isOurs);
    await sent(plant, 'odoo');
    const { task, unit, end } = must(
      [...station.workspace.assignments.values()]
        .filter((place) => isOurs(place.task))
        .toSorted((a, b) => b.start - a.start)[0],
      'The last operation',
    );
    const id = Number(/WO(\d+)$/.exec(task)?.[1]);
    const inOffice = {
      date_start: odooTime(end + 30 * DAY),
      date_finished: odooTime(end + 30 * DAY + 3600),
      duration_expected: 60,
    };
    await odoo.write('mrp.workorder', id, inOffice);

    const later = { task, unit, start: end + 7 * DAY, mode: 'first' as const };
    done(await handlers['draft.move']({ ...later, expected: station.workspace.revision }, planner()));
    const expected = station.workspace.revision;
    done(await handlers['version.publish']({ note: 'A week later', expected }, planner()));
    await sent(plant, 'odoo');
    expect(await odoo.compare('mrp.workorder', id, inOffice)).toEqual([]);

    const open = async () => {
      await reconcileCases(station);
      return station.workspace.cases.filter(
        (one) => one.state === 'open' && one.object === `odoo:MO${order}`,
      );
    };
    const [one, ...others] = await open();
    expect(others).toEqual([]);
    const { seq, settlement } = must(one?.unkept, 'What was not kept');
    const fields = settlement.kind === 'notKept' ? settlement.differences.map(({ field }) => field) : [];
    expect(fields).toEqual(expect.arrayContaining(['start', 'end']));
    done(await handlers['outbox.resend']({ seq, reason: 'The plan holds' }, planner()));
    await sent(plant, 'odoo');
    expect(await open()).toEqual([]);
    const place = must(station.workspace.assignments.get(task), 'Its place');
    const told = { date_start: odooTime(place.start), date_finished: odooTime(place.end) };
    expect(await odoo.compare('mrp.workorder', id, told)).toEqual([]);
  }, 120_000);
});
