import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';
import { workbook } from '#test/support/workbook.ts';

let shop: SmallShop;
beforeAll(async () => {
  shop = await smallShop('A');
});
afterAll(() => shop.remove());

const file = (name: string, bytes: Uint8Array | string) => ({
  name,
  base64: Buffer.from(bytes).toString('base64'),
});
const AUFK = file('AUFK.csv', 'NR;MENGE;PLAN;ENDE\n1;2,5;R;24.11.2026\n2;viele;R;25.11.2026\n');
const mapping = {
  name: 'ours',
  files: [
    {
      file: 'AUFK*.csv',
      decimal: ',',
      dates: ['dd.MM.yyyy'],
      rows: [{ kind: 'orders', fields: { id: 'NR', quantity: 'MENGE', routing: 'PLAN', due: 'ENDE' } }],
    },
  ],
};
const ask = (query: 'mapping.columns' | 'mapping.list' | 'mapping.preview', what: object) =>
  shop.handlers[query](what as never, planner());

test('the columns of a file come with their first values, and each sheet of a workbook is a table', async () => {
  expect(await ask('mapping.columns', { file: AUFK })).toMatchObject({
    tables: [
      {
        name: 'AUFK.csv',
        header: ['NR', 'MENGE', 'PLAN', 'ENDE'],
        rows: [
          ['1', '2,5', 'R', '24.11.2026'],
          ['2', 'viele', 'R', '25.11.2026'],
        ],
        kind: null,
        mapping: null,
      },
    ],
    refusals: [],
  });
  const book = workbook({
    Daten: [['x'], [1]],
    lots: [
      ['id', 'material'],
      ['L', ''],
    ],
  });
  expect(await ask('mapping.columns', { file: file('p.xlsx', book) })).toMatchObject({
    tables: [
      { name: 'p.xlsx', header: ['x'] },
      { name: 'p.xlsx [lots]', kind: 'lots', rows: [['L', '']] },
    ],
  });
  expect(await ask('mapping.columns', { file: file('x.csv', 'a,a\n1,2\n') })).toMatchObject({
    tables: [],
    refusals: [{ file: 'x.csv', reason: expect.stringContaining('twice') }],
  });
});

test('a preview says what a mapping would read and refuse, and neither keeps nor imports anything', async () => {
  const before = shop.station.workspace;
  expect(await ask('mapping.preview', { file: AUFK, table: 'AUFK.csv', mapping })).toMatchObject({
    flaw: null,
    records: 1,
    samples: [
      {
        line: 2,
        id: '1',
        fields: expect.arrayContaining([{ field: 'due', text: '2026-11-25, Wed 25 Nov 00:00' }]),
      },
    ],
    refusals: [{ line: 3, field: 'MENGE', value: 'viele' }],
  });
  expect(shop.station.workspace).toBe(before);
  expect(await ask('mapping.list', {})).toEqual([]);
});

test('what is no mapping, or one for other files, is told in words', async () => {
  const flawOf = async (change: object) =>
    (
      (await ask('mapping.preview', {
        file: AUFK,
        table: 'AUFK.csv',
        mapping: { ...mapping, ...change },
      })) as { flaw: string }
    ).flaw;
  expect(await flawOf({ name: '' })).toMatch(/^name/);
  expect(await flawOf({ files: [{ ...mapping.files[0], file: 'x*.csv' }] })).toContain('not for AUFK.csv');
  const outcome = await shop.handlers['mapping.save']({ mapping: { name: 'x' } }, planner());
  expect(outcome).toMatchObject({
    ok: false,
    refusal: { code: 'MAPPING_WRONG', text: expect.stringContaining('files') },
  });
});

test('one that is kept is found for its files, and used by the next import', async () => {
  done(await shop.handlers['mapping.save']({ mapping }, planner()));
  expect(await ask('mapping.list', {})).toMatchObject([{ name: 'ours', files: ['AUFK*.csv'] }]);
  expect(await ask('mapping.columns', { file: AUFK })).toMatchObject({
    tables: [{ mapping: { name: 'ours', file: 0 } }],
  });
  const report = done(await shop.handlers['import.files']({ files: [AUFK], dryRun: true }, planner()));
  expect(report.changes).toMatchObject([{ kind: 'orders', added: 1 }]);
});
