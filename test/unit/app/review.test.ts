import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkRecord } from '#electron/app/check-record.ts';
import { watchClock } from '#electron/app/watch-clock.ts';
import { must } from '#shared/base/must.ts';
import { as, employ, openWindow, passwordOf, userId } from '#test/support/people.ts';
import { type SmallShop, instant, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A');
  await shop.put('A/mix', 'M1', '07:00');
  await employ(shop, { planny: ['planner'], quinn: ['quality'] });
});
afterEach(() => shop.remove());

const word = (id: string) => ({ password: passwordOf(id), meaning: 'Review' });
const head = async () => (await shop.station.store.read.ledger({ limit: 1 })).entries[0]?.seq ?? 0;
const review = async (filter: object = {}, remarks = '') =>
  shop.handlers['ledger.review']({ filter, until: await head(), remarks, sign: word('quinn') }, as('quinn'));

test('[AT-09] [S6] somebody reviews what others did: filter and last entry are kept, signed, and shown again', async () => {
  const until = await head();
  const { record, entries } = done(await review({ user: 'admin' }, 'Accounts of November'));
  expect(entries).toBe(3);
  await shop.put('A/mix', 'M1', '09:00');
  const last = await shop.handlers['review.last']({ of: 'ledgerReview' }, as('planny'));
  expect(last).toMatchObject({
    record,
    entries: 3,
    until,
    remarks: 'Accounts of November',
    signatures: [{ user: 'quinn', name: 'Quinn Person', meaning: 'Review', state: 'valid' }],
  });
  const { entries: kept } = await shop.station.store.read.ledger({
    limit: 10,
    action: 'ledger.review',
    seals: false,
  });
  expect(kept.find(({ entity, field }) => entity === 'ledgerReview' && field === null)?.new).toMatchObject({
    filter: { user: 'admin' },
    until,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await shop.station.store.verify()).toMatchObject({ ok: true });
});

test('[AT-09] nobody reviews what they did themselves; that they logged in or reviewed before is no hindrance', async () => {
  const window = openWindow(shop);
  done(await window.logIn('quinn'));
  done(await review());
  done(await review());
  done(await window.ask('task.comment', { task: 'A/mix', text: 'Sample is late' }));
  expect(await review()).toMatchObject({ ok: false, refusal: { code: 'OWN_ENTRIES' } });
  done(await review({ user: 'admin' }));
  expect(await review({ user: 'nobody' })).toMatchObject({ refusal: { code: 'NOTHING_TO_REVIEW' } });
});

test('[AT-09] [ES-02] a review without the right password is none', async () => {
  const ask = { filter: {}, until: await head(), remarks: '', sign: { ...word('quinn'), password: 'guess' } };
  expect(await shop.handlers['ledger.review'](ask, as('quinn'))).toMatchObject({
    refusal: { code: 'WRONG_PASSWORD' },
  });
  expect(await shop.handlers['review.last']({ of: 'ledgerReview' }, as('quinn'))).toBeNull();
});

test('[AC-09] rights are reviewed by somebody who does not give them: everybody’s roles, last login and identity, signed', async () => {
  done(await openWindow(shop).logIn('planny'));
  const quinn = openWindow(shop);
  done(await quinn.logIn('quinn'));
  expect((await quinn.ask('user.list')).map(({ id, lastLogin }) => [id, lastLogin])).toEqual([
    ['admin', null],
    ['planny', instant('06:00')],
    ['quinn', instant('06:00')],
  ]);
  const { record } = done(
    await quinn.ask('access.review', { remarks: 'Olaf has left', sign: word('quinn') }),
  );
  const { entries } = await shop.station.store.read.ledger({
    limit: 5,
    action: 'access.review',
    seals: false,
  });
  expect(entries.find(({ entity, field }) => entity === 'accessReview' && field === null)).toMatchObject({
    entityId: record,
    reason: 'Olaf has left',
    new: {
      accounts: [
        { id: 'admin', roles: ['administrator'], lastLogin: null },
        { id: 'planny', roles: ['planner'], lastLogin: instant('06:00'), identity: { by: 'Nora Brandt' } },
        { id: 'quinn' },
      ],
    },
  });
  const admin = openWindow(shop);
  done(await admin.logIn('admin'));
  expect(await admin.raw('access.review', { remarks: '', sign: word('admin') })).toMatchObject({
    code: 'NOT_ALLOWED',
  });
  expect(await admin.ask('review.last', { of: 'accessReview' })).toMatchObject({
    entries: 3,
    signatures: [{ user: 'quinn', state: 'valid' }],
  });
});

test('[ES-07] whose identity nobody has checked gets no account that signs; when and by whom stays on record', async () => {
  const add = (identity: object | null, roles = ['planner']) =>
    shop.handlers['user.add'](
      {
        id: userId('newt'),
        name: 'Newt',
        roles,
        person: null,
        password: 'given by the office',
        identity,
      } as never,
      as('admin'),
    );
  expect(await add(null)).toMatchObject({ ok: false, refusal: { code: 'IDENTITY_MISSING' } });
  expect(await add({ by: 'Nora Brandt', on: '2026-11-24' })).toMatchObject({
    refusal: { code: 'TIME_AHEAD' },
  });
  done(await add({ by: 'Nora Brandt', on: '2026-11-23' }));
  const { entries } = await shop.station.store.read.ledger({ limit: 1, action: 'user.add' });
  expect(entries[0]?.new).toMatchObject({ identity: { by: 'Nora Brandt', on: '2026-11-23' } });
});

test('[ES-07] an account from before this was asked goes on, but signs only when it has been noted', async () => {
  await shop.station.command(as('admin'), 'test', async (write, workspace) => {
    const old = { ...must(workspace.users.get('planny'), 'planny'), identity: null };
    await write.putUser(old);
    await write.log({
      entity: 'user',
      entityId: 'planny',
      field: 'test',
      old: null,
      new: null,
      reason: null,
    });
    return { detail: null, workspace: { ...workspace, users: new Map(workspace.users).set('planny', old) } };
  });
  const publish = () =>
    shop.handlers['version.publish'](
      { note: '', expected: revisionOf(shop), sign: { password: passwordOf('planny'), meaning: 'Approval' } },
      as('planny'),
    );
  expect(await publish()).toMatchObject({ ok: false, refusal: { code: 'IDENTITY_MISSING' } });
  const identity = { by: 'Nora Brandt', on: '2026-11-20' };
  done(await shop.handlers['user.change']({ id: userId('planny'), identity }, as('admin')));
  done(await publish());
});

test('[HC-04] what a check of the record finds is in the ledger; a record that was altered alarms, and nobody signs until it is whole', async () => {
  const caller = { user: 'service watch', origin: 'station' } as const;
  expect(await checkRecord(shop.station, 'start', caller)).toMatchObject({ ok: true, problem: null });
  const checks = async () =>
    (await shop.station.store.read.ledger({ limit: 10, action: 'ledger.verify' })).entries.map(
      (entry) => entry.new,
    );
  expect(await checks()).toMatchObject([{ why: 'start', ok: true }]);
  const alter = (to: string) => {
    const database = new Database(join(shop.data, 'shiftwright.db'));
    for (const { name } of database
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .all())
      database.exec(`DROP TRIGGER "${name}"`);
    database.exec(`UPDATE ledger SET userId = '${to}' WHERE seq = 1`);
    database.close();
  };
  const [first] = (await shop.station.store.read.ledger({ limit: 500 })).entries.reverse();
  alter('somebody else');
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  expect(await shop.handlers['ledger.verify']({}, as('planny'))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('Entry 1 of the ledger'),
  });
  expect((await checks())[0]).toMatchObject({ why: 'asked', ok: false });
  expect(window.facts).toContainEqual(expect.objectContaining({ kind: 'notice', level: 'error' }));
  expect(await window.ask('station.status')).toMatchObject({ record: { ok: false } });
  const ask = {
    note: '',
    expected: revisionOf(shop),
    sign: { password: passwordOf('planny'), meaning: 'Approval' },
  };
  expect(await shop.handlers['version.publish'](ask, as('planny'))).toMatchObject({
    refusal: { code: 'RECORD_DAMAGED' },
  });
  alter(must(first, 'The first entry').userId);
  expect(await shop.handlers['ledger.verify']({}, as('planny'))).toMatchObject({ ok: true });
  done(await shop.handlers['version.publish'](ask, as('planny')));
});

test('[TS-03] a clock that jumps is told and on record, either way; drift and slow looks are not; entries keep their order', async () => {
  let steady = 0;
  const { look } = watchClock(shop.station, 'service watch', () => steady);
  const after = async (seconds: number, clockSeconds: number) => {
    steady += seconds * 1000;
    shop.setClock(shop.station.clock() + clockSeconds * 1000);
    await look();
  };
  await after(5, 5);
  await after(5, 9);
  await after(600, 600);
  await after(5, 5 - 3600);
  await after(5, 5 + 60);
  await shop.put('A/mix', 'M1', '09:00');
  const { entries } = await shop.station.store.read.ledger({ limit: 10, action: 'clock.jumped' });
  expect(entries.map(({ reason }) => reason)).toEqual([
    'The clock of this machine went forward by 1 min. Maybe it was set, or the machine slept. Entries keep their order.',
    'The clock of this machine went back by 1 h. Maybe it was set. Entries keep their order.',
  ]);
  expect(entries[1]).toMatchObject({ old: '2026-11-23T06:10:19.000Z', new: '2026-11-23T05:10:19.000Z' });
  expect(shop.facts).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining('went back by 1 h') }),
  );
  expect(await shop.station.store.verify()).toMatchObject({ ok: true });
});
