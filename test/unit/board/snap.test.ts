import { describe, expect, test } from 'vitest';
import type { BoardBar } from '#shared/contract/views.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import { TaskId } from '#shared/domain/task.ts';
import { ruleOf } from '#renderer/board/lens.ts';
import { snapOf } from '#renderer/board/snap.ts';

const task = (id: string) => TaskId.parse(id);
const unit = (id: string) => EquipmentId.parse(id);
const bar = (id: string, start: number, end: number) => ({ task: task(id), start, end }) as BoardBar;
const lane = { bars: [bar('A', 100, 200), bar('B', 400, 500)], closed: Float64Array.from([600, 700]) };
const near = (start: number, before: number[] = []) =>
  snapOf(lane, { task: task('X'), start, length: 50 }, before, 10);

describe('what a dragged bar keeps to', () => {
  test('the end of a neighbour, behind which it then is', () => {
    expect(near(206)).toEqual({ line: 200, start: 200, behind: 'A' });
  });
  test('the start of a neighbour, at which it ends', () => {
    expect(near(352)).toEqual({ line: 400, start: 350, behind: null });
  });
  test('the start of a shift and the end of what comes before it', () => {
    expect(near(695)).toMatchObject({ start: 700 });
    expect(near(301, [298])).toMatchObject({ start: 298 });
  });
  test('nothing that is too far, nor itself', () => {
    expect(near(300)).toBeNull();
    expect(snapOf(lane, { task: task('A'), start: 203, length: 100 }, [], 10)).toBeNull();
  });
});

test('[U1] a row says why it cannot take what is held: its own verdict, cannot run, or what it said to the lens', () => {
  const refusal = { code: 'UNIT_BUSY', object: 'B', text: '' } as const;
  const state = {
    unit: unit('M1'),
    verdict: { ok: false, refusal, nearest: null } as const,
    runnable: new Set([unit('M1'), unit('M2'), unit('M4')]),
    lens: new Map<EquipmentId, RefusalCode | null>([
      [unit('M2'), 'NO_PERSON_FREE'],
      [unit('M4'), null],
    ]),
  };
  const said = ['M1', 'M2', 'M3', 'M4'].map((row) => ruleOf(state, unit(row)));
  expect(said).toEqual(['busy then', 'nobody free', 'cannot run here', null]);
});
