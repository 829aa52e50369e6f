import { expect, test } from 'vitest';
import { shopAtSeven } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

test('[RP-03] a copy that somebody saves stands in the ledger: who, what, by which filter, and as of which version', async () => {
  const shop = await shopAtSeven('A');
  done(await shop.handlers['copy.note']({ file: 'dispatch-lists.pdf', filter: '' }, planner()));
  const { entries } = await shop.station.store.read.ledger({ limit: 1 });
  expect(entries).toMatchObject([
    {
      action: 'copy.note',
      userId: 'planner',
      entity: 'copy',
      entityId: 'dispatch-lists.pdf',
      new: { version: 1, revision: shop.station.workspace.revision, scenario: 0, filter: null },
    },
  ]);
  done(await shop.handlers['copy.note']({ file: 'audit.csv', filter: 'user paula' }, planner()));
  const [last] = (await shop.station.store.read.ledger({ limit: 1 })).entries;
  expect(last).toMatchObject({ entityId: 'audit.csv', new: { filter: 'user paula' } });
  await shop.remove();
});
