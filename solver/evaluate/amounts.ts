import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Problem, SHARED } from '#solver/problem/problem.ts';
import { holdAttention, releaseAttention } from './attention.ts';
import { countMoved } from './budget.ts';
import { holdLoad, releaseLoad } from './cumulative.ts';
import { holdPools, newPool, releasePools } from './pools.ts';
import { Profile } from './profile.ts';
import type { State } from './state.ts';
import { holdStorage, releaseStorage } from './storage.ts';

/** What is shared by amounts instead of held alone. Common plans have none of it and don't pay for it. */
export interface Amounts {
  /** Loads on units that carry several tasks, by equipment. */
  readonly loads: readonly (Profile | undefined)[];
  /** What waits in limited storage zones, by equipment; owned by relations. */
  readonly storage: readonly (Profile | undefined)[];
  /** Counted tools; owned by tool needs. */
  readonly pools: readonly Profile[];
  /** Stints that leave attention for others, by person; owned by tasks. */
  readonly attention: readonly Profile[];
  /** Placed tasks that stand elsewhere than in the baseline. */
  moved: number;
}

export function newAmounts(problem: Problem): Amounts | null {
  const { shared, capacity, predZone, pools, presence, hasSharedPeople, budget, poolOf } = problem;
  const isLimited = budget < NEVER;
  const isCumulative = shared.includes(SHARED.cumulative);
  const isStored = predZone.some((zone) => zone !== NONE);
  if (!isCumulative && !isStored && !hasSharedPeople && !isLimited && poolOf.length === 0) return null;
  const zones = new Set(predZone);
  return {
    loads: Array.from(shared, (kind, e) =>
      kind === SHARED.cumulative ? new Profile(capacity[e]) : undefined,
    ),
    storage: Array.from(capacity, (room, e) => (zones.has(e) ? new Profile(room) : undefined)),
    pools: pools.map(newPool),
    attention: hasSharedPeople ? presence.map(() => new Profile(1)) : [],
    moved: 0,
  };
}

/** A placed task takes its amounts. */
export function holdAmounts(state: State, amounts: Amounts, task: number): void {
  holdLoad(state, amounts, task);
  holdPools(state, amounts, task);
  holdAttention(state, amounts, task);
  holdStorage(state, amounts, task);
  amounts.moved += countMoved(state, task);
}

/** The task, still placed, gives back its amounts. */
export function releaseAmounts(state: State, amounts: Amounts, task: number): void {
  releaseLoad(state, amounts, task);
  releasePools(state, amounts, task);
  releaseAttention(state, amounts, task);
  releaseStorage(state, amounts, task);
  amounts.moved -= countMoved(state, task);
}
