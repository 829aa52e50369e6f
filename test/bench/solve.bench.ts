/** How fast the solver is without the station: conversion, first schedule, all rules, drops, on plants of the demo's kind. */
import { checkSchedule } from '#solver/check/check.ts';
import { construct } from '#solver/construct/construct.ts';
import { RULES } from '#solver/construct/rules.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { randomFrom } from '#solver/run/random.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { solve } from '#solver/solve.ts';
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

console.table([
  ...measure(115, { first: '≤ 1 s', drop: '≤ 5 ms' }),
  ...measure(2280, { first: '≤ 3 s', drop: '≤ 30 ms' }),
]);
