import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readInstance } from '#electron/solving/instance-file.ts';
import { randomFrom } from '#solver/run/random.ts';
import { judgeShop } from '#test/bench/judge-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'shiftwright-solve-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `jobs` jobs over five machines, in random order and durations. */
function shopFile(jobs: number): { readonly instance: string; readonly data: readonly object[] } {
  const random = randomFrom(1);
  const data = Array.from({ length: jobs }, (_, job) => {
    const machines = [0, 1, 2, 3, 4].toSorted(() => random() - 0.5);
    return machines.map((machine, operation) => ({
      job,
      operation,
      machine,
      duration: 1 + Math.floor(20 * random()),
    }));
  });
  return { instance: `shop${jobs}`, data: data.flat() };
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run solve`'s program; `spoken` hears what it says on stderr and may send a signal. */
function run(args: readonly string[], spoken?: (text: string, kill: () => void) => void): Promise<Ran> {
  const child = spawn(process.execPath, ['electron/solving/cli.js', ...args]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    spoken?.(stderr, () => child.kill('SIGINT'));
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

test('an instance is solved, its solution written as its judge reads it, and told in one JSON object', async () => {
  const file = shopFile(6);
  const [instance, out] = [write('shop.json', JSON.stringify(file)), join(folder, 'out.json')];
  const { code, stdout, stderr } = await run(
    `--instance ${instance} --out ${out} --json --iterations 200 --threads 2 --seed 3`.split(' '),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(told).slice(0, 7)).toEqual([
    'name',
    'objective',
    'lowerBound',
    'firstFeasibleMs',
    'timeToBestMs',
    'iterations',
    'peakMemoryMB',
  ]);
  expect(told).toMatchObject({ name: 'shop6', ended: 'limit', trouble: null });
  expect(judgeShop(file, JSON.parse(readFileSync(out, 'utf8')))).toBe(told['objective']);
});

test('a flexible job shop is told by its content', async () => {
  const file = {
    instance: 'flexible',
    operations: [
      { operation: 0, option: 0, machine: 0, duration: 3 },
      { operation: 0, option: 1, machine: 1, duration: 2 },
      { operation: 1, option: 0, machine: 0, duration: 4 },
    ],
    precedences: [{ before: 0, after: 1 }],
  };
  const { code, stdout } = await run([
    '--instance',
    write('f.json', JSON.stringify(file)),
    '--iterations',
    '50',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ name: 'flexible', objective: 6 });
});

test('Ctrl-C ends the search with the best so far written', async () => {
  const file = shopFile(60);
  const [instance, out] = [write('large.json', JSON.stringify(file)), join(folder, 'cut.json')];
  const { code, stdout } = await run(
    ['--instance', instance, '--time', '600', '--out', out, '--threads', '1', '--target', '0'],
    (text, kill) => {
      if (!text.includes('objective')) return;
      kill();
      kill(); // as npm passes on what the terminal has sent already
    },
  );
  expect(code).toBe(0);
  const { objective } = JSON.parse(stdout) as { objective: number };
  expect(judgeShop(file, JSON.parse(readFileSync(out, 'utf8')))).toBe(objective);
});

test.each([
  [['--json'], 2, 'Name the instance: --instance FILE.'],
  [['--instance', 'x', '--time', 'soon'], 2, '--time takes a number of at least 0, not “soon”.'],
  [['--instance', 'x', '--threads', '0'], 2, '--threads takes a whole number of at least 1, not “0”.'],
  [['--instance', 'x', '--seed', '1.5'], 2, '--seed takes a whole number of at least 0, not “1.5”.'],
  [['--wrong'], 2, "Unknown option '--wrong'"],
  [['--instance', 'no/such.json'], 3, 'no/such.json: ENOENT'],
  [['--instance', 'package.json'], 3, 'package.json: has none of “units”'],
] as const)('%j ends with code %i', async (args, code, text) => {
  const ran = await run(args);
  expect(ran.code).toBe(code);
  expect(ran.stdout + ran.stderr).toContain(text);
});

test('a broken instance is refused with place, value and reason, and nothing is written', async () => {
  const file = { instance: 'broken', data: [{ job: 0, operation: 0, machine: 0, duration: -5 }] };
  const out = join(folder, 'never.json');
  const broken = write('broken.json', JSON.stringify(file));
  const { code, stdout } = await run(['--instance', broken, '--out', out, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, exit: 3, error: /data\[0\]\.duration.*-5/ });
  expect(existsSync(out)).toBe(false);
});

test('instances are read as JSON, gzip and zip', () => {
  const json = JSON.stringify({ data: [1, 2, 3] });
  for (const path of [
    write('plain.json', json),
    write('packed.json.gz', gzipSync(json)),
    write('deflated.zip', zipOf('a.json', Buffer.from(json), true)),
    write('stored.zip', zipOf('a.json', Buffer.from(json), false)),
  ])
    expect(readInstance(path)).toEqual({ data: [1, 2, 3] });
  expect(() =>
    readInstance(write('cut.zip', zipOf('a.json', Buffer.from(json), true).subarray(0, 40))),
  ).toThrow('the zip file holds 0 files instead of one');
});

/** A zip file of one file: local header, content, central directory, end record. */
function zipOf(name: string, content: Buffer, isDeflated: boolean): Buffer {
  const packed = isDeflated ? deflateRawSync(content) : content;
  const local = Buffer.alloc(30);
  local.writeUInt32BE(0x50_4b_03_04);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32BE(0x50_4b_01_02);
  entry.writeUInt16LE(isDeflated ? 8 : 0, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x50_4b_05_06);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
