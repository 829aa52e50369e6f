import type { SolveProgress } from '#shared/contract/views.ts';
import { count, percent } from '#renderer/ui/format.ts';
import { appText } from './text.ts';

/** How much better the best is than the first schedule that was found, in words. */
export function betterThanFirst(progress: SolveProgress | null): string {
  const first = progress?.points[0]?.objective;
  const best = progress?.objective ?? null;
  if (first === undefined || best === null) return appText.starting;
  if (first <= 0 || best >= first) return appText.firstFound;
  return appText.better(percent((first - best) / first));
}

/** What the best is worth, and how far it can be from the optimum at most where somebody proved that. */
export function valueText({ objective, lowerBound, gap }: SolveProgress): string {
  if (objective === null) return appText.noValue;
  const value = appText.value(count(objective));
  if (gap === 0) return `${value} · ${appText.optimal}`;
  if (lowerBound === null || gap === null) return value;
  return `${value} · ${appText.bound(count(lowerBound))} · ${appText.gap(percent(gap))}`;
}

/** How much was tried, and how quickly. */
export const triedText = ({ iterations, perSecond }: SolveProgress): string =>
  `${appText.tried(count(iterations))} · ${appText.perSecond(count(perSecond))}`;
