import { expect, test } from 'vitest';
import type { RequestState } from '#shared/domain/operations.ts';
import { orderStateFrom } from '#shared/flow/order-state.ts';
import { indexBy } from '#shared/base/group.ts';
import { shop } from '#test/factory/shop.ts';
import { order } from './small-plant.ts';

function stateOf(told: string, erp: RequestState = 'Released'): RequestState {
  const plan = shop(told);
  return orderStateFrom(
    order('A', { state: erp }),
    plan.tasks,
    indexBy(plan.progress, (entry) => entry.task),
  );
}

test('before anything is reported an order stands where the ERP says', () => {
  expect(stateOf('M A1:10')).toBe('Released');
  expect(stateOf('M A1:10', 'Ready')).toBe('Ready');
  expect(stateOf('M A1:10 running', 'Cancelled')).toBe('Cancelled');
});

test('in setup or run it is running, between two tasks too', () => {
  expect(stateOf('M A1:10 setup-running\nM A2:10')).toBe('Running');
  expect(stateOf('M A1:10 running\nN A2:10 paused')).toBe('Running');
  expect(stateOf('M A1:10 done=06:00-06:10\nM A2:10')).toBe('Running');
});

test('paused it is suspended, stopped by the ERP it is held', () => {
  expect(stateOf('M A1:10 paused\nM A2:10')).toBe('Suspended');
  expect(stateOf('M A1:10 running', 'Held')).toBe('Held');
});

test('it is completed when every task is', () => {
  expect(stateOf('M A1:10 done=06:00-06:10\nM A2:10 done=06:10-06:20', 'Held')).toBe('Completed');
});
