import type { ExecutionEvent, TaskProgress } from '#shared/domain/execution.ts';
import type { Lot, LotId } from '#shared/domain/material.ts';
import { TestResult } from '#shared/domain/test-result.ts';

/** Calibrations that lines reported, beside those that the ERP knows. */
export const testResultsFromEvents = (events: readonly ExecutionEvent[]): TestResult[] =>
  events.flatMap(({ seq, at, proof, calibration }) =>
    proof && calibration
      ? TestResult.parse({
          id: `reported ${seq}`,
          spec: proof.test,
          subject: proof.equipment,
          evaluated: at,
          passed: calibration.asLeft === 'passed',
          ...(proof.expires !== undefined && { expires: proof.expires }),
        })
      : [],
  );

/** The lots with those on hold that failed their last test: only a test that they pass frees them again. */
export function lotsAsTested(lots: Lot[], progress: Iterable<TaskProgress>): Lot[] {
  const last = new Map<LotId, { at: number; passed: boolean }>();
  for (const { tested } of progress) {
    if (tested?.lot === undefined || (last.get(tested.lot)?.at ?? -Infinity) > tested.at) continue;
    last.set(tested.lot, tested);
  }
  if (![...last.values()].some(({ passed }) => !passed)) return lots;
  return lots.map((lot) => {
    if (last.get(lot.id)?.passed !== false || lot.disposition === 'Closed') return lot;
    const { availableFrom: _, ...held } = lot;
    return { ...held, disposition: 'Restricted' };
  });
}
