import type { Limit } from '#solver/run/run.ts';

/** What is asked of a solver thread; it answers one question after the other. */
export type Question =
  | {
      readonly kind: 'search';
      readonly best: SharedArrayBuffer;
      readonly seed: number;
      readonly thread: number;
      readonly threads: number;
      readonly limit: Limit;
    }
  | { readonly kind: 'figures'; readonly best: SharedArrayBuffer }
  | { readonly kind: 'answer'; readonly best: SharedArrayBuffer; readonly isJudged: boolean }
  /** The next piece of the answer. */
  | { readonly kind: 'more' };

/** What a solver thread says. First `opened` or `refused`. */
export type Message =
  | { readonly kind: 'opened'; readonly words: number }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'trying'; readonly what: string }
  | { readonly kind: 'searched' }
  | { readonly kind: 'figures'; readonly figures: unknown }
  | { readonly kind: 'piece'; readonly piece: unknown }
  /** That was all; `objective` is that of the solution that was told. */
  | { readonly kind: 'answered'; readonly objective: number };
