import { expect, test } from 'vitest';
import { rosterOf } from '#solver/evaluate/roster.ts';
import { Timeline } from '#solver/evaluate/timeline.ts';
import { NEVER, openTimeOf, windowAt } from '#solver/problem/open-time.ts';
import { randomFrom } from '#solver/run/random.ts';

test('a timeline answers like looking at every block, wherever it was asked before', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = randomFrom(seed);
    const whole = (below: number): number => Math.floor(random() * below);
    const timeline = new Timeline();
    let blocks: { start: number; end: number; task: number }[] = [];
    for (let task = 0; task < 120; task += 1) {
      const start = whole(400);
      const end = start + 1 + whole(12);
      if (blocks.every((block) => end <= block.start || block.end <= start)) {
        timeline.insert(start, end, task);
        blocks = [...blocks, { start, end, task }].sort((a, b) => a.start - b.start);
      } else {
        const [gone] = blocks.splice(whole(blocks.length), 1);
        if (gone) timeline.remove(gone.start, gone.task);
      }
      const at = whole(420);
      const span = 1 + whole(20);
      const isFree = (from: number): boolean =>
        blocks.every((block) => from + span <= block.start || block.end <= from);
      let free = at;
      while (!isFree(free)) free += 1;
      expect(timeline.freeFrom(at, at + span)).toBe(free);
      expect(timeline.after(at)).toBe(blocks.filter((block) => block.end <= at).length);
      expect(timeline.tasks()).toEqual(blocks.map((block) => block.task));
    }
  }
});

test('a roster knows who is there, until when, and when the others come', () => {
  const shift = (from: number, length: number, days: number) =>
    openTimeOf(
      Array.from({ length: days }, (_, day) => ({ start: day * 24 + from, end: day * 24 + from + length })),
    );
  const crews = [shift(6, 8, 4), shift(14, 8, 2), shift(22, 8, 5), shift(0, 24, 1)].map((presence, k) => ({
    presence,
    from: k,
    to: k + 1,
  }));
  const roster = rosterOf({ people: new Int32Array(4), validity: [], crews });
  for (let at = -10; at < 150; at += 1) {
    const stretch = windowAt(roster.stretches, at);
    const there = crews.flatMap(({ presence }, crew) => {
      const window = windowAt(presence, at);
      const isThere = window < presence.to.length && (presence.from[window] as number) <= at;
      return isThere ? [[crew, presence.to[window], presence.from[window + 1] ?? NEVER]] : [];
    });
    const known: (number | undefined)[][] = [];
    for (let k = roster.slice[stretch] as number; k < (roster.slice[stretch + 1] ?? 0); k += 1) {
      known.push([roster.crew[k], roster.until[k], roster.back[k]]);
    }
    expect(known).toEqual(there);
    const isAway = (crew: number): boolean => !there.some(([present]) => present === crew);
    const next = crews.flatMap(({ presence }, crew) =>
      isAway(crew) ? [...presence.from].filter((from) => from > at) : [],
    );
    expect(roster.nextArrival[stretch] ?? NEVER).toBe(Math.min(NEVER, ...next));
  }
});
