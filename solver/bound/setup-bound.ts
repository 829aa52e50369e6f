import { NONE, type Problem, setupRange } from '#solver/problem/problem.ts';

/**
 * The least setup work, in seconds, of a schedule that places every task: the shortest setup into each task, and for
 * each family that no unit of its group is set up for, one setup out of another family.
 * `groupOf` joins units that share tasks; `groupOf[unit]` is the group's first unit.
 */
export function setupBound(problem: Problem, groupOf: Int32Array): number {
  const { taskCount, modeFrom, modeUnit, matrixOf, family, familyCount, given, flaw } = problem;
  const isReady = new Set<number>();
  const key = (group: number, of: number): number => group * familyCount + of;
  for (const [unit, state] of problem.setupState.entries())
    if (state !== NONE) isReady.add(key(groupOf[unit], state));
  const entering = new Map<number, number>();
  let sum = 0;
  for (let task = 0; task < taskCount; task += 1) {
    if (flaw[task]) continue;
    const own = family[task];
    if (given[task]?.kind === 'started') {
      if (own !== NONE) isReady.add(key(groupOf[modeUnit[modeFrom[task]]], own));
      continue;
    }
    let shortest = Infinity;
    let change = Infinity;
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      const least = setupRange(problem, mode)[0];
      shortest = Math.min(shortest, least);
      const matrix = matrixOf[modeUnit[mode]];
      change = Math.min(change, matrix === NONE || own === NONE ? least : changeInto(problem, matrix, own));
    }
    if (shortest === Infinity) continue;
    sum += shortest;
    if (own === NONE) continue;
    const at = key(groupOf[modeUnit[modeFrom[task]]], own);
    entering.set(at, Math.min(entering.get(at) ?? Infinity, change - shortest));
  }
  for (const [at, more] of entering) if (!isReady.has(at)) sum += more;
  return sum;
}

/** The shortest setup into a family out of any other one, or out of the unknown state. */
function changeInto(problem: Problem, matrix: number, to: number): number {
  const dense = problem.matrices[matrix];
  let least = Infinity;
  for (let row = 0; row <= problem.familyCount; row += 1) {
    if (row !== to + 1) least = Math.min(least, dense[row * problem.familyCount + to]);
  }
  return least;
}
