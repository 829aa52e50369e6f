import { expect, test } from 'vitest';
import { connect, makeDurable } from '#electron/store/connection.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/all.ts';
import { openStore } from '#electron/store/store.ts';
import { createPrivate } from '#electron/store/station-lock.ts';
import { entryHash, GENESIS } from '#electron/store/ledger-chain.ts';
import { join } from 'node:path';
import { AT, command, dataFolder, newStore, note } from './store-kit.ts';

const HOUR = 3_600_000;

test('[AT-08] the ledger is filtered by user, action, record and period; fingerprints are left out where nobody asks for them', async () => {
  const store = await newStore();
  for (const [hour, user] of ['anna', 'ben', 'anna'].entries())
    await store.write(command(`did.${user}`, { user, at: AT + hour * HOUR }), async (write) => {
      await write.log(note({ entity: 'task', entityId: `A/mix ${hour}` }));
      await write.addComment({ task: 'A/mix' as never, author: user, at: 0, text: 'said' });
    });
  const found = async (ask: object) =>
    (await store.read.ledger({ limit: 50, seals: false, ...ask })).entries.map(({ entityId }) => entityId);
  const time = (hour: number) => new Date(AT + hour * HOUR).toISOString();
  expect(await found({})).toEqual(['A/mix 2', 'A/mix 1', 'A/mix 0']);
  expect(await found({ user: 'anna' })).toEqual(['A/mix 2', 'A/mix 0']);
  expect(await found({ action: 'did.ben' })).toEqual(['A/mix 1']);
  expect(await found({ record: 'task A/mix 1' })).toEqual(['A/mix 1']);
  expect(await found({ from: time(1), to: time(2) })).toEqual(['A/mix 1']);
  expect((await store.read.ledger({ limit: 50 })).total).toBe(6);
});

test('[AT-02] [HC-06] a ledger from before there were accounts is whole after the update, and goes on with names and roles', async () => {
  const file = join(dataFolder(), 'plant.db');
  createPrivate(file);
  const old = connect(file, { readonly: false });
  makeDurable(old);
  await migrate(old, migrations.slice(0, 4));
  const body = {
    seq: 1,
    ts: '2026-11-21T07:00:00.000Z',
    userId: 'planner',
    action: 'test.run',
    entity: 'plan',
    entityId: 'draft',
    field: null,
    reason: null,
    origin: 'command',
    correlation: 'key before',
    app: 'Shiftwright 0.1.0',
  };
  const hash = entryHash(GENESIS, { ...body, old: null, new: null });
  const row = { ...body, old: 'null', new: 'null', previous: GENESIS, hash };
  const columns = Object.keys(row);
  old.sqlite
    .prepare(
      `INSERT INTO ledger (${columns.map((name) => `"${name}"`).join()}) VALUES (${columns.map(() => '?').join()})`,
    )
    .run(...Object.values(row));
  old.sqlite.close();

  const store = await openStore(file);
  const by = { userName: 'Anna Schmidt', role: 'planner', workstation: 'desk 4' };
  await store.write(command('test.run', { by }), (write) => write.log(note()));
  expect((await store.read.ledger({ limit: 1 })).entries).toMatchObject([by]);
  expect(await store.verify()).toMatchObject({ ok: true, entries: 2 });
  await store.close();
});
