import { expect, test } from 'vitest';
import { Change } from '#shared/domain/change.ts';
import { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { whatHelps } from '#solver/remedies/what-helps.ts';
import { repair } from '#solver/repair/repair.ts';
import { at } from '#test/factory/clock.ts';
import { drawn, solved } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

/** Each repair as it would stand on the board. */
function repairsOf(plan: Plan, change: object): Record<string, string> {
  const result = repair(plan, solved(plan), Change.parse(change), { seed: 1, limit: { iterations: 200 } });
  if (!result.ok) throw new Error(result.refusal.text);
  for (const { schedule } of result.repairs) expect(checkSchedule(result.plan, schedule)).toEqual([]);
  return Object.fromEntries(result.repairs.map(({ aim, schedule }) => [aim, drawn(result.plan, schedule)]));
}

test('a press breaks down: what it carried goes to the other press, everything else stays', () => {
  const plan = shop(`
    person anna press
    person ben press
    M1,M2  A1:120 due=09:00 people=press
    M2     B1:60 release=09:00 due=10:00 people=press
    M3     A2:60 after=A1 release=09:00 due=10:00`);
  expect(drawn(plan, solved(plan))).toBe('M1 | 07:00 A1\nM2 | 09:00 B1\nM3 | 09:00 A2');
  const { leastChange } = repairsOf(plan, {
    kind: 'breakdown',
    unit: 'M1',
    from: at('07:00'),
    until: at('12:00'),
  });
  expect(leastChange).toBe('M2 | 07:00 A1 | 09:00 B1\nM3 | 09:00 A2');
});

test('a lot is late: its task waits, the next one takes its time, and delivery moves more than it has to', () => {
  const plan = shop(`
    lot L1 sugar*10
    M1  A1:60 lot=L1*10 due=08:00
    M1  B1:60 due=12:00
    M1  C1:60 due=13:00`);
  const late = { kind: 'lateLot', lot: 'L1', from: at('09:00') };
  expect(repairsOf(plan, late)['leastChange']).toBe('M1 | 08:00 B1 | 09:00 C1 | 10:00 A1');
  expect(repairsOf(plan, late)['bestDelivery']).toMatch(/09:00 A1/);
});

test('an order is late: what would help is told with what it costs', () => {
  const plan = shop(`
    person anna press
    M1  A1:120 due=09:00 weight=9 people=press
    M2  B1:120 due=10:00 people=press`);
  const help = whatHelps(plan, solved(plan), OrderId.parse('B'), { seed: 1, iterations: 60 });
  expect(help?.remedies.map(({ text }) => text)).toEqual([
    'Postpone A: A becomes late',
    'Have one more person qualified for press',
    'Put B before all others: A becomes late',
    'Agree a due date 1 h later, Mon 23 Nov 10:00',
  ]);
});
