import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, makeDurable } from '#electron/store/connection.ts';
import { GENESIS, entryHash, rowHash } from '#electron/store/ledger-chain.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/all.ts';
import { dispatch } from '#electron/store/migrations/0009-dispatch.ts';
import { createPrivate } from '#electron/store/station-lock.ts';
import { openStore } from '#electron/store/store.ts';
import { dataFolder, doing, queue, unit, version } from './store-kit.ts';

test('[AT-02] lists from before revisions were acknowledged keep their seal after the update, and nobody is asked to acknowledge them', async () => {
  const file = join(dataFolder(), 'plant.db');
  createPrivate(file);
  const old = connect(file, { readonly: false });
  makeDurable(old);
  await migrate(old, migrations.slice(0, migrations.indexOf(dispatch)));
  old.sqlite.pragma('foreign_keys = OFF'); // its version is added below
  const { unit: on, revision, version: of, dispatched, items } = queue('M1', 1);
  const row = { unit: on, revision, version: of, dispatched, items: JSON.stringify(items) };
  const insert = (table: string, values: object) =>
    old.sqlite
      .prepare(
        `INSERT INTO ${table} (${Object.keys(values)
          .map((name) => `"${name}"`)
          .join()}) VALUES (${Object.keys(values)
          .map(() => '?')
          .join()})`,
      )
      .run(...Object.values(values));
  insert('queue', row);
  const body = {
    seq: 1,
    ts: '2026-11-21T07:00:00.000Z',
    userId: 'planner',
    action: 'queue.dispatch',
    entity: 'queue',
    entityId: 'M1 r1',
    field: 'sha256',
    reason: null,
    origin: 'command',
    correlation: 'key before',
    app: 'Shiftwright 0.1.0',
  };
  const seal = rowHash(row);
  const hash = entryHash(GENESIS, { ...body, old: null, new: seal });
  insert('ledger', { ...body, old: 'null', new: JSON.stringify(seal), previous: GENESIS, hash });
  old.sqlite.close();

  const store = await openStore(file);
  expect(await store.verify()).toMatchObject({ ok: true });
  const [before] = await store.read.latestQueues();
  expect(before).not.toHaveProperty('note');
  const note = { by: 'planner', reason: 'Version 2', supersedes: null, changes: [], recalled: [] };
  await doing(store, async (write) => {
    await write.addVersion(version(1));
    await write.addQueue({ ...queue('M1', 2), note });
    await write.addListReceipt({ unit: unit('M1'), revision: 2, at: 1, recorded: 2, by: 'anna' });
  });
  expect(await store.read.seenLists()).toMatchObject([{ receipt: { revision: 2 }, queue: { note } }]);
  expect((await store.read.revisions('M1', 9)).map(({ revision }) => revision)).toEqual([2, 1]);
  expect(await store.verify()).toMatchObject({ ok: true });
  await store.close();

  const forged = connect(file, { readonly: false });
  const change = `UPDATE "listReceipt" SET revision = 1`;
  expect(() => forged.sqlite.exec(change)).toThrow('Rows of listReceipt stay');
  forged.sqlite.exec(`DROP TRIGGER "listReceiptNoUPDATE"; ${change}`);
  forged.sqlite.close();
  const reopened = await openStore(file);
  expect(await reopened.verify()).toMatchObject({
    ok: false,
    problem: expect.stringContaining('listReceipt'),
  });
  await reopened.close();
});
