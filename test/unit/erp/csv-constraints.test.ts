import { expect, test } from 'vitest';
import { decodeFile } from '#electron/erp/decode.ts';

const recordsIn = (name: string, text: string): unknown[] => {
  const decoded = decodeFile({ name, text }, { zone: 'Europe/Berlin' });
  expect(decoded.refusals).toEqual([]);
  return decoded.records.map(({ record }) => record);
};

test('a step says loads, preference, attention, tools, overlap, storage and lags to an end', () => {
  const rows = [
    'routing,step,equipment,run,load,loadPerUnit,penalty,qualification,attention,tools',
    'R1,A,M1,30,1,0.5,3,Press,0.5,Die=2|Jig',
  ].join('\n');
  expect(recordsIn('steps.csv', rows)).toMatchObject([
    {
      steps: [
        {
          modes: [{ equipment: 'M1', fixed: 1800, load: 1, loadPerUnit: 0.5, penalty: 3 }],
          people: [{ qualification: 'Press', attention: 0.5 }],
          tools: [
            { class: 'Die', count: 2 },
            { class: 'Jig', count: 1 },
          ],
        },
      ],
    },
  ]);
  const links = 'routing,step,after,lagTo,minLag,transfer,storage\nR1,A,,,,,\nR1,B,A,end,10,0.25,Z=2.5';
  expect(recordsIn('steps.csv', links)).toMatchObject([
    {
      steps: [
        { id: 'A', after: [] },
        {
          id: 'B',
          after: [
            {
              step: 'A',
              from: 'end',
              to: 'end',
              minLag: 600,
              transfer: 0.25,
              storage: { zone: 'Z', quantity: 2.5 },
            },
          ],
        },
      ],
    },
  ]);
});

test('an amount that is none is refused with its line', () => {
  const decoded = decodeFile(
    { name: 'steps.csv', text: 'routing,step,run,tools\nR1,A,30,Die=none\n' },
    { zone: 'Europe/Berlin' },
  );
  expect(decoded.refusals[0]).toMatchObject({ line: 2, field: 'tools', value: 'Die=none' });
});

test('equipment says its capacity and whether it works in batches, a shift that it is overtime', () => {
  expect(recordsIn('equipment.csv', 'id,capacity,batching\nOven,4,yes\nM1,,\n')).toMatchObject([
    { id: 'Oven', capacity: 4, batching: true },
    { id: 'M1' },
  ]);
  const shifts =
    'id,zone,shift,from,to,overtime\nday,Europe/Berlin,S,06:00,14:00,\nday,Europe/Berlin,O,14:00,18:00,yes\n';
  expect(recordsIn('calendars.csv', shifts)).toMatchObject([
    { shifts: [{ name: 'S' }, { name: 'O', overtime: true }] },
  ]);
});
