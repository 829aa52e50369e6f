import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { recordExecution } from '#electron/app/record-execution.ts';
import { type RunningFeeds, runFeeds } from '#electron/app/run-feeds.ts';
import { must } from '#shared/base/must.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { DAY } from '#shared/time/instant.ts';
import { type TemporaryStation, done, planner, temporaryStation } from './temporary-station.ts';

/** On the road the clock jumps from task to task: no fact becomes too old to start on. */
export const AT_ANY_AGE = 90 * DAY;

/** A station that has read everything from an ERP, and goes on with it until the test is over. */
export async function connectedStation(
  feed: Feed,
  secret: string,
): Promise<{ plant: TemporaryStation; feeds: RunningFeeds }> {
  const plant = await temporaryStation(new Date().toISOString());
  onTestFinished(() => plant.remove());
  done(await plant.handlers['feed.save']({ feed, secret }, planner()));
  const feeds = runFeeds(plant.station);
  onTestFinished(() => feeds.stop());
  await feeds.reconcile(feed.name);
  return { plant, feeds };
}

/** Solves, accepts and publishes; our tasks all have a place then. */
export async function published(
  { station, handlers }: TemporaryStation,
  isOurs: (task: string) => boolean,
): Promise<void> {
  done(await handlers['solve.start']({ seconds: 2, seed: 1 }, planner()));
  await station.solving?.done;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  expect(station.workspace.schedule.unplaced.filter(({ task }) => isOurs(task))).toEqual([]);
  done(await handlers['version.publish']({ note: 'First', expected: station.workspace.revision }, planner()));
}

/** When nothing waits to be told to the ERP. */
export async function sent({ station }: TemporaryStation, feed: string): Promise<void> {
  while ((await station.store.read.outbox(feed, 1)).waiting > 0) await sleep(50);
}

/** A line works on its list in the order of starts: an operation is begun, paused once and completed as planned. */
export async function worked(plant: TemporaryStation, isOurs: (task: string) => boolean): Promise<void> {
  const { station } = plant;
  const places = [...station.workspace.assignments.values()]
    .filter(({ task }) => isOurs(task))
    .sort((a, b) => a.start - b.start);
  for (const { task, unit, start, end } of places) {
    const say = async (kind: string, at: number, more: object = {}) => {
      plant.setClock(at * 1000);
      const report = ExecutionReport.parse({ id: `${task} ${kind} ${at}`, kind, unit, task, at, ...more });
      done(await recordExecution(station, report, { user: unit, origin: 'line', key: report.id }));
    };
    await say('started', start);
    await say('paused', start + 600, { reason: 'Glue' });
    await say('resumed', start + 900);
    await say('quantityReported', end - 60, { good: 1 });
    const left = must(station.workspace.tasks.get(task), task).quantity - 1;
    await say('completed', end, { good: left });
  }
}
