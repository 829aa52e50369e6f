import { expect, test } from 'vitest';
import { type Plan, Weights } from '#shared/domain/plan.ts';
import { drawn } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';
import { searched } from './small-plan.ts';

/** What the search makes of a shop floor when only these terms count. */
function found(told: string, weights: Partial<Weights>, change?: (plan: Plan) => void): string {
  const plan = { ...shop(told), weights: Weights.parse({ tardiness: 0, setup: 0, ...weights }) };
  change?.(plan);
  return drawn(plan, searched(plan, 400));
}

test('makespan alone fills the units side by side', () => {
  expect(found('M,N A1:60\nM,N B1:60\nM,N C1:120', { makespan: 1 })).toMatch(
    /^M \| 07:00 .*\nN \| 07:00 [^|]+( \| 08:00 [^|]+)?$/,
  );
});

test('flow alone takes the short ones first', () => {
  expect(found('M A1:180\nM B1:60\nM C1:30', { flow: 1 })).toBe('M | 07:00 C1 | 07:30 B1 | 08:30 A1');
});

test('late alone gives up the order that makes others late', () => {
  expect(found('M A1:180 due=10:00 weight=9\nM B1:60 due=08:00\nM C1:60 due=09:00', { late: 1 })).toBe(
    'M | 07:00 B1 | 08:00 C1 | 09:00 A1',
  );
});

test('preference alone leaves the unit that costs points', () => {
  const told = 'M,N A1:60 due=08:00\nM,N B1:60 due=08:00';
  const dear = (plan: Plan): void => {
    for (const mode of plan.tasks.flatMap((task) => task.modes)) if (mode.unit === 'M') mode.penalty = 5;
  };
  expect(found(told, { preference: 1 }, dear)).toMatch(/^N \|/);
});

test('overtime alone waits for the next day', () => {
  const told = 'calendar day 06:00-14:00\nunit M open=day\nM A1:420\nM B1:60';
  const overtime = (plan: Plan): void => {
    const [calendar] = plan.plant.calendars;
    const [shift] = calendar?.shifts ?? [];
    if (calendar && shift) calendar.shifts.push({ ...shift, from: '14:00', to: '18:00', overtime: true });
  };
  expect(found(told, { overtime: 1 }, overtime)).toMatch(/Tue/);
});

test('stability alone leaves everything where it was', () => {
  const told = 'M,N A1:60 due=08:00\nM,N B1:60 due=08:00';
  const before = (plan: Plan): void => {
    plan.baseline = searched(shop(told.replaceAll('M,N', 'N')), 10).assignments;
  };
  expect(found(told, { stability: 1 }, before)).toMatch(/^N \| 07:00 .* \| 08:00/);
});
