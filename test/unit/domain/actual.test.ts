import { describe, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { at, clock } from '#test/factory/clock.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

/** Where the one task of the plan stands, as `start runStart end`. */
function stands(told: string, now: string, place?: string, more: Partial<TaskProgress> = {}): string {
  const { start, runStart, end } = standing(told, now, place, more);
  return [start, runStart, end].map(clock).join(' ');
}

function standing(told: string, now: string, place?: string, more: Partial<TaskProgress> = {}) {
  const plan = shop(told);
  const task = must(plan.tasks[0], 'A task');
  const progress = { ...must(plan.progress[0], 'Its progress'), ...more };
  const planned = place === undefined ? undefined : placed(plan, place).assignments[0];
  return assignmentFromProgress(task, progress, planned, at(now));
}

describe('where a started task stands', () => {
  test('a completed one stands where it was', () => {
    expect(stands('M A1:60 done=06:10-07:30', '09:00', 'M | 08:00 A1')).toBe('06:10 06:10 07:30');
  });

  test('a running one ends when its run time is over, and not before now', () => {
    expect(stands('M A1:60 running=06:30', '07:00')).toBe('06:30 06:30 07:30');
    expect(stands('M A1:60 running=06:30', '08:00')).toBe('06:30 06:30 08:00');
  });

  test('pauses so far push the end; a paused one moves with the clock', () => {
    const resumed = { state: { kind: 'running', since: at('07:00') }, worked: 10 * MINUTE } as const;
    expect(stands('M A1:60 running=06:30', '07:05', undefined, resumed)).toBe('06:30 06:30 07:50');
    const paused = {
      state: { kind: 'suspended', since: at('06:50'), reason: 'Break' },
      worked: 20 * MINUTE,
    } as const;
    expect(stands('M A1:60 running=06:30', '08:00', undefined, paused)).toBe('06:30 06:30 08:40');
  });

  test('what was counted leaves the rest at the planned rate, whether the line is behind or ahead', () => {
    const behind = { counted: 40 * MINUTE, good: 0.3, scrap: 0.1 };
    expect(stands('M A1:60 running=06:30', '07:15', undefined, behind)).toBe('06:30 06:30 07:46');
    const ahead = { counted: 20 * MINUTE, good: 0.8 };
    expect(stands('M A1:60 running=06:30', '06:55', undefined, ahead)).toBe('06:30 06:30 07:02');
    const all = { counted: 30 * MINUTE, good: 1.1 };
    expect(stands('M A1:60 running=06:30', '07:05', undefined, all)).toBe('06:30 06:30 07:05');
  });

  test('one in setup runs after its planned setup', () => {
    expect(stands('M A1:60 setup-running=06:50', '07:00', 'M | 06:00+30 A1')).toBe('06:50 07:20 08:20');
    expect(stands('M A1:60 setup-running=06:50', '07:00')).toBe('06:50 07:00 08:00');
  });

  test('a task that pauses over the night takes the closed time of its plan along', () => {
    const told = 'calendar day 06:00-14:00\nunit M open=day\nM A1:120 pause running=13:30';
    expect(stands(told, '13:40', 'M | 13:00 A1')).toBe('13:30 13:30 Tue07:30');
  });

  test('elsewhere than planned the run time of that unit counts', () => {
    const there = { unit: must(shop('N,M:30 A1:60').tasks[0]?.modes[1], 'Mode').unit };
    expect(stands('N,M:30 A1:60 running=06:50', '07:00', 'N | 06:30 A1', there)).toBe('06:50 06:50 07:20');
  });

  test('planned people and instruments are held from the actual start to the expected end', () => {
    const told =
      'tool BAL1 class=balance\nperson anna press\nperson ben press\nM A1:60 people=press+handover tool=balance running=07:30';
    const place = 'M | 07:00 A1 anna@07:00-07:50 ben@07:50-08:00 BAL1';
    const { people, instruments, end } = standing(told, '07:40', place);
    expect(end).toBe(at('08:30'));
    expect(people.map((stint) => [stint.person, stint.start, stint.end])).toEqual([
      ['anna', at('07:30'), at('07:50')],
      ['ben', at('07:50'), at('08:30')],
    ]);
    expect(instruments).toEqual(['BAL1']);
  });

  test('the setup that was done is the setup', () => {
    const ran = {
      actualStart: at('06:00'),
      actualRunStart: at('06:20'),
      state: { kind: 'running', since: at('06:20') },
    } as const;
    expect(standing('M A1:60 running=06:20', '07:00', 'M | 06:00+30 A1', ran).setup).toBe(20 * MINUTE);
    expect(standing('M A1:60 setup-running=06:50', '07:00', 'M | 06:00+30 A1').setup).toBe(HOUR / 2);
  });
});
