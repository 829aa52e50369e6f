import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEFAULT_DOWNTIME,
  DowntimeReasons,
  downtimeFromText,
  downtimeReason,
  downtimeText,
} from '#shared/domain/downtime.ts';

test('a kind is said alone while nobody knows more, and with its reason once somebody does', () => {
  expect(downtimeReason('Mechanical', null)).toBe('Mechanical');
  expect(downtimeReason('Mechanical', 'Jam')).toBe('Mechanical: Jam');
});

test('what a plant is given to begin with is what a plant may say', () => {
  expect(DowntimeReasons.parse(DEFAULT_DOWNTIME)).toEqual(DEFAULT_DOWNTIME);
});

test('whatever tree can be written down is read back as it was', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{0,12}( [a-z]{1,8})?$/);
  const tree = fc.uniqueArray(fc.record({ kind: name, reasons: fc.uniqueArray(name, { maxLength: 12 }) }), {
    minLength: 1,
    maxLength: 12,
    selector: ({ kind }) => kind,
  });
  fc.assert(
    fc.property(tree, (one) => {
      expect(downtimeFromText(downtimeText(one))).toEqual({ ok: true, tree: one });
    }),
  );
});

test('what cannot be taken is told with its line', () => {
  expect(downtimeFromText('')).toEqual({ ok: false, text: expect.stringMatching(/At least one/) });
  expect(downtimeFromText('Jam\n: Belt')).toEqual({
    ok: false,
    text: 'Line 2: a kind stands before the colon.',
  });
  expect(downtimeFromText('Jam\n\nJam: Belt')).toMatchObject({ text: 'Line 3: “Jam” stands here twice.' });
  expect(downtimeFromText('Jam: Belt, Belt')).toMatchObject({ text: 'Line 1: “Belt” stands here twice.' });
  expect(downtimeFromText(`${'x'.repeat(41)}: Belt`)).toMatchObject({
    text: expect.stringMatching(/40 letters/),
  });
  const many = Array.from({ length: 13 }, (_, index) => `K${index}`);
  expect(downtimeFromText(many.join('\n'))).toMatchObject({ text: expect.stringMatching(/^13 kinds/) });
  expect(downtimeFromText(`Jam: ${many.join(', ')}`)).toMatchObject({
    text: expect.stringMatching(/13 reasons/),
  });
});
