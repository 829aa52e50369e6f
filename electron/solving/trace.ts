/** An improvement: after so many milliseconds the best was worth so much. */
export interface TracePoint {
  readonly elapsedMs: number;
  readonly objective: number;
}

/** Wider than any curve that is drawn of it. */
const MOST_POINTS = 240;
const RATE_OVER_MS = 1000;

/** How a solve went: its best value over time, and how quickly it tries. */
export class Trace {
  #points: TracePoint[] = [];
  #counts: { at: number; iterations: number }[] = [];

  get points(): readonly TracePoint[] {
    return this.#points;
  }

  /** Notes an improvement. Where there are too many points every second is dropped, never the first or the last. */
  improved(elapsedMs: number, objective: number): void {
    this.#points.push({ elapsedMs, objective });
    if (this.#points.length > MOST_POINTS)
      this.#points = this.#points.filter((_, k) => k % 2 === 0 || k === this.#points.length - 1);
  }

  /** Notes how many steps were tried until now; answers how many a second it were lately. */
  perSecond(at: number, iterations: number): number {
    this.#counts = this.#counts.filter(
      (count, k, { length }) => at - count.at < RATE_OVER_MS || k === length - 1,
    );
    this.#counts.push({ at, iterations });
    const first = this.#counts[0] ?? { at, iterations };
    return at > first.at ? Math.max(0, ((iterations - first.iterations) * 1000) / (at - first.at)) : 0;
  }
}
