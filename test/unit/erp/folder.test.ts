import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workbook } from '#test/support/workbook.ts';
import type { NamedText } from '#electron/erp/named-text.ts';
import { type DropFolder, type FolderOptions, looker, watchFolder } from '#electron/erp/folder.ts';

let dir: string;
let folder: DropFolder | undefined;
let taken: NamedText[][];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiftwright-drop-'));
  taken = [];
});
afterEach(async () => {
  await folder?.stop();
  await rm(dir, { recursive: true, force: true });
});

const start = (refusals: Awaited<ReturnType<FolderOptions['onFiles']>>['refusals'] = []) => {
  folder = watchFolder({
    dir,
    interval: 10,
    clock: () => Date.parse('2026-11-23T06:00:00Z'),
    onFiles: async (files) => {
      taken.push([...files]);
      return { refusals };
    },
  });
};
const drop = (name: string, content: string | Uint8Array) => writeFile(join(dir, name), content);
const inside = async (name: string) =>
  existsSync(join(dir, name)) ? (await readdir(join(dir, name))).sort() : [];
const soon = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 5000, interval: 10 });
const refusal = (file: string, line: number, value = '') => ({
  file,
  line,
  field: 'f',
  value,
  reason: 'because',
});

test('files that come together are taken together and go to the archive under their time and name', async () => {
  await drop('orders.csv', 'id\n1');
  await drop('steps.csv', 'id\n2');
  start();
  await soon(async () =>
    expect(await inside('archive')).toEqual([
      '2026-11-23T06-00-00-000Z-orders.csv',
      '2026-11-23T06-00-00-000Z-steps.csv',
    ]),
  );
  expect(taken.map((files) => files.map(({ name }) => name))).toEqual([['orders.csv', 'steps.csv']]);
  expect((await readdir(dir)).sort()).toEqual(['archive', 'refused']);
});

test('a file is complete when two looks find it the same; a growing one holds up the others, but not for ever', async () => {
  const look = looker({ dir, onFiles: async (files) => ({ refusals: (taken.push([...files]), []) }) });
  const names = () => taken.map((files) => files.map(({ name }) => name));
  await drop('later.csv.part', 'id\n');
  await drop('orders.csv', '0');
  await look();
  await appendFile(join(dir, 'orders.csv'), '1');
  await look();
  expect(names()).toEqual([]);
  await look();
  expect(taken).toEqual([[{ name: 'orders.csv', text: '01' }]]);
  await drop('steps.csv', '0');
  await drop('log.csv', '0');
  await look();
  await appendFile(join(dir, 'log.csv'), '1');
  await look();
  expect(names()).toEqual([['orders.csv']]);
  for (let k = 0; k < 40; k += 1) {
    await appendFile(join(dir, 'log.csv'), '1');
    await look();
  }
  expect(names()).toEqual([['orders.csv'], ['steps.csv']]);
  expect((await readdir(dir)).sort()).toEqual(['archive', 'later.csv.part', 'log.csv', 'refused']);
});

test('[S7] refused rows stand beside the archived file, and a spreadsheet takes none of them for a formula', async () => {
  await drop('orders.csv', 'id\n1');
  start([refusal('orders.csv', 2, '=HYPERLINK("x")'), refusal('other.csv', 3)]);
  await soon(async () => expect(await inside('archive')).toHaveLength(2));
  const text = await readFile(
    join(dir, 'archive', '2026-11-23T06-00-00-000Z-orders.csv.refused.csv'),
    'utf8',
  );
  expect(text.split('\r\n').slice(0, 2)).toEqual([
    'file,line,field,value,reason',
    'orders.csv,2,f,"\'=HYPERLINK(""x"")",because',
  ]);
  expect(text).not.toContain('other.csv');
});

test('what is nothing we know goes to refused with the reason: binary files, unknown headers, a failed import', async () => {
  await drop('photo.csv', new Uint8Array([0x50, 0x4b, 0, 1]));
  await drop('wishes.csv', 'a,b\n');
  start([refusal('wishes.csv', 0)]);
  await soon(async () => expect(await inside('refused')).toHaveLength(4));
  expect(await readFile(join(dir, 'refused', '2026-11-23T06-00-00-000Z-photo.csv.txt'), 'utf8')).toContain(
    'NUL bytes',
  );
  expect(await readFile(join(dir, 'refused', '2026-11-23T06-00-00-000Z-wishes.csv.txt'), 'utf8')).toBe(
    'because\n',
  );
  await folder?.stop();
  await drop('orders.csv', 'id\n1');
  folder = watchFolder({ dir, interval: 10, onFiles: () => Promise.reject(new Error('The disk is full.')) });
  await soon(async () => expect(await inside('refused')).toHaveLength(6));
  const note = (await inside('refused')).find((name) => name.endsWith('orders.csv.txt')) ?? '';
  expect(await readFile(join(dir, 'refused', note), 'utf8')).toContain('The disk is full.');
});

test('[S5] links and folders are left alone, so nothing outside is read or moved', async () => {
  const outside = join(dir, '..', `${dir.split('/').at(-1)}-outside.csv`);
  await writeFile(outside, 'secret');
  await symlink(outside, join(dir, 'link.csv'));
  await mkdir(join(dir, 'folder.csv'));
  await drop('orders.csv', 'id\n1');
  start();
  await soon(() => expect(taken).toHaveLength(1));
  expect(taken[0]?.map(({ name }) => name)).toEqual(['orders.csv']);
  expect(await readFile(outside, 'utf8')).toBe('secret');
  await rm(outside);
});

test('a file that is taken away meanwhile does no harm, and after stop nothing is taken', async () => {
  await drop('orders.csv', 'id\n1');
  folder = watchFolder({
    dir,
    interval: 10,
    onFiles: async (files) => {
      taken.push([...files]);
      for (const { name } of files) await rm(join(dir, 'taking', name));
      return { refusals: [] };
    },
  });
  await soon(() => expect(taken).toHaveLength(1));
  await drop('next.csv', 'id\n2');
  await soon(() => expect(taken).toHaveLength(2));
  await folder.stop();
  await drop('late.csv', 'id\n3');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(taken).toHaveLength(2);
});

test('a newer file of the same name that comes while the older is taken in is not lost', async () => {
  await drop('orders.csv', 'id\n1');
  folder = watchFolder({
    dir,
    interval: 10,
    onFiles: async (files) => {
      taken.push([...files]);
      if (taken.length === 1) await drop('orders.csv', 'id\n2');
      return { refusals: [] };
    },
  });
  await soon(async () => expect(await inside('archive')).toHaveLength(2));
  expect(taken.map(([file]) => file?.text)).toEqual(['id\n1', 'id\n2']);
});

test('a file that goes on being written is not read before it is whole', async () => {
  const look = looker({ dir, onFiles: async (files) => (taken.push([...files]), { refusals: [] }) });
  await drop('orders.csv', 'id\n1');
  await look();
  await appendFile(join(dir, 'orders.csv'), '\n2');
  await look();
  expect(taken).toEqual([]);
  await look();
  expect(taken).toEqual([[{ name: 'orders.csv', text: 'id\n1\n2' }]]);
  await look();
  expect(taken).toHaveLength(1);
});

test('what a crash left in the middle is taken first', async () => {
  await mkdir(join(dir, 'taking'));
  await writeFile(join(dir, 'taking', 'orders.csv'), 'id\nold');
  await drop('orders.csv', 'id\nnew');
  start();
  await soon(() => expect(taken).toHaveLength(2));
  expect(taken.map(([file]) => file?.text)).toEqual(['id\nold', 'id\nnew']);
  await soon(async () => expect(await readdir(dir)).toEqual(['archive', 'refused']));
});

test('warnings and answers lie beside what was taken', async () => {
  await drop('ask.xml', '<x/>');
  folder = watchFolder({
    dir,
    interval: 10,
    clock: () => Date.parse('2026-11-23T06:00:00Z'),
    onFiles: async () => ({
      refusals: [],
      warnings: [refusal('ask.xml', 1)],
      answers: [{ file: 'ask.xml', text: '<answer/>' }],
    }),
  });
  await soon(async () => expect(await inside('answers')).toEqual(['2026-11-23T06-00-00-000Z-ask.xml']));
  await soon(async () =>
    expect(await inside('archive')).toContain('2026-11-23T06-00-00-000Z-ask.xml.warnings.csv'),
  );
});

test('a workbook is one file: its sheets are taken, the refused rows of all of them lie beside it', async () => {
  const book = workbook({ orders: [['id'], ['A']], lots: [['id'], ['L']] });
  await drop('plan.xlsx', book);
  start([refusal('plan.xlsx', 2), refusal('plan.xlsx [lots]', 0)]);
  const name = '2026-11-23T06-00-00-000Z-plan.xlsx';
  await soon(async () => expect(await inside('archive')).toEqual([name, `${name}.refused.csv`]));
  expect(taken[0]).toMatchObject([
    { name: 'plan.xlsx', sheet: 'orders' },
    { name: 'plan.xlsx [lots]', sheet: 'lots' },
  ]);
  expect(await readFile(join(dir, 'archive', `${name}.refused.csv`), 'utf8')).toContain('plan.xlsx [lots]');
  expect(await readFile(join(dir, 'archive', name))).toEqual(Buffer.from(book));
});
