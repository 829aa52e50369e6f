import { expect, test } from 'vitest';

import { shopFromFlexible, shopFromJobshop, shopSolution } from '#solver/instances/shop.ts';

const row = { job: 0, operation: 0, machine: 7, duration: 3 };
const option = { operation: 0, option: 0, machine: 0, duration: 4 };

test('a job shop file becomes chains; the solution speaks of rows and of the machines of the file', () => {
  const read = shopFromJobshop({ instance: 'two', data: [row, { ...row, operation: 1, machine: 2 }] });
  if (!read.ok) throw new Error(read.reason);
  expect([...read.value.shop.before]).toEqual([0]);
  const solution = shopSolution(read.value, [
    { machine: 1, start: 0 },
    { machine: 0, start: 3 },
  ]);
  expect(solution.operations).toEqual([
    { operation: 0, machine: 7, start: 0 },
    { operation: 1, machine: 2, start: 3 },
  ]);
});

test('what is wrong with a file is told by place, value and reason', () => {
  const jobshop = (change: object) => shopFromJobshop({ instance: 'x', data: [{ ...row, ...change }] });
  const flexible = (precedences: unknown) =>
    shopFromFlexible({ instance: 'x', operations: [option, { ...option, operation: 1 }], precedences });
  expect(jobshop({ duration: -1 })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^data\[0\]\.duration: -1; /),
  });
  expect(jobshop({ machine: undefined })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^data\[0\]\.machine: nothing; /),
  });
  expect(shopFromJobshop({ instance: 'x', data: [row, row] })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^data\[1\]\.operation: 0 of job 0 comes after 0/),
  });
  expect(flexible([{ before: 0, after: 9 }])).toEqual({
    ok: false,
    reason: 'precedences[0].after: there is no operation 9.',
  });
  expect(
    flexible([
      { before: 0, after: 1 },
      { before: 1, after: 0 },
    ]),
  ).toEqual({ ok: false, reason: 'precedences: the 2 pairs run in a circle.' });
});
