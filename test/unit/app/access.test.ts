import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCESS, whyNot } from '#shared/contract/access.ts';
import { type CallName, type Handlers, calls } from '#shared/contract/calls.ts';
import { ROLES, type Role } from '#shared/domain/role.ts';
import { type TestWindow, employ, openWindow } from '#test/support/people.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

/** Answers everything at once: only who gets that far is asked. */
const reached = Object.fromEntries(
  Object.keys(calls).map((call) => [call, async () => 'reached']),
) as unknown as Handlers;
let shop: SmallShop;
const windows = new Map<Role, TestWindow>();
beforeAll(async () => {
  shop = await smallShop('A');
  const people = Object.fromEntries(
    ROLES.filter((role) => role !== 'administrator').map((role) => [role, [role]]),
  );
  await employ(shop, people);
  for (const role of ROLES) {
    const window = openWindow(shop, { ...reached, 'session.login': shop.handlers['session.login'] });
    done(await window.logIn(role === 'administrator' ? 'admin' : role));
    windows.set(role, window);
  }
});
afterAll(() => shop.remove());

const names = Object.keys(calls) as CallName[];
const session = names.filter((name) => name.startsWith('session.'));

test('[AC-02] [S5] every call as every role: what the table does not allow is refused by the station', async () => {
  const found: string[] = [];
  const expected: string[] = [];
  for (const role of ROLES) {
    for (const call of names.filter((name) => !session.includes(name))) {
      const response = await windows.get(role)?.raw(call);
      const isDenied = response !== undefined && 'code' in response && response.code === 'NOT_ALLOWED';
      if (!isDenied) found.push(`${role} ${call}`);
      const who = ACCESS[call];
      if (who === 'anybody' || who.includes(role)) expected.push(`${role} ${call}`);
    }
  }
  expect(found).toEqual(expected);
});

test('[AC-02] who is not logged in may ask only what it takes to log in; a call without a line in the table is refused', async () => {
  const window = openWindow(shop);
  for (const call of names) {
    const response = await window.raw(call, { user: 'x', password: 'x', old: 'x', new: 'x', token: 'x' });
    const isOpen = !('code' in response && response.code === 'LOGIN_NEEDED');
    expect(`${call} ${isOpen}`).toBe(`${call} ${session.includes(call)}`);
  }
});

test('[AC-03] who administers neither plans, dispatches nor publishes, and no planner administers', () => {
  const mayNot = (role: Role, call: CallName) => expect(whyNot([role], call)).toContain('Only');
  for (const call of names.filter((name) =>
    /^(draft|solve|proposal\.(accept|reject)|scenario\.(?!compare)|repair|version\.publish|queue\.dispatch)/.test(
      name,
    ),
  ))
    mayNot('administrator', call);
  for (const role of ROLES.filter((role) => role !== 'administrator'))
    for (const call of names.filter((name) => /^(user\.(?!list)|policy|badge|device|line)/.test(name)))
      mayNot(role, call);
});

test('[AC-02] who a call is made for is the session’s, whatever the message says', async () => {
  const window = openWindow(shop);
  done(await window.logIn('planner'));
  await window.raw('task.comment', { task: 'A/mix', text: 'Look at this', user: 'admin' });
  expect(shop.station.workspace.comments.at(-1)).toMatchObject({ author: 'planner' });
});

test('[AT-02] [AT-12] an entry says full name, role and workstation; what somebody tried and may not stays as well', async () => {
  const entry = async (action: string) =>
    (await shop.station.store.read.ledger({ limit: 1, text: action })).entries[0];
  expect(await entry('task.comment')).toMatchObject({
    userId: 'planner',
    userName: 'Planner Person',
    role: 'planner',
    workstation: expect.stringMatching(/./),
  });
  await windows.get('operator')?.raw('version.publish', { note: '', expected: 0 });
  await expect
    .poll(async () => await entry('access.refused'))
    .toMatchObject({
      userId: 'operator',
      entityId: 'version.publish',
      new: ['operator'],
    });
  expect(await shop.station.store.verify()).toMatchObject({ ok: true });
});
