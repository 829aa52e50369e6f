import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { must } from '#shared/base/must.ts';
import { type QueueChange } from '#shared/domain/queue.ts';
import { changeWords } from '#shared/flow/queue-change-words.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import {
  OPENS,
  SMALL_PLANT,
  type SmallShop,
  ordersCsv,
  toldShop,
  withVerbs,
} from '#test/support/small-shop.ts';
import { answerOf, done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await toldShop();
});
afterEach(() => shop.remove());

/** The routing of every order, as document control tells it. */
const steps = (version: string, more: Readonly<Record<string, string>> = {}) => {
  const [header = '', ...rows] = must(SMALL_PLANT['steps.csv'], 'The steps').split('\n');
  const told = { version, ...more };
  return shop.take({
    'steps.csv': [
      [header, ...Object.keys(told)].join(','),
      ...rows.map((row) => [row, ...Object.values(told)].join(',')),
    ].join('\n'),
  });
};
const start = (person = 'anna') => shop.report('started', 'M1', 'A/mix', { person });
const first = () => must(lineView(shop.station, 'M1', null)?.items[0], 'The first position');

test('[QUAL-05] a start keeps what was found in order when it began: later changes alter nothing of it', async () => {
  shop.clock('07:00');
  done(await start());
  const [started] = shop.station.workspace.events;
  const passed = [
    'What the ERP says was heard 1 h ago',
    'Instructions R, version 1',
    'Mixer 1 is up',
    'Anna is qualified: mixing',
    'Mixer 1 is free',
  ];
  expect(started?.passed).toEqual(passed);
  done(
    await shop.take({
      'qualifications.csv': 'person,qualification,evaluated,passed\nanna,mixing,2026-11-23T06:30:00Z,no\n',
    }),
  );
  shop = withVerbs(await shop.reopened());
  expect(shop.station.workspace.events[0]?.passed).toEqual(passed);
});

test('a new version of the instructions stops what was told with the old one, until the desk tells it anew', async () => {
  shop.clock('06:30');
  expect(first().passed).toContain('Instructions R, version 1');
  done(await steps('2'));
  const refusal =
    'WRONG_INSTRUCTIONS: A · mix was dispatched with R version 1; by now R version 2 holds. The desk dispatches it anew.';
  expect(await answerOf(start())).toBe(refusal);
  expect(first().gates).toMatchObject([{ code: 'WRONG_INSTRUCTIONS' }]);
  expect(first().overridable).toBe(false);
  await shop.station.refresh();
  done(await shop.handlers['queue.dispatch']({ reason: 'Version 2' }, planner()));
  const queue = must(
    [...shop.station.workspace.queues.values()].find(({ unit }) => unit === 'M1'),
    'The list',
  );
  const changes = must(queue.note?.changes, 'Its changes') as readonly QueueChange[];
  expect(changes.map((one) => changeWords(one, zoneOf(shop.station.workspace.plant)))).toEqual([
    'instructions R version 1 → R version 2',
    'instructions R version 1 → R version 2',
  ]);
  done(await start());
});

test('[QUAL-04] where it is flagged, whoever starts has been trained in the version that holds', async () => {
  shop.clock('06:30');
  const trained = (at: string) =>
    shop.take({
      'tests.csv': 'id,subject\nmixing,person\nread,person\n',
      'qualifications.csv': `person,qualification,evaluated\nanna,mixing,2026-01-01T00:00:00Z\nanna,read,${at}\n`,
    });
  done(await trained('2026-11-01T00:00:00Z'));
  done(await steps('1', { training: 'read', trainedSince: '2026-11-20T00:00:00Z' }));
  expect(await answerOf(start())).toMatch(/^DOC_NOT_TRAINED: Anna has not been trained in read since/);
  done(await trained('2026-11-21T00:00:00Z'));
  done(await start());
  const unknown = done(
    await steps('1', { training: 'nobody knows it', trainedSince: '2026-11-20T00:00:00Z' }),
  );
  const refused = { field: 'training', value: 'nobody knows it' };
  expect(unknown.refusals).toMatchObject([refused, refused]); // of both steps
});

test('[CAL-06] nothing is started on what the ERP said too long ago; at the limit it is', async () => {
  const heard = Date.parse(OPENS);
  shop.setClock(heard + 24 * 3_600_000);
  expect(first().gates.map(({ code }) => code)).not.toContain('STATUS_STALE');
  shop.setClock(heard + (24 * 3600 + 1) * 1000);
  expect(await answerOf(start())).toMatch(
    /^STATUS_STALE: What the ERP says was last heard 1 d ago, and nothing is dispatched or started on facts older than 1 d/,
  );
  expect(first().gates[0]).toMatchObject({ code: 'STATUS_STALE', object: 'ERP' });
  done(await shop.take({ 'orders.csv': ordersCsv('A', 'B') }));
  done(await start());
});

test('[CAL-06] what a line did while its facts were fresh is judged by then, however late it comes', async () => {
  shop.setClock(Date.parse(OPENS) + 30 * 3_600_000);
  const at = Date.parse(OPENS) / 1000 + 23 * 3600;
  expect(await answerOf(shop.report('started', 'M1', 'A/mix', { person: 'anna', at }))).toBe('done');
});
