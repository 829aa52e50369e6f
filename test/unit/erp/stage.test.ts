import { describe, expect, test } from 'vitest';
import { decodeFile } from '#electron/erp/decode.ts';
import { type Decoded, nothingDecoded } from '#electron/erp/decoded.ts';
import { type Staged, stageImport } from '#electron/erp/stage.ts';
import { type Plant, type RecordKind, emptyPlant } from '#shared/domain/plant.ts';

/** Files in the plain form by kind: `{ people: ['id', 'P1'] }` has a header and one row. */
const decodedFrom = (files: Record<string, readonly string[]>): Decoded[] =>
  Object.entries(files).map(([kind, rows]) =>
    decodeFile({ name: `${kind}.csv`, text: rows.join('\n') }, { zone: 'UTC' }),
  );
const stage = (files: Record<string, readonly string[]>, plant = emptyPlant()): Staged =>
  stageImport(plant, decodedFrom(files), false);
const put = ({ changes }: Staged, kind: RecordKind): string[] =>
  changes
    .filter((change) => change.kind === kind)
    .flatMap((change) => change.put.map(({ id }) => id as string));
const plantWith = (files: Record<string, readonly string[]>, plant = emptyPlant()): Plant => {
  const staged = stage(files, plant);
  expect(staged.report.refusals).toEqual([]);
  const next: Record<string, unknown> = { ...plant };
  for (const { kind, put: records } of staged.changes) {
    const known = new Map<string, unknown>(plant[kind].map((record) => [record.id, record]));
    for (const record of records) known.set(record.id, record);
    next[kind] = [...known.values()];
  }
  return next as Plant;
};

const ORDER = 'id,quantity,routing,due';
const STEP = 'routing,step,position,equipment,class,qualification,after';
const SHOP = {
  equipment: ['id,classes', 'M1,Mills', 'M2,Mills'],
  steps: [STEP, 'R1,A,10,M1', 'R1,B,20,,Mills'],
};
const padded = (rows: readonly string[], columns: number): string[] =>
  rows.map((row) => row + ','.repeat(columns - row.split(',').length));
const shop = { ...SHOP, steps: padded(SHOP.steps, 7) };

const removal = (kind: RecordKind, id: string) => ({ kind, id, file: 'gone.xml', line: 4 });

describe('what an import changes', () => {
  test('an order and its routing and units in one import, in whatever order of the files', () => {
    const staged = stage({ orders: [ORDER, 'O1,5,R1,2026-01-01'], ...shop });
    expect(staged.report.refusals).toEqual([]);
    expect(put(staged, 'orders')).toEqual(['O1']);
    expect(staged.report.files).toEqual(['orders.csv', 'equipment.csv', 'steps.csv']);
  });

  test('the same again is unchanged; a changed field is shown with before and after; nothing goes by staying away', () => {
    const plant = plantWith({ ...shop, orders: [ORDER, 'O1,5,R1,2026-01-01', 'O2,5,R1,2026-01-01'] });
    const again = stage({ orders: [ORDER, 'O1,5,R1,2026-01-01', 'O2,7,R1,2026-01-01'] }, plant);
    expect(again.report.changes).toEqual([
      { kind: 'orders', added: 0, changed: 1, removed: 0, unchanged: 1 },
    ]);
    expect(again.report.samples).toEqual([
      { kind: 'orders', id: 'O2', field: 'quantity', before: '5', after: '7' },
    ]);
    const fewer = stage({ orders: [ORDER, 'O1,5,R1,2026-01-01'] }, plant);
    expect(fewer.changes).toEqual([]);
  });

  test('only an explicit removal removes; one of something unknown is a warning', () => {
    const plant = plantWith({ ...shop, orders: [ORDER, 'O1,5,R1,2026-01-01'] });
    const cancel = (id: string): Decoded => ({ ...nothingDecoded('m'), removed: [removal('orders', id)] });
    expect(stageImport(plant, [cancel('O1')], false).changes).toEqual([
      { kind: 'orders', put: [], remove: ['O1'] },
    ]);
    const unknown = stageImport(plant, [cancel('O9')], false);
    expect(unknown.changes).toEqual([]);
    expect(unknown.report.warnings).toMatchObject([{ field: 'orders', value: 'O9' }]);
    const back = stageImport(
      plant,
      [cancel('O1'), ...decodedFrom({ orders: [ORDER, 'O1,6,R1,2026-01-01'] })],
      false,
    );
    expect(back.changes).toMatchObject([{ kind: 'orders', put: [{ id: 'O1', quantity: 6 }], remove: [] }]);
  });
});

describe('what does not fit together is refused with its place, and the rest goes in', () => {
  const refusedBy = (files: Record<string, readonly string[]>) => {
    const staged = stage(files);
    return { staged, refusals: staged.report.refusals };
  };

  test('an order without its routing', () => {
    const { staged, refusals } = refusedBy({
      ...shop,
      orders: [ORDER, 'O1,5,R9,2026-01-01', 'O2,5,R1,2026-01-01'],
    });
    expect(refusals).toMatchObject([
      {
        file: 'orders.csv',
        line: 2,
        field: 'routing',
        value: 'R9',
        reason: expect.stringContaining('R9 is not there'),
      },
    ]);
    expect(put(staged, 'orders')).toEqual(['O2']);
  });

  test('a cyclic routing, and with it the orders that need it', () => {
    const { staged, refusals } = refusedBy({
      ...shop,
      steps: padded([STEP, 'R1,A,,M1,,,B', 'R1,B,,M1,,,A', 'R2,A,,M1'], 7),
      orders: [ORDER, 'O1,5,R1,2026-01-01', 'O2,5,R2,2026-01-01'],
    });
    expect(refusals).toMatchObject([
      {
        file: 'steps.csv',
        line: 2,
        reason: expect.stringContaining('wait for each other in a circle: A → B → A'),
      },
      {
        file: 'orders.csv',
        line: 2,
        reason: expect.stringContaining('R1 was refused: The steps of routing R1 wait'),
      },
    ]);
    expect(put(staged, 'routings')).toEqual(['R2']);
    expect(put(staged, 'orders')).toEqual(['O2']);
  });

  test('a step that follows nothing, on a unit, class, test or material that is not there', () => {
    const { refusals } = refusedBy({
      ...shop,
      steps: padded([STEP, 'R1,A,,M9', 'R2,A,,,Lathes', 'R3,A,,M1,,Welder', 'R4,A,,M1,,,Z'], 7),
    });
    expect(refusals.map(({ line, value }) => [line, value])).toEqual([
      [2, 'M9'],
      [3, 'Lathes'],
      [4, 'Welder'],
      [5, 'Z'],
    ]);
  });

  test('a calendar with no open time, and whoever lives by it', () => {
    const calendar = 'id,zone,days,from,to,breaks,type,start,end';
    const { staged, refusals } = refusedBy({
      calendars: [
        calendar,
        'NONE,UTC,,,,,CLOSED,2026-01-01,2026-01-02',
        'BREAK,UTC,1-5,06:00,14:00,06:00-14:00,,,',
        'DAY,UTC,1-5,06:00,14:00,,CLOSED,2026-01-01,2026-12-31',
        'ONCE,UTC,,,,,OVERTIME,2026-01-01,2026-01-02',
      ],
      people: ['id,calendar', 'P1,NONE', 'P2,DAY'],
    });
    expect(put(staged, 'calendars')).toEqual(['DAY', 'ONCE']);
    expect(refusals).toMatchObject([
      { file: 'calendars.csv', line: 2, reason: expect.stringContaining('no open time') },
      { file: 'calendars.csv', line: 3, reason: expect.stringContaining('no open time') },
      { file: 'people.csv', line: 2, value: 'NONE', reason: expect.stringContaining('was refused') },
    ]);
    expect(put(staged, 'people')).toEqual(['P2']);
  });

  test('a person twice with different data; twice with the same is once', () => {
    const { staged, refusals } = refusedBy({ people: ['id,name', 'P1,Ana', 'P1,Bea', 'P2,Cem', 'P2,Cem'] });
    expect(put(staged, 'people')).toEqual(['P1', 'P2']);
    expect(refusals).toMatchObject([
      { file: 'people.csv', line: 3, value: 'P1', reason: expect.stringContaining('people.csv, line 2') },
    ]);
  });

  test('results of unknown tests or people, lots of unknown materials, downtimes of unknown units or with a negative length', () => {
    const { refusals } = refusedBy({
      ...shop,
      tests: ['id,subject', 'T,person'],
      qualifications: ['person,qualification,evaluated', 'P9,T,2026-01-01', 'P9,U,2026-01-01'],
      lots: ['id,material,quantity,disposition', 'L,X,1,Planned'],
      downtimes: ['equipment,start,end', 'M9,2026-01-01,', 'M1,2026-01-05,2026-01-01'],
    });
    expect(refusals.map(({ file, line, value }) => `${file}:${line} ${value}`)).toEqual([
      'qualifications.csv:2 P9',
      'qualifications.csv:3 U',
      'lots.csv:2 X',
      'downtimes.csv:2 M9',
      expect.stringMatching(/^downtimes.csv:3 \d+$/),
    ]);
  });

  test('logged facts about tasks, units and people that exist, in the order of time; others are refused once per row', () => {
    const plant = plantWith({ ...shop, orders: [ORDER, 'O1,5,R1,2026-01-01'] });
    const header = 'unit,task,person,started,finished';
    const { reports, report } = stage(
      {
        execution: padded(
          [
            header,
            'M1,O1/B,,2026-01-02T06:00:00Z,2026-01-02T07:00:00Z',
            'M1,O1/A,,2026-01-01T06:00:00Z',
            'M1,O1/C,,2026-01-01T06:00:00Z,2026-01-02T07:00:00Z',
            'M9,O1/A,P9,2026-01-01T06:00:00Z',
          ],
          5,
        ),
      },
      plant,
    );
    expect(reports.map(({ task, kind }) => `${task} ${kind}`)).toEqual([
      'O1/A started',
      'O1/B started',
      'O1/B completed',
    ]);
    expect(report.refusals.map(({ line, field }) => [line, field])).toEqual([
      [4, 'task'],
      [5, 'unit'],
      [5, 'person'],
    ]);
  });
});

describe('what an import would break', () => {
  const plant = () => plantWith({ ...shop, orders: [ORDER, 'O1,5,R1,2026-01-01'] });
  const without = (...removed: readonly ReturnType<typeof removal>[]) =>
    stageImport(plant(), [{ ...nothingDecoded('m'), removed }], false);

  test('what is still needed is not removed, and the refusal says by whom', () => {
    const staged = without(removal('routings', 'R1'));
    expect(staged.changes).toEqual([]);
    expect(staged.report.refusals).toMatchObject([
      {
        file: 'gone.xml',
        line: 4,
        field: 'routings',
        value: 'R1',
        reason: expect.stringContaining('Order O1 needs it'),
      },
    ]);
  });

  test('together with whoever needed it, it goes', () => {
    const staged = without(removal('routings', 'R1'), removal('orders', 'O1'));
    expect(staged.report.refusals).toEqual([]);
    expect(staged.changes.map(({ kind, remove }) => [kind, ...remove])).toEqual([
      ['routings', 'R1'],
      ['orders', 'O1'],
    ]);
  });

  test('a change that leaves others without what they need is told of each', () => {
    const staged = stage({ equipment: ['id,classes', 'M1,Drills', 'M2,Drills'] }, plant());
    expect(put(staged, 'equipment')).toEqual(['M1', 'M2']);
    expect(staged.report.warnings).toMatchObject([
      { field: 'class', value: 'Mills', reason: expect.stringContaining('Routing R1 no longer fits') },
    ]);
    expect(stage({ equipment: ['id,classes', 'M1,Mills', 'M2,Drills'] }, plant()).report.warnings).toEqual(
      [],
    );
  });
});
