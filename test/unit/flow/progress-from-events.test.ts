import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskProgress } from '#shared/domain/execution.ts';
import { nextProgress, progressFromEvents } from '#shared/flow/progress-from-events.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { at } from '#test/factory/clock.ts';
import { reports } from './reports.ts';

const only = (text: string): TaskProgress | undefined => progressFromEvents(reports(text))[0];

const SHIFT = `
  06:00 setupStarted A1
  06:20 started A1
  07:00 quantityReported A1 good=40 scrap=2
  07:20 paused A1 reason=Break
  07:35 resumed A1
  08:00 completed A1 good=30 rework=1`;

describe('progress from events', () => {
  test('setup, run, pause and completion with the seconds worked and the quantities summed', () => {
    expect(only(SHIFT)).toEqual({
      task: 'A1',
      unit: 'M1',
      state: { kind: 'completed', at: at('08:00') },
      actualStart: at('06:00'),
      actualRunStart: at('06:20'),
      actualEnd: at('08:00'),
      worked: 85 * MINUTE,
      counted: 85 * MINUTE,
      countedAt: at('08:00'),
      good: 70,
      scrap: 2,
      rework: 1,
    });
  });

  test('what was counted knows how long it had taken, without the pauses', () => {
    const told = '06:00 started A1\n06:30 paused A1\n06:45 resumed A1\n07:00 quantityReported A1 good=5';
    expect(only(told)?.counted).toBe(45 * MINUTE);
    expect(only(`${told}\n07:30 quantityReported A1 rework=1`)?.counted).toBe(45 * MINUTE);
  });

  test('without a setup the run is the start', () => {
    expect(only('06:20 started A1')).toMatchObject({
      state: { kind: 'running', since: at('06:20') },
      actualStart: at('06:20'),
      actualRunStart: at('06:20'),
      worked: 0,
    });
  });

  test('a pause keeps its reason; a setup that was paused goes on as setup', () => {
    expect(only('06:00 setupStarted A1\n06:05 paused A1 reason=Cleaning')?.state).toEqual({
      kind: 'suspended',
      since: at('06:05'),
      reason: 'Cleaning',
    });
    const resumed = only('06:00 setupStarted A1\n06:05 paused A1\n06:10 resumed A1');
    expect(resumed?.state).toEqual({ kind: 'setup', since: at('06:10') });
    expect(resumed?.actualRunStart).toBeUndefined();
  });

  test('a late entry falls into its place in time', () => {
    const late = `
      06:00 started A1
      08:00 completed A1
      07:00 paused A1 reason=Break
      07:30 resumed A1`;
    expect(only(late)).toMatchObject({
      worked: 90 * MINUTE,
      actualEnd: at('08:00'),
      state: { kind: 'completed' },
    });
  });

  test('a repeat of the same report counts once', () => {
    const twice =
      '06:00 started A1\n06:30 quantityReported A1 good=5 id=same-one\n06:30 quantityReported A1 good=5 id=same-one';
    expect(only(twice)?.good).toBe(5);
  });

  test('reports that make no sense now leave the state as it is, but quantities count', () => {
    expect(only('06:00 resumed A1')?.state).toEqual({ kind: 'waiting' });
    expect(only('06:00 started A1\n06:30 started A1')?.state).toEqual({
      kind: 'running',
      since: at('06:00'),
    });
    expect(only('06:00 started A1\n06:30 setupStarted A1')?.state).toEqual({
      kind: 'running',
      since: at('06:00'),
    });
    const after = only(
      '06:00 started A1\n07:00 completed A1\n07:30 started A1\n07:40 quantityReported A1 good=3',
    );
    expect(after).toMatchObject({
      state: { kind: 'completed', at: at('07:00') },
      good: 3,
      worked: 60 * MINUTE,
    });
  });

  test('downtime of the unit belongs to no task', () => {
    expect(
      progressFromEvents(reports('06:00 downtimeStarted reason=Mechanical\n07:00 downtimeEnded')),
    ).toEqual([]);
  });

  test('the unit is the one where it was started or taken up again', () => {
    expect(only('06:00 started A1 unit=M1\n07:00 paused A1\n08:00 resumed A1 unit=M2')?.unit).toBe('M2');
  });

  test('event by event in order gives the same as all at once, in whatever order they were recorded', () => {
    const lines = SHIFT.trim().split('\n');
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 1 }), (some) => {
        const events = reports(some.join('\n'));
        const inOrder = events.toSorted((a, b) => a.at - b.at);
        const folded = inOrder.reduce<TaskProgress | undefined>(
          (before, event) => nextProgress(before, event),
          undefined,
        );
        expect(progressFromEvents(events)).toEqual([folded]);
      }),
    );
  });
});
