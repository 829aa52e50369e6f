import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFiles } from '#electron/app/import-files.ts';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { groupBy } from '#shared/base/group.ts';
import { TaskId } from '#shared/domain/task.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

const PLANT = resolve(import.meta.dirname, '../../../shared/plants/machining-2012');
const FILES = ['orders.csv', 'operations.csv', 'workers.csv', 'breakdowns.csv'];

const textOf = (name: string) => ({ name, text: readFileSync(join(PLANT, name), 'utf8') });
const mappingOf = (name: string) =>
  Mapping.parse(JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')));

/** The bookings of the log, read by hand so that the importer is not judged by itself. */
const bookings = () =>
  textOf('operations.csv')
    .text.trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
    .map(([order, position, , , , , completed, rejected, , , , finished]) => ({
      task: `${order}/${position}`,
      completed: Number(completed),
      rejected: Number(rejected),
      finished: Date.parse(finished ?? '') / 1000,
    }));

/** The road on a plant that nobody here designed; skipped where its files are not at hand. */
describe.skipIf(!existsSync(PLANT))('the road on a real machining plant', () => {
  let shop: TemporaryStation;
  const revision = () => shop.station.workspace.revision;

  beforeAll(async () => {
    shop = await temporaryStation('2012-01-01T00:00:00Z');
  });
  afterAll(() => shop.remove());

  test('its four files come in through the ordinary importer with a saved mapping, nothing is refused', async () => {
    const mapping = mappingOf('machining-2012.mapping.json');
    const report = done(
      await importFiles(shop.station, { files: FILES.map(textOf), mapping, dryRun: false }, planner()),
    );
    expect(report.refusals).toEqual([]);
    expect(report.warnings).toEqual([]);
    const { plant } = shop.station.workspace;
    expect(plant.orders).toHaveLength(213);
    expect(plant.people).toHaveLength(29);
    expect(plant.equipment).toHaveLength(20);
    expect(plant.materials).toHaveLength(35);
    expect(plant.downtimes).toHaveLength(34);
  });

  test('its orders give 1,281 tasks in their sequence, with alternatives and people by experience', () => {
    const { plan } = shop.station.workspace;
    expect(plan.refused).toEqual([]);
    expect(plan.tasks).toHaveLength(1281);
    const milling = plan.tasks.filter((task) => task.name.startsWith('Turning & Milling - Machine '));
    expect(milling).toHaveLength(318);
    for (const task of milling) expect(task.modes).toHaveLength(6);
    expect(plan.tasks.filter((task) => task.modes.length > 1).length).toBeGreaterThan(400);
    expect(plan.tasks.filter((task) => task.after.length > 0)).toHaveLength(1281 - 213);
    for (const task of plan.tasks) expect(task.people).toMatchObject([{ count: 1, handover: true }]);
  });

  test('it is scheduled whole, and the checker accepts the schedule', async () => {
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 2, seed: 1 }, planner()));
    expect(await ended).toMatchObject({ outcome: 'proposal' });
    done(await shop.handlers['proposal.accept']({ expected: revision() }, planner()));
    const { plan, schedule } = shop.station.workspace;
    expect(checkSchedule(plan, schedule)).toEqual([]);
    expect(schedule.unplaced).toEqual([]);
    expect(schedule.assignments).toHaveLength(1281);
  });

  test('it is published and dispatched to its twenty lines', async () => {
    done(await shop.handlers['version.publish']({ note: 'machining', expected: revision() }, planner()));
    expect(done(await shop.handlers['queue.dispatch']({}, planner())).queues).toBeGreaterThanOrEqual(15);
  });

  test('its log, replayed as facts, ends in the order states and quantities of the log', async () => {
    shop.setClock(Date.parse('2012-04-02T00:00:00Z'));
    const mapping = mappingOf('machining-2012-log.mapping.json');
    const files = ['operations.csv', 'breakdowns.csv'].map(textOf);
    const report = done(await importFiles(shop.station, { files, mapping, dryRun: false }, planner()));
    expect(report.refusals).toEqual([]);
    const { events: facts } = shop.station.workspace;
    expect(facts).toHaveLength(report.changes.find(({ kind }) => kind === 'execution')?.added ?? 0);
    expect(facts.every((event) => event.origin === 'log')).toBe(true);
    expect(facts.filter((event) => event.deviations.length > 0).length).toBeGreaterThan(0);

    const rows = await shop.handlers['orders.list']({}, planner());
    expect(rows).toHaveLength(213);
    expect(rows.filter((row) => row.state !== 'Completed')).toEqual([]);

    const { progress, events } = shop.station.workspace;
    const logged = bookings();
    expect(logged).toHaveLength(1281);
    for (const { task, completed, rejected, finished } of logged) {
      expect(progress.get(TaskId.parse(task))).toMatchObject({
        good: completed,
        scrap: rejected,
        actualEnd: finished,
        state: { kind: 'completed' },
      });
    }
    const downs = groupBy(events, (event) => event.kind);
    expect(downs.get('downtimeStarted')).toHaveLength(34);
    expect(downs.get('downtimeEnded')).toHaveLength(34);
  });

  test('the same log again changes nothing: every fact is known by its id', async () => {
    const { events, progress } = shop.station.workspace;
    const mapping = { ...mappingOf('machining-2012-log.mapping.json'), name: 'the same by another name' };
    done(
      await importFiles(
        shop.station,
        { files: [textOf('operations.csv')], mapping, dryRun: false },
        planner(),
      ),
    );
    expect(shop.station.workspace.events).toEqual(events);
    expect(shop.station.workspace.progress).toEqual(progress);
  });
});
