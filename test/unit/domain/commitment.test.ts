import { describe, expect, test } from 'vitest';
import { type CommitmentFacts, commitmentOf } from '#shared/domain/commitment.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';

const NOW = 1_000_000;
const of = (facts: Partial<CommitmentFacts>) =>
  commitmentOf({ now: NOW, progress: undefined, isStaged: false, told: null, ...facts });
const told = (ahead: number, isAcknowledged = false) => ({ start: NOW + ahead, isAcknowledged });
const progress = (state: TaskProgress['state'], more: Partial<TaskProgress> = {}): TaskProgress => ({
  task: TaskId.parse('A/mix'),
  unit: EquipmentId.parse('M1'),
  state,
  worked: 0,
  good: 0,
  scrap: 0,
  rework: 0,
  ...more,
});

describe('freezing follows what people and things have done, not only the clock', () => {
  test('nobody was told: nothing holds it, however soon it begins and whatever lies there', () => {
    expect(of({})).toBeNull();
    expect(of({ isStaged: true })).toBeNull();
  });

  test('told, it holds for the two hours before it begins', () => {
    expect(of({ told: told(2 * HOUR) })).toBeNull();
    expect(of({ told: told(2 * HOUR - 1) })).toBe('told');
    expect(of({ told: told(0) })).toBe('told');
    expect(of({ told: told(-1) })).toBeNull();
  });

  test('acknowledged, its line prepares it a shift ahead', () => {
    expect(of({ told: told(8 * HOUR, true) })).toBeNull();
    expect(of({ told: told(8 * HOUR - 1, true) })).toBe('acknowledged');
  });

  test('what was brought to its unit holds it, however far ahead it is and also when it is late', () => {
    expect(of({ told: told(100 * HOUR), isStaged: true })).toBe('staged');
    expect(of({ told: told(-HOUR), isStaged: true })).toBe('staged');
  });

  test('what is mounted or runs holds it, told or not, also while it is paused', () => {
    const running = { since: NOW, kind: 'running' } as const;
    const paused = { since: NOW, kind: 'suspended', reason: 'Break' } as const;
    expect(of({ progress: progress({ since: NOW, kind: 'setup' }) })).toBe('setup');
    expect(of({ progress: progress(paused) })).toBe('setup');
    expect(of({ progress: progress(running, { actualRunStart: NOW }) })).toBe('started');
    expect(of({ progress: progress(paused, { actualRunStart: NOW }) })).toBe('started');
  });

  test('what is completed is committed to nothing', () => {
    expect(of({ progress: progress({ kind: 'completed', at: NOW }), told: told(HOUR, true) })).toBeNull();
  });
});
