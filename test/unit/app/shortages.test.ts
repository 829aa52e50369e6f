import { expect, test } from 'vitest';
import { smallShop } from '#test/support/small-shop.ts';
import { planner } from '#test/support/temporary-station.ts';

test('a hundred orders by tomorrow: the planner sees before solving what cannot be done, and where', async () => {
  const shop = await smallShop(...Array.from({ length: 100 }, (_, k) => `O${k}`));
  try {
    const shortages = await shop.handlers['plan.shortages']({}, planner());
    // 42 hours are left until Tuesday ends; an order takes one of a mixer with somebody, and half of one of the packer.
    expect(
      shortages.map(({ names, short, due, capacity }) => [
        names.join(' '),
        ...[short, due, capacity].map((seconds) => Math.round(seconds / 3600)),
      ]),
    ).toEqual([
      ['Mixer 1 Mixer 2', 16, 100, 84],
      ['mixing', 16, 100, 84],
      ['Packer', 8, 50, 42],
    ]);
  } finally {
    await shop.remove();
  }
}, 60_000);

test('an empty plant is short of nothing', async () => {
  const shop = await smallShop();
  try {
    expect(await shop.handlers['plan.shortages']({}, planner())).toEqual([]);
  } finally {
    await shop.remove();
  }
});
