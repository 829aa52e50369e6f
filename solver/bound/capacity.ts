import { workBefore } from '#solver/problem/open-time.ts';
import { DURING, type Problem } from '#solver/problem/problem.ts';
import { type Earliest, shortestRuns } from './earliest.ts';

/** Tasks that share resources which together give no more than so many seconds of work in each slot of time. */
export interface Capacity {
  readonly tasks: Int32Array;
  /** What each of `tasks` takes at least, in seconds × resources, and how many resources at once at most. */
  readonly work: Float64Array;
  readonly heads: Float64Array;
  /** Slot k is [`edges[k]`, `edges[k + 1]`) and gives `gives[k]` seconds. */
  readonly edges: Float64Array;
  readonly gives: Float64Array;
}

/** The group of each unit: units that are alternatives of one task work for each other. */
export function unitGroups(problem: Problem): Int32Array {
  const { taskCount, modeFrom, modeUnit } = problem;
  const parent = Int32Array.from(problem.equipment, (_, unit) => unit);
  const root = (unit: number): number => {
    let at = unit;
    while (parent[at] !== at) at = parent[at];
    return at;
  };
  for (let task = 0; task < taskCount; task += 1) {
    for (let mode = modeFrom[task] + 1; mode < modeFrom[task + 1]; mode += 1)
      parent[root(modeUnit[mode])] = root(modeUnit[modeFrom[task]]);
  }
  return parent.map((_, unit) => root(unit));
}

/** One capacity per group of units and one per qualification: what each gives in about `slots` slots of equal content. */
export function capacities(
  problem: Problem,
  groupOf: Int32Array,
  earliest: Earliest,
  slots: number,
): Capacity[] {
  const units = new Map<number, { tasks: number[]; work: number[]; heads: number[] }>();
  const people = new Map<number, { tasks: number[]; work: number[]; heads: number[] }>();
  const add = (to: typeof units, key: number, task: number, work: number, heads: number): void => {
    const group = to.get(key) ?? { tasks: [], work: [], heads: [] };
    to.set(key, group);
    group.tasks.push(task);
    group.work.push(work);
    group.heads.push(heads);
  };
  const shortest = shortestRuns(problem);
  for (let task = 0; task < problem.taskCount; task += 1) {
    if (problem.flaw[task] || problem.given[task]?.kind === 'started') continue;
    const { least, most } = loads(problem, task);
    add(units, groupOf[problem.modeUnit[problem.modeFrom[task]]], task, least, most);
    for (let need = problem.needFrom[task]; need < problem.needFrom[task + 1]; need += 1) {
      if (problem.needDuring[need] === DURING.setup) continue;
      const crew = problem.needCount[need] * problem.needAttention[need];
      add(people, problem.needQualification[need], task, shortest[task] * crew, crew);
    }
  }
  const open = Map.groupBy(groupOf.keys(), (unit) => groupOf[unit]);
  return [
    ...[...units].map(([group, content]) => {
      const units = open.get(group) ?? [];
      const given = (until: number): number =>
        units.reduce((sum, unit) => sum + problem.capacity[unit] * workBefore(problem.open[unit], until), 0);
      return slotted(problem, content, given, earliest, slots);
    }),
    ...[...people].map(([qualification, content]) => {
      const { people } = problem.qualified[qualification];
      const given = (until: number): number =>
        people.reduce((sum, person) => sum + workBefore(problem.presence[person], until), 0);
      return slotted(problem, content, given, earliest, slots);
    }),
  ];
}

function slotted(
  problem: Problem,
  { tasks, work, heads }: { tasks: number[]; work: number[]; heads: number[] },
  given: (until: number) => number,
  earliest: Earliest,
  slots: number,
): Capacity {
  const first = tasks.reduce((least, task) => Math.min(least, earliest.run[task]), problem.end);
  const total = work.reduce((sum, one) => sum + one, 0);
  // Slots reach as far as the work would, with room for releases; what is later is one slot.
  let reach = Math.max(first + 1, ...tasks.map((task) => earliest.end[task]));
  while (reach < problem.end && given(reach) - given(first) < total * 1.1)
    reach = Math.min(problem.end, reach + 3600);
  const edges = Float64Array.from({ length: slots + 1 }, (_, k) => first + ((reach - first) * k) / slots).map(
    Math.floor,
  );
  const ends = [...new Set([...edges, Math.max(problem.end, reach)])];
  return {
    tasks: Int32Array.from(tasks),
    work: Float64Array.from(work),
    heads: Float64Array.from(heads),
    edges: Float64Array.from(ends),
    gives: Float64Array.from({ length: ends.length - 1 }, (_, k) => given(ends[k + 1]) - given(ends[k])),
  };
}

/** Capacity × seconds that the task takes in its leanest mode, and the most that it takes at once. */
function loads(
  { modeFrom, modeRun, modeLoad }: Problem,
  task: number,
): { readonly least: number; readonly most: number } {
  let least = Infinity;
  let most = 0;
  for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
    least = Math.min(least, modeRun[mode] * modeLoad[mode]);
    most = Math.max(most, modeLoad[mode]);
  }
  return { least: least === Infinity ? 0 : least, most };
}
