import { expect, test } from 'vitest';
import { instantFromMillis } from '#shared/time/instant.ts';
import {
  AT,
  command,
  doing,
  move,
  newStore,
  note,
  placed,
  queue,
  report,
  task,
  version,
} from './store-kit.ts';

test('a new store is empty', async () => {
  const { read } = await newStore();
  expect((await read.plant()).orders).toEqual([]);
  expect(await read.draft()).toEqual(new Map());
  expect(await read.revision()).toBe(0);
  expect(await read.edits()).toEqual({ undo: null, redo: null });
  expect(await read.latestVersion()).toBeNull();
  expect(await read.latestQueues()).toEqual([]);
  expect(await read.events()).toEqual([]);
  expect(await read.lastImport()).toBeNull();
  expect(await read.ledger({ limit: 10 })).toEqual({ entries: [], total: 0 });
});

test('[R1] a known key returns the first reply and runs nothing', async () => {
  const store = await newStore();
  let runs = 0;
  const once = command('draft.move');
  const work = () =>
    store.write(once, async (write) => {
      runs += 1;
      await write.log(note());
      return { ran: runs };
    });
  expect(await work()).toEqual({ reply: { ran: 1 }, repeated: false });
  expect(await work()).toEqual({ reply: { ran: 1 }, repeated: true });
  expect(runs).toBe(1);
  expect((await store.read.ledger({ limit: 10 })).total).toBe(1);
});

test('a key that was used for something else is refused', async () => {
  const store = await newStore();
  const once = command('draft.move');
  await store.write(once, (write) => write.log(note()));
  await expect(store.write({ ...once, action: 'draft.pin' }, (write) => write.log(note()))).rejects.toThrow(
    /belongs to draft.move by planner/,
  );
});

test('what is thrown inside a command leaves no trace', async () => {
  const store = await newStore();
  const failing = command();
  await expect(
    store.write(failing, async (write) => {
      await write.pushEdit(move('A/10', null, 0), { undoable: true });
      await write.addEvent(report('report-1'));
      await write.log(note());
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  expect(await store.read.draft()).toEqual(new Map());
  expect(await store.read.events()).toEqual([]);
  expect((await store.read.ledger({ limit: 10 })).total).toBe(0);
  // The key is free again: nothing was answered with it.
  expect((await store.write(failing, (write) => write.log(note()))).repeated).toBe(false);
});

test('[AT-01] a command that logs nothing is refused and undone', async () => {
  const store = await newStore();
  await expect(
    store.write(command(), (write) => write.pushEdit(move('A/10', null, 0), { undoable: true })),
  ).rejects.toThrow(/logged nothing/);
  expect(await store.read.revision()).toBe(0);
});

test('commands run one after the other, readers see none of them half', async () => {
  const store = await newStore();
  const seen: string[] = [];
  const slow = (name: string) =>
    store.write(command(), async (write) => {
      seen.push(`${name} starts`);
      await write.pushEdit(move(`${name}/10`, null, 0), { undoable: true });
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${(await store.read.draft()).size} of ${(await write.draft()).size} committed`);
      await write.log(note());
    });
  await Promise.all([slow('A'), slow('B')]);
  expect(seen).toEqual(['A starts', '0 of 1 committed', 'B starts', '1 of 2 committed']);
});

test('a writer that outlives its command can write nothing', async () => {
  const store = await newStore();
  const escaped = await doing(store, async (write) => ({ write }));
  await expect(escaped.write.pushEdit(move('A/10', null, 0), { undoable: true })).rejects.toThrow(
    /committed/,
  );
  expect(await store.read.revision()).toBe(0);
});

test('[AT-02] an entry says who, when, what, before, after, why and from where', async () => {
  const store = await newStore();
  await store.write(command('order.hold', { key: 'key-of-hold', user: 'anna', origin: 'window' }), (write) =>
    write.log({
      entity: 'order',
      entityId: 'O1',
      field: 'state',
      old: 'Ready',
      new: ['Held'],
      reason: 'lot on hold',
    }),
  );
  const { entries } = await store.read.ledger({ limit: 1 });
  expect(entries[0]).toMatchObject({
    seq: 1,
    ts: new Date(AT).toISOString(),
    userId: 'anna',
    action: 'order.hold',
    entity: 'order',
    entityId: 'O1',
    field: 'state',
    old: 'Ready',
    new: ['Held'],
    reason: 'lot on hold',
    origin: 'window',
    correlation: 'key-of-hold',
    app: expect.stringMatching(/^Shiftwright \d/),
  });
});

test('[AT-08] the ledger is read backwards in pages and searched by any text', async () => {
  const store = await newStore();
  await store.write(command(), async (write) => {
    for (let order = 1; order <= 30; order += 1) {
      await write.log(
        note({ entity: 'order', entityId: `O${order}`, reason: order === 7 ? '100 % Ausschuß_' : null }),
      );
    }
  });
  const page = await store.read.ledger({ limit: 3, before: 11 });
  expect(page.entries.map((entry) => entry.seq)).toEqual([10, 9, 8]);
  expect(page.total).toBe(30);
  const found = await store.read.ledger({ limit: 10, text: '100 % ausschuß_' });
  expect(found.entries.map((entry) => entry.entityId)).toEqual(['O7']);
  expect((await store.read.ledger({ limit: 10, text: '1%O' })).total).toBe(0);
});

test('a message is known by its id after its import', async () => {
  const store = await newStore();
  const imported = {
    files: ['orders.xml'],
    dryRun: false,
    changes: [],
    samples: [],
    refusals: [],
    warnings: [],
  };
  expect(await store.read.messageSeen('BOD-1')).toBeNull();
  await doing(store, (write) => write.rememberMessage('BOD-1', imported));
  expect(await store.read.messageSeen('BOD-1')).toEqual(imported);
  expect(await store.read.lastImport()).toBe(instantFromMillis(AT));
});

test('a mapping is kept by its name, the newest wins', async () => {
  const store = await newStore();
  await doing(store, (write) => write.saveMapping('orders', { id: 'AUFNR' }));
  await doing(store, (write) => write.saveMapping('orders', { id: 'VBELN' }));
  expect(await store.read.mappings()).toEqual(new Map([['orders', { id: 'VBELN' }]]));
});

test('versions come back as they were published, in gapless numbers', async () => {
  const store = await newStore();
  await doing(store, (write) => write.addVersion(version(1)));
  await doing(store, (write) => write.addVersion(version(2, [0, 60, 120])));
  expect(await store.read.version(1)).toEqual(version(1));
  expect(await store.read.latestVersion()).toEqual(version(2, [0, 60, 120]));
  expect((await store.read.versions()).map((head) => head.number)).toEqual([2, 1]);
  await expect(doing(store, (write) => write.addVersion(version(2)))).rejects.toThrow(
    /cannot follow version 2/,
  );
  await expect(doing(store, (write) => write.addVersion(version(4)))).rejects.toThrow(
    /cannot follow version 2/,
  );
});

test('each line has its own revisions; the latest is what it was told', async () => {
  const store = await newStore();
  await doing(store, (write) => write.addVersion(version(1)));
  await doing(store, async (write) => {
    await write.addQueue(queue('M1', 1));
    await write.addQueue(queue('M2', 1));
  });
  await doing(store, (write) => write.addQueue(queue('M1', 2)));
  expect(await store.read.latestQueues()).toEqual([queue('M1', 2), queue('M2', 1)]);
  await expect(doing(store, (write) => write.addQueue(queue('M2', 3)))).rejects.toThrow(
    /cannot follow revision 1/,
  );
  await expect(doing(store, (write) => write.addQueue(queue('M3', 1, 9)))).rejects.toThrow(/FOREIGN KEY/);
});

test('events are numbered as they are recorded, whatever their clock says', async () => {
  const store = await newStore();
  const first = await doing(store, (write) => write.addEvent(report('report-1', { at: 500 })));
  const late = await doing(store, (write) =>
    write.addEvent(report('report-2', { at: 400, reason: 'late entry' })),
  );
  expect([first.seq, late.seq]).toEqual([1, 2]);
  expect(await store.read.events()).toEqual([first, late]);
  expect(await store.read.events(1)).toEqual([late]);
  expect(await store.read.event('report-2')).toEqual(late);
  await expect(doing(store, (write) => write.addEvent(report('report-1')))).rejects.toThrow(/UNIQUE/);
});

test('[U5] undo and redo walk the edits; a new edit ends redo', async () => {
  const store = await newStore();
  const push = (...[id, from, to]: Parameters<typeof move>) =>
    doing(store, (write) => write.pushEdit(move(id, from, to), { undoable: true }));
  await push('A/10', null, 0);
  await push('A/10', 0, 60);
  expect(await store.read.edits()).toEqual({ undo: 'Move A/10 to 60', redo: null });

  const undone = await doing(store, (write) => write.undo());
  expect(undone?.changes).toEqual(move('A/10', 60, 0).changes);
  expect(await store.read.draft()).toEqual(new Map([[task('A/10'), placed('A/10', 0)]]));
  expect(await store.read.edits()).toEqual({ undo: 'Move A/10 to 0', redo: 'Move A/10 to 60' });

  await doing(store, (write) => write.redo());
  expect(await store.read.draft()).toEqual(new Map([[task('A/10'), placed('A/10', 60)]]));
  await doing(store, (write) => write.undo());
  await doing(store, (write) => write.undo());
  expect(await store.read.draft()).toEqual(new Map());
  expect(await doing(store, (write) => write.undo())).toBeNull();
  expect(await store.read.revision()).toBe(6);

  await push('B/10', null, 0);
  expect(await store.read.edits()).toEqual({ undo: 'Move B/10 to 0', redo: null });
});

test('[U5] undo stops where something else has changed the same task', async () => {
  const store = await newStore();
  const push = (id: string, from: number | null, to: number | null, undoable: boolean) =>
    doing(store, (write) => write.pushEdit(move(id, from, to), { undoable }));
  await push('A/10', null, 0, true);
  await push('B/10', null, 0, true);
  await push('C/10', null, 0, true);
  await push('D/10', null, 5, false);
  expect((await store.read.edits()).undo).toBe('Move C/10 to 0');
  await push('B/10', 0, 90, false);
  await doing(store, (write) => write.undo());
  expect(await store.read.edits()).toEqual({ undo: null, redo: 'Move C/10 to 0' });
  expect([...(await store.read.draft()).keys()]).toEqual(['A/10', 'B/10', 'D/10']);
});

test('[U5] the last hundred edits can be undone', async () => {
  const store = await newStore();
  const undone = await doing(store, async (write) => {
    for (let edit = 0; edit < 103; edit += 1) {
      await write.pushEdit(move('A/10', edit === 0 ? null : edit - 1, edit), { undoable: true });
    }
    let steps = 0;
    while (await write.undo()) steps += 1;
    return steps;
  });
  expect(undone).toBe(100);
  expect(await store.read.draft()).toEqual(new Map([[task('A/10'), placed('A/10', 2)]]));
});
