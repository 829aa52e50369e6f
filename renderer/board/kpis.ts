import type { ScenarioSide } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';
import { count, duration, hours, percent } from '#renderer/ui/format.ts';
import { innerText } from './inner-text.ts';

/** A figure that two scenarios are held against each other by. */
export interface Kpi {
  readonly title: string;
  readonly of: (side: ScenarioSide) => number;
  readonly write: (value: number, moment: (at: number) => string) => string;
  /** How a difference other than 0 is written. */
  readonly change: (value: number) => string;
  /** Less is better; null where neither is. */
  readonly less: 'better' | null;
  /** Smaller differences are none. */
  readonly grain: number;
}

const signed = (write: (value: number) => string) => (value: number) =>
  `${value > 0 ? '+' : '−'}${write(Math.abs(value))}`;

/** The figures a planner decides by, in the order in which they hurt. Tardiness is weighted, Σ w T; load is busy over open time. */
export const KPIS: readonly Kpi[] = [
  {
    title: innerText.kpi.late,
    of: ({ figures }) => figures.lateOrders,
    write: count,
    change: signed(count),
    less: 'better',
    grain: 1,
  },
  {
    title: innerText.kpi.weighted,
    of: ({ figures }) => figures.weightedTardiness,
    write: hours,
    change: signed(hours),
    less: 'better',
    grain: HOUR / 10,
  },
  {
    title: innerText.kpi.setup,
    of: ({ figures }) => figures.setup,
    write: hours,
    change: signed(hours),
    less: 'better',
    grain: HOUR / 10,
  },
  {
    title: innerText.kpi.load,
    of: ({ figures }) => figures.load,
    write: percent,
    change: signed(percent),
    less: null,
    grain: 0.005,
  },
  {
    title: innerText.kpi.moved,
    of: ({ movedSincePublished }) => movedSincePublished,
    write: count,
    change: signed(count),
    less: null,
    grain: 1,
  },
  {
    title: innerText.kpi.makespan,
    of: ({ figures }) => figures.makespanEnd,
    write: (value, moment) => moment(value),
    change: (value) =>
      value > 0 ? innerText.laterBy(duration(value)) : innerText.soonerBy(duration(-value)),
    less: 'better',
    grain: 60,
  },
  {
    title: innerText.kpi.unplaced,
    of: ({ figures }) => figures.unplaced,
    write: count,
    change: signed(count),
    less: 'better',
    grain: 1,
  },
];
