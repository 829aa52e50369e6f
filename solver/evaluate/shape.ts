import { onceFor } from '#shared/base/once-for.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { DURING, NONE, type Problem } from '#solver/problem/problem.ts';
import { type Roster, rosterOf } from './roster.ts';

/** What a search asks of a problem again and again, worked out once. */
export interface Shape {
  /**
   * 1 for a task of the common kind, which `walkGaps` prices without the general search: free to be placed, no pauses, no hold times, at
   * most one person who stays from start to end and one instrument.
   */
  readonly plain: Uint8Array;
  /** Its qualification and class of instruments; NONE without. */
  readonly qualification: Int32Array;
  readonly toolClass: Int32Array;
  /** 1 for equipment whose state is always the family of the block before. */
  readonly plainUnit: Uint8Array;
  /** 1 where the search may move the task: neither it nor what is tied to it is given, pinned or flawed. */
  readonly movable: Uint8Array;
  /** Place of a person in a qualification's list at `qualification * people + person`; NONE for who is not in it. */
  readonly rank: Int32Array;
  /** Who is present when, by qualification. */
  readonly rosters: readonly Roster[];
  readonly longestSetup: Int32Array;
  /** What a block of a family adds at least to the setup work on equipment, the change behind it included: at `equipment * families + family`. */
  readonly leastSetup: Int32Array;
  /** Tasks of each order, predecessors first. */
  readonly orderFrom: Int32Array;
  readonly orderTask: Int32Array;
  /** Place of each task in its order's list. */
  readonly step: Int32Array;
}

export const shapeOf = onceFor((problem: Problem): Shape => {
  const { taskCount, equipment, qualified, presence, groupOf, groupFrom, groupTask } = problem;
  const plain = new Uint8Array(taskCount);
  const qualification = new Int32Array(taskCount).fill(NONE);
  const toolClass = new Int32Array(taskCount).fill(NONE);
  const plainUnit = new Uint8Array(equipment.length).fill(1);
  const movable = new Uint8Array(taskCount).fill(1);
  for (let task = 0; task < taskCount; task += 1) {
    const need = problem.needFrom[task];
    const tool = problem.toolFrom[task];
    if (problem.needFrom[task + 1] > need) qualification[task] = problem.needQualification[need];
    if (problem.toolFrom[task + 1] > tool) toolClass[task] = problem.toolClass[tool];
    plain[task] = isPlain(problem, task) ? 1 : 0;
    if (problem.takes[task] !== NONE) plainUnit[problem.takes[task]] = 0;
    if (problem.fixed[task] === 0 && !problem.flaw[task]) continue;
    const group = groupOf[task];
    for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) movable[groupTask[k]] = 0;
  }
  for (let mode = 0; mode < problem.modeTask.length; mode += 1) {
    const unit = problem.modeUnit[mode];
    if (problem.matrixOf[unit] !== NONE && problem.family[problem.modeTask[mode]] === NONE)
      plainUnit[unit] = 0;
  }
  for (const [task, given] of problem.given.entries()) {
    const unit = given && problem.equipmentOf.get(given.assignment.unit);
    if (unit !== undefined && problem.family[task] === NONE) plainUnit[unit] = 0;
  }
  for (let unit = 0; unit < equipment.length; unit += 1) if (problem.shared[unit] > 0) plainUnit[unit] = 0;
  const rank = new Int32Array(qualified.length * presence.length).fill(NONE);
  for (const [q, { people }] of qualified.entries()) {
    for (let k = 0; k < people.length; k += 1) rank[q * presence.length + people[k]] = k;
  }
  return {
    plain,
    qualification,
    toolClass,
    plainUnit,
    movable,
    rank,
    rosters: qualified.map(rosterOf),
    longestSetup: Int32Array.from(problem.matrixOf, (matrix) =>
      matrix === NONE ? 0 : problem.matrices[matrix].reduce((a, b) => Math.max(a, b), 0),
    ),
    leastSetup: leastSetups(problem),
    ...tasksByOrder(problem),
  };
});

/** Below zero where a detour over a family is shorter than the way without it. */
function leastSetups({ equipment, matrixOf, matrices, familyCount }: Problem): Int32Array {
  const ofMatrix = matrices.map((table) =>
    Int32Array.from({ length: familyCount }, (_, own) => {
      let least: number = NEVER;
      for (let row = 0; row < table.length; row += familyCount) {
        for (let after = 0; after < familyCount; after += 1) {
          const change = table[(own + 1) * familyCount + after] - table[row + after];
          least = Math.min(least, table[row + own] + Math.min(0, change));
        }
      }
      return least;
    }),
  );
  const leastSetup = new Int32Array(equipment.length * familyCount);
  for (let e = 0; e < equipment.length; e += 1) {
    if (matrixOf[e] !== NONE) leastSetup.set(ofMatrix[matrixOf[e]], e * familyCount);
  }
  return leastSetup;
}

function isPlain(problem: Problem, task: number): boolean {
  const { needFrom, needCount, needDuring, needHandover, toolFrom, toolClass, groupOf, groupFrom } = problem;
  const need = needFrom[task];
  const needs = needFrom[task + 1] - need;
  const tools = toolFrom[task + 1] - toolFrom[task];
  const group = groupOf[task];
  return (
    problem.fixed[task] === 0 &&
    !problem.flaw[task] &&
    problem.pauses[task] === 0 &&
    groupFrom[group + 1] - groupFrom[group] === 1 &&
    problem.takes[task] === NONE &&
    problem.renewsProof[task] === NONE &&
    problem.poolFrom[task + 1] === problem.poolFrom[task] &&
    !isRich(problem, task) &&
    (problem.budget >= NEVER || problem.baseUnit[task] === NONE) &&
    tools <= 1 &&
    (tools === 0 || toolClass[toolFrom[task]] !== NONE) &&
    needs <= 1 &&
    (needs === 0 ||
      (!problem.hasSharedPeople &&
        needCount[need] === 1 &&
        needHandover[need] === 0 &&
        needDuring[need] === DURING.all))
  );
}

/** Does a relation into or out of the task bind an end, overlap, take storage or fix a unit? */
export function isRich(problem: Problem, task: number): boolean {
  const { predFrom, succFrom, succRelation, predToEnd, predShare, predZone, predSameUnit } = problem;
  if (!problem.hasRichRelations) return false;
  const rich = (relation: number): boolean =>
    predToEnd[relation] === 1 ||
    predShare[relation] > 0 ||
    predZone[relation] !== NONE ||
    predSameUnit[relation] === 1;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) if (rich(r)) return true;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) if (rich(succRelation[k])) return true;
  return false;
}

function tasksByOrder({
  taskCount,
  order,
  orderCount,
  topological,
}: Problem): Pick<Shape, 'orderFrom' | 'orderTask' | 'step'> {
  const orderFrom = new Int32Array(orderCount + 1);
  for (let task = 0; task < taskCount; task += 1) orderFrom[order[task] + 1] += 1;
  for (let o = 0; o < orderCount; o += 1) orderFrom[o + 1] += orderFrom[o];
  const next = orderFrom.slice();
  const orderTask = new Int32Array(taskCount);
  const listed = new Uint8Array(taskCount);
  const step = new Int32Array(taskCount);
  const list = (task: number): void => {
    step[task] = next[order[task]] - orderFrom[order[task]];
    orderTask[next[order[task]]++] = task;
    listed[task] = 1;
  };
  for (const task of topological) list(task);
  // Tasks on a circle are in no topological order; they have a flaw and are never placed.
  for (let task = 0; task < taskCount; task += 1) if (listed[task] === 0) list(task);
  return { orderFrom, orderTask, step };
}
