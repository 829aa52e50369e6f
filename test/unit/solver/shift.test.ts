import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { objectiveOf } from '#solver/evaluate/objective.ts';
import { Score } from '#solver/evaluate/score.ts';
import { newState } from '#solver/evaluate/state.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { NONE } from '#solver/problem/problem.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { randomFrom } from '#solver/run/random.ts';
import { MOVES } from '#solver/search/search.ts';
import { shiftLeft, shiftRight } from '#solver/search/shift.ts';
import { startStates } from '#solver/search/start.ts';
import { Step } from '#solver/search/step.ts';
import {
  readWords,
  solutionFromWords,
  wordsFromSolution,
  wordsOf,
  writeWords,
} from '#solver/search/words.ts';
import { solve } from '#solver/solve.ts';
import { planOf, shop } from './random-shop.ts';
import { at, matrix, plan, searched, task, unit } from './small-plan.ts';

/** Enough for everything to be moved to either side many times. */
const STEPS = 5_000;
const EVERYTHING_PAYS = 1e6;
const HOUR = 3600;
const GOES_ON = { isStopped: false };

test('loads beside each other still fit into the tank after everything has moved earlier', () => {
  const loads = Array.from({ length: 9 }, (_, k) => task(`O${k}/1`, { tank: 3 }, { due: at(4) }));
  for (const { modes } of loads) for (const mode of modes) mode.load = 1;
  const of = plan({ equipment: [unit('tank', { capacity: 2 })] }, loads);
  expect(checkSchedule(of, searched(of, STEPS))).toEqual([]);
});

test('a plan that is offered puts off little, though the search puts off what it can on the way', () => {
  const tasks = Array.from({ length: 24 }, (_, k) => {
    const more = { family: `F${(k * 5) % 7}`, due: at(60 + 7 * ((k * 7) % 11)) };
    const after = [{ task: `O${k}/1` as TaskId, from: 'end' as const, minLag: 0 }];
    return [task(`O${k}/1`, { A1: 1, A2: 2 }, more), task(`O${k}/2`, { B1: 2, B2: 1 }, { ...more, after })];
  }).flat();
  const units = ['A1', 'A2', 'B1', 'B2'].map((id) => unit(id, { setupMatrix: 'X', setupState: 'F0' }));
  const setups = tasks.map((from, k): [string, string, number] => [
    `F${k % 7}`,
    String(from.family),
    600 * (1 + ((k * 11) % 9)),
  ]);
  const of = plan({ equipment: units, setupMatrices: [matrix('X', 0, 3600, setups)] }, tasks);
  const problem = problemFromPlan(of);
  let putOff = 0;
  for (let seed = 1; seed <= 8; seed += 1) {
    const solution = solve(problem, { seed, limit: { iterations: STEPS }, now: () => 0 });
    const words = wordsFromSolution(problem, solution) ?? new Int32Array();
    const state = newState(problem);
    readWords(state, words);
    shiftLeft(new Step(state, new Score(state), randomFrom(seed)), GOES_ON);
    putOff += solution.start.reduce((sum, start, one) => sum + start - (state.start[one] ?? start), 0);
  }
  expect(putOff / tasks.length / 8).toBeLessThan(3 * HOUR);
});

/** The task as only one person and one instrument hold it, without pauses and hold times. */
const plain = (task: Task): Task => ({
  ...task,
  crossBreak: 'none',
  people: task.people.slice(0, 1).map((need) => ({ ...need, count: 1, during: 'all', handover: false })),
  instruments: task.instruments.slice(0, 1),
  after: task.after.map(({ task: before, from, minLag }) => ({ task: before, from, minLag })),
});

test('the checker accepts random plants with everything moved to one side, and none costs more', () => {
  let moved = 0;
  fc.assert(
    fc.property(shop, fc.nat(1000), (shop, seed) => {
      const rich = planOf(shop);
      const of = { ...rich, tasks: rich.tasks.map(plain) };
      const problem = problemFromPlan(of);
      const incumbent = Incumbent.allocate(wordsOf(problem), 0);
      const limit = { iterations: 0 };
      const run = { seed, thread: 0, threads: 1, limit, incumbent, elapsed: () => 0 };
      const [state] = startStates(problem, run, 1);
      if (!state) throw new Error('There is no first schedule.');
      const step = new Step(state, new Score(state), randomFrom(seed));
      const words = new Int32Array(wordsOf(problem));
      for (let k = 0; k < 20; k += 1) {
        step.run(MOVES[k % MOVES.length] ?? MOVES[0], EVERYTHING_PAYS);
        const cost = step.score.total;
        const start = state.start.slice();
        shiftRight(step, { isStopped: true });
        expect(state.start).toEqual(start);
        (k % 2 === 0 ? shiftRight : shiftLeft)(step, GOES_ON);
        moved += state.start.filter((now, one) => now !== start[one]).length;
        expect(step.score.total).toBeLessThanOrEqual(cost);
        expect(step.score.total).toBeCloseTo(objectiveOf(problem, state), 6);
        writeWords(problem, state, NONE, words);
        const schedule = scheduleFromSolution(problem, solutionFromWords(problem, words));
        expect(checkSchedule(of, schedule)).toEqual([]);
      }
    }),
    { numRuns: 30, seed: 20_261_126 },
  );
  expect(moved).toBeGreaterThan(100);
}, 120_000);
