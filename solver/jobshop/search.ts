import type { Run } from '#solver/run/run.ts';

import { lowerBound, windowsOf } from './bound.ts';
import { dispatch, type Draft } from './dispatch.ts';
import { wordsOf } from './places.ts';
import type { Shop } from './shop.ts';

/** One thread's search for a short schedule, offered to `run.incumbent` as it gets better. */
export function searchShop(shop: Shop, run: Run): void {
  const windows = windowsOf(shop);
  offer(shop, run, dispatch(shop, windows.tails));
  run.incumbent.prove(lowerBound(shop, windows));
}

function offer(shop: Shop, run: Run, { mode, start, makespan }: Draft): void {
  const words = new Int32Array(wordsOf(shop));
  words.set(mode);
  words.set(start, shop.operations);
  run.incumbent.offer(makespan, words);
}
