import { onceFor } from '#shared/base/once-for.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { DropCost, RowVerdict, Verdict } from '#shared/domain/verdict.ts';
import { HOUR, type Seconds } from '#shared/time/instant.ts';
import { duration, hours } from '#renderer/ui/format.ts';
import { refusalText } from './refusal-text.ts';
import { boardText } from './text.ts';

/** What is known of the rows while something is held over one of them. */
export interface LensState {
  /** The row under the hand. */
  readonly unit: EquipmentId;
  /** Units on which it can run at all; null until the station has said. */
  readonly runnable: ReadonlySet<EquipmentId> | null;
  /** What the rows said last. */
  readonly lens: ReadonlyMap<EquipmentId, RowVerdict>;
}

/** What stands at the head of a row: why it may not be put down there, or what that would cost, the worst first. */
export interface RowWords {
  readonly tone: 'refused' | 'late' | 'costs' | 'free';
  readonly words: readonly [string, ...string[]];
}

/** Whether every row says the same of both. */
export const saysTheSame = (a: LensState, b: LensState): boolean =>
  a.unit === b.unit &&
  a.runnable === b.runnable &&
  (a.lens === b.lens ||
    (a.lens.size === b.lens.size &&
      [...a.lens.keys()].every((row) => isSame(rowWords(a, row), rowWords(b, row)))));

const isSame = (a: RowWords | null, b: RowWords | null): boolean =>
  a === b || (a?.tone === b?.tone && a?.words.join() === b?.words.join());

/** What a row says to what is held; null where nobody has said yet. In at most three words where it is a rule. */
export function rowWords({ runnable, lens }: LensState, row: EquipmentId): RowWords | null {
  const said = lens.get(row);
  if (said) return verdictWords(said);
  return runnable && !runnable.has(row) ? WRONG_UNIT : null;
}

/** What a row says by the verdict on a place there. */
export const rowVerdict = (verdict: Verdict): RowVerdict =>
  verdict.ok ? { refusal: null, cost: verdict } : { refusal: verdict.refusal.code };

/** What a row says, in words: asked again with every move of the hand. */
export const verdictWords = onceFor((said: RowVerdict): RowWords =>
  said.refusal === null ? costWords(said.cost) : refused(refusalText[said.refusal]),
);

const refused = (rule: string): RowWords => ({ tone: 'refused', words: [rule] });
const WRONG_UNIT = refused(refusalText.WRONG_UNIT);

/** 25 min, 3.4 h: beside a name there is no room for both. */
const shortSpan = (seconds: Seconds): string => (seconds < HOUR ? duration(seconds) : hours(seconds));

function costWords({ late, lateOrders, setupChange, moves }: DropCost): RowWords {
  const all: string[] = [];
  if (late !== 0) all.push(boardText.lateBy(late > 0, hours(Math.abs(late))));
  if (lateOrders !== 0) all.push(boardText.lateOrdersBy(lateOrders));
  if (setupChange !== 0) all.push(boardText.setupBy(setupChange > 0, shortSpan(Math.abs(setupChange))));
  if (moves !== 0) all.push(boardText.moves(String(moves)));
  const [first, ...more] = all;
  if (first === undefined) return { tone: 'free', words: [boardText.free] };
  return { tone: late > 0 || lateOrders > 0 ? 'late' : 'costs', words: [first, ...more] };
}
