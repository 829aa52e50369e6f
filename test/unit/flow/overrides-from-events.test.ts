import { expect, test } from 'vitest';
import { ExecutionEvent } from '#shared/domain/execution.ts';
import { overridesFromEvents } from '#shared/flow/overrides-from-events.ts';

const event = (at: number, more: object = {}) =>
  ExecutionEvent.parse({
    id: `report ${at} 12345`,
    seq: at,
    kind: 'started',
    unit: 'M1',
    task: 'A/mix',
    at,
    recorded: at,
    origin: 'line',
    state: 'PROD',
    deviations: [],
    ...more,
  });
const gate = (code: string) => ({ code, object: 'M1', text: 'no' });
const override = { user: 'quinn', name: 'Quinn', reason: 'Trained this morning' };

test('starts against a gate are counted among the starts of the period, by gate; what a log tells counts on neither side', () => {
  const events = [
    event(9, { override, deviations: [gate('QUAL_MISSING')] }),
    event(10),
    event(11, { kind: 'setupStarted', override, deviations: [gate('NOT_CLEAN'), gate('QUAL_MISSING')] }),
    event(12, { override, deviations: [gate('QUAL_MISSING'), gate('QUAL_MISSING')] }),
    event(13, { kind: 'completed' }),
    event(14, { origin: 'log', deviations: [gate('QUAL_MISSING')] }),
    event(20, { override, deviations: [gate('QUAL_MISSING')] }),
  ];
  expect(overridesFromEvents(events, { start: 10, end: 20 })).toEqual({
    starts: 3,
    overridden: 2,
    gates: [
      { code: 'QUAL_MISSING', count: 2 },
      { code: 'NOT_CLEAN', count: 1 },
    ],
  });
  expect(overridesFromEvents(events, { start: 30, end: 40 })).toEqual({
    starts: 0,
    overridden: 0,
    gates: [],
  });
});
