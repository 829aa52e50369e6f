import { type ShopInstance, shopSolution } from '#solver/instances/shop.ts';
import { placesFromWords, wordsOf } from '#solver/jobshop/places.ts';
import { searchShop } from '#solver/jobshop/search.ts';
import type { Engine } from './engine.ts';
import type { InstanceAnswer } from './instance-engine.ts';

/** A public job shop. */
export const shopInstanceEngine = (instance: ShopInstance): Engine => ({
  words: wordsOf(instance.shop),
  search: (run) => searchShop(instance.shop, run),
  figures: () => null,
  *answer(words): Generator<InstanceAnswer> {
    const places = placesFromWords(instance.shop, words);
    yield { name: instance.name, solution: JSON.stringify(shopSolution(instance, places)) };
  },
});
