import { zoneOf } from '#shared/domain/plant.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import { formatLocal } from '#shared/time/format.ts';
import { NEVER } from './open-time.ts';
import { NONE, type Problem } from './problem.ts';

/**
 * What keeps a task from an earlier place; `by` is the index of the object in the table named here. Kept as integers in
 * the inner loops, turned into words only when somebody asks.
 */
export const REASON = {
  /** Nothing: it stands where it was put. */
  none: 0,
  now: 1,
  release: 2,
  /** Lot. */
  lot: 3,
  /** Task. */
  predecessor: 4,
  /** Task on the same unit. */
  busy: 5,
  /** Equipment that is closed or down. */
  closed: 6,
  /** Qualification that nobody free and present has. */
  person: 7,
  /** Class of which no instrument is free. */
  instrument: 8,
  /** Proof (test of a piece of equipment) that is not valid. */
  proof: 9,
  /** Task on the same unit whose setup would change. */
  changeover: 10,
  /** Task after it that must follow within its hold time. */
  hold: 11,
  /** Equipment that the task renews and that is in use. */
  taken: 12,
  pinned: 13,
  /** Shared unit without room for the load. */
  full: 14,
  /** Pool of tools of which too few are free. */
  pool: 15,
  /** Storage zone without room. */
  storage: 16,
  /** The task stands elsewhere than in the baseline already too often: the budget is spent. */
  budget: 17,
  /** Task that it is pinned behind, on another unit. */
  sequence: 18,
} as const;

export interface Reason {
  kind: number;
  by: number;
}

const CODES: readonly RefusalCode[] = [
  'OUTSIDE_HORIZON',
  'OUTSIDE_HORIZON',
  'BEFORE_RELEASE',
  'LOT_NOT_RELEASED',
  'PREDECESSOR_NOT_FINISHED',
  'UNIT_BUSY',
  'UNIT_CLOSED',
  'NO_PERSON_FREE',
  'NO_INSTRUMENT_FREE',
  'CAL_EXPIRED',
  'UNIT_BUSY',
  'HOLD_TIME_EXCEEDED',
  'NO_INSTRUMENT_FREE',
  'OUTSIDE_HORIZON',
  'CAPACITY_EXCEEDED',
  'NO_TOOL_FREE',
  'STORAGE_FULL',
  'TOO_MANY_MOVED',
  'PINNED',
];

export const codeOf = (problem: Problem, reason: Reason): RefusalCode => {
  if (reason.kind === REASON.person && problem.qualified[reason.by].people.length === 0)
    return 'QUAL_MISSING';
  return CODES[reason.kind];
};

/** A time of the schedule in the plant's wall clock. */
export const clock = (problem: Problem, at: number): string =>
  formatLocal(zoneOf(problem.plan.plant), problem.origin + at);

/** A task as people call it: by its id, which begins with the order's, unless its ERP keeps orders by numbers. */
export function taskName(problem: Problem, task: number): string {
  const { id, orderName, name } = problem.plan.tasks[task];
  return orderName === undefined ? id : `${orderName} · ${name}`;
}

/** The object of a reason, by the name the plant gave it. */
export function objectOf(problem: Problem, { kind, by }: Reason): string {
  switch (kind) {
    case REASON.lot:
      return problem.plan.plant.lots[by].id;
    case REASON.predecessor:
    case REASON.busy:
    case REASON.changeover:
    case REASON.hold:
    case REASON.sequence:
      return taskName(problem, by);
    case REASON.closed:
    case REASON.taken:
    case REASON.full:
    case REASON.storage:
      return problem.equipment[by].name;
    case REASON.person:
      return qualificationName(problem, by);
    case REASON.instrument:
      return problem.classNames[by];
    case REASON.pool:
      return problem.pools[by].name;
    case REASON.proof:
      return problem.equipment[problem.proofs[by].equipment].name;
    default:
      return by === NONE ? '' : String(by);
  }
}

export const qualificationName = (problem: Problem, qualification: number): string => {
  const id = problem.qualifications[qualification];
  return problem.plan.plant.testSpecs.find((spec) => spec.id === id)?.name ?? id;
};

/** Until when the last result of a proof is valid, in words. */
function proofText(problem: Problem, proof: number): string {
  const { equipment, validity, test } = problem.proofs[proof];
  const name = problem.equipment[equipment].name;
  const last = validity.endBefore.at(-1);
  if (last === undefined) return `${name} has no passed ${test}; nobody renews it before`;
  return last >= NEVER
    ? `the ${test} of ${name} is not valid then`
    : `${name} is calibrated until ${clock(problem, last)}; nobody renews it before`;
}

/** The reason in a planner's words. `until` is when it ends, where that is known. */
export function reasonText(problem: Problem, reason: Reason, until: number): string {
  const object = objectOf(problem, reason);
  const when = until < NEVER ? ` before ${clock(problem, until)}` : '';
  switch (reason.kind) {
    case REASON.now:
      return 'it cannot start in the past';
    case REASON.release:
      return `it is released ${clock(problem, until)}`;
    case REASON.lot:
      return `lot ${object} is available from ${clock(problem, until)}`;
    case REASON.predecessor:
      return until < NEVER
        ? `${object} has to come first; after it the run may start ${clock(problem, until)}`
        : `${object} has to come first`;
    case REASON.busy:
      return until < NEVER
        ? `${object} is on the unit until ${clock(problem, until)}`
        : `${object} is on the unit`;
    case REASON.changeover:
      return `it would change the setup of ${object}`;
    case REASON.closed:
      return until < NEVER
        ? `${object} opens ${clock(problem, until)}`
        : `${object} has no open time left that is long enough`;
    case REASON.person:
      return problem.qualified[reason.by].people.length === 0
        ? `nobody is qualified for ${object}`
        : `nobody qualified for ${object} is free${when || ' for long enough'}`;
    case REASON.instrument:
      return `no ${object} is free and valid${when || ' for long enough'}`;
    case REASON.proof:
      return proofText(problem, reason.by);
    case REASON.hold:
      return `${object} has to follow within its hold time`;
    case REASON.taken:
      return `${object} is in use${when}`;
    case REASON.full:
      return `${object} has no room for it${when || ' for long enough'}`;
    case REASON.pool:
      return `too few of ${object} are free${when || ' for long enough'}; there are ${problem.pools[reason.by].capacity}`;
    case REASON.storage:
      return `${object} has no room for what would wait`;
    case REASON.budget:
      return `only ${problem.budget} tasks may stand elsewhere than published, and it has no place where it was`;
    case REASON.sequence:
      return `it is pinned behind ${object}, on the same unit`;
    case REASON.pinned:
      return 'it is pinned here';
    default:
      return 'nothing holds it back';
  }
}

/** The reason as a refusal of this task, which is its object where nothing else is. */
export const refusalOf = (problem: Problem, task: number, reason: Reason, until: number): Refusal => ({
  code: codeOf(problem, reason),
  object: objectOf(problem, reason) || taskName(problem, task),
  text: reasonText(problem, reason, until),
});
