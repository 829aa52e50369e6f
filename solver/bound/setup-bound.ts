import { NONE, type Problem, setupRange } from '#solver/problem/problem.ts';

/**
 * The least setup work, in seconds, of a schedule that places every task: the shortest setup into each task, and one
 * change of family for each set of units that must run a family for which none of them is set up. Sets of the same
 * family that share a unit count once, the smallest first.
 */
export function setupBound(problem: Problem): number {
  const { taskCount, modeFrom, modeUnit, matrixOf, family, given, flaw } = problem;
  const isReady = readyUnits(problem);
  const changes: { readonly family: number; readonly units: readonly number[]; readonly extra: number }[] =
    [];
  let sum = 0;
  for (let task = 0; task < taskCount; task += 1) {
    if (flaw[task] || given[task]?.kind === 'started') continue;
    const own = family[task];
    const units: number[] = [];
    let shortest = Infinity;
    let change = Infinity;
    let mustChange = own !== NONE;
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      const unit = modeUnit[mode];
      const least = setupRange(problem, mode)[0];
      units.push(unit);
      shortest = Math.min(shortest, least);
      mustChange &&= matrixOf[unit] !== NONE && !isReady(unit, own);
      if (mustChange) change = Math.min(change, changeInto(problem, unit, own));
    }
    sum += shortest;
    if (mustChange) changes.push({ family: own, units, extra: change - shortest });
  }
  const taken = new Set<number>();
  for (const { family: of, units, extra } of changes.sort((a, b) => a.units.length - b.units.length)) {
    const keys = units.map((unit) => of * problem.equipment.length + unit);
    if (keys.some((key) => taken.has(key))) continue;
    for (const key of keys) taken.add(key);
    sum += extra;
  }
  return sum;
}

/** Is the unit set up for the family at the start, or by what has started on it? */
function readyUnits(problem: Problem): (unit: number, family: number) => boolean {
  const { equipment, familyCount, setupState, given, family, taskCount, equipmentOf } = problem;
  const ready = new Uint8Array(equipment.length * familyCount);
  for (const [unit, state] of setupState.entries()) if (state !== NONE) ready[unit * familyCount + state] = 1;
  for (let task = 0; task < taskCount; task += 1) {
    const fact = given[task];
    if (fact?.kind !== 'started' || family[task] === NONE) continue;
    const unit = equipmentOf.get(fact.assignment.unit);
    if (unit !== undefined) ready[unit * familyCount + family[task]] = 1;
  }
  return (unit, of) => ready[unit * familyCount + of] === 1;
}

/** The shortest setup on the unit into a family out of any other one, or out of the unknown state it may begin in. */
function changeInto(
  { matrices, matrixOf, setupState, familyCount }: Problem,
  unit: number,
  to: number,
): number {
  const dense = matrices[matrixOf[unit]];
  let least = Infinity;
  for (let row = setupState[unit] === NONE ? 0 : 1; row <= familyCount; row += 1) {
    if (row !== to + 1) least = Math.min(least, dense[row * familyCount + to]);
  }
  return least;
}
