import type { BoardBar } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

export interface Sums {
  readonly orders: number;
  /** Orders among them that are late. */
  readonly late: number;
  readonly setup: Seconds;
  readonly run: Seconds;
  readonly units: readonly EquipmentId[];
  readonly start: Instant | null;
  readonly end: Instant | null;
  /** By unit of measure: pieces and kilograms do not add up. */
  readonly quantities: readonly { readonly uom: string; readonly amount: number }[];
}

/** What bars come to together; setup and run as they stand on the board, pauses included. */
export function sumsOf(bars: readonly BoardBar[]): Sums {
  const late = new Set(bars.flatMap((bar) => (bar.late > 0 ? bar.order : [])));
  const uoms = new Map<string, number>();
  for (const { uom, quantity } of bars) uoms.set(uom, (uoms.get(uom) ?? 0) + quantity);
  return {
    orders: new Set(bars.map(({ order }) => order)).size,
    late: late.size,
    setup: bars.reduce((sum, { start, runStart }) => sum + runStart - start, 0),
    run: bars.reduce((sum, { runStart, end }) => sum + end - runStart, 0),
    units: [...new Set(bars.map(({ unit }) => unit))],
    start: bars.length > 0 ? Math.min(...bars.map(({ start }) => start)) : null,
    end: bars.length > 0 ? Math.max(...bars.map(({ end }) => end)) : null,
    quantities: [...uoms].filter(([, amount]) => amount > 0).map(([uom, amount]) => ({ uom, amount })),
  };
}
