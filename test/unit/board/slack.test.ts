import { expect, test } from 'vitest';
import type { BoardBar } from '#shared/contract/views.ts';
import { lastEnds, slackOf } from '#renderer/board/slack.ts';

const bar = (order: string, end: number) => ({ order, end, due: 100 }) as unknown as BoardBar;

test('a task has the slack of its order: what its last task leaves until the due date, or is late by', () => {
  const [mix, pack, other] = [bar('A', 40), bar('A', 130), bar('B', 90)] as const;
  const ends = lastEnds([mix, pack, other]);
  expect(slackOf(mix, ends)).toBe(-30);
  expect(slackOf(pack, ends)).toBe(-30);
  expect(slackOf(other, ends)).toBe(10);
});
