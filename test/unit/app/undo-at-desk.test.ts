import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { must } from '#shared/base/must.ts';
import { TaskId } from '#shared/domain/task.ts';
import { shiftRecordFrom } from '#shared/flow/handover-from-ledger.ts';
import { employ, openWindow } from '#test/support/people.ts';
import {
  type SmallShop,
  instant,
  shopOfMixedA,
  shopOfTwoOrders,
  withVerbs,
} from '#test/support/small-shop.ts';
import { answerOf, done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
afterEach(() => shop.remove());

const said = (...what: Parameters<SmallShop['said']>) => shop.said(...what);
const ask = (report: string, withLater = false) =>
  shop.handlers['report.withdraw']({ report, withLater, reason: 'Reported of the wrong order' }, planner());
const correct = (report: string, good: number) =>
  shop.handlers['report.correct'](
    { report, good, scrap: 0, rework: 0, lots: [], reason: 'Counted again' },
    planner(),
  );
const reports = async (task = 'A/mix') =>
  (await shop.handlers['report.list']({ task: TaskId.parse(task) }, planner())).reports;
const progress = (task = 'A/mix') => shop.station.workspace.progress.get(TaskId.parse(task));
/** Everything that follows from what was reported. */
const follows = () => {
  const { progress: all, units, draft, tasks, assignments } = shop.station.workspace;
  return [all, units, draft, tasks, assignments].map((map) =>
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
};
/** What the desk did last of a report, by which it is undone. */
async function deed(report: string): Promise<string> {
  const one = must(
    (await reports()).find(({ id }) => id === report),
    'The report',
  );
  return must(one.takenBack ?? one.corrected, 'What the desk did').id;
}
const undo = async (report: string) => ask(await deed(report));

describe('[U5] what the desk did with a report is undone', () => {
  let started: string;
  let counted: string;
  let completed: string;
  beforeEach(async () => {
    ({ shop, started, counted, completed } = await shopOfMixedA());
  });

  test('a completion that was taken back stands again, is taken back anew and stands again: the record keeps every step', async () => {
    const before = follows();
    const completions = async () =>
      shiftRecordFrom((await shop.station.store.read.ledger({ limit: 1000 })).entries).completed;
    done(await ask(completed));
    const without = follows();
    expect(without).not.toEqual(before);
    done(await undo(completed));
    expect(follows()).toEqual(before);
    expect(await completions()).toBe(1);
    expect((await reports()).at(-1)).toMatchObject({
      takenBack: null,
      undone: { by: 'planner', at: instant('10:00'), reason: 'Reported of the wrong order' },
    });
    expect(lineView(shop.station, 'M1', null)?.tookBack).toEqual([]);
    done(await ask(completed));
    expect(follows()).toEqual(without);
    expect(await completions()).toBe(0);
    expect((await reports()).at(-1)).toMatchObject({ undone: null, takenBack: { isDesk: true } });
    expect(lineView(shop.station, 'M1', null)?.tookBack).toHaveLength(1);
    expect(await answerOf(ask(completed))).toBe('NOTHING_CHANGED: This has been taken back already.');
    done(await undo(completed));
    expect(follows()).toEqual(before);
    const recorded = await shop.station.store.read.events();
    expect(recorded.filter(({ kind }) => kind === 'withdrawn')).toHaveLength(4);
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
    shop = withVerbs(await shop.reopened());
    expect(follows()).toEqual(before);
    const { entries } = await shop.station.store.read.ledger({ limit: 1, action: 'execution.withdrawn' });
    expect(entries).toMatchObject([
      { entityId: 'A/mix', old: { kind: 'withdrawn' }, new: { kind: 'reinstated', report: completed } },
    ]);
  });

  test('what was taken back together stands again together, with what had been put right of it', async () => {
    done(await correct(counted, 3));
    const before = follows();
    done(await ask(started, true));
    expect(progress()).toBeUndefined();
    done(await undo(counted));
    expect(follows()).toEqual(before);
    expect(progress()).toMatchObject({ state: { kind: 'completed' }, good: 9 });
    // And as a whole once more: the last step of each is undone.
    done(await ask(started, true));
    expect(progress()).toBeUndefined();
    done(await undo(started));
    expect(follows()).toEqual(before);
    shop = withVerbs(await shop.reopened());
    expect(follows()).toEqual(before);
  });

  test('it is judged anew: what was done stands again beside what its unit has begun since, a start that still runs does not', async () => {
    const before = progress();
    done(await ask(started, true));
    shop.clock('10:05');
    const next = await said('started', 'M1', 'B/mix', { person: 'anna' });
    done(await undo(started));
    expect(progress()).toEqual(before);
    expect(progress('B/mix')?.state.kind).toBe('running');
    done(await ask(next));
    done(await ask(completed));
    done(await ask(started, true));
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    expect(await answerOf(undo(started))).toMatch(
      /^REPORTED_SINCE: What Mixer 1 reported since \(Mon 23 Nov 10:05\) does not go with it: A · mix is still in work/,
    );
    expect(progress()).toBeUndefined();
  });

  test('it does not stand again beside what its line has said in its place', async () => {
    done(await ask(started, true));
    await said('started', 'M1', 'A/mix', { person: 'anna' });
    expect(await answerOf(undo(started))).toMatch(/^REPORTED_SINCE: .*A · mix is already/);
  });

  test('of what stood on another only the whole comes again, not the end without the start', async () => {
    done(await ask(completed));
    const alone = await deed(completed);
    done(await ask(counted));
    done(await ask(started));
    expect(await answerOf(ask(alone))).toBe(
      'REPORTED_SINCE: It cannot stand again: A · mix is not started, so it cannot be completed.',
    );
  });

  test('what was put right says what it said before, as far as that leaves no count below nothing', async () => {
    const before = follows();
    done(await correct(counted, 1));
    done(await correct(counted, 9));
    expect(progress()?.good).toBe(15);
    done(await undo(counted));
    expect(progress()?.good).toBe(7);
    expect((await reports())[1]).toMatchObject({
      right: { good: 1 },
      corrected: { reason: 'Counted again' },
      undone: { by: 'planner' },
    });
    done(await undo(counted));
    expect(follows()).toEqual(before);
    expect((await reports())[1]).toMatchObject({ right: { good: 4 }, corrected: null, undone: {} });
    done(await correct(counted, 20));
    const tooMany = await deed(counted);
    await said('quantityCorrected', 'M1', 'A/mix', {
      correction: { good: -24, scrap: 0, rework: 0 },
      reason: 'Typed wrongly',
      person: 'anna',
    });
    expect(await answerOf(ask(tooMany))).toMatch(/^REPORTED_SINCE: .*24 less cannot be/);
    expect(progress()?.good).toBe(2);
  });

  test('nothing of a report that is gone is undone by itself, and nothing twice', async () => {
    done(await correct(counted, 3));
    const right = await deed(counted);
    done(await ask(counted));
    expect(await answerOf(ask(right))).toBe('WRONG_REPORT: This report was taken back.');
    const taken = await deed(counted);
    const caller = planner();
    const step = { report: taken, reason: 'No, it was right' };
    const first = await shop.handlers['report.withdraw'](step, caller);
    expect(await shop.handlers['report.withdraw'](step, caller)).toEqual(first);
    expect(await answerOf(ask(taken))).toBe('NOTHING_CHANGED: This was undone already.');
    expect(progress()?.good).toBe(9);
  });

  test('a false alarm that was none after all: the downtime and its case are there again', async () => {
    await shop.put('A/pack', 'P1', '11:00');
    await shop.put('B/mix', 'M1', '10:30');
    await shop.publish();
    const down = await said('downtimeStarted', 'M1', null, { reason: 'Mechanical' });
    const watch = must(shop.cases, 'The watch over the cases');
    await watch.settled();
    const [opened] = shop.station.workspace.cases.filter(({ kind }) => kind === 'downtime');
    done(await ask(down));
    await watch.settled();
    const withdrawal = (await shop.station.store.read.events()).at(-1)?.id ?? '';
    done(await ask(withdrawal));
    await watch.settled();
    const cases = shop.station.workspace.cases.filter(({ kind }) => kind === 'downtime');
    expect(cases).toMatchObject([{ id: opened?.id, state: 'open', outcome: null }]);
    expect(lineView(shop.station, 'M1', null)?.down).toMatchObject({ reason: 'Mechanical' });
  });

  test('a rest is not given back again over a part that somebody has made since', async () => {
    await shop.put('A/pack', 'P1', '11:00');
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    const split = await said('splitOff', 'M1', 'B/mix', { rest: 4 });
    done(await ask(split));
    const withdrawal = (await shop.station.store.read.events()).at(-1)?.id ?? '';
    await said('splitOff', 'M1', 'B/mix', { rest: 3 });
    const before = follows();
    expect(await answerOf(ask(withdrawal))).toMatch(/^PLANNED_SINCE: There is another part B\/mix#2 by now/);
    expect(follows()).toEqual(before);
  });

  test('a rest that was joined again is given back again as the same part', async () => {
    await shop.put('A/pack', 'P1', '11:00');
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    const split = await said('splitOff', 'M1', 'B/mix', { rest: 4 });
    const quantities = () =>
      [...shop.station.workspace.tasks.values()].flatMap(({ id, quantity }) =>
        id.startsWith('B/mix') ? `${id} ${quantity}` : [],
      );
    const before = quantities();
    done(await ask(split));
    expect(quantities()).toEqual(['B/mix 10']);
    const withdrawal = (await shop.station.store.read.events()).at(-1)?.id ?? '';
    done(await ask(withdrawal));
    expect(quantities()).toEqual(before);
    expect(shop.wrong()).toEqual([]);
    shop = withVerbs(await shop.reopened());
    expect(quantities()).toEqual(before);
  });
});

test('[AC-02] what a line took back itself is the line’s, and a step of the desk is undone by whoever may take one', async () => {
  shop = await shopOfTwoOrders();
  const started = await said('started', 'M1', 'A/mix', { person: 'anna' });
  const own = await said('withdrawn', 'M1', null, { withdraws: started, person: 'anna' });
  expect(await answerOf(ask(own))).toMatch(/^WRONG_REPORT: Its line took this back itself/);
  const again = await said('started', 'M1', 'A/mix', { person: 'anna' });
  await employ(shop, { stefan: ['supervisor'], quinn: ['quality'] });
  const [stefan, quinn] = [openWindow(shop), openWindow(shop)];
  done(await stefan.logIn('stefan'));
  done(await quinn.logIn('quinn'));
  const wrong = { report: again, reason: 'It was order B' };
  expect(await answerOf(stefan.ask('report.withdraw', wrong))).toBe('done');
  const [withdrawal] = (await shop.station.store.read.events()).toReversed();
  const step = { report: withdrawal?.id ?? '', reason: 'It was not' };
  expect(await answerOf(quinn.ask('report.withdraw', step))).toMatch(
    /^NOT_ALLOWED: Only planner or supervisor/,
  );
  expect(await answerOf(stefan.ask('report.withdraw', step))).toBe('done');
  expect(progress()?.state.kind).toBe('running');
});
