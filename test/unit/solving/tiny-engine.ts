import type { Engine } from '#electron/solving/engine.ts';
import type { Incumbent } from '#solver/run/incumbent.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';

/** What a thread of the tiny engine does wrong, once it has found something or before. */
export type Fault = 'none' | 'throw' | 'exit' | 'deaf' | 'silent' | 'greedy' | 'endless first';

export interface Tiny {
  /** The sum of these is made small by changing their signs: an objective that falls for a while. */
  readonly numbers: readonly number[];
  readonly fault: Fault;
  /** Which threads do it; the others work. */
  readonly faulty: readonly number[];
  /** Whether it is done only by the first thread in a place, while nothing is found yet. */
  readonly once: boolean;
}

const nap = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Number partitioning by random flips: small, real, and breakable. The solution is one sign per number. */
export function open(tiny: Tiny): Engine {
  const { numbers } = tiny;
  if (numbers.length === 0) throw new Error('there are no numbers to share out');
  return {
    words: numbers.length,
    search: (run) => search(tiny, run),
    figures: (words) => ({ positive: words.filter((sign) => sign > 0).length }),
    *answer(words, isJudged) {
      yield [...words];
      yield { isJudged };
    },
  };
}

function search(tiny: Tiny, run: Run): void {
  const { numbers, fault, faulty, once } = tiny;
  const { incumbent } = run;
  const isFresh = incumbent.objective === Infinity;
  const fails = fault !== 'none' && faulty.includes(run.thread) && (isFresh || !once);
  if (fails && fault === 'endless first') for (;;) nap(5);
  const random = randomFrom(run.seed + run.thread);
  const signs = new Int32Array(numbers.length).fill(1);
  if (!isFresh) incumbent.read(signs);
  run.trying?.('flips');
  /** What fails is not over before it did. */
  const isOver = (k: number): boolean => k > 0 && !fails && usedOf(run, k) >= 1;
  for (let k = 0; !isOver(k); k += 1) {
    const at = Math.floor(random() * signs.length);
    signs[at] = -(signs[at] ?? 0);
    incumbent.offer(Math.abs(numbers.reduce((sum, n, j) => sum + n * (signs[j] ?? 0), 0)), signs);
    if (fails && k === 50) fail(fault, incumbent);
    incumbent.count(k + 1);
  }
}

function fail(fault: Fault, incumbent: Incumbent): void {
  if (fault === 'throw') throw new Error('boom');
  if (fault === 'exit') process.exit(3);
  if (fault === 'deaf')
    for (let k = 51; ; k += 1) {
      nap(5);
      incumbent.count(k);
    }
  if (fault === 'silent') for (;;) nap(5);
  const kept: Uint8Array[] = [];
  for (let k = 51; ; k += 1) {
    if (kept.length < 24) kept.push(new Uint8Array(32 << 20).fill(1));
    nap(20);
    incumbent.count(k);
  }
}
