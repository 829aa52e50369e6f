import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordExecution } from '#electron/app/record-execution.ts';
import { lineView } from '#electron/app/line-view.ts';
import { must } from '#shared/base/must.ts';
import type { Caller } from '#shared/contract/calls.ts';
import type { LineItem } from '#shared/contract/line.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { lineThatBegins } from '#test/support/line-that-begins.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

/** The whole road on the demo plant, through the verbs that the window, the command line and the lines use. */
describe('the road on the demo plant', () => {
  let shop: TemporaryStation;
  let item: LineItem;
  let unit: LineItem['assignment']['unit'];

  beforeAll(async () => {
    shop = await temporaryStation('2026-11-23T05:00:00Z');
  });
  afterAll(() => shop.remove());

  const revision = () => shop.station.workspace.revision;
  const operator = (person: string): Caller => ({ ...planner(), user: person, origin: 'line' });
  const report = (kind: string, more: object = {}, person?: string) =>
    recordExecution(
      shop.station,
      ExecutionReport.parse({
        id: planner().key,
        kind,
        unit,
        ...(!kind.startsWith('downtime') && { task: item.task }),
        ...(person && { person }),
        ...more,
      }),
      operator(person ?? unit),
    );

  test('orders and resources come in from the ERP files, nothing is refused', async () => {
    const imported = done(await shop.handlers['plant.openDemo']({}, planner()));
    expect(imported.refusals).toEqual([]);
    expect(imported.changes.find((change) => change.kind === 'orders')?.added).toBeGreaterThanOrEqual(150);
    const domains = new Set(shop.station.workspace.plan.tasks.map((task) => task.domain));
    expect(domains).toEqual(new Set(['production', 'quality', 'maintenance', 'inventory']));
  });

  test('the same files again have no second effect', async () => {
    const before = shop.station.workspace.plant;
    const again = done(await shop.handlers['plant.openDemo']({}, planner()));
    expect(
      again.changes.reduce((sum, change) => sum + change.added + change.changed + change.removed, 0),
    ).toBe(0);
    expect(shop.station.workspace.plant).toEqual(before);
  });

  test('solve gives a proposal that the checker accepts and that is shown before it counts', async () => {
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 2, seed: 1 }, planner()));
    expect((await ended).outcome).toBe('proposal');
    const proposal = must(await shop.handlers['proposal.read']({}, planner()), 'The proposal');
    expect(proposal.differences.length).toBeGreaterThan(500);
    expect(shop.station.workspace.schedule.assignments).toEqual([]);
    done(await shop.handlers['proposal.accept']({ expected: revision() }, planner()));
    const { plan, schedule } = shop.station.workspace;
    expect(checkSchedule(plan, schedule)).toEqual([]);
    expect(schedule.assignments.length).toBeGreaterThan(plan.tasks.length * 0.9);
    for (const unplaced of schedule.unplaced) expect(unplaced.text).not.toBe('');
  });

  test('nobody and nothing is busier than its calendar is open', async () => {
    const [units, people] = [
      await shop.handlers['resources.list']({}, planner()),
      await shop.handlers['people.list']({}, planner()),
    ];
    expect(units.some((unit) => unit.busySeconds > 0)).toBe(true);
    for (const row of [...units, ...people]) expect(row.busySeconds).toBeLessThanOrEqual(row.openSeconds);
  });

  test('a drag is judged before, applied, kept over a restart and undone to the last second', async () => {
    const { assignments } = shop.station.workspace.schedule;
    const candidate = must(
      assignments
        .toSorted((a, b) => b.start - a.start)
        .map((assignment) => ({
          assignment,
          verdict: shop.station.timetable.tryMove(
            assignment.task,
            assignment.unit,
            assignment.start + 15 * MINUTE,
          ),
        }))
        .find(({ verdict }) => verdict.ok),
      'A task that can be moved by a quarter of an hour',
    ).assignment;
    const before = shop.station.workspace.draft;
    const start = candidate.start + 15 * MINUTE;
    done(
      await shop.handlers['draft.move'](
        { task: candidate.task, unit: candidate.unit, start, expected: revision() },
        planner(),
      ),
    );
    expect(shop.station.workspace.assignments.get(candidate.task)?.start).toBe(start);
    expect(checkSchedule(shop.station.workspace.plan, shop.station.workspace.schedule)).toEqual([]);
    shop = await shop.reopened();
    expect(shop.station.workspace.assignments.get(candidate.task)?.start).toBe(start);
    done(await shop.handlers['draft.undo']({ expected: revision() }, planner()));
    expect(shop.station.workspace.draft).toEqual(before);
    done(await shop.handlers['draft.redo']({ expected: revision() }, planner()));
    expect(shop.station.workspace.assignments.get(candidate.task)?.start).toBe(start);
  });

  test('a drop that cannot be is refused with rule, object and the nearest slot', async () => {
    const { plan, assignments } = shop.station.workspace;
    const follower = must(
      plan.tasks.find(
        (task) =>
          task.after.length > 0 &&
          assignments.has(task.id) &&
          (assignments.get(task.after[0]?.task ?? task.id)?.end ?? 0) > plan.now + 4 * HOUR,
      ),
      'A task with a predecessor',
    );
    const place = must(assignments.get(follower.id), 'Its place');
    const outcome = await shop.handlers['draft.move'](
      { task: follower.id, unit: place.unit, start: plan.now + HOUR, expected: revision() },
      planner(),
    );
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { object: expect.stringMatching(/./), text: expect.stringMatching(/./) },
    });
    expect(shop.station.workspace.assignments.get(follower.id)).toEqual(place);
  });

  test('[R5] a change against an old revision is refused and changes nothing', async () => {
    const stale = await shop.handlers['draft.undo']({ expected: revision() - 1 }, planner());
    expect(stale).toMatchObject({ ok: false, refusal: { code: 'REVISION_STALE' } });
  });

  test('publish freezes a version, dispatch gives each line its queue', async () => {
    const caller = planner();
    const first = await shop.handlers['version.publish'](
      { note: 'first week', expected: revision() },
      caller,
    );
    expect(done(first).number).toBe(1);
    expect(
      await shop.handlers['version.publish']({ note: 'first week', expected: revision() }, caller),
    ).toEqual(first);
    expect(done(await shop.handlers['queue.dispatch']({}, planner())).queues).toBeGreaterThan(10);
    for (const queue of shop.station.workspace.queues.values()) expect(queue.revision).toBe(1);
  });

  test('[AC-10] a line sees what is next and why; a start is refused until its gates pass', async () => {
    const { workspace } = shop.station;
    const waitsFor = (task: TaskId): number => workspace.tasks.get(task)?.after.length ?? 0;
    unit = lineThatBegins(shop).queue.unit;
    item = must(lineView(shop.station, unit, null), 'The line').items[0] as LineItem;
    expect(item.why).not.toBe('');
    shop.setClock((item.assignment.start + MINUTE) * 1000);

    const stranger = must(
      workspace.plant.people.find((person) => !qualifiedFor(item, person.id)),
      'Somebody without the qualification',
    );
    const refused = await report('started', {}, stranger.id);
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'QUAL_MISSING', text: expect.stringContaining(stranger.name) },
    });

    const [elsewhere, waiting] = must(
      [...workspace.queues.values()].flatMap((entry) =>
        entry.items.filter(({ task }) => waitsFor(task) > 0).map((one) => [entry.unit, one.task] as const),
      )[0],
      'A task that waits for another',
    );
    const early = await recordExecution(
      shop.station,
      ExecutionReport.parse({ id: planner().key, kind: 'started', unit: elsewhere, task: waiting }),
      operator(elsewhere),
    );
    expect(early.ok).toBe(false);
    const gates = lineView(shop.station, elsewhere, null)
      ?.items.find((entry) => entry.task === waiting)
      ?.gates.map((gate) => gate.code);
    expect(gates).toContain('PREDECESSOR_NOT_FINISHED');
    expect(shop.station.workspace.events).toEqual([]);
  });

  const qualifiedFor = (entry: LineItem, person: PersonId): boolean => {
    const { tasks, plant } = shop.station.workspace;
    const needs = tasks.get(entry.task)?.people ?? [];
    return needs.every((need) =>
      plant.testResults.some(
        (result) => result.subject === (person as string) && result.spec === need.qualification,
      ),
    );
  };

  test('the qualified person starts, pauses with a reason, reports and completes; the board shows actual beside plan', async () => {
    const person = must(item.assignment.people[0]?.person, 'The planned person');
    done(await report('started', {}, person));
    expect(await report('started', {}, person)).toMatchObject({
      ok: false,
      refusal: { code: 'TASK_STARTED' },
    });
    expect(await report('paused', {}, person)).toMatchObject({ ok: false });
    done(await report('paused', { reason: 'Material missing' }, person));
    done(await report('resumed', {}, person));
    done(await report('quantityReported', { good: item.quantity / 2, scrap: 0 }, person));
    shop.setClock(shop.station.clock() + 30 * MINUTE * 1000);
    done(await report('completed', { good: item.quantity / 2, scrap: 0 }, person));
    const board = await shop.handlers['board.read']({}, planner());
    const bar = must(
      board.bars.find((entry) => entry.task === item.task),
      'The bar',
    );
    expect(bar).toMatchObject({ work: 'completed', progress: 1 });
    expect(bar.actualStart).not.toBeNull();
    expect(bar.actualEnd).not.toBeNull();
    expect(lineView(shop.station, unit, null)?.items.some((entry) => entry.task === item.task)).toBe(false);
  });

  test('a machine goes down: planning leaves it alone until it is up again', async () => {
    done(await report('downtimeStarted', { reason: 'Mechanical' }));
    const board = await shop.handlers['board.read']({}, planner());
    const row = must(
      board.rows.find((entry) => entry.unit === unit),
      'The row',
    );
    expect(row.downtimes.some((downtime) => downtime.reason === 'Mechanical' && downtime.end === null)).toBe(
      true,
    );
    const next = must(lineView(shop.station, unit, null)?.items[0], 'The next task');
    expect(next.gates.map((gate) => gate.code)).toContain('MAINT_BLOCKED');
    shop.setClock(shop.station.clock() + HOUR * 1000);
    done(await report('downtimeEnded'));
    expect(lineView(shop.station, unit, null)?.down).toBeNull();
  });

  test('the solver plans around what has happened and leaves finished work alone', async () => {
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 1, seed: 2 }, planner()));
    expect((await ended).text).toContain('Best by');
    const before = shop.station.workspace.draft.get(item.task);
    done(await shop.handlers['proposal.accept']({ expected: revision() }, planner()));
    expect(shop.station.workspace.draft.get(item.task)).toEqual(before);
  });

  test('[R1] everything is still there after a restart, and the ledger is whole', async () => {
    const { plant, draft, events, version, queues } = shop.station.workspace;
    shop = await shop.reopened();
    expect(shop.station.workspace).toMatchObject({ plant, events, version });
    expect(shop.station.workspace.draft).toEqual(draft);
    expect(shop.station.workspace.queues).toEqual(queues);
    expect(await shop.handlers['ledger.verify']({}, planner())).toMatchObject({ ok: true, problem: null });
  });
});
