import type { Equipment } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { OpenTime } from './open-time.ts';
import type { Validity } from './validity.ts';

/** "No such index" in every table. */
export const NONE = -1;

/** Which part of a task a need covers; values of `needDuring`. */
export const DURING = { setup: 0, run: 1, all: 2 } as const;

/** Why a task stands where somebody put it. */
export interface Given {
  /** `started` is a fact and never moves, `frozen` stays where it is still feasible. */
  readonly kind: 'started' | 'frozen';
  readonly assignment: Assignment;
}

/**
 * A plan as integers: everything the inner loops read. Times are seconds after `origin`, lists of a task are slices
 * `[xFrom[t], xFrom[t + 1])` of flat arrays. Never changed after it is made.
 */
export interface Problem {
  readonly plan: Plan;
  readonly origin: Instant;
  readonly now: number;
  /** Length of the horizon; nothing ends after it. */
  readonly end: number;

  readonly taskCount: number;
  readonly taskOf: ReadonlyMap<TaskId, number>;
  readonly order: Int32Array;
  readonly family: Int32Array;
  /** 1 where the work may pause while its unit is closed. */
  readonly pauses: Uint8Array;
  /** The run does not start before: release, and the lots' availability with the lot that decides. */
  readonly release: Int32Array;
  readonly lotFrom: Int32Array;
  readonly lotBy: Int32Array;
  readonly due: Int32Array;
  readonly weight: Float64Array;
  /** The task does not end after: deadline, expiry of its lots, horizon. */
  readonly latest: Int32Array;
  /** Why the task cannot be planned at any time. */
  readonly flaw: readonly (Refusal | undefined)[];
  readonly given: readonly (Given | undefined)[];
  /** Pinned start, NEVER when free. */
  readonly pinned: Int32Array;
  /** Tied to a place: neither solver nor repair move it. */
  readonly fixed: Uint8Array;

  readonly modeFrom: Int32Array;
  readonly modeTask: Int32Array;
  readonly modeUnit: Int32Array;
  readonly modeRun: Int32Array;
  /** Setup without a matrix. */
  readonly modeSetup: Int32Array;
  /** How much of the unit's capacity it takes. */
  readonly modeLoad: Float64Array;
  /** Points of machine preference. */
  readonly modePenalty: Float64Array;

  /**
   * Relations into a task: `predFromEnd` is 1 for lags after the predecessor's end, `predToEnd` 1 where they bind the
   * task's end instead of its run start, `predMax` is NEVER without hold time.
   */
  readonly predFrom: Int32Array;
  readonly predTask: Int32Array;
  readonly predFromEnd: Uint8Array;
  readonly predToEnd: Uint8Array;
  readonly predMin: Int32Array;
  readonly predMax: Int32Array;
  /** Share of a transfer batch; 0 where the whole is handed on. */
  readonly predShare: Float64Array;
  /** Zone (as equipment) in which the quantity waits between the two; NONE where it takes no room. */
  readonly predZone: Int32Array;
  readonly predStored: Float64Array;
  /** 1 where the task stands on the predecessor's unit, behind it (a pin in the sequence). */
  readonly predSameUnit: Uint8Array;
  /** 1 where the relation binds the end or overlaps: its lags don't simply bound the run start. */
  readonly predRich: Uint8Array;
  /** Does any relation bind an end, overlap, take storage or fix a unit? Where none does the plain arithmetic is enough. */
  readonly hasRichRelations: boolean;
  /** The same relations out of a task: index of the relation above and the task that follows. */
  readonly succFrom: Int32Array;
  readonly succRelation: Int32Array;
  readonly succTask: Int32Array;

  /** People needs, scarcest qualification first; `needIndex` is the place in the task's own list. */
  readonly needFrom: Int32Array;
  readonly needIndex: Int32Array;
  readonly needQualification: Int32Array;
  readonly needCount: Int32Array;
  readonly needDuring: Uint8Array;
  readonly needHandover: Uint8Array;
  /** Share of each person's attention. */
  readonly needAttention: Float64Array;
  /** Does any need leave attention for another? */
  readonly hasSharedPeople: boolean;

  /** Instrument needs: the class of each. */
  readonly toolFrom: Int32Array;
  readonly toolClass: Int32Array;

  /** Tool needs: so many of a pool, held over setup and run. */
  readonly poolFrom: Int32Array;
  readonly poolOf: Int32Array;
  readonly poolCount: Int32Array;
  readonly pools: readonly Pool[];

  /** A renewing task: the proof it renews, for how long, and the equipment it takes besides its unit. */
  readonly renewsProof: Int32Array;
  readonly renewsFor: Int32Array;
  readonly takes: Int32Array;

  /** Tasks in an order in which predecessors come first. */
  readonly topological: Int32Array;
  /** Longest run and waiting after the task to the end of its order. */
  readonly tail: Int32Array;
  /** The bound on a task's end that deadlines, pins and hold on its successors leave; NEVER when they leave it free. */
  readonly urgent: Int32Array;
  /** Tasks tied by hold times are placed together: groups in topological order. */
  readonly groupOf: Int32Array;
  readonly groupFrom: Int32Array;
  readonly groupTask: Int32Array;

  readonly orderCount: number;
  readonly orderDue: Int32Array;
  readonly orderWeight: Float64Array;
  readonly orderRelease: Int32Array;

  /** Where each task stood in the baseline: unit, or NONE, and start; how many may stand elsewhere, NEVER without a bound. */
  readonly baseUnit: Int32Array;
  readonly baseStart: Int32Array;
  readonly budget: number;
  /** Seconds by which a start may differ from the baseline before the task counts as moved. */
  readonly moveTolerance: number;

  readonly equipment: readonly Equipment[];
  readonly equipmentOf: ReadonlyMap<string, number>;
  /** When work proceeds on a unit: calendar minus downtimes, within the horizon. */
  readonly open: readonly OpenTime[];
  /** Open only because overtime is worked; nothing where the unit has none. */
  readonly overtime: readonly (OpenTime | undefined)[];
  /** Of a work unit: sum of loads; of a storage zone: quantity that fits, Infinity without a limit. */
  readonly capacity: Float64Array;
  /** 1 where a unit carries several tasks at once, 2 where those go in and come out together (a batch machine). */
  readonly shared: Uint8Array;
  /** When an instrument is not down. */
  readonly up: readonly OpenTime[];
  readonly matrixOf: Int32Array;
  /** Family the equipment is set up for at the start. */
  readonly setupState: Int32Array;
  readonly familyCount: number;
  /** Setup seconds at `(from + 1) * familyCount + to`; row 0 is the unknown state. */
  readonly matrices: readonly Int32Array[];
  readonly meanSetup: Float64Array;
  readonly meanRun: Float64Array;

  /** Tests that a piece of equipment must pass: slices of proofs by equipment. */
  readonly proofFrom: Int32Array;
  readonly proofs: readonly {
    readonly equipment: number;
    readonly test: string;
    readonly validity: Validity;
  }[];
  readonly instrumentsOf: readonly Int32Array[];
  readonly classNames: readonly string[];

  readonly personOf: ReadonlyMap<string, number>;
  /** When people are present. */
  readonly presence: readonly OpenTime[];
  readonly qualifications: readonly string[];
  readonly qualified: readonly Qualified[];
}

/** Tools of one class, counted: how many there are, and when some of them are down. */
export interface Pool {
  readonly name: string;
  readonly capacity: number;
  readonly downs: readonly { readonly start: number; readonly end: number; readonly count: number }[];
}

/** Values of `shared`. */
export const SHARED = { cumulative: 1, batch: 2 } as const;

/** People with a result for one qualification, those with the same calendar together, the least versatile first. */
export interface Qualified {
  readonly people: Int32Array;
  /** Of the qualification, by place in `people`. */
  readonly validity: readonly Validity[];
  /** Who comes and goes together: slices of `people`. */
  readonly crews: readonly { readonly presence: OpenTime; readonly from: number; readonly to: number }[];
}

/** Setup seconds on equipment with a matrix. `from` NONE is the unknown state. */
export const setupBetween = (problem: Problem, matrix: number, from: number, to: number): number =>
  to === NONE ? 0 : problem.matrices[matrix][(from + 1) * problem.familyCount + to];

/** The shortest and longest setup into a mode, whatever comes before it. */
export function setupRange(problem: Problem, mode: number): readonly [number, number] {
  const matrix = problem.matrixOf[problem.modeUnit[mode]];
  if (matrix === NONE) return [problem.modeSetup[mode], problem.modeSetup[mode]];
  const to = problem.family[problem.modeTask[mode]];
  if (to === NONE) return [0, 0];
  const dense = problem.matrices[matrix];
  let shortest = dense[to];
  let longest = dense[to];
  for (let k = to; k < dense.length; k += problem.familyCount) {
    shortest = Math.min(shortest, dense[k]);
    longest = Math.max(longest, dense[k]);
  }
  return [shortest, longest];
}
