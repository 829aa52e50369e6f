import { expect, test } from 'vitest';
import type { KeptMapping, TableView } from '#shared/contract/mapping-views.ts';
import { NO_CHOICE, bodyOf, draftFor } from '#renderer/imports/mapping-draft.ts';

const table = (more: Partial<TableView> = {}): TableView => ({
  name: 'AUFK_2026-11.csv',
  header: ['ID', 'Due ', 'Menge'],
  rows: [],
  kind: null,
  mapping: null,
  ...more,
});
const fieldsOf = () => ['id', 'quantity', 'due'];

test('a new one begins with the columns that are called like our fields, for files of the same name with other numbers', () => {
  const draft = draftFor(table(), [], fieldsOf);
  expect(draft).toMatchObject({ name: 'AUFK', pattern: 'AUFK_*.csv', kind: 'orders', kept: null });
  expect(draft.fields).toEqual({
    id: { ...NO_CHOICE, column: 'ID' },
    due: { ...NO_CHOICE, column: 'Due ' },
  });
});

test('it says only what was chosen', () => {
  const draft = {
    ...draftFor(table(), [], fieldsOf),
    name: ' ours ',
    decimal: ',' as const,
    dates: 'dd.MM.yyyy,  ISO',
    zone: 'Europe/Berlin',
  };
  const fields = { ...draft.fields, quantity: { column: 'Menge', unit: ' g ', other: null }, due: NO_CHOICE };
  expect(bodyOf({ ...draft, fields })).toEqual({
    name: 'ours',
    zone: 'Europe/Berlin',
    files: [
      {
        file: 'AUFK_*.csv',
        decimal: ',',
        dates: ['dd.MM.yyyy', 'ISO'],
        rows: [{ kind: 'orders', fields: { id: 'ID', quantity: { column: 'Menge', unit: 'g' } } }],
      },
    ],
  });
});

test('one that is kept comes back as it was: other files, further kinds and what the editor does not show', () => {
  const body = {
    name: 'ours',
    files: [
      { file: 'other.csv', rows: [{ kind: 'people', fields: { id: 'NR' } }] },
      {
        file: 'AUFK*.csv',
        delimiter: ';',
        decimal: ',',
        dates: ['dd.MM.yyyy'],
        rows: [
          {
            kind: 'orders',
            distinct: true,
            fields: { id: { template: '{A}-{B}' }, due: 'Due ', quantity: { column: 'Menge', unit: 'g' } },
          },
          { kind: 'materials', fields: { id: 'MATNR', uom: 'EH' } },
        ],
      },
    ],
  };
  const kept: KeptMapping = { name: 'ours', files: [], body };
  const draft = draftFor(table({ mapping: { name: 'ours', file: 1 } }), [kept], fieldsOf);
  expect(draft.fields['quantity']).toEqual({ column: 'Menge', unit: 'g', other: null });
  expect(bodyOf(draft)).toEqual(body);
  expect(bodyOf({ ...draft, dates: '' })).toMatchObject({ files: [{}, { delimiter: ';' }] });
  expect(JSON.stringify(bodyOf({ ...draft, dates: '' }))).not.toContain('"dates"');
});
