import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS, helpFor } from '#electron/station/commands.ts';

const CLI = resolve('electron/station/cli.ts');
const NOW = '2026-11-23T05:00:00Z';
const data = mkdtempSync(join(tmpdir(), 'shiftwright-cli-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** One call as a scheduler would make it: a process of its own. */
function station(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      done({ exit: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const Printed = z.looseObject({ ok: z.boolean() });

/** The one JSON object that --json prints. */
async function json(...args: string[]) {
  const { exit, out } = await station(...args, '--data', data, '--now', NOW, '--json');
  expect(out.trim().split('\n')).toHaveLength(1);
  return { exit, ...Printed.parse(JSON.parse(out)) };
}

describe('the station without a window', () => {
  test('every command explains itself, and a wrong one says what to try', async () => {
    for (const name of Object.keys(COMMANDS)) {
      expect(helpFor(name)).toContain(`npm run station -- ${name}`);
      expect(helpFor(name)).toContain('--data');
    }
    expect(await station('import', '--help')).toMatchObject({ exit: 0, out: `${helpFor('import')}\n` });
    expect(await station()).toMatchObject({ exit: 0, out: `${helpFor(null)}\n` });
    expect(await station('shedule')).toMatchObject({ exit: 2, err: expect.stringContaining('shedule') });
    expect(await station('solve', '--time', 'soon', '--data', data)).toMatchObject({ exit: 2 });
    expect(await station('solve', '--tiem', '3', '--data', data)).toMatchObject({ exit: 2 });
  });

  // Twenty programs, one after the other, on a machine that may be busy with something else.
  test(
    'the road: dry run, import, solve, publish, dispatch, recall, export, verify, backup',
    { timeout: 240_000 },
    async () => {
      expect(await json('solve', '--time', '1')).toMatchObject({
        exit: 3,
        ok: false,
        refusal: { code: 'NOTHING_TO_SOLVE' },
      });
      const dry = await json('import', '--demo', '--dry-run');
      expect(dry).toMatchObject({ exit: 0, detail: { dryRun: true } });
      expect(await json('publish')).toMatchObject({ exit: 3 });
      expect(await json('import', '--demo')).toMatchObject({
        exit: 0,
        ok: true,
        detail: { dryRun: false, refusals: [] },
      });
      const solved = await json('solve', '--time', '1', '--seed', '3');
      expect(solved).toMatchObject({ exit: 0, figures: { orders: expect.any(Number) } });
      expect(await json('dispatch')).toMatchObject({ exit: 3, refusal: { code: 'NOT_PUBLISHED' } });
      expect(await json('publish', '--note', 'from the command line')).toMatchObject({
        exit: 0,
        detail: { number: 1 },
      });
      expect(await json('dispatch')).toMatchObject({ exit: 0 });
      expect(await json('dispatch')).toMatchObject({ exit: 3, refusal: { code: 'NOTHING_STALE' } });

      const out = join(data, 'queues.csv');
      expect(await json('export', '--what', 'queues', '--format', 'csv', '--out', out)).toMatchObject({
        exit: 0,
        file: out,
      });
      expect(readFileSync(out, 'utf8').split('\r\n')[0]).toContain('unit,revision,version');
      const unit = readFileSync(out, 'utf8').split('\r\n')[1]?.split(',')[0] ?? '';
      expect(await station('recall', '--data', data, '--unit', unit)).toMatchObject({ exit: 2 });
      expect(await json('recall', '--unit', 'nowhere', '--reason', 'Wrong lot')).toMatchObject({
        exit: 3,
        refusal: { code: 'NOT_DISPATCHED' },
      });
      expect(await json('recall', '--unit', unit, '--reason', 'Wrong lot')).toMatchObject({
        exit: 0,
        detail: { recalled: expect.any(Number) },
      });
      expect(await json('dispatch')).toMatchObject({ exit: 3, refusal: { code: 'NOTHING_STALE' } });
      const lists = join(data, 'lists.pdf');
      expect(await json('print', '--out', lists, '--paper', 'letter')).toMatchObject({
        exit: 0,
        file: lists,
      });
      expect(readFileSync(lists, 'latin1').slice(0, 5)).toBe('%PDF-');
      expect(await station('print', '--data', data)).toMatchObject({ exit: 2 });
      const ledger = await station('export', '--what', 'ledger', '--format', 'json', '--data', data);
      const entries = z.array(z.looseObject({ hash: z.string() })).parse(JSON.parse(ledger.out));
      expect(entries.length).toBeGreaterThan(100);
      // RP-03: what was only read is in the record with the next command that writes.
      expect(entries.filter(({ action }) => action === 'copy.note')).toMatchObject([
        { userId: 'service copies', entityId: out, new: expect.stringMatching(/queues as csv/) },
      ]);
      expect(await station('export', '--what', 'secrets', '--data', data)).toMatchObject({ exit: 2 });

      const copy = join(data, 'copy.db');
      expect(await json('backup', copy)).toMatchObject({ exit: 0, file: copy });
      expect(await json('verify')).toMatchObject({ exit: 0, problem: null });
    },
  );

  test('[R4] [HC-05] a backup is restored: what came after it lies aside, and the ledger says so', async () => {
    expect(await station('restore', '--data', data)).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/There is no backup in .*backups/),
    });
    const restored = await json('restore', join(data, 'copy.db'));
    expect(restored).toMatchObject({ exit: 0, entries: expect.any(Number) });
    expect(
      existsSync(join(z.looseObject({ aside: z.string() }).parse(restored).aside, 'shiftwright.db')),
    ).toBe(true);
    expect(await json('verify')).toMatchObject({ exit: 0, problem: null });
    const { out } = await station('export', '--what', 'ledger', '--format', 'csv', '--data', data);
    expect(out).toMatch(/record\.restore/);
  });

  test('a shift is handed over on paper', async () => {
    const file = join(data, 'handover.pdf');
    expect(await json('handover', '--out', file)).toMatchObject({ exit: 0, file });
    expect(readFileSync(file, 'latin1').slice(0, 5)).toBe('%PDF-');
  });

  test('rows that are refused are named, the rest goes in, and the exit code says so', async () => {
    const file = join(data, 'lots.csv');
    writeFileSync(
      file,
      'id,material,quantity,disposition\nL-1,API-IBUPROFEN,100,UnRestricted\nL-2,API-IBUPROFEN,many,UnRestricted\n',
    );
    const result = await json('import', file);
    expect(result).toMatchObject({
      exit: 3,
      detail: {
        changes: expect.arrayContaining([expect.objectContaining({ kind: 'lots', added: 1 })]),
        refusals: [expect.objectContaining({ file: 'lots.csv', line: 3, field: 'quantity', value: 'many' })],
      },
    });
  });

  test('a database in use is told apart from a damaged one', async () => {
    const serving = spawn(process.execPath, [CLI, 'serve', '--data', data, '--port', '0', '--no-open'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await new Promise<void>((ready) => {
        serving.stdout.on('data', (text: Buffer) => text.toString().includes('Drop folder') && ready());
      });
      expect(await json('solve', '--time', '1')).toMatchObject({ exit: 4 });
      expect(await json('verify')).toMatchObject({ exit: 0 });
    } finally {
      serving.kill('SIGTERM');
      await new Promise((gone) => serving.once('exit', gone));
    }
    const broken = mkdtempSync(join(tmpdir(), 'shiftwright-broken-'));
    writeFileSync(join(broken, 'shiftwright.db'), 'this was a database once'.repeat(400));
    expect((await station('verify', '--data', broken)).exit).toBe(5);
    rmSync(broken, { recursive: true });
  });
});

describe('serve', () => {
  const served = mkdtempSync(join(tmpdir(), 'shiftwright-serve-'));
  afterAll(() => rmSync(served, { recursive: true, force: true }));

  /** A serving station: its output, from the moment it has said where it is. */
  async function serve(...args: string[]) {
    const child = spawn(
      process.execPath,
      [CLI, 'serve', '--data', served, '--port', '0', '--no-open', ...args],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const gone = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    let out = '';
    await new Promise<void>((ready) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (args.includes('--json') ? out.includes('}') : out.includes('Drop folder')) ready();
      });
    });
    return { child, gone, out: () => out };
  }

  test('prints its addresses, stops cleanly when asked to and leaves the database to the next', async () => {
    const { child, gone, out } = await serve();
    expect(out()).toMatch(
      /Shiftwright: http:\/\/127\.0\.0\.1:\d+\/\?key=\S+\nLine pages: .*\/line\nDrop folder: /,
    );
    child.kill('SIGTERM');
    expect(await gone).toBe(0);
    expect(out()).toMatch(/Stopped\.\n$/);
    expect(await station('verify', '--data', served)).toMatchObject({ exit: 0 });
  });

  test('with --json prints one object once it is ready, and nothing when it stops', async () => {
    const { child, gone, out } = await serve('--json');
    const ready = z.object({ ok: z.literal(true), url: z.url(), lineUrl: z.url(), inbox: z.string() });
    const { lineUrl } = ready.loose().parse(JSON.parse(out()));
    expect((await fetch(lineUrl.replace('/line', '/api/line'))).status).toBe(200);
    child.kill('SIGINT');
    expect(await gone).toBe(0);
    expect(out().trim().split('\n')).toHaveLength(1);
  });

  test('a port that is taken is said so, and the database is free again', async () => {
    const { child, gone, out } = await serve('--json');
    const port = /:(\d+)\//.exec(out())?.[1] ?? '';
    const other = join(served, 'other');
    const taken = await station('serve', '--port', port, '--no-open', '--data', other);
    expect(taken).toMatchObject({ exit: 1, err: expect.stringContaining('--port 0') });
    expect((await station('publish', '--data', other)).exit).toBe(3);
    child.kill('SIGTERM');
    await gone;
  });

  test('who only looks makes no folder, a dry run keeps no mapping, and what is not asked for is refused', async () => {
    const nowhere = join(served, 'nowhere');
    expect((await station('verify', '--data', nowhere)).exit).not.toBe(0);
    expect(existsSync(nowhere)).toBe(false);
    const mapping = join(served, 'map.json');
    const rows = [{ kind: 'orders', fields: { id: 'A' } }];
    writeFileSync(mapping, JSON.stringify({ name: 'mine', files: [{ file: '*.csv', rows }] }));
    const csv = join(served, 'a.csv');
    writeFileSync(csv, 'A\n1\n');
    await station('import', csv, '--mapping', mapping, '--dry-run', '--data', served);
    expect(await station('import', csv, '--mapping', 'mine', '--data', served)).toMatchObject({
      exit: 3,
      out: expect.stringContaining('No mapping is kept'),
    });
    expect((await station('publish', 'now', '--data', served)).exit).toBe(2);
    expect((await station('serve', '--port', '99999', '--data', served)).exit).toBe(2);
  });
});
