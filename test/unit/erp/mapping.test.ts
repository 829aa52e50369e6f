import { describe, expect, test } from 'vitest';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { decodeFile } from '#electron/erp/decode.ts';

const decode = (name: string, text: string, file: object, zone?: string) =>
  decodeFile(
    { name, text },
    { zone: 'UTC', mapping: Mapping.parse({ name: 'ERP', ...(zone && { zone }), files: [file] }) },
  );
const at = (iso: string): number => Date.parse(iso) / 1000;

/** Orders as a German ERP lists them. */
const AUFK = {
  file: 'AUFK*.csv',
  decimal: ',',
  dates: ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy'],
  rows: [
    {
      kind: 'orders',
      fields: {
        id: { template: 'WO-{Auftrag}' },
        quantity: { column: 'Menge', unit: 'g' },
        routing: { column: 'Material', before: '/' },
        release: 'Start',
        due: 'Ende',
        state: { column: 'Status', translate: { FREI: 'Released', GESP: 'Held' } },
      },
    },
  ],
};
const HEADER = 'Auftrag;Material;Menge;Start;Ende;Status';

describe('a saved column mapping', () => {
  test('reads columns, constants, templates, translations, units, decimal comma and local forms of dates', () => {
    const text = `${HEADER}\n4711;MILL/07;1500,5;01.07.2026 6:30;03.07.2026;GESP\n`;
    const decoded = decode('aufk-2026.CSV', text, AUFK, 'Europe/Berlin');
    expect(decoded.refusals).toEqual([]);
    expect(decoded.records).toMatchObject([
      {
        kind: 'orders',
        line: 2,
        record: {
          id: 'WO-4711',
          quantity: 1.5005,
          uom: 'kg',
          routing: 'MILL',
          release: at('2026-07-01T06:30:00+02:00'),
          due: at('2026-07-04T00:00:00+02:00'),
          state: 'Held',
        },
      },
    ]);
  });

  test('refusals name the column of the file, not our field', () => {
    const text = `${HEADER}\n1;MILL/1;x;01.07.2026;03.07.2026;FREI\n2;MILL/1;1;01.07.2026;2026-07-03;FREI\n3;MILL/1;1;;03.07.2026;WEG\n`;
    expect(decode('AUFK.csv', text, AUFK).refusals).toMatchObject([
      { line: 4, field: 'Status', value: 'WEG', reason: 'The mapping has no translation of it to state.' },
      { line: 2, field: 'Menge', value: 'x', reason: expect.stringContaining('Is no number') },
      { line: 3, field: 'Ende', value: '2026-07-03', reason: expect.stringContaining('dd.MM.yyyy') },
    ]);
  });

  test('of several sources the first that says something counts', () => {
    const file = {
      file: '*',
      rows: [
        {
          kind: 'people',
          fields: { id: 'no', name: ['nick', { column: 'full', before: ',' }, { constant: 'Nobody' }] },
        },
      ],
    };
    const decoded = decode('p.csv', 'no,nick,full\n1,Al,"X, Y"\n2,,"X, Y"\n3,,\n', file);
    expect(decoded.records.map(({ record }) => 'name' in record && record.name)).toEqual([
      'Al',
      'X',
      'Nobody',
    ]);
  });

  test('distinct: rows about the same record give it once, with their lists joined', () => {
    const fields = { id: 'res', classes: 'act' };
    const text = 'res,act\nM1,Turn\nM2,Mill\nM1,Mill\nM1,Turn\n';
    const file = { file: '*', rows: [{ kind: 'equipment', distinct: true, fields }] };
    expect(decode('p.csv', text, file).records).toMatchObject([
      { line: 2, record: { id: 'M1', classes: ['Turn', 'Mill'] } },
      { line: 3, record: { id: 'M2', classes: ['Mill'] } },
    ]);
  });

  test('a mapping that does not fit the file says which column or field is wrong, and takes nothing', () => {
    const decoded = decode('AUFK.csv', 'Auftrag;Material;Start;Ende;Status\n1;M/1;;;\n', AUFK);
    expect(decoded.records).toEqual([]);
    expect(decoded.refusals).toMatchObject([
      { line: 1, field: 'Menge', reason: expect.stringContaining('needs it for quantity') },
    ]);
    const wrong = { file: '*', rows: [{ kind: 'people', fields: { name: 'n', shoe: 'n' } }] };
    expect(decode('p.csv', 'n\n1\n', wrong).refusals).toMatchObject([
      { field: 'id', reason: 'The mapping to people does not say where id comes from.' },
      { field: 'shoe', reason: 'There is no field shoe in people.' },
    ]);
  });

  test('a file that no pattern fits is still read in the plain form', () => {
    expect(decode('people.csv', 'id\nP1\n', AUFK).records).toHaveLength(1);
  });

  test('the same text by another mapping is another message, by the same one the same', () => {
    const people = (id: string) => ({ file: '*', rows: [{ kind: 'people', fields: { id } }] });
    const message = (id: string) => decode('x.csv', 'a,b\n1,2\n', people(id)).message;
    expect(message('a')).toBe(message('a'));
    expect(message('a')).not.toBe(message('b'));
  });

  test('a mapping itself is checked: unknown kinds, keys, zones and formats of dates are refused', () => {
    const mapping = (file: object, zone = 'UTC') =>
      Mapping.safeParse({
        name: 'm',
        zone,
        files: [{ file: '*', rows: [{ kind: 'people', fields: { id: 'a' } }], ...file }],
      });
    expect(mapping({}).success).toBe(true);
    expect(mapping({}, 'Mars/Olympus').success).toBe(false);
    expect(mapping({ dates: ['dd.MM.'] }).success).toBe(false);
    expect(mapping({ rows: [{ kind: 'wishes', fields: {} }] }).success).toBe(false);
    expect(mapping({ macro: 'x' }).success).toBe(false);
  });
});
