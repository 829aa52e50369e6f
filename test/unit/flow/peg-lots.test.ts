import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lot } from '#shared/domain/material.ts';
import type { Order } from '#shared/domain/order.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import { at } from '#test/factory/clock.ts';
import { lot, order, planOf, routing, unit } from './small-plant.ts';

const mix = { materials: [{ material: 'sugar', perUnit: 0.5 }] };

/** Pegged lots of each order that mixes half its quantity of sugar: `4711: L1 50`. */
function pegged(lots: Lot[], orders: Order[], progress: TaskProgress[] = []): string[] {
  const plan = planOf(
    { equipment: [unit('M', 'mix')], routings: [routing('R', { mix })], lots, orders },
    { progress },
  );
  return plan.tasks.map(
    (task) =>
      `${task.order}: ${task.materials.flatMap((need) => need.lots.map((peg) => `${peg.lot} ${peg.quantity}`)).join(', ')}`,
  );
}

describe('pegging material to lots', () => {
  test('first expired first out, orders in the order of their due dates', () => {
    const lots = [lot('never', { quantity: 60 }), lot('soon', { quantity: 60, expires: at('Sat12:00') })];
    expect(pegged(lots, [order('late', { due: at('Fri18:00') }), order('early')])).toEqual([
      'late: soon 10, never 40',
      'early: soon 50',
    ]);
  });

  test('what is there when the order is released comes before what arrives later, even if that expires first', () => {
    const coming = lot('coming', { availableFrom: at('Wed06:00'), expires: at('Sun12:00') });
    const there = lot('there', {});
    expect(pegged([coming, there], [order('O')])).toEqual(['O: there 50']);
    expect(pegged([coming, there], [order('O', { release: at('Wed06:00') })])).toEqual(['O: coming 50']);
    expect(pegged([coming, lot('there', { quantity: 20 })], [order('O')])).toEqual([
      'O: there 20, coming 30',
    ]);
  });

  test('a lot that expires before the due date is not taken, at the boundary neither', () => {
    const dying = (expires: number): Lot => lot('dying', { expires });
    expect(pegged([dying(at('Fri12:00'))], [order('O')])).toEqual(['O: ']);
    expect(pegged([dying(at('Fri12:00') + 1)], [order('O')])).toEqual(['O: dying 50']);
  });

  test('an order that is overdue takes no lot that has expired since', () => {
    const due = at('06:00');
    expect(pegged([lot('old', { expires: at('06:30') })], [order('O', { due })])).toEqual(['O: ']);
  });

  test('a lot on hold without a date is the last resort; closed lots are none', () => {
    const held = lot('held', { disposition: 'Restricted' });
    expect(pegged([held, lot('there', { quantity: 50 })], [order('O')])).toEqual(['O: there 50']);
    expect(pegged([held, lot('there', { quantity: 40 })], [order('O')])).toEqual(['O: held 50']);
    expect(pegged([lot('closed', { disposition: 'Closed' })], [order('O')])).toEqual(['O: ']);
  });

  test('an order that the stock cannot fill leaves it to the next one', () => {
    expect(pegged([lot('L', { quantity: 40 })], [order('big'), order('small', { quantity: 80 })])).toEqual([
      'big: ',
      'small: L 40',
    ]);
  });

  test('a started task keeps its lot against an order with an earlier due date', () => {
    const started = TaskProgress.parse({
      task: 'late/mix',
      unit: 'M',
      state: { kind: 'running', since: at('06:00') },
      worked: 0,
      good: 0,
      scrap: 0,
      rework: 0,
    });
    const orders = [order('late', { due: at('Sat12:00') }), order('early')];
    expect(pegged([lot('L', { quantity: 50 })], orders, [started])).toEqual(['late: L 50', 'early: ']);
  });

  test('no lot is ever promised beyond what it holds, and a need is filled or empty', () => {
    const lots = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 200 }),
        expires: fc.option(fc.integer({ min: at('07:00'), max: at('Sun12:00') }), { nil: undefined }),
        disposition: fc.constantFrom('UnRestricted' as const, 'Restricted' as const),
      }),
      { maxLength: 6 },
    );
    const quantities = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(lots, quantities, (raw, asked) => {
        const stock = raw.map(({ expires, ...more }, k) =>
          lot(`L${k}`, expires === undefined ? more : { ...more, expires }),
        );
        const plan = planOf({
          equipment: [unit('M', 'mix')],
          routings: [routing('R', { mix })],
          lots: stock,
          orders: asked.map((quantity, k) => order(`O${k}`, { quantity })),
        });
        const left = new Map<string, number>(stock.map((one) => [one.id, one.quantity]));
        for (const need of plan.tasks.flatMap((task) => task.materials)) {
          const held = need.lots.some(
            (peg) => stock.find((one) => one.id === peg.lot)?.disposition === 'Restricted',
          );
          const sum = need.lots.reduce((total, peg) => total + peg.quantity, 0);
          expect(held || sum === 0 || Math.abs(sum - need.quantity) < 1e-6).toBe(true);
          for (const peg of need.lots) left.set(peg.lot, (left.get(peg.lot) ?? 0) - peg.quantity);
        }
        for (const rest of left.values()) expect(rest).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });
});
