import { describe, expect, test } from 'vitest';
import type { BoardBar } from '#shared/contract/views.ts';
import { TaskId } from '#shared/domain/task.ts';
import { snapOf } from '#renderer/board/snap.ts';

const task = (id: string) => TaskId.parse(id);
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
