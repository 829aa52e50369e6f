/**
 * What a planner waits for on a plan of 10,000 tasks: the first verdict half a second after an edit, and how
 * long the station hears nobody while it holds two scenarios side by side.
 * `npm run bench -- station [--tasks N]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatePlant } from '#electron/demo/generate.ts';
import { openStation } from '#electron/station/running.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import { must } from '#shared/base/must.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const { values } = parseArgs({ options: { tasks: { type: 'string', default: '10000' } } });
const ROUNDS = 5;

const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
const running = await openStation({ data, clock: () => Date.parse('2026-11-23T05:00:00Z') });
const { handlers, station } = running;
const files = generatePlant({ tasks: Number(values.tasks), seed: 1, start: '2026-11-23' });
done(await handlers['import.files']({ files, dryRun: false }, planner()));
const solved = new Promise<void>((resolve) => {
  station.onFact((fact) => fact.kind === 'solve.ended' && resolve());
});
done(await handlers['solve.start']({ seconds: 4, seed: 1 }, planner()));
await solved;
const expected = () => station.workspace.revision;
done(await handlers['proposal.accept']({ expected: expected() }, planner()));

/** Milliseconds until the first verdict on a drop after an edit. */
async function firstVerdict(round: number): Promise<number> {
  const places = [...station.workspace.assignments.values()].filter(({ start }) => start > station.now);
  const { task, unit, start } = must(places[(97 * round) % places.length], 'a place');
  await handlers['draft.try']({ task, unit, start: start + 600 }, planner());
  done(await handlers['draft.pin']({ tasks: [task], pinned: true, expected: expected() }, planner()));
  done(await handlers['draft.pin']({ tasks: [task], pinned: false, expected: expected() }, planner()));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const began = performance.now();
  await handlers['draft.try']({ task, unit, start: start + 600 }, planner());
  return performance.now() - began;
}
const verdicts: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) verdicts.push(await firstVerdict(round));

const { scenario } = done(
  await handlers['scenario.branch']({ name: 'Other', expected: expected() }, planner()),
);
const [first] = station.workspace.assignments.keys();
const tasks = [must(first, 'a placed task')];
done(await handlers['draft.unplace']({ tasks, expected: expected() }, planner()));

const took: number[] = [];
const still: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  let turn = performance.now();
  let longest = 0;
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - turn);
    turn = performance.now();
  }, 1);
  const began = performance.now();
  await handlers['scenario.compare']({ scenario, against: DRAFT }, planner());
  took.push(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(watch);
  still.push(longest);
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
console.log(`${station.workspace.plan.tasks.length} tasks, median of ${ROUNDS}`);
console.log(`  two scenarios side by side after  ${median(took).toFixed(0)} ms`);
console.log(`  longest time nobody else is heard ${median(still).toFixed(0)} ms`);
console.log(`  first verdict after an edit       ${median(verdicts).toFixed(0)} ms`);
await running.close();
rmSync(data, { recursive: true });
