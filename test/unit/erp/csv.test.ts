import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROW_KINDS, columnsOf } from '#electron/erp/csv/columns.ts';
import { decodeFile } from '#electron/erp/decode.ts';
import type { RecordKind } from '#shared/domain/plant.ts';

const decode = (name: string, text: string) => decodeFile({ name, text }, { zone: 'Europe/Berlin' });
const recordsIn = (name: string, text: string, kind: RecordKind) => {
  const decoded = decode(name, text);
  expect(decoded.refusals).toEqual([]);
  return decoded.records.filter((sourced) => sourced.kind === kind).map(({ record }) => record);
};
const at = (iso: string): number => Date.parse(iso) / 1000;

const ORDERS = 'id,product,quantity,uom,routing,release,due';

describe('the plain form', () => {
  test('orders: local times in the zone of the plant, a due date alone is the end of that day', () => {
    expect(
      recordsIn('orders.csv', `${ORDERS}\nO1,P,500,g,R1,2026-07-01 06:00,2026-07-03\n`, 'orders'),
    ).toEqual([
      {
        id: 'O1',
        domain: 'production',
        product: 'P',
        quantity: 0.5,
        uom: 'kg',
        routing: 'R1',
        weight: 1,
        release: at('2026-07-01T06:00:00+02:00'),
        due: at('2026-07-04T00:00:00+02:00'),
        state: 'Released',
      },
    ]);
  });

  test('steps: alternatives in further rows, positions as sequence, equal positions side by side', () => {
    const rows = [
      'routing,step,position,equipment,class,setup,run,perUnit,qualification,handover,materials',
      'R1,A,10,M1,,15,30,90 s,Miller,yes,Steel=0.5|Oil=2',
      'R1,A,10,M2,Mills,,PT1H,2 min,,,',
      'R1,B,20,M3,,,,,,,',
      'R1,C,20,M4,,,,,,,',
      'R1,D,30,M5,,,,,,,',
    ].join('\n');
    const [routing] = recordsIn('steps.csv', rows, 'routings');
    expect(routing).toMatchObject({
      id: 'R1',
      steps: [
        {
          id: 'A',
          modes: [
            { equipment: 'M1', setup: 900, fixed: 1800, perUnit: 90 },
            { equipment: 'M2', fixed: 3600, perUnit: 120 },
            { class: 'Mills', fixed: 3600, perUnit: 120 },
          ],
          people: [{ qualification: 'Miller', count: 1, during: 'all', handover: true }],
          materials: [
            { material: 'Steel', perUnit: 0.5 },
            { material: 'Oil', perUnit: 2 },
          ],
          after: [],
        },
        { id: 'B', after: [{ step: 'A', from: 'end', minLag: 0 }] },
        { id: 'C', after: [{ step: 'A' }] },
        { id: 'D', after: [{ step: 'B' }, { step: 'C' }] },
      ],
    });
  });

  test('changeovers: pairs that are not listed take the longest, the same family the shortest', () => {
    const text =
      'matrix,from,to,minutes,cleaning\nPRESS,A,B,60,false\nPRESS,B,A,90,true\nPRESS,A,A,10,false\n';
    expect(recordsIn('changeovers.csv', text, 'setupMatrices')).toEqual([
      {
        id: 'PRESS',
        name: 'PRESS',
        same: 600,
        standard: 5400,
        entries: [
          { from: 'A', to: 'B', seconds: 3600, cleaning: false },
          { from: 'B', to: 'A', seconds: 5400, cleaning: true },
          { from: 'A', to: 'A', seconds: 600, cleaning: false },
        ],
      },
    ]);
  });

  test('calendars: shifts and dated entries of one calendar in rows of their own', () => {
    const text = [
      'id,zone,shift,days,from,to,breaks,type,start,end,reason',
      'EARLY,Europe/Berlin,early,1-5,06:00,14:00,09:00-09:15|12:00-12:30,,,,',
      'EARLY,Europe/Berlin,,,,,,HOLIDAY,2026-12-25,2026-12-26,Christmas',
    ].join('\n');
    expect(recordsIn('calendars.csv', text, 'calendars')).toMatchObject([
      {
        id: 'EARLY',
        shifts: [
          {
            days: [1, 2, 3, 4, 5],
            breaks: [
              { from: '09:00', to: '09:15' },
              { from: '12:00', to: '12:30' },
            ],
          },
        ],
        entries: [
          {
            type: 'HOLIDAY',
            interval: { start: at('2026-12-25T00:00:00+01:00'), end: at('2026-12-27T00:00:00+01:00') },
          },
        ],
      },
    ]);
  });

  test('qualifications, calibrations, tests, people, equipment, materials, lots, downtimes', () => {
    const proof = { spec: 'T', evaluated: at('2026-01-01T00:00:00Z'), passed: true };
    expect(
      recordsIn(
        'qualifications.csv',
        'person,qualification,evaluated,expires\nP1,T,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z\n',
        'testResults',
      ),
    ).toMatchObject([{ ...proof, subject: 'P1', expires: at('2027-01-01T00:00:00Z') }]);
    expect(
      recordsIn(
        'calibrations.csv',
        'equipment,test,evaluated,passed\nE1,T,2026-01-01T00:00:00Z,no\n',
        'testResults',
      ),
    ).toMatchObject([{ ...proof, subject: 'E1', passed: false }]);
    expect(recordsIn('tests.csv', 'id,subject,validFor\nT,person,365 d\n', 'testSpecs')).toEqual([
      { id: 'T', name: 'T', subject: 'person', validFor: 365 * 86_400 },
    ]);
    expect(recordsIn('people.csv', 'id,name,classes\nP1,Ana,A|B\n', 'people')).toEqual([
      { id: 'P1', name: 'Ana', classes: ['A', 'B'] },
    ]);
    expect(recordsIn('equipment.csv', 'id,classes\nM1,Mills\n', 'equipment')).toEqual([
      { id: 'M1', name: 'M1', level: 'WorkUnit', classes: ['Mills'], tests: [] },
    ]);
    expect(recordsIn('materials.csv', 'id,uom\nS,g\n', 'materials')).toEqual([
      { id: 'S', name: 'S', uom: 'kg' },
    ]);
    expect(recordsIn('lots.csv', 'id,material,quantity,disposition\nL1,S,5 kg,Restricted\n', 'lots')).toEqual(
      [{ id: 'L1', material: 'S', quantity: 5, disposition: 'Restricted' }],
    );
    expect(
      recordsIn('downtimes.csv', 'equipment,start,reason\nM1,2026-01-01T00:00:00Z,Belt\n', 'downtimes'),
    ).toEqual([
      {
        id: 'M1 2026-01-01T00:00:00Z',
        equipment: 'M1',
        start: at('2026-01-01T00:00:00Z'),
        reason: 'Belt',
        planned: false,
      },
    ]);
  });

  test('execution: a booking gives setup, start and completion, a row without a task a downtime; the same row the same ids', () => {
    const text = [
      'unit,task,person,started,finished,setup,good,scrap,reason',
      'M1,O1/10,P1,2026-01-01T06:00:00Z,2026-01-01T08:00:00Z,30,9,1,',
      'M1,,,2026-01-01T09:00:00Z,2026-01-01T10:00:00Z,,,,Belt',
    ].join('\n');
    const reports = decode('execution.csv', text).reports?.map(({ report }) => report) ?? [];
    expect(reports).toMatchObject([
      { kind: 'setupStarted', task: 'O1/10', at: at('2026-01-01T06:00:00Z') },
      { kind: 'started', person: 'P1', at: at('2026-01-01T06:30:00Z') },
      { kind: 'completed', good: 9, scrap: 1, at: at('2026-01-01T08:00:00Z') },
      { kind: 'downtimeStarted', unit: 'M1', reason: 'Belt' },
      { kind: 'downtimeEnded', at: at('2026-01-01T10:00:00Z') },
    ]);
    expect(new Set(reports.map(({ id }) => id)).size).toBe(5);
    expect(decode('execution-2.csv', text).reports?.map(({ report }) => report)).toEqual(reports);
  });

  test('semicolon and tab are found by themselves, a quoted cell may hold anything, also what looks like a formula', () => {
    const name = '=cmd|\' /C calc\'!A0;"x",\ny';
    const text = `id;name\nP1;"${name.replaceAll('"', '""')}"\n`;
    expect(recordsIn('people.csv', text, 'people')).toMatchObject([{ name }]);
    expect(recordsIn('people.csv', 'id\tname\r\nP1\tAna\r\n', 'people')).toMatchObject([{ name: 'Ana' }]);
  });

  test('a file is known by the begin of its name, else by a header that only one kind has', () => {
    expect(recordsIn('Orders 47.csv', `${ORDERS}\nO1,P,1,pcs,R,,2026-01-01\n`, 'orders')).toHaveLength(1);
    expect(recordsIn('export.csv', 'matrix,from,to,minutes\nM,A,B,5\n', 'setupMatrices')).toHaveLength(1);
    expect(decode('export.csv', 'Aufnr,Menge\n1,2\n').refusals).toMatchObject([
      { line: 0, reason: expect.stringContaining('Maybe it needs a column mapping') },
    ]);
  });

  test('a column that nobody reads is named in a warning', () => {
    expect(decode('people.csv', 'id,shoe\nP1,42\n').warnings).toMatchObject([{ line: 1, field: 'shoe' }]);
  });
});

describe('bad input: refused with line, field, value and reason, and the rest goes in', () => {
  const orderWith = (fields: string) =>
    decode('orders.csv', `${ORDERS}\n${fields}\nO2,P,1,pcs,R,,2026-01-02\n`);

  test.each([
    ['a negative quantity', 'O1,P,-5,pcs,R,,2026-01-01', 'quantity', '-5', 'expected number to be >0'],
    ['a number too large', 'O1,P,1e400,pcs,R,,2026-01-01', 'quantity', '1e400', 'too large'],
    ['an unknown unit', 'O1,P,5,bushel,R,,2026-01-01', 'uom', 'bushel', 'The unit of measure is unknown'],
    ['a decimal comma', 'O1,P,"1,5",pcs,R,,2026-01-01', 'quantity', '1,5', 'Maybe it has a decimal comma'],
    ['a date that is none', 'O1,P,5,pcs,R,,2026-02-30', 'due', '2026-02-30', 'Is no date or time'],
    ['a foreign form of date', 'O1,P,5,pcs,R,,01.02.2026', 'due', '01.02.2026', 'Is no date or time'],
    ['no routing', 'O1,P,5,pcs,,,2026-01-01', 'routing', '', 'routing is missing'],
    ['too few cells', 'O1,P,5,pcs', '', '', 'Has 4 cells, the header 7'],
    ['too many cells', 'O1,P,5,pcs,R,,2026-01-01,8', '', '', 'Has 8 cells, the header 7'],
  ])('%s', (_, row, field, value, reason) => {
    const decoded = orderWith(row);
    expect(decoded.refusals).toMatchObject([
      { file: 'orders.csv', line: 2, field, value, reason: expect.stringContaining(reason) },
    ]);
    expect(decoded.records.map(({ record }) => record.id)).toEqual(['O2']);
  });

  test('dates in two time zones: a time without an offset below times with one', () => {
    const decoded = decode(
      'orders.csv',
      `${ORDERS}\nO1,P,1,pcs,R,,2026-01-01T12:00:00+01:00\nO2,P,1,pcs,R,,2026-01-01T12:00:00-05:00\nO3,P,1,pcs,R,,2026-01-01T12:00:00\n`,
    );
    expect(decoded.records.map(({ record }) => (record as { due?: number }).due)).toEqual([
      at('2026-01-01T11:00:00Z'),
      at('2026-01-01T17:00:00Z'),
    ]);
    expect(decoded.refusals).toMatchObject([
      { line: 4, field: 'due', reason: expect.stringContaining('Maybe two systems with two time zones') },
    ]);
  });

  test('a file that ends inside a quote was cut off: nothing of it is taken', () => {
    const decoded = decode('people.csv', 'id,name\nP1,Ana\nP2,"Be');
    expect(decoded.records).toEqual([]);
    expect(decoded.refusals).toMatchObject([
      { reason: expect.stringContaining('Maybe the file was cut off') },
    ]);
  });

  test('a required column missing from the header, the same column twice, an empty file', () => {
    expect(decode('orders.csv', 'id,quantity,due\nO1,1,2026-01-01\n').refusals).toMatchObject([
      { line: 1, field: 'routing', reason: expect.stringContaining('missing from the header') },
    ]);
    expect(decode('people.csv', 'id,name,id\nP1,Ana,P2\n').refusals).toMatchObject([
      { line: 1, field: 'id', reason: 'The column id stands twice in the header.' },
    ]);
    expect(decode('people.csv', ' \n').refusals).toMatchObject([{ reason: 'The file is empty.' }]);
  });

  test('a routing with one wrong step does not go in without it; the next routing does', () => {
    const decoded = decode(
      'steps.csv',
      'routing,step,equipment,run\nR1,A,M1,10\nR1,B,M1,10 fortnights\nR2,A,M1,10\nR3,,M1,10\nR3,B,M1,10\n',
    );
    expect(decoded.records.map(({ record }) => record.id)).toEqual(['R2']);
    expect(decoded.refusals).toMatchObject([
      { line: 5, field: 'step', reason: 'step is missing.' },
      { line: 5, field: 'routing', value: 'R3', reason: expect.stringContaining('needs all of its rows') },
      {
        line: 3,
        field: 'run',
        value: '10 fortnights',
        reason: expect.stringContaining("'fortnights' is unknown"),
      },
      { line: 2, field: 'routing', value: 'R1', reason: expect.stringContaining('because of line 3') },
    ]);
  });

  test('a file that is wrong throughout lists its first thousand refusals and how many more there are', () => {
    const rows = Array.from({ length: 1500 }, (_, k) => `P${k},M,x,Planned`).join('\n');
    const { refusals } = decode('lots.csv', `id,material,quantity,disposition\n${rows}\n`);
    expect(refusals).toHaveLength(1001);
    expect(refusals.at(-1)).toMatchObject({
      line: 1002,
      reason: expect.stringContaining('500 further refusals'),
    });
  });

  test('a saved mapping among the files is no data, and neither is other JSON', () => {
    const mapping = { name: 'm', files: [{ file: '*', rows: [{ kind: 'people', fields: { id: 'x' } }] }] };
    expect(decode('m.json', JSON.stringify(mapping)).refusals).toMatchObject([
      { line: 0, reason: expect.stringContaining('Is a column mapping, not data') },
    ]);
    expect(decode('x.json', '[1]').refusals).toMatchObject([
      { line: 0, reason: 'Is neither B2MML nor CSV.' },
    ]);
  });
});

describe('[S7] whatever a file holds, reading never throws and every refusal says why', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      '1',
      '-1',
      '1e400',
      '2026-01-01',
      '2026-01-01T00:00:00Z',
      '"',
      'A|B',
      '10 min',
      '=1+1',
      '1-5',
      '06:00',
      'constructor',
      '__proto__',
    ),
  );
  const file = fc
    .record({
      kind: fc.constantFrom(...ROW_KINDS),
      keep: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      rows: fc.array(fc.array(cell, { maxLength: 30 }), { maxLength: 8 }),
      delimiter: fc.constantFrom(',', ';', '\t'),
      more: fc.string({ unit: 'binary', maxLength: 20 }),
    })
    .map(({ kind, keep, rows, delimiter, more }) => {
      const { required, optional } = columnsOf(kind);
      const header = [...required, ...optional.filter((_, index) => keep[index])];
      const lines = rows.map((row) => header.map((_, index) => row[index] ?? '').join(delimiter));
      return { name: `${kind}.csv`, text: [header.join(delimiter), ...lines, more].join('\n') };
    });

  test('rows of absurd cells under a right header', () => {
    fc.assert(
      fc.property(file, ({ name, text }) => {
        const decoded = decode(name, text);
        for (const refusal of decoded.refusals) expect(refusal.reason).not.toBe('');
        expect(decoded.message).toMatch(/^sha256:/);
      }),
      { numRuns: 400, seed: 47 },
    );
  });

  test('any text at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...ROW_KINDS),
        (text, kind) => {
          for (const refusal of decode(`${kind}.csv`, text).refusals) expect(refusal.reason).not.toBe('');
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });
});
