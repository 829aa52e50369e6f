import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { type Amount, addColumns, emptyColumns } from '#shared/flow/load-columns.ts';
import { loadFromSchedule, tasksUnder } from '#shared/flow/load-from-schedule.ts';
import { HOUR } from '#shared/time/instant.ts';
import { at } from '#test/factory/clock.ts';
import { solved } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

const hours = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, hour) => at(`${String(from + hour).padStart(2, '0')}:00`));
const inHours = (seconds: readonly number[]) => seconds.map((value) => value / HOUR);

describe('columns', () => {
  const columns = (edges: number[], loads: Amount[], capacities: Amount[]) => {
    const into = emptyColumns(edges);
    addColumns(into, edges, loads, capacities);
    return into;
  };

  test('overload begins where load passes capacity, although there is room later in the same column', () => {
    const found = columns(
      [0, 10, 20],
      [
        { start: 2, end: 6, amount: 1 },
        { start: 4, end: 8, amount: 1 },
      ],
      [{ start: 0, end: 20, amount: 1 }],
    );
    expect(found).toEqual({ load: [8, 0], capacity: [10, 10], over: [2, 0], overFrom: [4, null] });
  });

  test('halves of attention make whole people: three times a third and two thirds are no overload', () => {
    const thirds = [1 / 3, 1 / 3, 1 / 3].map((amount) => ({ start: 0, end: 10, amount }));
    expect(columns([0, 10], thirds, [{ start: 0, end: 10, amount: 1 }]).over).toEqual([0]);
  });

  const amounts = fc.array(
    fc
      .record({
        start: fc.nat(100),
        length: fc.integer({ min: 1, max: 40 }),
        amount: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ start, length, amount }) => ({ start, end: start + length, amount })),
    { maxLength: 12 },
  );
  const edges = fc
    .uniqueArray(fc.nat(140), { minLength: 2, maxLength: 12 })
    .map((list) => list.toSorted((a, b) => a - b));

  test('columns say the same as counting second by second', () => {
    const counted = (list: Amount[], second: number) =>
      list.reduce((sum, { start, end, amount }) => sum + (start <= second && second < end ? amount : 0), 0);
    fc.assert(
      fc.property(edges, amounts, amounts, (cuts, loads, capacities) => {
        const found = columns(cuts, loads, capacities);
        found.load.forEach((load, column) => {
          const from = must(cuts[column], 'edge');
          const seconds = Array.from({ length: must(cuts[column + 1], 'edge') - from }, (_, k) => from + k);
          const sum = (of: (second: number) => number) =>
            seconds.reduce((total, second) => total + of(second), 0);
          const excess = (second: number) =>
            Math.max(0, counted(loads, second) - counted(capacities, second));
          expect(load).toBe(sum((second) => counted(loads, second)));
          expect(found.capacity[column]).toBe(sum((second) => counted(capacities, second)));
          expect(found.over[column]).toBe(sum(excess));
          expect(found.overFrom[column]).toBe(seconds.find((second) => excess(second) > 0) ?? null);
        });
      }),
    );
  });
});

describe('of a schedule', () => {
  const plan = shop(`
    person anna press
    person ben press
    M1  A1:120 due=12:00 people=press
    M2  B1:60 due=12:00 people=press
    M1  C1:60 after=A1 due=12:00`);
  const schedule = solved(plan);
  const edges = hours(7, 11);
  const series = (kind: 'units' | 'people') =>
    must(
      loadFromSchedule(plan, schedule, edges).find((one) => one.kind === kind),
      kind,
    );

  test('units are busy with setup and run, people with what asks for their qualification', () => {
    expect(inHours(series('units').load)).toEqual([2, 1, 1, 0]);
    expect(inHours(series('units').capacity)).toEqual([2, 2, 2, 2]);
    expect(inHours(series('people').load)).toEqual([2, 1, 0, 0]);
    expect(inHours(series('people').capacity)).toEqual([2, 2, 2, 2]);
  });

  test('a column tells the tasks in it', () => {
    const during = { start: at('08:00'), end: at('09:00') };
    const { id } = series('people');
    expect(tasksUnder(plan, schedule, { kind: 'people', id }, during)).toEqual(['A1']);
    expect(tasksUnder(plan, schedule, { kind: 'units', id: series('units').id }, during)).toEqual(['A1']);
  });

  test('a breakdown that the schedule does not reckon with is overload from its beginning, whatever is free beside it', () => {
    const [down] = [
      { id: 'd', equipment: 'M1', start: at('07:30'), end: at('09:30'), reason: 'broken', planned: false },
    ];
    const broken = { ...plan, plant: { ...plan.plant, downtimes: [must(down, 'd') as never] } };
    const units = must(
      loadFromSchedule(broken, schedule, edges).find(({ kind }) => kind === 'units'),
      'units',
    );
    expect(inHours(units.over)).toEqual([0.5, 1, 0.5, 0]);
    expect(units.overFrom).toEqual([at('07:30'), at('08:00'), at('09:00'), null]);
  });
});
