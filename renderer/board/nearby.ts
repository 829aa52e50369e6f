import type { BoardBar } from '#shared/contract/views.ts';

/** The bar after (or before) the current one in a list, round and round. */
export function beside(
  bars: readonly BoardBar[],
  current: string | null,
  step: 1 | -1,
): BoardBar | undefined {
  const at = bars.findIndex(({ task }) => task === current);
  const next = at < 0 ? (step === 1 ? 0 : bars.length - 1) : (at + step + bars.length) % bars.length;
  return bars[next];
}

/** Tasks of the selected order that time hides at either side, the nearest of each side first. */
export function hiddenOf(
  mates: readonly BoardBar[],
  window: { readonly start: number; readonly end: number },
): { earlier: readonly BoardBar[]; later: readonly BoardBar[] } {
  return {
    earlier: mates.filter(({ end }) => end <= window.start).toSorted((a, b) => b.end - a.end),
    later: mates.filter(({ start }) => start >= window.end).toSorted((a, b) => a.start - b.start),
  };
}
