import { type PlantInstance, placedOperations, planFromInstance } from '#solver/instances/plant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';
import { searchWithBounds } from './bounded-search.ts';
import type { Engine } from './engine.ts';
import type { InstanceAnswer } from './instance-engine.ts';

/** A plant instance: solved as the plan that it stands for. */
export function plantInstanceEngine(instance: PlantInstance): Engine {
  const problem = problemFromPlan(planFromInstance(instance));
  return {
    words: wordsOf(problem),
    search: (run) => searchWithBounds(problem, run),
    figures: () => null,
    *answer(words): Generator<InstanceAnswer> {
      const operations = placedOperations(instance, problem, solutionFromWords(problem, words));
      yield { name: instance.name, solution: JSON.stringify({ operations }) };
    },
  };
}
