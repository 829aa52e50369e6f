import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyNoEstimate } from '#electron/app/estimates.ts';
import { importFiles } from '#electron/app/import-files.ts';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { openSender } from '#electron/app/send-outbox.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { trytonConnector } from '#electron/erp/tryton/connector.ts';
import { trytonDate, trytonTime } from '#electron/erp/tryton/values.ts';
import { must } from '#shared/base/must.ts';
import { ExecutionReport, LineReport } from '#shared/domain/execution.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';
import { type TrytonStandIn, putProduction, standInTryton } from '#test/support/tryton-stand-in.ts';

const NOW = '2026-11-20T12:00:00Z';

let tryton: TrytonStandIn;
let plant: TemporaryStation;
beforeEach(async () => {
  tryton = await standInTryton();
  putProduction(tryton, 1, trytonTime(Date.parse('2026-11-20T08:00:00Z') / 1000));
  plant = await temporaryStation(NOW);
  done(await plant.handlers['feed.save']({ feed: feed(), secret: 'hidden' }, planner()));
  await pull();
});
afterEach(async () => {
  await tryton.close();
  await plant.remove();
});

const login = () => ({ address: tryton.address, database: 'prod', user: 'admin' });
const feed = () => ErpFeed.parse({ ...login(), name: 'tryton', kind: 'tryton' });
const connector = () => trytonConnector('tryton', { ...login(), secret: 'hidden' }, () => Date.parse(NOW));
const pull = () => pullFeed(plant.station, feed(), connector(), { all: true });
const inTryton = (model: string, id: number) => must(tryton.tables.get(model)?.get(id), `${model} ${id}`);

async function published(): Promise<void> {
  const { handlers, station } = plant;
  done(await handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await station.solving?.done;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  done(await handlers['version.publish']({ note: '', expected: station.workspace.revision }, planner()));
}

const allSent = async (): Promise<void> => {
  const sender = openSender(plant.station, 'tryton', connector());
  while ((await sender.step()) !== null);
};

test('working times that come by file stay, for Tryton knows none', async () => {
  const calendarOf = () => plant.station.workspace.plant.calendars.find(({ id }) => id === 'tryton:C1');
  expect(calendarOf()?.shifts).toMatchObject([{ from: '00:00', to: '00:00' }]);
  const text = 'id,zone,shift,days,from,to\ntryton:C1,Europe/Berlin,Early,1-5,06:00,14:00\n';
  const files = [{ name: 'calendars.csv', text }];
  done(await importFiles(plant.station, { files, dryRun: false }, planner()));
  expect(calendarOf()?.shifts).toMatchObject([{ from: '06:00', to: '14:00' }]);
  inTryton('company.company', 1)['rec_name'] = 'Stools & Sons';
  await pull();
  expect(calendarOf()).toMatchObject({ name: 'Stools & Sons', shifts: [{ from: '06:00', to: '14:00' }] });
});

test('how long a production runs is an estimate, which the planner may correct', () => {
  const { workspace } = plant.station;
  const task = must(workspace.tasks.get('tryton:P1/W10' as TaskId), 'The task');
  expect(whyNoEstimate(workspace, task)).toBeNull();
});

test('a downtime is not told to a Tryton, which has no place for it; progress is', async () => {
  await published();
  await allSent();
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const unit = 'tryton:WC1';
  const say = async (kind: string, more: object) => {
    const report = ExecutionReport.parse({
      id: `first ${kind}`,
      kind,
      unit,
      at: Date.parse(NOW) / 1000,
      ...more,
    });
    done(await recordExecution(plant.station, report, { user: unit, origin: 'line', key: report.id }));
  };
  const waiting = async () =>
    (await plant.station.store.read.waiting('tryton', 10)).map(({ message }) => message.kind);
  await say('started', { task: 'tryton:P1/W10' });
  await say('downtimeStarted', { reason: 'Jam' });
  expect(await waiting()).toEqual(['progress']);
});

test('a start that is taken back stays in Tryton, which leads no way back: both are shown, and it does not come back as news', async () => {
  await published();
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const unit = 'tryton:WC1';
  const say = async (id: string, more: object) => {
    const report = LineReport.parse({ id, unit, ...more });
    done(await takeReport(plant.station, report, { user: unit, origin: 'line', key: id }));
  };
  await say('report 1', { kind: 'started', task: 'tryton:P1/W10' });
  await allSent();
  await say('undo report 1', { kind: 'withdrawn', withdraws: 'report 1' });
  await allSent();
  await pull();
  expect(plant.station.workspace.events).toEqual([]);
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view?.messages.find(({ settlement }) => settlement?.kind === 'notKept')).toMatchObject({
    message: { step: 'W10', state: 'waiting' },
    settlement: { differences: [{ field: 'work state', sent: 'waiting', kept: 'running' }] },
  });
});

test('a production that somebody moves in Tryton to another day is shown with both places', async () => {
  await published();
  await allSent();
  const outbox = () => plant.station.store.read.outbox('tryton', 0);
  plant.setClock(Date.parse(NOW) + 60_000);
  await pull();
  expect(await outbox()).toMatchObject({ notKept: 0 });
  inTryton('production', 1)['planned_start_date'] = trytonDate('2026-11-24');
  await pull();
  const [view] = await plant.handlers['feed.list']({}, planner());
  const entry = view?.messages.find(({ settlement }) => settlement?.kind === 'notKept');
  expect(entry).toMatchObject({
    message: { step: 'W10' },
    settlement: { differences: [{ field: 'start', kept: 'Tue 24 Nov 00:00' }] },
  });
});

test('a Tryton in which nothing happens costs little to look at, and leaves nothing in the ledger nor among the exchanges', async () => {
  const look = () => pullFeed(plant.station, feed(), connector());
  await look();
  const entries = async () => (await plant.handlers['ledger.list']({ limit: 1 }, planner())).total;
  const before = await entries();
  const calls = [];
  for (let minute = 0; minute < 5; minute += 1) {
    const heard = tryton.heard.length;
    expect(await look()).toMatchObject({ changed: 0, waiting: 0 });
    calls.push(tryton.heard.slice(heard));
  }
  expect(await entries()).toBe(before);
  expect(calls.at(-1)?.filter((method) => method.includes('stock.location'))).toEqual([]);
  const [view] = await plant.handlers['feed.list']({}, planner());
  // The first one had remarks to make.
  expect(view?.exchanges.map(({ what }) => what)).toEqual([
    'pull changes',
    'pull changes',
    'pull everything',
  ]);
});
