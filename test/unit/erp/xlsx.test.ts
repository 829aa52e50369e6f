import { strToU8, zipSync } from 'fflate';
import writeWorkbook from 'write-excel-file/node';
import { describe, expect, test } from 'vitest';
import { decodeBytes, decodeFile } from '#electron/erp/decode.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { MAX_UNPACKED } from '#electron/erp/xlsx/workbook.ts';
import { type TestCell, workbook } from '#test/support/workbook.ts';

const at = (time: string): number => Date.parse(time) / 1000;
const style = (number: number, id: number): TestCell => ({ xml: `<c s="${id}"><v>${number}</v></c>` });
/** 2026-11-24 in days of a spreadsheet. */
const TUESDAY = 46_350;

/** What the sheets of a workbook say. */
function decode(bytes: Uint8Array, mapping?: Mapping, name = 'orders.xlsx'): Decoded[] {
  const read = decodeBytes(name, bytes);
  if (!read.ok) throw new Error(read.reason.reason);
  return read.value.texts.map((text) =>
    decodeFile(text, { zone: 'Europe/Berlin', ...(mapping && { mapping }) }),
  );
}
const refusalOf = (bytes: Uint8Array): string => {
  const read = decodeBytes('x.xlsx', bytes);
  return read.ok ? '' : read.reason.reason;
};
const recordsOf = (decoded: Decoded | undefined) => decoded?.records.map(({ record }) => record);

const HEADER = ['id', 'quantity', 'routing', 'due', 'release'];

describe('a sheet is read like a CSV file', () => {
  test('dates are dates, whatever they look like: a date alone ends its day, one with a time is exact to the second', () => {
    const [orders] = decode(
      workbook({
        Tabelle1: [
          HEADER,
          ['A', 10, 'R', style(TUESDAY, 1), style(TUESDAY + 6.5 / 24, 2)],
          ['B', 10, 'R', style(TUESDAY, 2), style(TUESDAY + 1 / 86_400, 1)],
        ],
      }),
    );
    expect(recordsOf(orders)).toMatchObject([
      { id: 'A', due: at('2026-11-25T00:00:00+01:00'), release: at('2026-11-24T06:30:00+01:00') },
      { id: 'B', due: at('2026-11-24T00:00:00+01:00'), release: at('2026-11-24T00:00:01+01:00') },
    ]);
  });

  test('numbers have the digits that a spreadsheet shows, times of day and hours passed are what they say', () => {
    const [calendars] = decode(
      workbook({
        calendars: [
          ['id', 'zone', 'shift', 'days', 'from', 'to'],
          ['C', 'Europe/Berlin', 'early', '1-5', style(0.25, 3), style(14 / 24, 3)],
        ],
      }),
    );
    expect(recordsOf(calendars)).toMatchObject([{ shifts: [{ from: '06:00', to: '14:00' }] }]);
    const [steps] = decode(
      workbook({
        steps: [
          ['routing', 'step', 'equipment', 'run', 'perUnit'],
          ['R', 'mix', 'M1', style(1.5, 4), 0.1 + 0.2],
        ],
      }),
    );
    expect(recordsOf(steps)).toMatchObject([{ steps: [{ modes: [{ fixed: 129_600, perUnit: 18 }] }] }]);
  });

  test('a refusal names the row as the spreadsheet counts it, also behind empty rows and line breaks', () => {
    const rows: TestCell[][] = [
      HEADER,
      [],
      ['A', 10, 'two\nlines', style(TUESDAY, 1)],
      ['B', 'ten', 'R', style(TUESDAY, 1)],
    ];
    const [orders] = decode(workbook({ orders: rows }));
    expect(recordsOf(orders)).toMatchObject([{ id: 'A', routing: 'two lines' }]);
    expect(orders?.refusals).toMatchObject([
      { file: 'orders.xlsx', line: 4, field: 'quantity', value: 'ten' },
    ]);
  });

  test('an error of a formula is refused in its row, it does not vanish', () => {
    const [orders] = decode(
      workbook({
        orders: [
          [...HEADER, 'weight'],
          ['A', 10, 'R', style(TUESDAY, 1), '', { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' }],
        ],
      }),
    );
    expect(orders).toMatchObject({ records: [], refusals: [{ line: 2, field: 'weight', value: '#DIV/0!' }] });
  });

  test('[S7] what looks like a formula is data', () => {
    const [materials] = decode(
      workbook({
        materials: [
          ['id', 'uom'],
          ['=HYPERLINK("x")', 'kg'],
        ],
      }),
    );
    expect(recordsOf(materials)).toMatchObject([{ id: '=HYPERLINK("x")' }]);
  });

  test('shared strings, with what is bold in them, and booleans are read', () => {
    const strings = `<sst xmlns="x"><si><r><t>Pr</t></r><r><rPr/><t>ess</t></r><rPh><t>no</t></rPh></si></sst>`;
    const [equipment] = decode(
      workbook(
        {
          equipment: [
            ['id', 'name', 'batching'],
            ['U1', { xml: '<c t="s"><v>0</v></c>' }, { xml: '<c t="b"><v>1</v></c>' }],
          ],
        },
        { 'xl/sharedStrings.xml': strings },
      ),
    );
    expect(recordsOf(equipment)).toMatchObject([{ name: 'Press', batching: true }]);
  });

  test('the days of a workbook that counts from 1904 are its own', () => {
    const book = `<workbook xmlns="x" xmlns:r="y"><workbookPr date1904="1"/><sheets><sheet name="orders" r:id="r1"/></sheets></workbook>`;
    const [orders] = decode(
      workbook({ orders: [HEADER, ['A', 10, 'R', style(TUESDAY - 1462, 1)]] }, { 'xl/workbook.xml': book }),
    );
    expect(recordsOf(orders)).toMatchObject([{ due: at('2026-11-25T00:00:00+01:00') }]);
  });

  test('a workbook that another program wrote says the same', async () => {
    const cell = (value: string) => ({ value });
    const due = { value: new Date('2026-11-24T06:30:00Z'), type: Date, format: 'dd.mm.yyyy hh:mm' } as const;
    const made = writeWorkbook(
      [['id', 'quantity', 'routing', 'due'].map(cell), [cell('A'), { value: 10 }, cell('R'), due]],
      {
        sheet: 'Orders',
      },
    );
    const [orders] = decode(new Uint8Array(await made.toBuffer()));
    expect(recordsOf(orders)).toMatchObject([
      { id: 'A', quantity: 10, due: at('2026-11-24T06:30:00+01:00') },
    ]);
  });
});

describe('a workbook of several sheets', () => {
  const book = {
    Aufträge: [HEADER, ['A', 10, 'R', style(TUESDAY, 1)]],
    materials: [
      ['id', 'uom'],
      ['sugar', 'bushel'],
    ],
    Notes: [['Remember the milk']],
  };

  test('gives what each of them holds, by its name or header; one that is nothing is a warning', () => {
    const [orders, materials, notes] = decode(workbook(book), undefined, 'plan.xlsx');
    expect(orders?.records).toHaveLength(1);
    expect(materials?.refusals).toMatchObject([{ file: 'plan.xlsx [materials]', line: 2, value: 'bushel' }]);
    expect(notes).toMatchObject({ records: [], refusals: [], warnings: [{ file: 'plan.xlsx [Notes]' }] });
  });

  test('hidden sheets are not read', () => {
    const hidden = `<workbook xmlns="x" xmlns:r="y"><sheets><sheet name="orders" r:id="r1"/><sheet name="materials" state="hidden" r:id="r2"/></sheets></workbook>`;
    expect(decode(workbook(book, { 'xl/workbook.xml': hidden }))).toHaveLength(1);
  });
});

test('a mapping reads a sheet: decimal commas, own date forms and real dates side by side', () => {
  const mapping = Mapping.parse({
    name: 'our ERP',
    zone: 'America/New_York',
    files: [
      {
        file: 'AUFK*.xlsx',
        delimiter: ';',
        decimal: ',',
        dates: ['dd.MM.yyyy HH:mm'],
        rows: [
          {
            kind: 'orders',
            fields: { id: 'AUFNR', quantity: 'MENGE', routing: 'MATNR', due: 'GLTRP', release: 'GSTRP' },
          },
        ],
      },
    ],
  });
  const [orders] = decode(
    workbook({
      Tabelle1: [
        ['AUFNR', 'MENGE', 'MATNR', 'GLTRP', 'GSTRP'],
        ['A', '2,5', 'R', '24.11.2026 18:00', style(TUESDAY + 0.25, 2)],
        ['B', 2.5, 'R', style(TUESDAY + 0.75, 2), '24.11.2026 06:00'],
      ],
    }),
    mapping,
    'AUFK 48.xlsx',
  );
  const both = {
    quantity: 2.5,
    due: at('2026-11-24T18:00:00-05:00'),
    release: at('2026-11-24T06:00:00-05:00'),
  };
  expect(recordsOf(orders)).toMatchObject([both, both]);
});

/** The archive with another number wherever it says how long a part is. */
function saying(archive: Uint8Array, length: number, other: number): Uint8Array {
  const bytes = archive.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at += 1)
    if (view.getUint32(at, true) === length) view.setUint32(at, other, true);
  return bytes;
}

describe('[S7] what is no workbook, or a hostile one, is refused with its reason', () => {
  const sheet = { orders: [HEADER] };

  test('another archive, a damaged one, a sheet that is not there', () => {
    expect(refusalOf(zipSync({ 'a.txt': strToU8('a') }))).toContain('holds no workbook');
    expect(refusalOf(workbook(sheet).slice(0, -30))).toContain('damaged');
    expect(
      refusalOf(workbook(sheet, { 'xl/_rels/workbook.xml.rels': '<Relationships xmlns="x"/>' })),
    ).toContain('missing');
    expect(refusalOf(workbook({ orders: [] }))).toContain('no visible sheet');
  });

  test('one that unpacks to more than it may, whatever it says of its size', () => {
    const spaces = 1_000_003;
    const large = workbook(sheet, { 'xl/worksheets/sheet1.xml': ' '.repeat(spaces) });
    expect(large.length).toBeLessThan(10_000);
    expect(refusalOf(saying(large, spaces, MAX_UNPACKED + 1))).toContain(`more than ${MAX_UNPACKED}`);
    expect(refusalOf(saying(large, spaces, 100))).toContain('damaged');
  });

  test('a small one whose cells repeat a long text', () => {
    const strings = `<sst xmlns="x"><si><t>${'x'.repeat(1_000_000)}</t></si></sst>`;
    const cells = Array.from({ length: 100 }, (): TestCell[] => [{ xml: '<c t="s"><v>0</v></c>' }]);
    expect(refusalOf(workbook({ orders: cells }, { 'xl/sharedStrings.xml': strings }))).toContain(
      'more than',
    );
  });

  test('a document type, or a cell far to the right', () => {
    const entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="x">&a;</worksheet>';
    expect(refusalOf(workbook(sheet, { 'xl/worksheets/sheet1.xml': entity }))).toContain('document type');
    const far =
      '<worksheet xmlns="x"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>';
    expect(refusalOf(workbook(sheet, { 'xl/worksheets/sheet1.xml': far }))).toContain('columns');
  });
});
