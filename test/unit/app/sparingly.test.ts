import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { sparingly } from '#electron/app/sparingly.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, toldShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

describe('what is done for a twentieth of the time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());
  const doing = (millis: number) => {
    const did: number[][] = [];
    const { ask, now } = sparingly<number>((asked) => {
      did.push([...asked]);
      vi.advanceTimersByTime(millis);
    });
    return { did, ask, now };
  };

  test('is done at once after a rest, and together with what was asked for meanwhile during one', () => {
    const { did, ask } = doing(10);
    ask(1);
    expect(did).toEqual([[1]]);
    ask(2);
    vi.advanceTimersByTime(100);
    ask(3);
    vi.advanceTimersByTime(89);
    expect(did).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    expect(did).toEqual([[1], [2, 3]]);
    vi.advanceTimersByTime(1000);
    expect(did).toHaveLength(2);
    ask(4);
    expect(did.at(-1)).toEqual([4]);
  });

  test('waits for a quarter of a second at most, and not at all where somebody cannot', () => {
    const { did, ask, now } = doing(400);
    ask(1);
    ask(2);
    vi.advanceTimersByTime(250);
    expect(did).toEqual([[1], [2]]);
    ask(3);
    now();
    now();
    vi.advanceTimersByTime(1000);
    expect(did).toEqual([[1], [2], [3]]);
  });
});

describe('what lines report in a burst', () => {
  let shop: SmallShop;
  beforeEach(async () => {
    shop = await toldShop();
    shop.clock('07:00');
  });
  afterEach(() => shop.remove());
  /** The bars of these, the last of each. */
  const barsIn = (bars: readonly BoardBar[], ...tasks: readonly string[]) =>
    tasks.map((id) => bars.findLast(({ task }) => task === (id as TaskId)));
  const told = (facts: readonly Fact[]) =>
    facts.flatMap((fact) => (fact.kind === 'board.changed' ? fact.bars : []));

  test('is shown as it stands in the end', async () => {
    const before = shop.facts.length;
    const burst = [shop.report('started', 'M1', 'A/mix')];
    for (let k = 0; k < 8; k += 1) burst.push(shop.report('quantityReported', 'M1', 'A/mix', { good: 1 }));
    burst.push(shop.report('completed', 'M1', 'A/mix', { good: 2 }), shop.report('started', 'M1', 'B/mix'));
    for (const outcome of await Promise.all(burst)) done(outcome);
    shop.station.tellReports();
    const shown = barsIn(told(shop.facts.slice(before)), 'A/mix', 'B/mix');
    expect(shown.map((bar) => bar?.work)).toEqual(['completed', 'running']);
    expect(shown).toEqual(barsIn(boardView(shop.station.workspace).bars, 'A/mix', 'B/mix'));
  });

  test('is told before whatever happens next is', async () => {
    done(await shop.report('started', 'M1', 'A/mix'));
    done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 4 }));
    await shop.put('B/mix', 'M2', '10:00');
    const counted = shop.facts.findIndex((fact) => told([fact]).some(({ progress }) => progress === 0.4));
    const moved = shop.facts.findIndex((fact) => told([fact]).some(({ unit }) => unit === ('M2' as string)));
    expect(counted).toBeGreaterThan(-1);
    expect(moved).toBeGreaterThan(counted);
  });
});
