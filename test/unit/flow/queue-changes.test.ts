import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ToldItem } from '#shared/domain/queue.ts';
import { changeWords, changesLine } from '#shared/flow/queue-change-words.ts';
import { queueChanges, withQueueChanges } from '#shared/flow/queue-changes.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { at } from '#test/factory/clock.ts';

const item = (task: string, more: { start?: number; quantity?: number; name?: string } = {}): ToldItem => {
  const start = more.start ?? at('07:00');
  return ToldItem.parse({
    position: 1,
    task,
    order: task.slice(0, 1),
    name: more.name ?? 'mix',
    domain: 'production',
    product: 'Syrup',
    quantity: more.quantity ?? 10,
    uom: 'kg',
    due: at('18:00'),
    assignment: {
      task,
      unit: 'M1',
      start,
      runStart: start + 5 * MINUTE,
      end: start + HOUR,
      setup: 300,
      people: [],
      instruments: [],
    },
  });
};
const list = (...items: (string | ToldItem)[]): ToldItem[] =>
  items.map((one, index) => ({ ...(typeof one === 'string' ? item(one) : one), position: index + 1 }));
const words = (before: ToldItem[], after: ToldItem[]) =>
  queueChanges(before, after).map((change) => `${change.task} ${changeWords(change, 'Europe/Berlin')}`);

describe('what a revision changes', () => {
  test('what comes in front does not move what stands behind it', () => {
    expect(words(list('A', 'B', 'C'), list('X', 'A', 'B', 'C'))).toEqual(['X new at position 1']);
    expect(words(list('A', 'B', 'C'), list('B', 'C'))).toEqual(['A taken off, was at position 1']);
  });

  test('of two that change places one has moved, and one that goes to the front is the one that moved', () => {
    expect(words(list('A', 'B'), list('B', 'A'))).toHaveLength(1);
    expect(words(list('A', 'B', 'C', 'D'), list('D', 'A', 'B', 'C'))).toEqual([
      'D moved from position 4 to 1',
    ]);
  });

  test('times, quantity and instructions are told as they were and as they are', () => {
    const later = item('A', { start: at('08:00') });
    expect(words(list('A'), list(later))).toEqual(['A start Mon 23 Nov 07:00 → Mon 23 Nov 08:00']);
    expect(words(list('A'), list(item('A', { quantity: 12 })))).toEqual(['A quantity 10 → 12']);
    expect(words(list('A'), list(item('A', { name: 'mix dry' })))).toEqual(['A instructions mix → mix dry']);
  });

  test('the same list has no differences, and all are counted in one line', () => {
    expect(queueChanges(list('A', 'B'), list('A', 'B'))).toEqual([]);
    const changes = queueChanges(list('A', 'B', 'C'), list('X', 'C', item('A', { quantity: 2 }), 'Y'));
    expect(changesLine(changes)).toBe('2 added, 1 moved, 1 changed, 1 removed');
    expect(changesLine([])).toBe('nothing changed');
  });
});

/** Lists that have some tasks in common, in any order, some with another time or quantity. */
const anyList = fc
  .uniqueArray(
    fc.record({
      task: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
      start: fc.integer({ min: 0, max: 3 }).map((hours) => at('07:00') + hours * HOUR),
      quantity: fc.integer({ min: 1, max: 2 }),
    }),
    { selector: ({ task }) => task },
  )
  .map((rows) => list(...rows.map(({ task, ...more }) => item(task, more))));

describe('for any two lists', () => {
  test('the differences applied to the old list give the new one, also as they are stored', () => {
    fc.assert(
      fc.property(anyList, anyList, (before, after) => {
        const changes = queueChanges(before, after);
        const stored = JSON.parse(JSON.stringify(changes)) as typeof changes;
        expect(withQueueChanges(before, stored)).toEqual(after);
      }),
    );
  });

  test('there are none exactly when the lists are the same', () => {
    fc.assert(
      fc.property(anyList, anyList, (before, after) => {
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        expect(queueChanges(before, after).length === 0).toBe(isSame);
        expect(queueChanges(after, after)).toEqual([]);
      }),
    );
  });
});
