import { expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { COLOUR_BY, colouringOf } from '#renderer/board/colour.ts';
import { type Filter, NO_FILTER, TRAITS, hitsOf, passing } from '#renderer/board/filter.ts';
import { beside, hiddenOf } from '#renderer/board/nearby.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';

const board = busyBoard({ bars: 400, rows: 20 });
const sample = must(
  board.bars.find(({ missing }) => missing.length > 0),
  'a bar that misses something',
);
const filtered = (filter: Partial<Filter>) =>
  passing(board, board.bars, { ...NO_FILTER, ...filter }, board.now, () => null);
const allOf = (holds: (bar: BoardBar) => boolean) =>
  new Set(board.bars.filter(holds).map(({ task }) => task));

test('a filter that asks for nothing leaves everything; each field leaves what it names', () => {
  expect(filtered({})).toBeNull();
  expect(filtered({ order: sample.order.toLowerCase() })).toEqual(
    allOf(({ order }) => order.includes(sample.order)),
  );
  expect(filtered({ product: sample.product })).toEqual(allOf(({ product }) => product === sample.product));
  expect(filtered({ family: must(sample.family, 'family') })).toEqual(
    allOf(({ family }) => family === sample.family),
  );
  expect(filtered({ domain: 'quality' })).toEqual(allOf(({ domain }) => domain === 'quality'));
  const group = must(
    board.rows.find(({ unit }) => unit === sample.unit),
    'row',
  ).group;
  const units = new Set(board.rows.filter((row) => row.group === group).map(({ unit }) => unit));
  expect(filtered({ group })).toEqual(allOf(({ unit }) => units.has(unit)));
  expect(filtered({ qualification: 'Press qualified' })).toEqual(allOf(({ name }) => name === 'Press'));
});

test.each(TRAITS.filter((trait) => trait !== 'unplaced'))('the trait %s leaves some, not all', (trait) => {
  const { size } = must(filtered({ traits: [trait] }), 'a result');
  expect(size).toBeGreaterThanOrEqual(trait === 'unreported' ? 0 : 1);
  expect(size).toBeLessThan(board.bars.length);
});

test('several conditions hold together', () => {
  expect(filtered({ traits: ['late', 'pinned'] })).toEqual(allOf((bar) => bar.late > 0 && bar.pin !== null));
});

test('a search finds orders, steps, products, units and people, in the order of time', () => {
  const hits = must(hitsOf(board, board.bars, sample.order), 'hits');
  expect(hits.map(({ task }) => task)).toContain(sample.task);
  expect(hits.every((bar, index) => index === 0 || must(hits[index - 1], 'before').start <= bar.start)).toBe(
    true,
  );
  const person = must(
    board.people.find(({ id }) => id === sample.people[0]?.person),
    'person',
  );
  expect(hitsOf(board, board.bars, person.name)?.map(({ task }) => task)).toContain(sample.task);
  expect(hitsOf(board, board.bars, '  ')).toBeNull();
  expect(hitsOf(board, board.bars, 'nothing is called that')).toEqual([]);
});

test('stepping through hits goes round and round, forwards and backwards', () => {
  const [a, b, c] = board.bars.slice(0, 3) as [BoardBar, BoardBar, BoardBar];
  expect(beside([a, b, c], c.task, 1)).toBe(a);
  expect(beside([a, b, c], a.task, -1)).toBe(c);
  expect(beside([a, b, c], null, 1)).toBe(a);
  expect(beside([], null, 1)).toBeUndefined();
});

test('every colour mode puts every bar under exactly one entry, and no two entries share colour and letter', () => {
  for (const by of COLOUR_BY.filter((mode) => mode !== 'none')) {
    const { entries, entryOf } = must(
      colouringOf(board, board.bars, by, () => false),
      by,
    );
    expect(entryOf.size).toBe(board.bars.length);
    expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(board.bars.length);
    expect(new Set(entries.map(({ hue, letter }) => `${hue} ${letter}`)).size).toBe(entries.length);
    for (const { hue, letter } of entries) expect(hue === null || letter !== '').toBe(true);
  }
  expect(colouringOf(board, board.bars, 'none', () => false)).toBeNull();
});

test('an entry of the legend filters', () => {
  const { entryOf } = must(
    colouringOf(board, board.bars, 'readiness', () => false),
    'colouring',
  );
  const legend = [must(sample.missing[0], 'gate')];
  const passed = passing(
    board,
    board.bars,
    { ...NO_FILTER, legend },
    board.now,
    (task) => entryOf.get(task)?.key ?? null,
  );
  expect(passed).toEqual(allOf(({ missing }) => missing[0] === legend[0]));
});

test('tasks of the order beyond an edge of the view are counted, the nearest first', () => {
  const own = board.bars.filter(({ unit }) => unit === sample.unit).toSorted((a, b) => a.start - b.start);
  const middle = must(own[5], 'a bar');
  const { earlier, later } = hiddenOf(own, middle);
  expect(earlier[0]?.end).toBeLessThanOrEqual(middle.start);
  expect(later[0]?.start).toBeGreaterThanOrEqual(middle.end);
  expect(earlier.length + later.length).toBe(own.length - 1);
});
