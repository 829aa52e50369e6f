/**
 * For how long the station hears nobody while it answers something large: two scenarios of 10,000 tasks side by side.
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
console.log(
  `Two scenarios of ${station.workspace.plan.tasks.length} tasks side by side, median of ${ROUNDS}`,
);
console.log(`  answered after                    ${median(took).toFixed(0)} ms`);
console.log(`  longest time nobody else is heard ${median(still).toFixed(0)} ms`);
await running.close();
rmSync(data, { recursive: true });
