import { RULES } from '#solver/construct/rules.ts';
import { explainUnplaced } from '#solver/construct/unplaced.ts';
import { solutionOf } from '#solver/evaluate/snapshot.ts';
import {
  type Place,
  type State,
  emptyPlace,
  isPlaced,
  joinOverlaps,
  newState,
  put,
} from '#solver/evaluate/state.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import type { Places } from '#solver/problem/places.ts';
import type { Solution } from '#solver/problem/solution.ts';

/**
 * A solution as Int32 words, as threads share it: what made it, then per task unit, start, run start, end and setup,
 * then per task the lists of its stints and tools, each behind its length.
 */
const HEAD = 1;
const FIXED = 5;
/** Stints per head of a need with handover; a solution with more is not shared. */
const MOST_RELAYS = 24;

/** Room that any solution needs. */
export function wordsOf(problem: Problem): number {
  const { taskCount, needFrom, needCount, needHandover, toolFrom } = problem;
  let words = HEAD + taskCount * (FIXED + 3) + toolFrom[taskCount];
  for (let need = 0; need < needFrom[taskCount]; need += 1) {
    words += 4 * needCount[need] * (needHandover[need] === 1 ? MOST_RELAYS : 1);
  }
  for (const given of problem.given) if (given) words += listsOf(given.assignment);
  return words;
}

/** What somebody decided may have more people and tools than the task asks for. */
const listsOf = ({
  people,
  instruments,
}: {
  people: readonly unknown[];
  instruments: readonly unknown[];
}): number => 4 * people.length + instruments.length;

/** Writes a solution, or a state, into `words`; false where it has more stints than there is room for. `rule` is an index of RULES, NONE for the search. */
export function writeWords(problem: Problem, places: Places, rule: number, words: Int32Array): boolean {
  const { taskCount } = problem;
  let next = HEAD + taskCount * FIXED;
  words[0] = rule;
  for (let task = 0; task < taskCount; task += 1) {
    const at = HEAD + task * FIXED;
    const unit = places.unit[task];
    words[at] = unit;
    if (unit === NONE) continue;
    words[at + 1] = places.start[task];
    words[at + 2] = places.runStart[task];
    words[at + 3] = places.end[task];
    words[at + 4] = places.setup[task];
    const { stints, tools } = places;
    if (next + 2 + stints.length[task] + tools.length[task] > words.length) return false;
    words[next++] = stints.length[task];
    for (let k = 0; k < stints.length[task]; k += 1) words[next++] = stints.at(task, k);
    words[next++] = tools.length[task];
    for (let k = 0; k < tools.length[task]; k += 1) words[next++] = tools.at(task, k);
  }
  return true;
}

/** Puts every task of the words (or those that `isWanted` wants) where it stands there; they have no place in `state`. */
export function readWords(state: State, words: Int32Array): void {
  const { taskCount, given } = state.problem;
  // Facts may overlap; they are joined before anything else is put between them.
  eachPlace(words, taskCount, (task, place) => {
    if (given[task]?.kind === 'started') put(state, task, place);
  });
  joinOverlaps(state);
  eachPlace(words, taskCount, (task, place) => {
    if (!isPlaced(state, task)) put(state, task, place);
  });
}

const place = emptyPlace();

function eachPlace(
  words: Int32Array,
  taskCount: number,
  visit: (task: number, place: Readonly<Place>) => void,
): void {
  let next = HEAD + taskCount * FIXED;
  const list = (into: number[]): void => {
    const length = words[next++];
    for (let k = 0; k < length; k += 1) into[k] = words[next++];
    if (into.length !== length) into.length = length;
  };
  for (let task = 0; task < taskCount; task += 1) {
    const at = HEAD + task * FIXED;
    place.unit = words[at];
    if (place.unit === NONE) continue;
    place.start = words[at + 1];
    place.runStart = words[at + 2];
    place.end = words[at + 3];
    place.setup = words[at + 4];
    list(place.stints);
    list(place.tools);
    visit(task, place);
  }
}

/** The words of a solution; null where it has more stints than there is room for. */
export function wordsFromSolution(problem: Problem, solution: Solution): Int32Array | null {
  const words = new Int32Array(wordsOf(problem));
  return writeWords(problem, solution, NONE, words) ? words : null;
}

/** The solution in the words, with a reason for every task without a place. */
export function solutionFromWords(problem: Problem, words: Int32Array): Solution {
  const state = newState(problem);
  readWords(state, words);
  explainUnplaced(state);
  return solutionOf(state, RULES.at(words[0] === NONE ? RULES.length : words[0])?.name ?? 'Search');
}
