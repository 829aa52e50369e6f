import { HOUR, type Instant } from '#shared/time/instant.ts';
import type { TaskProgress } from './execution.ts';

/**
 * What binds a task to its place beyond the plan, the strongest first: its run or its setup has begun, its material was
 * brought to the unit, its line has acknowledged it and prepares it, or its line was told and it begins soon.
 */
export const COMMITMENTS = ['started', 'setup', 'staged', 'acknowledged', 'told'] as const;
export type Commitment = (typeof COMMITMENTS)[number];

/** A line prepares so much ahead of what it has acknowledged: a shift. */
const ACKNOWLEDGED_FENCE = 8 * HOUR;

/** What a line was told and has not acknowledged holds from so much before it begins. */
const FROZEN_FENCE = 2 * HOUR;

export interface CommitmentFacts {
  readonly now: Instant;
  readonly progress: TaskProgress | undefined;
  readonly isStaged: boolean;
  /** As its line was told it last; null where no line has it. */
  readonly told: { readonly start: Instant; readonly isAcknowledged: boolean } | null;
}

/** THE RULE of freezing: what a task is committed by, or null. What has already been completed is committed to nothing. */
export function commitmentOf({ now, progress, isStaged, told }: CommitmentFacts): Commitment | null {
  const state = progress?.state.kind ?? 'waiting';
  if (state === 'completed') return null;
  // A pause in the setup is still a setup, but what was mounted is in the machine all the same.
  if (state !== 'waiting') return progress?.actualRunStart === undefined ? 'setup' : 'started';
  if (!told) return null;
  if (isStaged) return 'staged';
  const ahead = told.start - now;
  if (ahead < 0) return null;
  if (told.isAcknowledged && ahead < ACKNOWLEDGED_FENCE) return 'acknowledged';
  return ahead < FROZEN_FENCE ? 'told' : null;
}

/** Whether a word to its line may hold a task that begins then. */
export const isWithinFences = (start: Instant, now: Instant): boolean =>
  start >= now && start - now < Math.max(ACKNOWLEDGED_FENCE, FROZEN_FENCE);

/** Something lies or is mounted there: it takes hands to undo, not a word. */
export const isPhysical = (commitment: Commitment | undefined): boolean =>
  commitment === 'started' || commitment === 'setup' || commitment === 'staged';
