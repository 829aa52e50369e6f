import type { Step } from '#solver/search/step.ts';

/** A way to choose what a step takes out and in which order it goes back; false where it found nothing to do. */
export interface Move {
  readonly name: string;
  readonly destroy: (step: Step) => boolean;
}
