/**
 * A unit goes down, or a rush order comes, on a published plan of 10,000 tasks: until the case is open with what it hits, until
 * three repairs are there, until every line has been told, and what looking at the cases costs after each report.
 * `npm run bench -- cases [--tasks N]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatePlant } from '#electron/demo/generate.ts';
import { lineView } from '#electron/app/line-view.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { openStation } from '#electron/station/running.ts';
import { groupBy } from '#shared/base/group.ts';
import { must } from '#shared/base/must.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { HOUR } from '#shared/time/instant.ts';
import { causesFromRecord } from '#shared/flow/causes/causes-from-record.ts';
import { situationOf } from '#shared/flow/causes/situation.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const { values } = parseArgs({ options: { tasks: { type: 'string', default: '10000' } } });
const UNITS = 3;

const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
let now = Date.parse('2026-11-23T05:00:00Z');
const running = await openStation({ data, clock: () => now });
const { handlers, station } = running;
const expected = () => station.workspace.revision;
const files = generatePlant({ tasks: Number(values.tasks), seed: 1, start: '2026-11-23' });
done(await handlers['import.files']({ files, dryRun: false }, planner()));
const solved = new Promise<void>((resolve) => {
  station.onFact((fact) => fact.kind === 'solve.ended' && resolve());
});
done(await handlers['solve.start']({ seconds: 4, seed: 1 }, planner()));
await solved;
done(await handlers['proposal.accept']({ expected: expected() }, planner()));
done(await handlers['version.publish']({ note: '', expected: expected() }, planner()));
done(await handlers['queue.dispatch']({}, planner()));
await running.cases?.settled();

/** Elapsed, and what all threads worked meanwhile: on a busy machine only the second tells something. */
const rows = new Map<string, (readonly [elapsed: number, worked: number])[]>();
async function timed<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  const [began, usage] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(usage);
  rows.set(what, [...(rows.get(what) ?? []), [performance.now() - began, (user + system) / 1000]]);
  return value;
}

const soon = station.workspace.schedule.assignments.filter(({ start }) => start < now / 1000 + 4 * HOUR);
const units = [...groupBy(soon, ({ unit }) => unit)].toSorted((a, b) => b[1].length - a[1].length);
for (const [unit] of units.slice(0, UNITS)) {
  now += 60_000;
  const id = `downtime of ${unit}`;
  const report = ExecutionReport.parse({ id, kind: 'downtimeStarted', unit, reason: 'Mechanical' });
  const known = station.workspace.cases.length;
  await timed('report to case with its impact', async () => {
    done(await recordExecution(station, report, { user: unit, origin: 'line', key: id }));
    await running.cases?.settled();
    await handlers['case.list']({}, planner());
  });
  if (station.workspace.cases.length === known) throw new Error(`Nothing is hit on ${unit}.`);
  const one = must(station.workspace.cases.at(-1), 'The case');
  const { within } = await timed('three repairs', () => handlers['case.offer']({ case: one.id }, planner()));
  if (!within.ok) throw new Error(within.refusal.text);
  done(await handlers['repair.choose']({ offer: within.offer, aim: 'leastChange' }, planner()));
  const { proposal, revision } = must(await handlers['case.preview']({}, planner()), 'The proposal');
  const decision = { case: one.id, proposal, reason: 'Bench', expected: revision };
  await timed('accepted, published and dispatched', async () =>
    done(await handlers['case.decide'](decision, planner())),
  );
  await timed('every line page has its new queue', async () => {
    for (const line of station.workspace.queues.keys()) lineView(station, line, null);
  });
}
const { plant } = station.workspace;
for (let round = 1; round <= UNITS; round += 1) {
  now += 60_000;
  const like = must(
    plant.orders.find((one) => one.due > now / 1000 + round * 24 * HOUR),
    'An order',
  );
  const due = new Date(now + 6 * HOUR * 1000).toISOString();
  const text = `id,quantity,routing,due,state\nRUSH-${round},${like.quantity},${like.routing},${due},Released\n`;
  const rush = { files: [{ name: 'orders.csv', text }], dryRun: false };
  done(await handlers['import.files'](rush, planner()));
  await running.cases?.settled();
  const one = must(station.workspace.cases.at(-1), 'The case');
  const { within } = await timed('three repairs for a rush order', () =>
    handlers['case.offer']({ case: one.id }, planner()),
  );
  if (!within.ok) throw new Error(within.refusal.text);
}
const { plan, version, tasks, progress } = station.workspace;
const published = must(version, 'A version');
for (let round = 0; round < 20; round += 1) {
  await timed('looking at the causes after a report', async () =>
    causesFromRecord(situationOf({ ...plan }, published, tasks, progress)),
  );
}
const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
console.log(`${plan.tasks.length} tasks, ${UNITS} units down one after the other, median of each`);
const figures = [...rows].map(([what, all]) => {
  const [ms, cpu] = [0, 1].map((column) => median(all.map((pair) => pair[column] ?? 0)).toFixed(0));
  return [what, { ms, 'CPU ms': cpu }];
});
console.table(Object.fromEntries(figures));
await running.close();
rmSync(data, { recursive: true });
