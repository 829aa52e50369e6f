import type { SolveProgress } from '#shared/contract/views.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Figures, Schedule } from '#shared/domain/schedule.ts';
import type { Violation } from '#solver/check/check.ts';
import type { PlanPiece } from './plan-engine.ts';
import { type SolveOptions, type SolveResult, type SolveRun, solve } from './solve.ts';

export interface Best {
  readonly schedule: Schedule;
  /** What made it, in words. */
  readonly rule: string;
  /** What the checker says of it; null where it was not asked, as nobody waits for that after a cancel. */
  readonly violations: readonly Violation[] | null;
}

export interface SolvedPlan extends Omit<SolveResult, 'found'> {
  /** The best so far; null where there is none. */
  readonly best: Best | null;
}

export interface PlanObserver {
  readonly progress?: (progress: SolveProgress) => void;
}

/** Solves a plan: the door of `solve` for whoever speaks of plans and schedules. */
export function solvePlan(
  plan: Plan,
  options: SolveOptions,
  observer: PlanObserver,
): Omit<SolveRun, 'done'> & { readonly done: Promise<SolvedPlan> } {
  const run = solve({ engine: new URL('./plan-engine.ts', import.meta.url), input: plan }, options, {
    wantsFigures: true,
    progress: (progress) => observer.progress?.({ ...progress, figures: progress.figures as Figures | null }),
  });
  return {
    ...run,
    done: run.done.then(({ found, ...rest }) => ({
      ...rest,
      best: found && bestFrom(found as readonly PlanPiece[]),
    })),
  };
}

function bestFrom(pieces: readonly PlanPiece[]): Best | null {
  const assignments: Assignment[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'assignments') for (const one of piece.assignments) assignments.push(one);
    else
      return {
        schedule: { assignments, unplaced: [...piece.unplaced] },
        rule: piece.rule,
        violations: piece.violations,
      };
  }
  return null;
}
