import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOCKED_FOR } from '#electron/app/attempts.ts';
import { calls } from '#shared/contract/calls.ts';
import { CHECKED, as, employ, openWindow, passwordOf, userId } from '#test/support/people.ts';
import { type SmallShop, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A');
});
afterEach(() => shop.remove());

const add = (id: string, more: object = {}) =>
  shop.handlers['user.add'](
    calls['user.add'].ask.parse({
      id,
      name: id,
      roles: ['planner'],
      person: null,
      password: passwordOf(id),
      identity: CHECKED,
      ...more,
    }),
    as('admin'),
  );
const last = async (limit = 1) => (await shop.station.store.read.ledger({ limit })).entries;

test('a fresh station has no accounts and is the one local user’s, as ever', async () => {
  const window = openWindow(shop);
  expect(await window.ask('session.read')).toMatchObject({ kind: 'local', roles: [] });
  expect((await window.ask('board.read')).rows).toHaveLength(3);
  expect(await window.logIn('anybody')).toMatchObject({ ok: false, refusal: { code: 'NO_ACCOUNTS' } });
});

test('[AC-01] the first account is an administrator’s; from then on nothing is read or written anonymously', async () => {
  const window = openWindow(shop);
  expect(await add('m.huber')).toMatchObject({ ok: false, refusal: { code: 'NO_ADMINISTRATOR' } });
  done(await add('admin', { roles: ['administrator'] }));
  expect(await window.ask('session.read')).toMatchObject({ kind: 'out' });
  const entries = (await shop.station.store.read.ledger({ limit: 1 })).total;
  for (const call of ['board.read', 'draft.undo', 'version.publish', 'user.add'] as const)
    expect(await window.raw(call, { expected: 0, note: '' })).toMatchObject({ code: 'LOGIN_NEEDED' });
  expect((await shop.station.store.read.ledger({ limit: 1 })).total).toBe(entries);
});

test('[AC-03] an administrator has no other role, and somebody always administers', async () => {
  expect(() =>
    calls['user.add'].ask.parse({ id: 'x1', name: 'X', roles: ['administrator', 'planner'] }),
  ).toThrow(/second account/);
  await employ(shop, { planny: ['planner'] });
  for (const change of [{ disabled: true }, { roles: ['planner' as const] }])
    expect(await shop.handlers['user.change']({ id: userId('admin'), ...change }, as('admin'))).toMatchObject(
      {
        ok: false,
        refusal: { code: 'NO_ADMINISTRATOR' },
      },
    );
});

test('[ES-06] an id is given once: not again to somebody else, also when its owner has gone', async () => {
  await employ(shop, { planny: ['planner'] });
  done(await shop.handlers['user.change']({ id: userId('planny'), disabled: true }, as('admin')));
  expect(await add('planny')).toMatchObject({ ok: false, refusal: { code: 'USER_EXISTS' } });
});

test('[AC-04] [AT-07] making and changing an account stands in the ledger with who did it, before and after', async () => {
  await employ(shop, { planny: ['planner'] });
  done(
    await shop.handlers['user.change'](
      { id: userId('planny'), roles: ['supervisor'], reason: 'New job' },
      as('admin'),
    ),
  );
  expect((await last())[0]).toMatchObject({
    userId: 'admin',
    action: 'user.change',
    entity: 'user',
    entityId: 'planny',
    field: 'roles',
    old: ['planner'],
    new: ['supervisor'],
    reason: 'New job',
  });
});

test('[AC-06] [S5] passwords: twelve characters, none of the last five, kept as scrypt with salt and cost', async () => {
  expect(() =>
    calls['user.add'].ask.parse({ id: 'x1', name: 'X', roles: ['planner'], person: null, password: 'short' }),
  ).toThrow(/12 characters/);
  done(await add('admin', { roles: ['administrator'] }));
  const [kept] = await shop.station.store.read.credentials('admin', 1);
  expect(kept).toMatchObject({ scheme: 'scrypt', n: 32_768, r: 8, p: 3 });
  const window = openWindow(shop);
  done(await window.logIn('admin'));
  const same = { old: passwordOf('admin'), new: passwordOf('admin') };
  expect(await window.ask('session.password', same)).toMatchObject({ refusal: { code: 'PASSWORD_USED' } });
  done(await window.ask('session.password', { old: passwordOf('admin'), new: 'an entirely new one' }));
  const back = { old: 'an entirely new one', new: passwordOf('admin') };
  expect(await window.ask('session.password', back)).toMatchObject({ refusal: { code: 'PASSWORD_USED' } });
});

test('[AC-06] a password that somebody else gave is changed before anything else', async () => {
  await employ(shop, {});
  done(await add('planny'));
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  expect(await window.ask('session.read')).toMatchObject({ kind: 'in', mustChange: true });
  expect(await window.raw('board.read')).toMatchObject({ code: 'PASSWORD_OLD' });
  done(await window.ask('session.password', { old: passwordOf('planny'), new: 'one of my very own' }));
  expect((await window.ask('board.read')).rows).toHaveLength(3);
});

test('[AC-07] five wrong passwords lock the account, each attempt in the ledger; several at once are no way around it', async () => {
  await employ(shop, { planny: ['planner'] });
  const admin = openWindow(shop);
  done(await admin.logIn('admin'));
  const window = openWindow(shop);
  const tries = await Promise.all(Array.from({ length: 7 }, () => window.logIn('planny', 'not my password')));
  const codes = tries.map((outcome) => (outcome.ok ? 'in' : outcome.refusal.code));
  expect(codes).toEqual([
    ...Array<string>(4).fill('WRONG_PASSWORD'),
    ...Array<string>(3).fill('ACCOUNT_LOCKED'),
  ]);
  expect(await window.logIn('planny')).toMatchObject({ ok: false, refusal: { code: 'ACCOUNT_LOCKED' } });
  const attempts = (await shop.station.store.read.ledger({ limit: 100, text: 'session.refused' })).entries;
  expect(attempts).toHaveLength(8);
  expect(attempts.map(({ entityId, field }) => `${entityId} ${field}`)).toContain('planny locked');
  expect(admin.facts).toContainEqual(
    expect.objectContaining({ kind: 'notice', text: expect.stringContaining('planny is locked') }),
  );
  shop.setClock(shop.station.clock() + LOCKED_FOR * 1000);
  done(await window.logIn('planny'));
});

test('[AC-07] an administrator lets somebody in again with a new password', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  for (let attempt = 0; attempt < 5; attempt += 1) await window.logIn('planny', 'not my password');
  done(
    await shop.handlers['user.password'](
      { id: userId('planny'), password: 'fresh from the office' },
      as('admin'),
    ),
  );
  expect(await window.logIn('planny', 'fresh from the office')).toMatchObject({ ok: true });
});

test('[AC-05] a user who is disabled is refused with the next call and hears nothing more', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  expect((await window.ask('board.read')).rows).toHaveLength(3);
  const heard = window.facts.length;
  done(await shop.handlers['user.change']({ id: userId('planny'), disabled: true }, as('admin')));
  expect(await window.raw('draft.undo', { expected: revisionOf(shop) })).toMatchObject({
    code: 'LOGIN_NEEDED',
  });
  await shop.put('A/mix', 'M1', '07:00');
  expect(window.facts.slice(heard).map(({ kind }) => kind)).toEqual(['accounts.changed', 'session.changed']);
  expect(await window.logIn('planny')).toMatchObject({ ok: false, refusal: { code: 'WRONG_PASSWORD' } });
  expect(shop.station.workspace.users.get('planny')?.name).toBe('Planny Person');
});

test('[AC-05] [S5] who was disabled is not in again when enabled: the session of before is gone', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  const { token } = done(await window.logIn('planny'));
  for (const disabled of [true, false])
    done(await shop.handlers['user.change']({ id: userId('planny'), disabled }, as('admin')));
  expect(await window.raw('board.read')).toMatchObject({ code: 'LOGIN_NEEDED' });
  expect(await openWindow(shop).ask('session.resume', { token })).toMatchObject({ kind: 'out' });
});

test('[S5] a new password ends every session under the old one, but the window at which it was changed', async () => {
  await employ(shop, { planny: ['planner'] });
  const [mine, stolen] = [openWindow(shop), openWindow(shop)];
  for (const window of [mine, stolen]) done(await window.logIn('planny'));
  done(await mine.ask('session.password', { old: passwordOf('planny'), new: 'nobody knows this one' }));
  expect((await mine.ask('board.read')).rows).toHaveLength(3);
  expect(await stolen.raw('board.read')).toMatchObject({ code: 'LOGIN_NEEDED' });
  done(
    await shop.handlers['user.password'](
      { id: userId('planny'), password: 'fresh from the office' },
      as('admin'),
    ),
  );
  expect(await mine.raw('board.read')).toMatchObject({ code: 'LOGIN_NEEDED' });
});

test('[AC-05] a wrong password that was still being checked does not enable who was disabled meanwhile', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  const [wrong] = await Promise.all([
    window.logIn('planny', 'not my password'),
    shop.handlers['user.change']({ id: userId('planny'), disabled: true }, as('admin')),
  ]);
  expect(wrong).toMatchObject({ ok: false, refusal: { code: 'WRONG_PASSWORD' } });
  expect(shop.station.workspace.users.get('planny')).toMatchObject({ disabled: true, failures: 1 });
});

test('[AC-07] names that nobody has are answered like those that somebody has, the lock as well', async () => {
  await employ(shop, { planny: ['planner'], gone: ['planner'] });
  done(await shop.handlers['user.change']({ id: userId('gone'), disabled: true }, as('admin')));
  const window = openWindow(shop);
  const answers = async (user: string) => {
    const said: string[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const outcome = await window.logIn(user, 'not my password');
      said.push(outcome.ok ? 'in' : `${outcome.refusal.code} ${outcome.refusal.text.replaceAll(user, 'X')}`);
    }
    return said;
  };
  const known = await answers('planny');
  expect(known[6]).toContain('ACCOUNT_LOCKED');
  expect(await answers('nobody')).toEqual(known);
  expect(await answers('gone')).toEqual(known);
});

test('[S3] a flood of passwords is turned away, and whoever comes after it gets in', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  const flood = await Promise.all(Array.from({ length: 60 }, () => window.logIn('nobody', 'x')));
  const codes = flood.map((outcome) => (outcome.ok ? 'in' : outcome.refusal.code));
  expect(codes.filter((code) => code === 'BUSY')).toHaveLength(40);
  done(await window.logIn('planny'));
});

test('[AC-03] [AC-04] nobody gives themselves other rights or a new password without the present one', async () => {
  await employ(shop, { second: ['administrator'] });
  const own = { id: userId('admin'), roles: ['planner' as const] };
  expect(await shop.handlers['user.change'](own, as('admin'))).toMatchObject({
    refusal: { code: 'OWN_ACCOUNT' },
  });
  done(await shop.handlers['user.change']({ ...own, name: 'Ada', roles: ['administrator'] }, as('admin')));
  const password = { id: userId('admin'), password: 'taken over at an open window' };
  expect(await shop.handlers['user.password'](password, as('admin'))).toMatchObject({
    refusal: { code: 'OWN_ACCOUNT' },
  });
  done(await shop.handlers['user.change'](own, as('second')));
});

test('[AC-06] [S5] neither passwords nor tokens are in the database, the ledger or the facts', async () => {
  await employ(shop, { planny: ['planner'] });
  const window = openWindow(shop);
  const { token } = done(await window.logIn('planny'));
  await window.logIn('planny', 'a password that is wrong');
  await window.logIn('a password as a name', 'x');
  const everything = [
    JSON.stringify((await shop.station.store.read.ledger({ limit: 500 })).entries),
    JSON.stringify(shop.facts),
    ...readdirSync(shop.data)
      .filter((name) => name.startsWith('shiftwright.db'))
      .map((name) => readFileSync(join(shop.data, name), 'latin1')),
  ].join('\n');
  for (const secret of [
    passwordOf('planny'),
    passwordOf('admin'),
    token,
    'a password that is wrong',
    'a password as a name',
  ])
    expect(everything).not.toContain(secret);
});
