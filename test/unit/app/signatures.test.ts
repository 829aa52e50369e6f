import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportRecord } from '#electron/app/export-record.ts';
import { printHandover } from '#electron/app/print-handover.ts';
import { printQueues } from '#electron/app/print-queues.ts';
import { overrideGate } from '#electron/app/override-gate.ts';
import type { OverrideAsk } from '#shared/contract/override.ts';
import type { Policy } from '#shared/domain/policy.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { pagesOf } from '#test/support/pdf-words.ts';
import { as, employ, openWindow, passwordOf, userId } from '#test/support/people.ts';
import { type SmallShop, instant, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await employ(
    shop,
    { planny: ['planner'], sue: ['supervisor'], quinn: ['quality'], olaf: ['operator'] },
    { sue: 'anna' },
  );
  await demand({ sign: { publish: true, dispatch: true } });
});
afterEach(() => shop.remove());

const demand = async (change: Partial<Policy>) => {
  const policy = { ...shop.station.workspace.policy, ...change };
  done(await shop.handlers['policy.save'](policy, as('admin')));
};
const sign = (password: string, meaning = 'Approval') => ({ password, meaning });
const publish = (signing?: ReturnType<typeof sign>, user = 'planny') =>
  shop.handlers['version.publish'](
    { note: '', expected: revisionOf(shop), ...(signing && { sign: signing }) },
    as(user),
  );
const versions = () => shop.handlers['signature.list']({ entity: 'version' }, as('planny'));
/** With a database tool, past every guard. */
function tamper(...statements: string[]): void {
  const database = new Database(join(shop.data, 'shiftwright.db'));
  const guards = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of guards) database.exec(`DROP TRIGGER "${name}"`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

test('by default nothing needs a signature; who signs all the same may', async () => {
  await demand({ sign: { publish: false, dispatch: false } });
  done(await publish(sign(passwordOf('planny'))));
  expect(await versions()).toHaveLength(1);
});

test('[ES-02] [ES-12] where the plant wants it, nothing is published without the password entered anew', async () => {
  expect(await publish()).toMatchObject({ ok: false, refusal: { code: 'SIGNATURE_MISSING' } });
  expect(await publish(sign('something else'))).toMatchObject({
    ok: false,
    refusal: { code: 'WRONG_PASSWORD' },
  });
  expect(shop.station.workspace.version).toBeNull();
});

test('[ES-03] in one session each signature takes the password again; after a lock name and password come first', async () => {
  const window = openWindow(shop);
  const publishHere = (signing?: ReturnType<typeof sign>) =>
    window.raw('version.publish', {
      note: '',
      expected: revisionOf(shop),
      ...(signing && { sign: signing }),
    });
  expect(await publishHere(sign(passwordOf('planny')))).toMatchObject({ code: expect.any(String) }); // nobody
  done(await window.logIn('planny'));
  expect(await publishHere(sign(passwordOf('planny')))).toMatchObject({ reply: { ok: true } });
  await shop.put('A/mix', 'M1', '08:00');
  expect(await publishHere()).toMatchObject({ reply: { refusal: { code: 'SIGNATURE_MISSING' } } });
  done(await window.ask('session.lock'));
  expect(await publishHere(sign(passwordOf('planny')))).toMatchObject({ code: expect.any(String) });
  done(await window.ask('session.unlock', { user: 'planny', password: passwordOf('planny') }));
  expect(await publishHere(sign(passwordOf('planny')))).toMatchObject({ reply: { ok: true } });
  expect(await versions()).toHaveLength(2);
});

test('[S6] [ES-01] [TS-02] a signature has printed name, UTC time with the plant’s zone, and its meaning', async () => {
  done(await publish(sign(passwordOf('planny'))));
  expect(await versions()).toMatchObject([
    {
      entity: 'version',
      entityId: '1',
      user: 'planny',
      name: 'Planny Person',
      meaning: 'Approval',
      at: '2026-11-23T06:00:00.000Z',
      zone: 'UTC',
      state: 'valid',
    },
  ]);
  expect(await shop.station.store.verify()).toMatchObject({ ok: true });
});

test('[ES-08] the meaning is chosen from the plant’s list, and stays as it was when the list changes', async () => {
  expect(await publish(sign(passwordOf('planny'), 'Because'))).toMatchObject({
    refusal: { code: 'MEANING_UNKNOWN' },
  });
  done(await publish(sign(passwordOf('planny'), 'Review')));
  const { meanings } = shop.station.workspace.policy;
  await demand({ meanings: { ...meanings, publish: ['Checked'] } });
  expect(await versions()).toMatchObject([{ meaning: 'Review' }]);
});

test('[ES-11] who is renamed or disabled afterwards has signed all the same, under the name of then', async () => {
  done(await publish(sign(passwordOf('planny'))));
  done(
    await shop.handlers['user.change'](
      { id: userId('planny'), name: 'Planny Newname', disabled: true },
      as('admin'),
    ),
  );
  expect(await versions()).toMatchObject([{ name: 'Planny Person', state: 'valid' }]);
});

test('[ES-10] failed signatures count as failed logins and lock the account', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await publish(sign('wrong'));
  expect(await publish(sign(passwordOf('planny')))).toMatchObject({ refusal: { code: 'ACCOUNT_LOCKED' } });
  expect(await openWindow(shop).logIn('planny')).toMatchObject({ refusal: { code: 'ACCOUNT_LOCKED' } });
});

test('[ES-04] a version that is changed behind the station’s back shows its signature as no longer valid', async () => {
  done(await publish(sign(passwordOf('planny'))));
  tamper(`UPDATE version SET note = 'altered'`);
  expect(await versions()).toMatchObject([{ state: 'changed' }]);
});

test('[S6] [ES-05] a signature that is copied to another record is invalid, whatever else is copied along', async () => {
  done(await publish(sign(passwordOf('planny'))));
  await shop.put('B/mix', 'M2', '07:00');
  await demand({ sign: { publish: false, dispatch: false } });
  done(await publish());
  tamper(
    `INSERT INTO signature SELECT 2, entity, '2', sha256, "user", name, at, zone, meaning FROM signature`,
    `UPDATE signature SET name = 'Somebody Else' WHERE seq = 1`,
  );
  expect((await versions()).map(({ entityId, state }) => `${entityId} ${state}`)).toEqual([
    '1 forged',
    '2 forged',
  ]);
  expect(await shop.station.store.verify()).toMatchObject({ ok: false });
});

test('[ES-01] [ES-04] each revision of a queue has its own signature, printed on its list; the next is unsigned', async () => {
  done(await publish(sign(passwordOf('planny'))));
  expect(await shop.handlers['queue.dispatch']({}, as('planny'))).toMatchObject({
    refusal: { code: 'SIGNATURE_MISSING' },
  });
  const ask = { sign: sign(passwordOf('planny'), 'Release to the lines') };
  done(await shop.handlers['queue.dispatch'](ask, as('planny')));
  const paper = async () => textOf(await printQueues(shop.station, {}));
  expect(await paper()).toMatch(
    /Signed by Planny Person: Release to the lines, .* UTC \(2026-11-23T06:00:00.000Z\)/,
  );
  await demand({ sign: { publish: false, dispatch: false } });
  await shop.put('B/mix', 'M1', '09:00');
  done(await publish());
  done(await shop.handlers['queue.dispatch']({ reason: 'A better plan' }, as('planny')));
  expect(await paper()).not.toContain('Signed by');
  tamper(`UPDATE queue SET dispatched = dispatched + 1 WHERE revision = 1`);
  expect(await shop.handlers['signature.list']({ entity: 'queue' }, as('planny'))).toMatchObject([
    { entityId: 'M1 r1', state: 'changed' },
  ]);
});

test('[AC-01] a station without accounts cannot demand signatures that nobody could give', async () => {
  const fresh = await smallShop('A');
  const policy = { ...fresh.station.workspace.policy, overrides: true };
  expect(await fresh.handlers['policy.save'](policy, as('local'))).toMatchObject({
    refusal: { code: 'NO_ACCOUNTS' },
  });
  await fresh.remove();
});

const textOf = async (pdf: ArrayBuffer): Promise<string> => (await pagesOf(pdf)).flat().join(' ');

/** A start of A/mix on M1 by ben, who may not mix. */
const override = (more: Partial<OverrideAsk> = {}, report: object = {}) => {
  const start = ExecutionReport.parse({
    id: `report ${crypto.randomUUID()}`,
    kind: 'started',
    unit: 'M1',
    task: 'A/mix',
    person: 'ben',
    ...report,
  });
  const ask = {
    reason: 'Trained this morning',
    user: 'quinn',
    password: passwordOf('quinn'),
    meaning: 'Responsibility',
  };
  return overrideGate(
    shop.station,
    { report: start, ...ask, ...more },
    { user: 'ben', origin: 'line', key: start.id },
  );
};
async function dispatched(): Promise<void> {
  await demand({ sign: { publish: false, dispatch: false } });
  done(await publish());
  done(await shop.handlers['queue.dispatch']({}, as('planny')));
  shop.setClock(instant('07:00') * 1000);
}

test('[RC-04] by default no gate is overridden, by nobody', async () => {
  await dispatched();
  expect(await override()).toMatchObject({ ok: false, refusal: { code: 'OVERRIDE_NOT_ALLOWED' } });
});

test('[RC-04] [ES-09] [RP-06] where the plant allows it: a reason, and a second person of supervision or quality', async () => {
  await dispatched();
  await demand({ overrides: true });
  const refused = async (more: Partial<OverrideAsk>, report?: object) => {
    const outcome = await override(more, report);
    return outcome.ok ? 'started' : outcome.refusal.code;
  };
  expect(await refused({ password: 'wrong' })).toBe('WRONG_PASSWORD');
  expect(await refused({ user: 'olaf', password: passwordOf('olaf') })).toBe('NOT_ALLOWED');
  expect(await refused({ user: 'planny', password: passwordOf('planny') })).toBe('NOT_ALLOWED');
  expect(await refused({ meaning: 'Because' })).toBe('MEANING_UNKNOWN');
  // anna is sue: whoever starts does not answer for it as well.
  expect(await refused({ user: 'sue', password: passwordOf('sue') }, { person: 'anna' })).toBe('SAME_PERSON');
  expect(await refused({}, { person: 'anna' })).toBe('NOTHING_TO_OVERRIDE');
  expect(shop.station.workspace.events).toEqual([]);
  done(await override());
  expect(shop.station.workspace.events).toMatchObject([
    {
      person: 'ben',
      deviations: [{ code: 'QUAL_MISSING' }],
      override: { user: 'quinn', name: 'Quinn Person', reason: 'Trained this morning' },
    },
  ]);
  shop.setClock(instant('07:01') * 1000);
  // As a figure: on the board, in the handover and in the export.
  expect((await shop.handlers['board.read']({}, as('sue'))).state.overrides).toEqual({
    starts: 1,
    overridden: 1,
  });
  const { sections } = await shop.handlers['handover.read']({ shift: 'this' }, as('sue'));
  expect(sections[0]?.lines).toContain('1 of 1 start against a gate: QUAL_MISSING 1');
  expect((await exportRecord(shop.station, 'kpis')).slice(1, 3)).toMatchObject([
    {
      kpi: 'gate overrides',
      standard: 'own (not in ISO 22400-2)',
      window: 'last 24 hours',
      value: 1,
      numerator: 1,
      denominator: 1,
    },
    { kpi: 'gate overrides: QUAL_MISSING', numerator: 1 },
  ]);
  const signatures = await shop.handlers['signature.list']({ entity: 'event' }, as('quinn'));
  expect(signatures).toMatchObject([{ name: 'Quinn Person', meaning: 'Responsibility', state: 'valid' }]);
  expect(await shop.station.store.verify()).toMatchObject({ ok: true });
});

test('[ES-09] one human being is not two, however the two names are written', async () => {
  await dispatched();
  await demand({ overrides: true });
  await employ(shop, { sam: ['supervisor'] });
  done(await shop.handlers['user.change']({ id: userId('sam'), name: 'BÉN' }, as('admin')));
  const outcome = await override({ user: 'sam', password: passwordOf('sam') });
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'SAME_PERSON' } });
});

test('[EQ-01] what cannot be is not overridden: a unit that is down stays down', async () => {
  await dispatched();
  await demand({ overrides: true });
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
  expect(await override()).toMatchObject({ ok: false, refusal: { code: 'MAINT_BLOCKED' } });
});

test('[S6] [ES-09] a handover is signed by who gives and who takes it, not by one person twice, and stands on paper', async () => {
  const ask = { shift: 'this', givenBy: '', takenBy: '', remarks: 'The gearbox is out' } as const;
  const record = (taker: string, password = passwordOf(taker)) =>
    shop.handlers['handover.record'](
      { ...ask, sign: { password: passwordOf('sue'), taker: { user: taker, password } } },
      as('sue'),
    );
  expect(await shop.handlers['handover.record'](ask, as('sue'))).toMatchObject({
    ok: false,
    refusal: { code: 'SIGNATURE_MISSING' },
  });
  expect(await record('sue')).toMatchObject({ ok: false, refusal: { code: 'SAME_PERSON' } });
  expect(await record('planny', 'wrong password')).toMatchObject({
    ok: false,
    refusal: { code: 'WRONG_PASSWORD' },
  });
  const { record: id } = done(await record('planny'));
  const signed = await shop.handlers['signature.list']({ entity: 'handover', ids: [id] }, as('sue'));
  expect(signed.map(({ user, meaning, state }) => [user, meaning, state])).toEqual([
    ['sue', 'Handed over', 'valid'],
    ['planny', 'Taken over', 'valid'],
  ]);
  const pdf = await printHandover(shop.station, { ...ask, paper: 'a4', record: id });
  const words = await textOf(pdf);
  expect(words).toMatch(/Handed over, signed Mon 23 Nov .* UTC/);
  expect(words).toMatch(/Taken over, signed/);
});

test('[ES-09] [AC-03] nobody takes over by a second account of who gives, by a password that an administrator knows, or as administrator', async () => {
  await employ(shop, { sue2: ['planner'], newt: ['supervisor'] }, { sue2: 'anna' });
  done(
    await shop.handlers['user.password'](
      { id: userId('newt'), password: 'known to the office' },
      as('admin'),
    ),
  );
  const takes = async (user: string, password = passwordOf(user)) => {
    const word = { password: passwordOf('sue'), taker: { user, password } };
    const ask = { shift: 'this', givenBy: '', takenBy: '', remarks: '', sign: word } as const;
    const outcome = await shop.handlers['handover.record'](ask, as('sue'));
    return outcome.ok ? 'recorded' : outcome.refusal.code;
  };
  expect(await takes('sue2')).toBe('SAME_PERSON');
  expect(await takes('newt', 'known to the office')).toBe('PASSWORD_OLD');
  expect(await takes('admin')).toBe('NOT_ALLOWED');
  expect(await takes('quinn')).toBe('recorded');
});
