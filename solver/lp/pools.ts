import type { Earliest } from '#solver/bound/earliest.ts';
import { shortestRuns } from '#solver/bound/earliest.ts';
import { workBefore } from '#solver/problem/open-time.ts';
import { DURING, type Problem } from '#solver/problem/problem.ts';

/** Resources that do the same work, as one. */
export interface Pool {
  /** Indices of equipment; none where the pool is the people with a qualification. */
  readonly units: readonly number[];
  readonly qualification: number | undefined;
  /** Seconds of work that it can do from now on until an instant. */
  readonly given: (until: number) => number;
}

/** One task's work, in seconds, for the pools that can do it, between two instants. */
export interface Job {
  readonly pools: readonly number[];
  readonly seconds: number;
  readonly from: number;
  readonly until: number;
}

export interface Demand {
  readonly pools: readonly Pool[];
  readonly jobs: readonly Job[];
}

/** Units as pools: those that are alternatives of the same tasks are one, and each counts as fast as it is for any of them. */
export function demandOnUnits(problem: Problem, earliest: Earliest): Demand {
  const { modeFrom, modeUnit, modeRun, modeLoad } = problem;
  const ratio = new Float64Array(problem.equipment.length).fill(Infinity);
  const sets = new Map<string, Set<number>>();
  const jobs = openTasks(problem).flatMap((task) => {
    const modes = Array.from({ length: modeFrom[task + 1] - modeFrom[task] }, (_, k) => modeFrom[task] + k);
    const takes = modes.map((mode) => modeRun[mode] * modeLoad[mode]);
    const seconds = Math.min(...takes);
    if (!(seconds > 0) || seconds === Infinity) return [];
    for (const [k, mode] of modes.entries()) {
      const unit = modeUnit[mode];
      ratio[unit] = Math.min(ratio[unit], takes[k] / seconds);
    }
    const set = new Set(modes.map((mode) => modeUnit[mode]).sort((a, b) => a - b));
    const key = [...set].join();
    sets.set(key, set);
    return { key, seconds, ...windowOf(problem, earliest, task) };
  });
  const kinds = Map.groupBy(
    [...ratio.keys()].filter((unit) => ratio[unit] < Infinity),
    (unit) => [...sets].flatMap(([key, set]) => (set.has(unit) ? key : [])).join(' '),
  );
  const pools = [...kinds.values()].map((units): Pool => ({
    units,
    qualification: undefined,
    given: givenBy(problem, units, ratio),
  }));
  const poolsOf = (key: string): number[] =>
    pools.flatMap(({ units }, k) => (units.some((unit) => sets.get(key)?.has(unit)) ? k : []));
  const ofSet = new Map([...sets.keys()].map((key) => [key, poolsOf(key)] as const));
  return { pools, jobs: jobs.map(({ key, ...job }) => ({ ...job, pools: ofSet.get(key) ?? [] })) };
}

/** Qualifications as pools: who has several counts for each, so that none looks short that is not. */
export function demandOnPeople(problem: Problem, earliest: Earliest): Demand {
  const { needFrom, needQualification, needCount, needAttention, needDuring, presence, now } = problem;
  const shortest = shortestRuns(problem);
  const jobs: Job[] = [];
  for (const task of openTasks(problem)) {
    for (let need = needFrom[task]; need < needFrom[task + 1]; need += 1) {
      const seconds = shortest[task] * needCount[need] * needAttention[need];
      if (needDuring[need] === DURING.setup || seconds === 0) continue;
      jobs.push({ pools: [needQualification[need]], seconds, ...windowOf(problem, earliest, task) });
    }
  }
  const pools = problem.qualified.map(({ people }, qualification): Pool => ({
    units: [],
    qualification,
    given: (until) => people.reduce((sum, person) => sum + workBetween(presence[person], now, until), 0),
  }));
  return { pools, jobs };
}

const openTasks = ({ taskCount, flaw, given }: Problem): number[] =>
  Array.from({ length: taskCount }, (_, task) => task).filter(
    (task) => !flaw[task] && given[task]?.kind !== 'started',
  );

/** From the earliest start that its order allows to the end that its due date asks for; never less than it takes. */
const windowOf = ({ due, tail }: Problem, earliest: Earliest, task: number) => ({
  from: earliest.run[task],
  until: Math.max(due[task] - tail[task], earliest.end[task]),
});

const workBetween = (open: Parameters<typeof workBefore>[0], from: number, until: number): number =>
  Math.max(0, workBefore(open, until) - workBefore(open, from));

/** What units give once what is running on them has ended. */
function givenBy(problem: Problem, units: readonly number[], ratio: Float64Array): (until: number) => number {
  const free = new Map(units.map((unit) => [unit, problem.now]));
  for (const fact of problem.given) {
    if (fact?.kind !== 'started') continue;
    const unit = problem.equipmentOf.get(fact.assignment.unit);
    const end = fact.assignment.end - problem.origin;
    if (unit !== undefined && free.has(unit) && problem.shared[unit] === 0) {
      free.set(unit, Math.max(end, free.get(unit) ?? 0));
    }
  }
  return (until) =>
    units.reduce(
      (sum, unit) =>
        sum +
        (workBetween(problem.open[unit], free.get(unit) ?? 0, until) * problem.capacity[unit]) / ratio[unit],
      0,
    );
}
