/**
 * How fast the solver is without the station: conversion, first schedule, all rules and drops on plants of the demo's kind;
 * first schedule and timing anew on plants of the public format. `npm run bench -- solve [--save]`.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { must } from '#shared/base/must.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { construct } from '#solver/construct/construct.ts';
import { constructByFlow } from '#solver/construct/flow.ts';
import { RULES } from '#solver/construct/rules.ts';
import { Score } from '#solver/evaluate/score.ts';
import type { State } from '#solver/evaluate/state.ts';
import { plantFromJson, planFromInstance } from '#solver/instances/plant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { randomFrom } from '#solver/run/random.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { MOVES } from '#solver/search/search.ts';
import { shiftLeft } from '#solver/search/shift.ts';
import { Step } from '#solver/search/step.ts';
import { solve } from '#solver/solve.ts';
import { plantInstance } from '#test/factory/plant-instance.ts';
import { randomPlan } from './random-plan.ts';

interface Row {
  readonly tasks: number;
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

function measure(orders: number, goals: { first: string; drop: string }): Row[] {
  const plan = randomPlan(orders, 1);
  const rows: Row[] = [];
  const row = (what: string, measured: string, goal = ''): void =>
    void rows.push({ tasks: plan.tasks.length, what, measured, goal });

  let from = performance.now();
  const problem = problemFromPlan(plan);
  row('plan to problem', ms(performance.now() - from));
  const converted = performance.now() - from;

  from = performance.now();
  const first = construct(problem, RULES[0], null, () => false);
  row('first schedule, conversion included', ms(performance.now() - from + converted), goals.first);

  from = performance.now();
  const best = solve(problem, { seed: 1, limit: { seconds: 5 }, now: () => performance.now() });
  row('objective, EDD', (first?.objective ?? Number.NaN).toFixed(0));
  row(`objective, best (${best.rule})`, best.objective.toFixed(0));
  row('without a place', String(best.unplaced.length));

  const schedule = scheduleFromSolution(problem, best);
  row('checker violations', String(checkSchedule(plan, schedule).length), '0');

  from = performance.now();
  const table = openTimetable(plan, schedule);
  row('open timetable', ms(performance.now() - from));
  const random = randomFrom(7);
  const times: number[] = [];
  let pushed = 0;
  for (let k = 0; k < 1000; k += 1) {
    const place = schedule.assignments[Math.floor(random() * schedule.assignments.length)];
    const task = place && plan.tasks[problem.taskOf.get(place.task) ?? -1];
    const mode = task?.modes[Math.floor(random() * task.modes.length)];
    if (!place || !mode) continue;
    const start = place.start + Math.round((random() - 0.4) * 86_400);
    from = performance.now();
    const verdict = table.tryMove(place.task, mode.unit, start);
    times.push(performance.now() - from);
    if (verdict.ok) pushed = Math.max(pushed, verdict.moves);
  }
  times.sort((a, b) => a - b);
  row('drop within a day, median', ms(times[Math.floor(times.length / 2)] ?? Number.NaN));
  row('drop within a day, p95', ms(times[Math.floor(times.length * 0.95)] ?? Number.NaN), goals.drop);
  row('most tasks pushed by one drop', String(pushed));
  return rows;
}

/** The public plants' sizes, and what they are to reach in milliseconds. */
const SIZES = [
  { size: 'S', orders: 40, units: 10, first: 5, retimed: 0.1 },
  { size: 'M', orders: 100, units: 20, first: null, retimed: 0.3 },
  { size: 'L', orders: 400, units: 40, first: 20, retimed: 1 },
  { size: 'XL', orders: 2000, units: 100, first: 200, retimed: 5 },
] as const;
/** So many rounds each; after half of them the code is compiled. */
const ROUNDS = 40;
const RETIMINGS = 400;
const STEPS_BETWEEN = 50;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function firstSchedules(orders: number, units: number, rounds: number): { times: number[]; state: State } {
  const instance = plantFromJson(plantInstance(orders, units, 1));
  if (!instance.ok) throw new Error(instance.reason);
  const plan = planFromInstance(instance.value);
  const times: number[] = [];
  for (;;) {
    const from = performance.now();
    const problem = problemFromPlan(plan);
    const urge = new Float64Array(problem.orderCount).fill(1);
    const state = constructByFlow(problem, { k1: 8, k2: 1, waitShare: 0.1, urge }, () => false);
    times.push(performance.now() - from);
    if (times.length === rounds) return { times, state: must(state, 'The schedule') };
  }
}

/** A thread that has compiled nothing yet makes its first schedule. */
function firstCold(size: { readonly orders: number; readonly units: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: size });
    worker.once('message', resolve).once('error', reject);
  });
}

/** Everything is timed anew after some steps of the search. */
function retimed(state: State): number[] {
  const step = new Step(state, new Score(state), randomFrom(1));
  return Array.from({ length: RETIMINGS }, () => {
    for (let k = 0; k < STEPS_BETWEEN; k += 1) step.run(must(MOVES[k % MOVES.length], 'A move'), 1000);
    const from = performance.now();
    shiftLeft(step, { isStopped: false });
    return performance.now() - from;
  });
}

if (isMainThread) {
  console.table([
    ...measure(115, { first: '≤ 1 s', drop: '≤ 5 ms' }),
    ...measure(2280, { first: '≤ 3 s', drop: '≤ 30 ms' }),
  ]);
  const rows = [];
  for (const { size, orders, units, first, retimed: goal } of SIZES) {
    const cold = [
      await firstCold({ orders, units }),
      await firstCold({ orders, units }),
      await firstCold({ orders, units }),
    ];
    const { times, state } = firstSchedules(orders, units, ROUNDS);
    rows.push({
      size,
      tasks: state.unit.length,
      firstColdMs: Math.round(median(cold) * 10) / 10,
      firstMs: Math.round(median(times.slice(ROUNDS / 2)) * 10) / 10,
      firstGoalMs: first,
      retimedMs: Math.round(median(retimed(state).slice(RETIMINGS / 2)) * 1000) / 1000,
      retimedGoalMs: goal,
    });
  }
  console.table(rows);
  if (process.argv.includes('--save')) {
    const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
    const kept = { command: 'npm run bench -- solve --save', machine, rows };
    writeFileSync('test/bench/results/solve.json', `${JSON.stringify(kept, null, 1)}\n`);
  }
} else {
  const { orders, units } = workerData as { orders: number; units: number };
  parentPort?.postMessage(firstSchedules(orders, units, 1).times[0]);
}
