import type { Solving } from '#renderer/state/board.ts';
import { percent } from '#renderer/ui/format.ts';
import { appText } from './text.ts';

/** How much better the best is than the first schedule that was found, in words. */
export function betterThanFirst({ points }: Solving): string {
  const values = points.map(({ objective }) => objective).filter((value) => value !== null);
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return appText.starting;
  if (first <= 0 || last >= first) return appText.firstFound;
  return appText.better(percent((first - last) / first));
}
