/** What a dispatch rule looks at when a unit becomes free at `at`. Times in seconds. */
export interface Waiting {
  weight: number;
  due: number;
  /** p: run time of the operation. */
  run: number;
  /** Setup from what the unit ran last. */
  setup: number;
  /** Longest run and waiting after the operation to the end of its order. */
  tail: number;
  at: number;
  /** p̄ and s̄ of the unit's work. */
  meanRun: number;
  meanSetup: number;
}

/** A dispatch rule: the waiting operation with the largest index goes next. */
export interface Rule {
  readonly name: string;
  readonly index: (waiting: Readonly<Waiting>) => number;
  /** Seconds of completion that a second of setup is worth when the unit is chosen. */
  readonly setupPrice: number;
}

/** Earliest due date; optimal for 1||Lmax (Jackson 1955). */
export const edd: Rule = { name: 'EDD', index: ({ due }) => -due, setupPrice: 0 };

/** Critical ratio: time to the due date over the work that is left; below 1 is behind. */
export const criticalRatio: Rule = {
  name: 'CR',
  index: ({ due, at, run, tail }) => -(due - at) / Math.max(1, run + tail),
  setupPrice: 0,
};

/** Logarithm of the ATC and ATCS index of an operation without slack and setup. */
export const mostUrgent = (weight: number, run: number): number =>
  run === 0 ? Infinity : Math.log(weight / run);

/**
 * Logarithm of the ATCS index, which underflows where slack is long: same order, no ties at zero. `slackReach` is k1 p̄
 * and `setupReach` k2 s̄; without setups among the waiting that is 0, and the factor is left out.
 */
export const logAtcs = (
  most: number,
  slack: number,
  slackReach: number,
  setup: number,
  setupReach: number,
): number => most - Math.max(slack, 0) / slackReach - (setupReach > 0 ? setup / setupReach : 0);

export const logAtc = ({ weight, run, due, tail, at, meanRun }: Readonly<Waiting>, k: number): number =>
  logAtcs(mostUrgent(weight, run), due - run - tail - at, k * meanRun, 0, 0);

/** Apparent tardiness cost (Vepsalainen & Morton 1987). */
export const atc = (k: number): Rule => ({
  name: `ATC K=${k}`,
  index: (waiting) => logAtc(waiting, k),
  setupPrice: 0,
});

/** ATC with setups (Lee, Bhaskaran & Pinedo 1997). */
export const atcs = (k1: number, k2: number, setupPrice = 0.5): Rule => ({
  name: `ATCS K1=${k1} K2=${k2}`,
  index: ({ weight, run, due, tail, at, meanRun, setup, meanSetup }) =>
    logAtcs(mostUrgent(weight, run), due - run - tail - at, k1 * meanRun, setup, k2 * meanSetup),
  setupPrice,
});

/**
 * Starting values for K1 and K2 (Lee, Bhaskaran & Pinedo) from due-date tightness τ, range R and setup severity η.
 * K2 is floored at 0.1, as τ ≤ 0 would make it useless.
 */
export function atcsParameters(shop: {
  meanRun: number;
  meanSetup: number;
  firstDue: number;
  lastDue: number;
  meanDue: number;
  makespan: number;
}): { k1: number; k2: number } {
  const tightness = 1 - shop.meanDue / shop.makespan;
  const range = (shop.lastDue - shop.firstDue) / shop.makespan;
  const severity = shop.meanSetup / shop.meanRun;
  return {
    k1: range <= 0.5 ? 4.5 + range : 6 - 2 * range,
    k2: Math.max(0.1, tightness / (2 * Math.sqrt(severity))),
  };
}

/** In the order in which they are tried: cheap and robust first, then the grid over K1 and K2. */
export const RULES: readonly [Rule, ...Rule[]] = [
  edd,
  atcs(3, 0.5),
  criticalRatio,
  atc(3),
  ...[1, 10, 40].flatMap((k1) => [0.1, 0.5, 2].map((k2) => atcs(k1, k2))),
];
