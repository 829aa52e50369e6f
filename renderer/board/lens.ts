import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { refusalText } from './refusal-text.ts';
import { boardText } from './text.ts';

/** What is known of the rows while something is held over one of them. */
export interface LensState {
  /** The row under the hand, and what the station says of the place there. */
  readonly unit: EquipmentId;
  readonly verdict: Verdict | null;
  /** Units on which it can run at all; null until the station has said. */
  readonly runnable: ReadonlySet<EquipmentId> | null;
  /** What the rows in sight said last; null where it may be put down. */
  readonly lens: ReadonlyMap<EquipmentId, RefusalCode | null>;
}

/** Whether every row says the same of both. */
export const saysTheSame = (a: LensState, b: LensState): boolean =>
  a.unit === b.unit &&
  a.runnable === b.runnable &&
  ruleOf(a, a.unit) === ruleOf(b, b.unit) &&
  a.lens.size === b.lens.size &&
  [...a.lens].every(([unit, code]) => b.lens.get(unit) === code);

/** Why it cannot be put down on a row, in at most three words; null where it may, or where nobody has said yet. */
export function ruleOf({ unit, verdict, runnable, lens }: LensState, row: EquipmentId): string | null {
  if (row === unit && verdict) return verdict.ok ? null : refusalText[verdict.refusal.code];
  if (runnable && !runnable.has(row)) return boardText.cannotRun;
  const code = lens.get(row);
  return code ? refusalText[code] : null;
}
