import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { openSecondsBefore } from '#shared/flow/open-times.ts';
import { openSeconds } from '#shared/time/calendar.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { union } from '#shared/time/interval.ts';
import { at } from '#test/factory/clock.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

const figures = (plan: ReturnType<typeof shop>, text: string) =>
  figuresFromSchedule(plan, placed(plan, text));

test('an order is late by its last task; tardiness is weighted with the order', () => {
  const plan = shop(`
    M1  A1:60 due=09:00 weight=2
    M1  A2:60 due=09:00 weight=2
    M1  B1:60 due=12:00
    M1  C1:60 due=09:30 weight=3 setup=30`);
  expect(figures(plan, 'M1 | 07:00 A1 | 08:00 B1 | 09:00 A2 | 10:00+30 C1')).toMatchObject({
    orders: 3,
    lateOrders: 2,
    tardiness: (60 + 120) * MINUTE,
    weightedTardiness: (2 * 60 + 3 * 120) * MINUTE,
    setup: 30 * MINUTE,
    makespanEnd: at('11:30'),
    unplaced: 0,
  });
});

test('on time to the second is not late', () => {
  const plan = shop('M1 A1:60 due=08:00');
  expect(figures(plan, 'M1 | 07:00 A1').lateOrders).toBe(0);
  expect(figures(plan, 'M1 | 07:00:01 A1')).toMatchObject({ lateOrders: 1, tardiness: 1 });
});

test('what has no place is counted by itself, not as late: an order is late by its placed tasks', () => {
  const plan = shop('M1 A1:60 due=08:00\nM1 A2:60 due=08:00');
  const unplaced = 'unplaced | A2 UNIT_CLOSED';
  expect(figures(plan, `M1 | 07:00 A1\n${unplaced}`)).toMatchObject({
    unplaced: 1,
    lateOrders: 0,
    tardiness: 0,
  });
  expect(figures(plan, `M1 | 07:30 A1\n${unplaced}`)).toMatchObject({
    lateOrders: 1,
    tardiness: 30 * MINUTE,
  });
  expect(figures(plan, 'unplaced | A1 UNIT_CLOSED | A2 UNIT_CLOSED')).toMatchObject({
    orders: 1,
    unplaced: 2,
    lateOrders: 0,
  });
});

test('load is busy over open time between now and the last end, without closed and down time', () => {
  const plan = shop(`
    calendar day 06:00-14:00
    unit M1 open=day down=08:00-09:00
    unit M2 open=day
    M1  A1:60
    M2  B1:180`);
  expect(figures(plan, 'M1 | 07:00 A1\nM2 | 07:00 B1').load).toBeCloseTo(4 / (2 + 3), 10);
});

test('an empty schedule has no load and ends now', () => {
  expect(figures(shop('M1 A1:60'), 'unplaced | A1 UNIT_CLOSED')).toMatchObject({
    load: 0,
    makespanEnd: at('07:00'),
  });
});

test('open seconds by search are the open seconds by sum', () => {
  const span = fc.tuple(fc.nat(500), fc.nat(50)).map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(fc.array(span), fc.nat(600), (spans, instant) => {
      const open = union(spans);
      expect(openSecondsBefore(open)(instant)).toBe(openSeconds(open, { start: 0, end: instant }));
    }),
  );
});
