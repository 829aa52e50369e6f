import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { openStation } from '#electron/station/running.ts';
import { as, employ, passwordOf } from '#test/support/people.ts';
import { done } from '#test/support/temporary-station.ts';

/** A dozen processes each, on a machine that may be busy with something else. */
vi.setConfig({ testTimeout: 240_000 });

const CLI = resolve('electron/station/cli.ts');
const data = mkdtempSync(join(tmpdir(), 'shiftwright-users-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** One call with what is piped into it, line by line. */
function station(piped: readonly string[], ...args: string[]): Promise<{ exit: number; said: string }> {
  return stationAt(data, piped, args);
}

function stationAt(
  folder: string,
  piped: readonly string[],
  args: readonly string[],
): Promise<{ exit: number; said: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [CLI, ...args, '--data', folder], (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : 0, said: out + err });
    });
    child.stdin?.end(piped.map((line) => `${line}\n`).join(''));
  });
}

test('[AC-01] [AC-02] accounts on the command line: the first administrator, then everybody says who they are', async () => {
  expect(await station(['too short'], 'users', 'add', 'admin')).toMatchObject({ exit: 2 });
  expect(await station([], 'users')).toMatchObject({ exit: 0, said: expect.stringContaining('no accounts') });
  expect(await station(['the first password'], 'users', 'add', 'admin', '--name', 'Ada Admin')).toMatchObject(
    { exit: 0 },
  );
  expect(await station([], 'import', '--demo')).toMatchObject({
    exit: 2,
    said: expect.stringContaining('--user'),
  });
  const add = ['users', 'add', 'planny', '--roles', 'planner', '--user', 'admin'];
  expect(await station(['the first password', 'given by admin'], ...add)).toMatchObject({
    exit: 3,
    said: expect.stringContaining('checked the identity'),
  });
  add.push('--identity-by', 'Nora Brandt', '--identity-on', '2026-11-02');
  expect(await station(['a wrong password', 'given by admin'], ...add)).toMatchObject({ exit: 3 });
  expect(await station(['the first password', 'given by admin'], ...add)).toMatchObject({ exit: 0 });

  const make = ['import', '--demo', '--user', 'planny'];
  expect(await station(['given by admin'], ...make)).toMatchObject({
    exit: 3,
    said: expect.stringMatching(/Change your password/),
  });
  const own = ['users', 'password', 'planny', '--user', 'planny'];
  expect(await station(['given by admin', 'planny has her own'], ...own)).toMatchObject({ exit: 0 });
  expect(await station(['planny has her own'], ...make)).toMatchObject({ exit: 0 });
  expect(await station(['the first password'], 'publish', '--user', 'admin')).toMatchObject({
    exit: 3,
    said: expect.stringContaining('Only planner or supervisor'),
  });
  expect(
    await station(['the first password'], 'users', 'disable', 'planny', '--user', 'admin'),
  ).toMatchObject({ exit: 0 });
  expect(await station(['planny has her own'], 'solve', '--user', 'planny')).toMatchObject({ exit: 3 });
});

test('[AC-07] whoever holds the file lets an administrator in again, nobody else, and the record says so', async () => {
  expect(await station(['a rescued password'], 'users', 'password', 'planny')).toMatchObject({ exit: 2 });
  expect(await station(['a rescued password'], 'users', 'password', 'admin')).toMatchObject({ exit: 0 });
  const ledger = await station([], 'export', '--what', 'ledger', '--format', 'csv');
  expect(ledger.said).toMatch(/service command line .*user\.rescue/);
  expect(ledger.said).not.toMatch(/the first password|planny has her own|a rescued password/);
  expect(await station([], 'verify')).toMatchObject({ exit: 0 });
});

test('[S6] [ES-02] where the plant wants it, the command line signs: with a meaning, and the password that is piped in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shiftwright-signing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const running = await openStation({ data: folder });
  done(await running.handlers['plant.openDemo']({}, as('local')));
  done(await running.handlers['solve.start']({ seconds: 1, seed: 1 }, as('local')));
  await running.station.solving?.done;
  done(
    await running.handlers['proposal.accept']({ expected: running.station.workspace.revision }, as('local')),
  );
  await employ(running, { planny: ['planner'] });
  const { policy } = running.station.workspace;
  done(
    await running.handlers['policy.save'](
      { ...policy, sign: { publish: true, dispatch: true } },
      as('admin'),
    ),
  );
  await running.close();

  const run = (password: string, ...args: string[]) =>
    stationAt(folder, [password], [...args, '--user', 'planny']);
  const right = passwordOf('planny');
  expect(await run(right, 'publish')).toMatchObject({
    exit: 2,
    said: expect.stringContaining('--sign "Approval"'),
  });
  expect(await run('wrong password', 'publish', '--sign', 'Approval')).toMatchObject({ exit: 3 });
  expect(await run(right, 'publish', '--sign', 'Because')).toMatchObject({
    exit: 3,
    said: expect.stringContaining('Sign as Approval, Review, Authorship'),
  });
  expect(await run(right, 'publish', '--sign', 'Approval')).toMatchObject({ exit: 0 });
  expect(await run(right, 'dispatch', '--sign', 'Release to the lines')).toMatchObject({ exit: 0 });

  const after = await openStation({ data: folder, readonly: true });
  onTestFinished(() => after.close());
  for (const [entity, meaning] of [
    ['version', 'Approval'],
    ['queue', 'Release to the lines'],
  ] as const) {
    const signatures = await after.handlers['signature.list']({ entity }, as('planny'));
    expect(signatures[0]).toMatchObject({ user: 'planny', name: 'Planny Person', meaning, state: 'valid' });
  }
});
