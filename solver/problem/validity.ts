import type { TestResult } from '#shared/domain/test-result.ts';
import { NEVER, clamp } from './open-time.ts';

/**
 * When one test proves one person or piece of equipment fit: passed results as rows. A use [start, end) is covered when
 * `from <= start < startBefore` (no later result has taken over) and `end < endBefore` (it expires after the end).
 */
export interface Validity {
  readonly from: Int32Array;
  readonly startBefore: Int32Array;
  readonly endBefore: Int32Array;
}

export function validityOf(results: readonly TestResult[], origin: number): Validity {
  const sorted = [...results].sort((a, b) => a.evaluated - b.evaluated);
  const relative = (at: number): number => clamp(at - origin);
  const rows: [number, number, number][] = [];
  for (const [k, result] of sorted.entries()) {
    const next = sorted.at(k + 1);
    if (!result.passed || next?.evaluated === result.evaluated) continue;
    rows.push([
      relative(result.evaluated),
      next ? relative(next.evaluated) : NEVER,
      result.expires === undefined ? NEVER : relative(result.expires),
    ]);
  }
  return {
    from: Int32Array.from(rows, (row) => row[0]),
    startBefore: Int32Array.from(rows, (row) => row[1]),
    endBefore: Int32Array.from(rows, (row) => row[2]),
  };
}

/** `start` when the use [start, end) is covered, otherwise the next start worth a try; NEVER when there is none. */
export function coveredFrom(validity: Validity, start: number, end: number): number {
  const { from, startBefore, endBefore } = validity;
  for (let k = 0; k < from.length; k += 1) {
    if (from[k] > start) return from[k];
    if (start < startBefore[k] && end < endBefore[k]) return start;
  }
  return NEVER;
}

/** Until when (exclusive) a use that starts at `start` is covered; `start` when it is not. */
export function coveredUntil(validity: Validity, start: number): number {
  const { from, startBefore, endBefore } = validity;
  for (let k = 0; k < from.length; k += 1) {
    if (from[k] <= start && start < startBefore[k]) return Math.max(start, endBefore[k]);
  }
  return start;
}
