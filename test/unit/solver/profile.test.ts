import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Profile } from '#solver/evaluate/profile.ts';
import { NEVER } from '#solver/problem/open-time.ts';

const LIMIT = 5;
const END = 40;
const held = fc.record({
  from: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 0, max: 8 }),
  amount: fc.integer({ min: 1, max: 4 }),
});
const question = fc.record({
  held: fc.array(held, { maxLength: 8 }),
  gone: fc.array(fc.nat(7), { maxLength: 3 }),
  from: fc.integer({ min: 0, max: 35 }),
  length: fc.integer({ min: 1, max: 6 }),
  amount: fc.integer({ min: 1, max: LIMIT }),
});

test('a profile answers like counting second by second', () => {
  fc.assert(
    fc.property(question, ({ held, gone, from, length, amount }) => {
      const profile = new Profile(LIMIT);
      const taken = Array.from({ length: END }, () => 0);
      for (const [owner, one] of held.entries()) {
        profile.insert(one.from, one.from + one.length, owner, one.amount);
        if (gone.includes(owner)) continue;
        for (let at = one.from; at < one.from + one.length; at += 1)
          taken[at] = (taken[at] ?? 0) + one.amount;
      }
      for (const owner of new Set(gone)) {
        const one = held[owner];
        if (one) profile.remove(one.from, owner);
      }
      const fits = (at: number): boolean => (taken[at] ?? 0) + amount <= LIMIT;
      const fitsFrom = (at: number): boolean =>
        Array.from({ length }, (_, s) => fits(at + s)).every((ok) => ok);

      // What it proposes is never later than the first start that works, and leads there.
      let at = from;
      for (let next = profile.freeFrom(at, at + length, amount); next !== at;) {
        at = next;
        next = profile.freeFrom(at, at + length, amount);
      }
      let first = from;
      while (first < END && !fitsFrom(first)) first += 1;
      expect(at).toBe(first);

      let full = from;
      while (full < END && fits(full)) full += 1;
      expect(Math.min(profile.fullFrom(from, amount), END)).toBe(full);

      let since = from;
      while (since > 0 && fits(since - 1)) since -= 1;
      expect(Math.max(profile.freeSince(from, amount), 0)).toBe(since);
    }),
    { numRuns: 2000, seed: 20_261_125 },
  );
});

test('what is more than there is never fits', () => {
  const profile = new Profile(LIMIT);
  expect(profile.freeFrom(3, 4, LIMIT + 1)).toBe(NEVER);
  expect(profile.fullFrom(3, LIMIT + 1)).toBe(3);
  expect(profile.freeSince(3, LIMIT + 1)).toBe(3);
});
