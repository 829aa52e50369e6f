import { WorkCalendar } from '#shared/time/calendar.ts';
import { Equipment } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { type Plant, emptyPlant } from '#shared/domain/plant.ts';
import { Person } from '#shared/domain/person.ts';
import { SetupMatrix } from '#shared/domain/changeover.ts';
import { Task } from '#shared/domain/task.ts';
import { TestResult, TestSpec } from '#shared/domain/test-result.ts';
import { Lot } from '#shared/domain/material.ts';
import { must } from '#shared/base/must.ts';
import type { Assignment, Schedule, Unplaced } from '#shared/domain/schedule.ts';
import { construct } from '#solver/construct/construct.ts';
import { RULES } from '#solver/construct/rules.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { solve } from '#solver/solve.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { searchPlan } from '#solver/search/search.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';
import type { z } from 'zod';

/** Monday 2026-11-23 00:00 in Berlin. */
export const MONDAY = 1_795_388_400;
const HOUR = 3600;

type Loose<Schema extends z.ZodType> = Partial<z.input<Schema>>;

export const at = (hours: number): number => MONDAY + Math.round(hours * HOUR);

export const unit = (id: string, more: Loose<typeof Equipment> = {}): Equipment =>
  Equipment.parse({ id, name: id, level: 'WorkUnit', classes: [], tests: [], ...more });

export const instrument = (id: string, ofClass: string, tests: string[] = []): Equipment =>
  Equipment.parse({ id, name: id, level: 'EquipmentModule', classes: [ofClass], tests });

export const person = (id: string, calendar?: string): Person =>
  Person.parse({ id, name: id, classes: [], ...(calendar === undefined ? {} : { calendar }) });

export const spec = (id: string, subject: 'person' | 'equipment'): TestSpec =>
  TestSpec.parse({ id, name: id, subject });

export const passed = (of: string, subject: string, until?: number, from = 0): TestResult =>
  TestResult.parse({
    id: `${of}-${subject}-${from}`,
    spec: of,
    subject,
    evaluated: from,
    passed: true,
    ...(until === undefined ? {} : { expires: until }),
  });

export const lot = (id: string, more: Loose<typeof Lot>): Lot =>
  Lot.parse({ id, material: 'm', quantity: 100, disposition: 'UnRestricted', ...more });

export const matrix = (
  id: string,
  same: number,
  standard: number,
  entries: [string, string, number][] = [],
): SetupMatrix =>
  SetupMatrix.parse({
    id,
    name: id,
    same,
    standard,
    entries: entries.map(([from, to, seconds]) => ({ from, to, seconds })),
  });

/** Open from `from` to `to` o'clock on the given ISO weekdays. */
export const calendar = (id: string, from: string, to: string, days = [1, 2, 3, 4, 5, 6, 7]): WorkCalendar =>
  WorkCalendar.parse({
    id,
    name: id,
    zone: 'Europe/Berlin',
    shifts: [{ name: 'S', days, from, to, breaks: [] }],
    entries: [],
  });

/** A task with one mode per entry of `on` (unit: hours of run); its order is what stands before the slash. */
export const task = (id: string, on: Record<string, number>, more: Loose<typeof Task> = {}): Task =>
  Task.parse({
    id,
    order: id.split('/')[0],
    name: id,
    domain: 'production',
    quantity: 1,
    uom: 'pc',
    modes: Object.entries(on).map(([unit, hours]) => ({ unit, run: Math.round(hours * HOUR) })),
    crossBreak: 'none',
    people: [],
    instruments: [],
    materials: [],
    after: [],
    release: MONDAY,
    due: at(24 * 7),
    weight: 1,
    ...more,
  });

export const plan = (plant: Partial<Plant>, tasks: Task[], more: Partial<Plan> = {}): Plan => ({
  now: MONDAY,
  horizon: { start: MONDAY, end: at(24 * 14) },
  plant: { ...emptyPlant(), ...plant },
  tasks,
  refused: [],
  pins: [],
  progress: [],
  frozen: [],
  weights: DEFAULT_WEIGHTS,
  ...more,
});

/** The first rule's schedule, in the plant's words. */
export function scheduled(of: Plan, iterations = 0): Schedule {
  const problem = problemFromPlan(of);
  const solution = solve(problem, { seed: 1, limit: { iterations }, now: () => 0 });
  return scheduleFromSolution(problem, solution);
}

/** The schedule of one rule, by its number. */
export function scheduledBy(of: Plan, rule: number): Schedule {
  const problem = problemFromPlan(of);
  const chosen = RULES[rule % RULES.length] ?? RULES[0];
  return scheduleFromSolution(
    problem,
    must(
      construct(problem, chosen, null, () => false),
      'A schedule',
    ),
  );
}

/** What the whole search makes of a plan in so many steps. */
export function searched(plan: Plan, iterations: number, seed = 1): Schedule {
  const problem = problemFromPlan(plan);
  const incumbent = Incumbent.allocate(wordsOf(problem), 0);
  searchPlan(problem, { seed, thread: 0, threads: 1, limit: { iterations }, incumbent, elapsed: () => 0 });
  const words = new Int32Array(incumbent.words);
  incumbent.read(words);
  return scheduleFromSolution(problem, solutionFromWords(problem, words));
}

/** `A M1 0-5`: where each task stands, start to end in hours after Monday 00:00, by start. */
export const told = (schedule: Schedule): string =>
  [...schedule.assignments]
    .sort((a, b) => a.start - b.start || (a.task < b.task ? -1 : 1))
    .map((a) => `${a.task} ${a.unit} ${hours(a.start)}-${hours(a.end)}`)
    .join(' | ');

export const hours = (at: number): number => Math.round(((at - MONDAY) / HOUR) * 100) / 100;

export const placeOf = (schedule: Schedule, id: string): Assignment =>
  must(
    schedule.assignments.find((one) => one.task === id),
    `A place for ${id}`,
  );

export const unplacedOf = (schedule: Schedule, id: string): Unplaced =>
  must(
    schedule.unplaced.find((one) => one.task === id),
    `A reason for ${id}`,
  );
