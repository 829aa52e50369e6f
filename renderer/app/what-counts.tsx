import type { Weights } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { appText } from './text.ts';

/** What the planner wrote for this search, as written. */
export interface Counting {
  readonly weights: Readonly<Record<keyof Weights, string>>;
  /** Empty: any number of tasks may move. */
  readonly mostMoved: string;
}

export const NAMES = Object.keys(DEFAULT_WEIGHTS) as (keyof Weights)[];

const written = Object.fromEntries(NAMES.map((name) => [name, String(DEFAULT_WEIGHTS[name])]));

export const USUAL: Counting = { weights: written as Counting['weights'], mostMoved: '' };

export const isCounting = ({ weights, mostMoved }: Counting): boolean =>
  NAMES.every((name) => weights[name] !== '' && Number(weights[name]) >= 0) && /^\d{0,6}$/.test(mostMoved);

/** The terms of the objective with their weights, and the disruption budget. */
export function WhatCounts({
  counting,
  onChange,
}: {
  readonly counting: Counting;
  readonly onChange: (next: Counting) => void;
}) {
  const { weights, mostMoved } = counting;
  return (
    <details className="what-counts">
      <summary>{appText.whatCounts}</summary>
      {NAMES.map((name) => (
        <label key={name} className="field" htmlFor={`weight-${name}`}>
          {appText.weights[name]}
          <input
            id={`weight-${name}`}
            type="number"
            min="0"
            step="any"
            inputMode="decimal"
            value={weights[name]}
            onChange={(event) =>
              onChange({ ...counting, weights: { ...weights, [name]: event.target.value } })
            }
          />
        </label>
      ))}
      <label className="field" htmlFor="most-moved">
        {appText.mostMoved}
        <input
          id="most-moved"
          type="number"
          min="0"
          inputMode="numeric"
          placeholder={appText.any}
          value={mostMoved}
          onChange={(event) => onChange({ ...counting, mostMoved: event.target.value })}
        />
      </label>
      <p className="muted">{appText.mostMovedHint}</p>
    </details>
  );
}
