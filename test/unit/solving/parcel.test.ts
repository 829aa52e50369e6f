import { assert, asyncProperty, jsonValue } from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from '#electron/solving/parcel.ts';

test('what was packed comes out as it went in, long arrays in slices', async () => {
  const value = {
    tasks: Array.from({ length: 1000 }, (_, k) => ({ k, tags: [k], text: `${k}` })),
    plant: { orders: Array.from({ length: 301 }, (_, k) => k), calendars: [{ shifts: [1] }], none: [] },
    nothing: null,
    typed: new Float64Array(500),
    map: new Map([['a', [1]]]),
  };
  const parcel = await pack(value);
  expect(parcel.parts.length).toBe(1 + 4 + 2);
  expect(unpack(parcel)).toEqual(value);
});

test('any plain data survives', async () => {
  await assert(
    asyncProperty(jsonValue(), async (value) => {
      expect(unpack(await pack(value))).toEqual(value);
    }),
  );
});

test('a long list by itself survives', async () => {
  const list = Array.from({ length: 700 }, (_, k) => k);
  expect(unpack(await pack(list))).toEqual(list);
});
