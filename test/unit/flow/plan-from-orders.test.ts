import { describe, expect, test } from 'vitest';
import { TaskProgress } from '#shared/domain/execution.ts';
import { Pin } from '#shared/domain/plan.ts';
import { at } from '#test/factory/clock.ts';
import { order, planOf, routing, unit } from './small-plant.ts';

const press = [unit('P1', 'press'), unit('P2', 'press'), unit('P3', 'press', 'fast')];

describe('tasks from orders', () => {
  test('every step of an open order becomes a task <order>/<step> with relations, dates and weight of the order', () => {
    const plan = planOf({
      equipment: [...press, unit('C1', 'coat')],
      routings: [
        routing('R', {
          press: { family: 'F1', people: [{ qualification: 'q', count: 2, during: 'run', handover: true }] },
          coat: { domain: 'quality', after: [{ step: 'press', from: 'end', minLag: 60, maxLag: 3600 }] },
        }),
      ],
      orders: [order('4711', { weight: 3, deadline: at('Sat12:00'), release: at('Tue06:00') })],
    });
    expect(plan.refused).toEqual([]);
    const [first, second] = plan.tasks;
    expect(first).toMatchObject({
      id: '4711/press',
      order: '4711',
      family: 'F1',
      weight: 3,
      due: at('Fri12:00'),
    });
    expect(first).toMatchObject({ deadline: at('Sat12:00'), release: at('Tue06:00'), domain: 'production' });
    expect(first?.people).toEqual([{ qualification: 'q', count: 2, during: 'run', handover: true }]);
    expect(second?.after).toEqual([{ task: '4711/press', from: 'end', minLag: 60, maxLag: 3600 }]);
    expect(second?.domain).toBe('quality');
  });

  test('a class stands for all its units, a named unit for itself, each once; run = fixed + perUnit × quantity, rounded', () => {
    const modes = [
      { equipment: 'P2', fixed: 0, perUnit: 0.014, setup: 300 },
      { class: 'press', fixed: 600, perUnit: 6 },
      { class: 'nowhere', fixed: 1, perUnit: 0 },
    ];
    const plan = planOf({
      equipment: press,
      routings: [routing('R', { press: { modes } })],
      orders: [order('O')],
    });
    expect(plan.tasks[0]?.modes).toEqual([
      { unit: 'P2', run: 1, setup: 300 },
      { unit: 'P1', run: 1200, fixed: 600 },
      { unit: 'P3', run: 1200, fixed: 600 },
    ]);
  });

  test('work takes at least one second', () => {
    const modes = [{ class: 'press', fixed: 0, perUnit: 0 }];
    const plan = planOf({
      equipment: press,
      routings: [routing('R', { press: { modes } })],
      orders: [order('O')],
    });
    expect(plan.tasks[0]?.modes.map((mode) => mode.run)).toEqual([1, 1, 1]);
  });

  test('tools, attention, overlap and storage come from the step; the load grows with the quantity', () => {
    const modes = [{ class: 'press', fixed: 600, perUnit: 6, load: 1, loadPerUnit: 0.02, penalty: 3 }];
    const people = [{ qualification: 'q', count: 1, during: 'run', handover: false, attention: 0.5 }];
    const storage = { zone: 'Z', quantity: 2 };
    const after = [{ step: 'a', from: 'end', to: 'end', minLag: 0, transfer: 0.25, storage }];
    const plan = planOf({
      equipment: press,
      routings: [
        routing('R', { a: { modes, people, tools: [{ class: 'die', count: 2 }] }, b: { modes, after } }),
      ],
      orders: [order('O')],
    });
    expect(plan.tasks[0]).toMatchObject({ tools: [{ class: 'die', count: 2 }], people });
    expect(plan.tasks[0]?.modes[0]).toEqual({ unit: 'P1', run: 1200, fixed: 600, load: 3, penalty: 3 });
    expect(plan.tasks[1]?.after).toEqual([
      { task: 'O/a', from: 'end', to: 'end', minLag: 0, transfer: 0.25, storage },
    ]);
  });

  test('a pin behind a task that is gone no longer binds', () => {
    const make = (after: string): Pin[] =>
      planOf(
        { equipment: press, routings: [routing('R', { press: {} })], orders: [order('A'), order('B')] },
        { pins: [Pin.parse({ task: 'B/press', unit: 'P1', after })] },
      ).pins;
    expect(make('A/press')).toEqual([{ task: 'B/press', unit: 'P1', after: 'A/press' }]);
    expect(make('gone')).toEqual([{ task: 'B/press', unit: 'P1' }]);
  });

  test('an order for one piece of equipment stays there', () => {
    const plan = planOf({
      equipment: press,
      routings: [routing('R', { press: {} })],
      orders: [order('PM', { domain: 'maintenance', equipment: 'P2' }), order('PM2', { equipment: 'C9' })],
    });
    expect(plan.tasks.map((task) => task.modes.map((mode) => mode.unit))).toEqual([['P2']]);
    expect(plan.refused).toMatchObject([{ order: 'PM2', refusal: { code: 'WRONG_UNIT', object: 'press' } }]);
    expect(plan.refused[0]?.refusal.text).toContain('C9');
  });

  test('forecast, cancelled, completed, aborted and closed orders give no tasks, an order on hold does', () => {
    const states = ['Forecast', 'Cancelled', 'Completed', 'Aborted', 'Closed', 'Held', 'Ready'] as const;
    const plan = planOf({
      equipment: press,
      routings: [routing('R', { press: {} })],
      orders: states.map((state) => order(state, { state })),
    });
    expect(plan.tasks.map((task) => task.order)).toEqual(['Held', 'Ready']);
    expect(plan.refused).toEqual([]);
  });

  test('completed tasks of an open order stay; pins and frozen places of tasks that are gone do not', () => {
    const done = TaskProgress.parse({
      task: 'O/press',
      unit: 'P1',
      state: { kind: 'completed', at: at('06:00') },
      worked: 60,
      good: 1,
      scrap: 0,
      rework: 0,
    });
    const pins = ['O/press', 'gone/press'].map((task) => Pin.parse({ task, unit: 'P1' }));
    const plan = planOf(
      { equipment: press, routings: [routing('R', { press: {} })], orders: [order('O')] },
      { progress: [done], pins },
    );
    expect(plan.tasks.map((task) => task.id)).toEqual(['O/press']);
    expect(plan.progress).toEqual([done]);
    expect(plan.pins.map((pin) => pin.task)).toEqual(['O/press']);
  });
});

describe('orders that give no tasks say why', () => {
  const refusalOf = (steps: Record<string, object>, of = order('O')) =>
    planOf({ equipment: press, routings: [routing('R', steps)], orders: [of] }).refused[0]?.refusal;

  test('no routing', () => {
    expect(refusalOf({ press: {} }, order('O', { routing: 'R9' }))).toMatchObject({
      code: 'NO_ROUTING',
      object: 'R9',
    });
  });

  test('a circle, named', () => {
    const circle = refusalOf({
      press: { after: [{ step: 'coat', from: 'end', minLag: 0 }] },
      coat: { after: [{ step: 'press', from: 'end', minLag: 0 }] },
    });
    expect(circle).toMatchObject({ code: 'BAD_ROUTING', object: 'R' });
    expect(circle?.text).toContain('press → coat → press');
  });

  test('a step after one that is not there, and a step twice', () => {
    expect(refusalOf({ press: { after: [{ step: 'mix', from: 'end', minLag: 0 }] } })?.text).toContain('mix');
    expect(refusalOf({ press: {}, again: { id: 'press' } })?.text).toContain('twice');
  });

  test('no admissible unit', () => {
    expect(refusalOf({ oven: {} })).toMatchObject({ code: 'WRONG_UNIT', object: 'oven' });
  });

  test('a quantity that is not positive', () => {
    expect(refusalOf({ press: {} }, { ...order('O'), quantity: 0 })).toMatchObject({
      code: 'BAD_QUANTITY',
      object: 'O',
    });
    expect(refusalOf({ press: {} }, { ...order('O'), quantity: NaN })).toMatchObject({
      code: 'BAD_QUANTITY',
    });
  });

  test('the same order twice', () => {
    const plan = planOf({
      equipment: press,
      routings: [routing('R', { press: {} })],
      orders: [order('O'), order('O')],
    });
    expect(plan.tasks).toHaveLength(1);
    expect(plan.refused).toMatchObject([{ order: 'O', refusal: { code: 'BAD_ROUTING' } }]);
  });
});
