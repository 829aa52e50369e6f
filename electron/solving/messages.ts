import type { Limit } from '#solver/run/run.ts';
import type { ThreadTask } from './engine.ts';

/** What is asked of a solver thread; it answers one question after the other. First `open`, which is answered by `opened` or `refused`. */
export type Question =
  | { readonly kind: 'open'; readonly task: ThreadTask }
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
  | { readonly kind: 'more' }
  /** The problem is done with. Nothing is answered; another may be opened. */
  | { readonly kind: 'forget' };

/** What a solver thread says. */
export type Message =
  | { readonly kind: 'opened'; readonly words: number }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'trying'; readonly what: string }
  | { readonly kind: 'searched' }
  | { readonly kind: 'figures'; readonly figures: unknown }
  | { readonly kind: 'piece'; readonly piece: unknown }
  /** That was all; `objective` is that of the solution that was told. */
  | { readonly kind: 'answered'; readonly objective: number };
