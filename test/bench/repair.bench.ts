/**
 * What a change on the shop floor costs: random drops on the demo plant and on 10,000 tasks, how long the verdict takes
 * and how many tasks it moves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFiles } from '#electron/app/import-files.ts';
import { demoFiles } from '#electron/app/open-demo.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import { openStation } from '#electron/station/running.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { hasEstimatedRun } from '#shared/domain/task.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { repair } from '#solver/repair/repair.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { randomFrom } from '#solver/run/random.ts';
import { solve } from '#solver/solve.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');
const SOLVE_SECONDS = 5;
const DROPS = 300;

/** The plan that the station makes of the demo plant, or of one like it with so many tasks. */
async function planOf(tasks: number | null): Promise<Plan> {
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
  const running = await openStation({ data, clock: () => NOW });
  const files =
    tasks === null
      ? await demoFiles(running.station)
      : generatePlant({ tasks, seed: 1, start: '2026-11-23' });
  const caller = { user: 'bench', origin: 'command', key: 'bench import' } as const;
  const outcome = await importFiles(running.station, { files, dryRun: false }, caller);
  if (!outcome.ok) throw new Error(outcome.refusal.text);
  const { plan } = running.station.workspace;
  await running.close();
  rmSync(data, { recursive: true });
  return plan;
}

function scheduled(plan: Plan): Schedule {
  const problem = problemFromPlan(plan);
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const solution = solve(problem, { seed: 1, limit: { seconds: SOLVE_SECONDS }, now });
  return scheduleFromSolution(problem, solution);
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

function row(what: string, values: readonly number[], digits: number): void {
  const figures = [0.5, 0.9, 0.95].map((share) => at(values, share).toFixed(digits).padStart(9));
  console.log(`  ${what.padEnd(36)}${figures.join('')}`);
}

/** Random tasks on a random unit of theirs, within a day before and after. */
function drops(plan: Plan, schedule: Schedule): void {
  const random = randomFrom(7);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  let from = performance.now();
  let table = openTimetable(plan, schedule);
  row('open timetable, ms', [performance.now() - from], 1);
  const times: number[] = [];
  const lenses: number[] = [];
  const lengths: number[] = [];
  const firsts: number[] = [];
  const moves: number[] = [];
  const late: number[] = [];
  let refused = 0;
  let wrong = 0;
  while (times.length < DROPS) {
    const place = pick(schedule.assignments);
    const task = tasks.get(place.task);
    if (!task || place.start < plan.now) continue;
    const { unit } = pick(task.modes);
    const start = Math.max(plan.now, place.start + Math.round((2 * random() - 1) * 86_400));
    from = performance.now();
    const verdict = table.tryMove(place.task, unit, start);
    times.push(performance.now() - from);
    const others = task.modes.map((mode) => mode.unit).filter((other) => other !== unit);
    from = performance.now();
    table.lens(place.task, others, start);
    lenses.push(performance.now() - from);
    if (hasEstimatedRun(task)) {
      from = performance.now();
      table.tryMove(place.task, place.unit, place.start, { estimate: place.end - place.runStart + 1800 });
      lengths.push(performance.now() - from);
    }
    if (verdict.ok) {
      moves.push(verdict.moves);
      late.push(verdict.lateOrders);
      const result = table.move(place.task, unit, start);
      if (times.length % 10 !== 0 || !result.ok) continue;
      wrong += checkSchedule(plan, result.schedule).length;
      from = performance.now();
      table = table.followedBy(plan, result.schedule);
      table.tryMove(place.task, unit, start + 600);
      firsts.push(performance.now() - from);
      table = table.followedBy(plan, schedule);
    } else refused += 1;
  }
  row('verdict on a drop, ms', times, 2);
  row('what its other rows say, ms', lenses, 2);
  row('verdict on another length, ms', lengths, 2);
  row('first verdict after an edit, ms', firsts, 2);
  row('tasks that an allowed drop moves', moves, 0);
  row('late orders that it adds', late, 0);
  console.log(`  ${refused} of ${DROPS} refused; ${wrong} violations of the checker in every tenth`);
}

const BREAKDOWNS = 20;
const SEARCH_SECONDS = 0.7;

/** Random units that break down for a shift within the next three days: the first repair, and all three. */
function breakdowns(plan: Plan, schedule: Schedule): void {
  const random = randomFrom(11);
  const compiled = problemFromPlan(plan);
  const soon = schedule.assignments.filter(({ start }) => start < plan.now + 3 * 86_400);
  const first: number[] = [];
  const all: number[] = [];
  const rows = new Map<string, number[]>();
  let wrong = 0;
  for (let k = 0; k < BREAKDOWNS; k += 1) {
    const hit = soon[Math.floor(random() * soon.length)] as (typeof soon)[number];
    const from = Math.max(plan.now, hit.start);
    const change = { kind: 'breakdown', unit: hit.unit, from, until: from + 8 * 3600 } as const;
    let began = performance.now();
    repair(plan, schedule, change, { seed: 1, limit: { iterations: 0 }, aims: ['leastChange'] }, compiled);
    first.push(performance.now() - began);
    began = performance.now();
    const limit = { seconds: SEARCH_SECONDS };
    const repaired = repair(
      plan,
      schedule,
      change,
      { seed: 1, limit, elapsed: () => performance.now() },
      compiled,
    );
    all.push(performance.now() - began);
    if (!repaired.ok) throw new Error('A breakdown has no repair.');
    for (const { aim, schedule, counts } of repaired.repairs) {
      wrong += checkSchedule(repaired.plan, schedule).length;
      for (const [name, value] of [
        ['moved', counts.moved],
        ['late now', counts.lateNow - counts.onTimeNow],
        ['weighted tardiness, h', counts.weightedTardiness / 3600],
        ['setup, h', counts.setup / 3600],
        ['dropped', counts.dropped],
      ] as const) {
        const key = `${aim}: ${name}`;
        rows.set(key, [...(rows.get(key) ?? []), value]);
      }
    }
  }
  row('first repair after a breakdown, ms', first, 0);
  row('three repairs, ms', all, 0);
  for (const [name, values] of rows) row(name, values, 0);
  console.log(`  ${wrong} violations of the checker`);
}

for (const tasks of [null, 10_000]) {
  const plan = await planOf(tasks);
  const schedule = scheduled(plan);
  console.log(`${tasks === null ? 'Demo plant' : 'Generated plant'}, ${plan.tasks.length} tasks`);
  console.log(`  ${''.padEnd(36)}${['median', 'p90', 'p95'].map((name) => name.padStart(9)).join('')}`);
  drops(plan, schedule);
  breakdowns(plan, schedule);
}
