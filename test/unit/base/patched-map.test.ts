import { array, assert, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { PatchedMap } from '#shared/base/patched-map.ts';

test('a patched map says what a copy with the changes says, in the same order, also patched again', () => {
  const changes = array(tuple(integer({ min: 0, max: 9 }), integer()));
  assert(
    property(changes, changes, changes, (entries, first, second) => {
      const base = new Map(entries);
      const of = (all: typeof entries) => new Map(all.filter(([key]) => base.has(key)));
      const patched = new PatchedMap(new PatchedMap(base, of(first)), of(second));
      const copy = new Map([...base, ...of(first), ...of(second)]);
      expect([...patched]).toEqual([...copy]);
      expect([...patched.keys()]).toEqual([...copy.keys()]);
      expect([...patched.values()]).toEqual([...copy.values()]);
      expect(patched.size).toBe(copy.size);
      for (let key = 0; key < 10; key += 1) {
        expect(patched.get(key)).toBe(copy.get(key));
        expect(patched.has(key)).toBe(copy.has(key));
      }
      const visited: [number, number][] = [];
      patched.forEach((value, key) => visited.push([key, value]));
      expect(visited).toEqual([...copy]);
      expect([...base]).toEqual([...new Map(entries)]);
    }),
  );
});
