import type { Board, BoardBar } from '#shared/contract/views.ts';

/** A page under measurement: what the bench does to it from outside, beside what a mouse does. */
export interface Subject {
  /** Puts the board up; before that the page has its modules and its data. */
  readonly mount: () => void;
  readonly board: () => Board;
  /** Tells it that these bars have changed. */
  readonly replace: (bars: readonly BoardBar[]) => void;
  readonly scroller: () => HTMLElement;
  /** Shows so many days, from the left edge on. */
  readonly show: (days: 1 | 14) => void;
}

declare global {
  interface Window {
    subject: Subject;
  }
}
