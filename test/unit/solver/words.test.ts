import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSchedule } from '#solver/check/check.ts';
import { construct } from '#solver/construct/construct.ts';
import { RULES } from '#solver/construct/rules.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { solutionFromWords, wordsFromSolution } from '#solver/search/words.ts';
import { must } from '#shared/base/must.ts';
import { planOf, shop } from './random-shop.ts';

test('a solution survives its way through the words that threads share', () => {
  fc.assert(
    fc.property(shop, (shop) => {
      const plan = planOf(shop);
      const problem = problemFromPlan(plan);
      const solution = must(
        construct(problem, RULES[0], null, () => false),
        'A solution',
      );
      const words = must(wordsFromSolution(problem, solution), 'Its words');
      const back = solutionFromWords(problem, words);
      const placed = new Set(solution.unplaced.map(({ task }) => task));
      for (const one of back.unplaced) expect(placed).toContain(one.task);
      expect(checkSchedule(plan, scheduleFromSolution(problem, back))).toEqual([]);
      for (const [task, unit] of solution.unit.entries()) {
        if (unit === -1) continue;
        expect(back.start[task]).toBe(solution.start[task]);
        expect(back.end[task]).toBe(solution.end[task]);
        expect(back.stints.read(task, [])).toEqual(solution.stints.read(task, []));
        expect(back.tools.read(task, [])).toEqual(solution.tools.read(task, []));
      }
    }),
    { numRuns: 100, seed: 20_261_125 },
  );
}, 60_000);
