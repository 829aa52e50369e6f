import { must } from '#shared/base/must.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { Assignment, type Schedule, Stint } from '#shared/domain/schedule.ts';
import { finishOf } from '#shared/time/calendar.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { solve } from '#solver/solve.ts';
import { openTimesOf } from '#shared/flow/open-times.ts';
import { at, clock } from './clock.ts';

/**
 * A schedule as text, one unit per line in the order of the plan, then what is unplaced: `07:00 A1`, with setup minutes
 * `08:00+20 B1`. As `placed` reads it, an entry may also tell its end (`07:00-09:30 A1`) and whom and what it takes:
 *
 *   M1 | 07:00 A1 anna BAL1 | 08:00+20 C1 anna@08:20-09:00 ben@09:00-10:20
 *   unplaced | X1 LOT_NOT_RELEASED
 */
export function drawn(plan: Plan, schedule: Schedule): string {
  const rows = plan.plant.equipment.map(({ id }) => [
    id as string,
    ...schedule.assignments
      .filter((assignment) => assignment.unit === id)
      .sort((a, b) => a.start - b.start)
      .map(({ start, setup, task }) => `${clock(start)}${setup > 0 ? `+${setup / MINUTE}` : ''} ${task}`),
  ]);
  const unplaced = ['unplaced', ...schedule.unplaced.map(({ task, code }) => `${task} ${code}`)];
  return [...rows, unplaced]
    .filter((row) => row.length > 1)
    .map((row) => row.join(' | '))
    .join('\n');
}

/** What the dispatch rules make of the plan, as text. */
export function solved(plan: Plan): Schedule {
  const problem = problemFromPlan(plan);
  return scheduleFromSolution(problem, solve(problem, { seed: 1, limit: {}, now: () => 0 }));
}

/** The schedule that a text draws. A place whose end is not told ends when its open time says; people fill the needs in their order. */
export function placed(plan: Plan, text: string): Schedule {
  const schedule: Schedule = { assignments: [], unplaced: [] };
  for (const line of text.split('\n').filter((row) => row.trim() !== '')) {
    const [unit, ...entries] = line.split('|').map((cell) => cell.trim());
    for (const entry of entries) {
      if (unit === 'unplaced') schedule.unplaced.push(unplacedOf(entry));
      else schedule.assignments.push(placeOf(plan, must(unit, 'The unit'), entry));
    }
  }
  return schedule;
}

function unplacedOf(entry: string): Schedule['unplaced'][number] {
  const [task, code] = entry.split(' ');
  return { task, code, object: task, text: `${task}: ${code}` } as Schedule['unplaced'][number];
}

function placeOf(plan: Plan, unit: string, entry: string): Assignment {
  const [time, name, ...takes] = entry.split(/\s+/);
  const [, from, until, minutes] = must(
    /^([^-+]+)(?:-([^+]+))?(?:\+(\d+))?$/.exec(time ?? ''),
    `A time in “${entry}”`,
  );
  const task = must(
    plan.tasks.find((one) => one.id === name),
    `Task ${name}`,
  );
  const mode = must(task.modes.find((one) => one.unit === unit) ?? task.modes[0], 'A mode');
  const open = openTimesOf(plan).get(mode.unit) ?? [];
  const start = at(must(from, entry));
  const setup = Number(minutes ?? 0) * MINUTE;
  const pauses = task.crossBreak === 'pause';
  const ready = pauses ? (finishOf(open, start, setup) ?? start + setup) : start + setup;
  const runStart = pauses ? Math.max(ready, open.find((span) => span.end > ready)?.start ?? ready) : ready;
  const end =
    until === undefined
      ? ((pauses ? finishOf(open, runStart, mode.run) : null) ?? runStart + mode.run)
      : at(until);
  const place = { task: task.id, unit, start, runStart, end, setup };
  const instruments = takes.filter((id) => plan.plant.equipment.some((one) => one.id === id));
  const people = takes.filter((id) => !instruments.includes(id));
  return Assignment.parse({ ...place, instruments, people: stintsOf(task.people, people, place) });
}

function stintsOf(
  needs: Plan['tasks'][number]['people'],
  people: readonly string[],
  { start, runStart, end }: Pick<Assignment, 'start' | 'runStart' | 'end'>,
): Stint[] {
  const seats = needs.flatMap((need, index) => Array.from({ length: need.count }, () => ({ need, index })));
  return people.map((text, k) => {
    const [person, span] = text.split('@');
    const { need, index } = must(seats[Math.min(k, seats.length - 1)], `A need for ${text}`);
    const [from, to] = span?.split('-').map(at) ?? [];
    return Stint.parse({
      person,
      need: index,
      start: from ?? (need.during === 'run' ? runStart : start),
      end: to ?? (need.during === 'setup' ? runStart : end),
    });
  });
}
