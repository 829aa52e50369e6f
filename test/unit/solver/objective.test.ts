import { expect, test } from 'vitest';
import { type Plan, Weights } from '#shared/domain/plan.ts';
import { costOfFigures } from '#shared/flow/cost-of-figures.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { ORDER_TERMS, PLAN_TERMS, TASK_TERMS } from '#solver/evaluate/objective.ts';
import { construct } from '#solver/construct/construct.ts';
import { RULES } from '#solver/construct/rules.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { must } from '#shared/base/must.ts';
import { at, calendar, matrix, plan, task, unit } from './small-plan.ts';

const HOUR = 3600;
const NAMES = [...ORDER_TERMS, ...TASK_TERMS, ...PLAN_TERMS].map((term) => term.weight);
const base = (weights: Partial<Weights>): Plan => {
  const day = calendar('day', '06:00', '14:00');
  const [shift] = day.shifts;
  const open = {
    ...day,
    shifts: shift ? [shift, { ...shift, name: 'extra', from: '14:00', to: '18:00', overtime: true }] : [],
  };
  const tasks = [
    task('A/1', { M1: 6, M2: 9 }, { family: 'red', due: at(10), weight: 3 }),
    task('A/2', { M2: 3 }, { due: at(10), weight: 3, after: [{ task: 'A/1', from: 'end', minLag: 0 }] }),
    task('B/1', { M1: 5, M2: 7 }, { family: 'blue', due: at(9), release: at(2) }),
    task('C/1', { M1: 2 }, { family: 'red', due: at(90) }),
  ];
  for (const mode of tasks.flatMap((one) => one.modes)) if (mode.unit === 'M2') mode.penalty = 4;
  const equipment = [
    unit('M1', { calendar: 'day', setupMatrix: 'X', setupState: 'blue' }),
    unit('M2', { calendar: 'day' }),
  ];
  const of = plan({ calendars: [open], equipment, setupMatrices: [matrix('X', 600, HOUR)] }, tasks, {
    weights: Weights.parse({ tardiness: 0, setup: 0, ...weights }),
  });
  const problem = problemFromPlan(of);
  const first = construct(problem, RULES[0], null, () => false);
  const places = first ? scheduleFromSolution(problem, first).assignments : [];
  return { ...of, baseline: places.map((place, k) => ({ ...place, start: place.start - (k % 2) * HOUR })) };
};

/** What the solver says a schedule costs, and what the planner's figures say. */
function costs(weights: Partial<Weights>): [number, number] {
  const of = base(weights);
  const problem = problemFromPlan(of);
  const solution = must(
    construct(problem, RULES[0], null, () => false),
    'A schedule',
  );
  const schedule = scheduleFromSolution(problem, solution);
  expect(schedule.unplaced).toEqual([]);
  return [solution.objective, costOfFigures(of.weights, figuresFromSchedule(of, schedule), of.now)];
}

test('every weight has a term', () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(Weights.shape).toSorted());
});

test.each(NAMES)('the term %s is the figure that the planner sees, times its weight', (name) => {
  const [objective, cost] = costs({ [name]: 3 });
  expect(objective).toBeGreaterThan(0);
  expect(cost).toBeCloseTo(objective, 6);
});

test('all terms together are the sum of each', () => {
  const weights = Object.fromEntries(NAMES.map((name, k) => [name, k + 1]));
  const sum = NAMES.reduce((total, name, k) => total + costs({ [name]: k + 1 })[0], 0);
  expect(costs(weights)[0]).toBeCloseTo(sum, 6);
});
