import type { Shop } from './shop.ts';

/** Where and when one operation is done. */
export interface Place {
  readonly machine: number;
  readonly start: number;
}

/** A solution as words: the mode of each operation, then the start of each. */
export const wordsOf = ({ operations }: Shop): number => 2 * operations;

export function placesFromWords(shop: Shop, words: Int32Array): Place[] {
  return Array.from({ length: shop.operations }, (_, o) => ({
    machine: shop.modeMachine[words[o]],
    start: words[shop.operations + o],
  }));
}
