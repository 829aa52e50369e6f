import { expect, test } from 'vitest';
import { done, planner } from '#test/support/temporary-station.ts';
import { revisionOf, smallShop } from '#test/support/small-shop.ts';

test('a solve that finds nothing better than a draft that holds proposes nothing', async () => {
  const shop = await smallShop('A', 'B');
  const solve = async () => {
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
    return (await ended).outcome;
  };
  expect(await solve()).toBe('proposal');
  done(await shop.handlers['proposal.accept']({ expected: revisionOf(shop) }, planner()));
  expect(await solve()).toBe('nothingBetter');
  expect(shop.station.proposal).toBeNull();
  await shop.remove();
});
