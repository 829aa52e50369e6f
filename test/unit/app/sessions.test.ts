import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '#shared/time/instant.ts';
import { as, employ, openWindow } from '#test/support/people.ts';
import { type SmallShop, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A');
  await employ(shop, { planny: ['planner'], other: ['planner'] });
});
afterEach(() => shop.remove());

const wait = (minutes: number) => shop.setClock(shop.station.clock() + minutes * MINUTE * 1000);
const actions = async () =>
  (await shop.station.store.read.ledger({ limit: 200, text: 'session' })).entries
    .filter(({ action }) => action.startsWith('session.'))
    .map(({ userId, action }) => `${userId} ${action}`)
    .reverse();

test('[SL-01] a window that nobody touches for ten minutes is locked: it is told no fact and answers no call', async () => {
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  wait(9);
  await window.ask('session.touch');
  wait(9);
  expect((await window.ask('board.read')).rows).toHaveLength(3);
  wait(1);
  shop.station.sessions.lockIdle();
  expect(await window.ask('session.read')).toMatchObject({ kind: 'locked', user: 'planny' });
  expect(window.facts.at(-1)).toEqual({ kind: 'session.changed' });
  expect(await window.raw('board.read')).toMatchObject({ code: 'LOCKED' });
  const heard = window.facts.length;
  await shop.put('A/mix', 'M1', '07:00');
  expect(window.facts).toHaveLength(heard);
});

test('[SL-01] what is only read keeps no window open; how long is a setting of 1 to 60 minutes', async () => {
  const { policy } = shop.station.workspace;
  done(await shop.handlers['policy.save']({ ...policy, lockMinutes: 2 }, as('admin')));
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  wait(1);
  await window.ask('station.status');
  wait(1);
  expect(await window.raw('station.status')).toMatchObject({ code: 'LOCKED' });
});

test('[SL-02] only the same user unlocks, with name and password; what was sent meanwhile was never done', async () => {
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  done(await window.ask('session.lock'));
  expect(await window.raw('draft.undo', { expected: revisionOf(shop) }, 'made by planny')).toMatchObject({
    code: 'LOCKED',
  });
  const unlock = (user: string, password = `${user} has a long password`) =>
    window.ask('session.unlock', { user, password });
  expect(await unlock('planny', 'guess')).toMatchObject({ refusal: { code: 'WRONG_PASSWORD' } });
  expect(await unlock('other')).toMatchObject({ refusal: { code: 'OTHER_USER' } });
  expect(await window.raw('board.read')).toMatchObject({ code: 'LOCKED' });
  done(await unlock('planny'));
  expect((await window.ask('board.read')).rows).toHaveLength(3);
});

test('[SL-02] whoever logs in at a locked window gets a session of their own', async () => {
  const window = openWindow(shop);
  const { token } = done(await window.logIn('planny'));
  done(await window.ask('session.lock'));
  done(await window.logIn('other'));
  expect(await window.ask('session.read')).toMatchObject({ kind: 'in', user: 'other' });
  const later = openWindow(shop);
  expect(await later.ask('session.resume', { token })).toMatchObject({ kind: 'out' });
});

test('[SL-03] login, lock, unlock, failed attempt and logout stand in the ledger', async () => {
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  await window.logIn('planny', 'wrong');
  done(await window.ask('session.lock'));
  done(await window.ask('session.unlock', { user: 'planny', password: 'planny has a long password' }));
  done(await window.ask('session.logout'));
  await expect
    .poll(actions)
    .toEqual(['login', 'refused', 'lock', 'unlock', 'logout'].map((what) => `planny session.${what}`));
});

test('a reload resumes the session by its token, a lock stays a lock, and after logout or a restart nothing resumes', async () => {
  const window = openWindow(shop);
  const { token } = done(await window.logIn('planny'));
  window.close();
  const reloaded = openWindow(shop);
  expect(await reloaded.ask('session.resume', { token })).toMatchObject({ kind: 'in', user: 'planny' });
  done(await reloaded.ask('session.lock'));
  const again = openWindow(shop);
  expect(await again.ask('session.resume', { token })).toMatchObject({ kind: 'locked' });
  done(await reloaded.ask('session.logout'));
  expect(await again.ask('session.read')).toMatchObject({ kind: 'out' });
  expect(await again.ask('session.resume', { token })).toMatchObject({ kind: 'out' });
});

test('[AC-01] one account at two places at once is told to the administrator', async () => {
  const admin = openWindow(shop);
  done(await admin.logIn('admin'));
  const [here, there] = [openWindow(shop), openWindow(shop)];
  done(await here.logIn('planny'));
  done(await there.logIn('planny'));
  expect(admin.facts).toContainEqual(
    expect.objectContaining({ text: 'planny has logged in at a second place.' }),
  );
  expect(here.facts.filter(({ kind }) => kind === 'notice')).toEqual([]);
});

test('[SL-01] [TS-03] a clock that is set back keeps no window open: it locks ten minutes later all the same', async () => {
  const window = openWindow(shop);
  done(await window.logIn('planny'));
  wait(-180);
  shop.station.sessions.lockIdle();
  wait(10);
  shop.station.sessions.lockIdle();
  expect(await window.raw('board.read')).toMatchObject({ code: 'LOCKED' });
});
