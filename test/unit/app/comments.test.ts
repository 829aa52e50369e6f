import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportRecord } from '#electron/app/export-record.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, revisionOf, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
const mix = TaskId.parse('A/mix');
const comment = (text: string) => shop.handlers['task.comment']({ task: mix, text }, planner());

beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
});
afterEach(() => shop.remove());

test('a comment says who, when and what, in the inspector, on the bar and in the export; the plan stays as it is', async () => {
  const revision = revisionOf(shop);
  done(await comment('Ask the foreman first.'));
  const said = { task: mix, author: planner().user, at: shop.station.now, text: 'Ask the foreman first.' };
  expect((await shop.handlers['task.inspect']({ task: mix }, planner()))?.comments).toMatchObject([said]);
  expect(shop.facts.at(-1)).toMatchObject({ kind: 'board.changed', bars: [{ task: mix, comments: 1 }] });
  expect(await exportRecord(shop.station, 'comments')).toMatchObject([{ task: mix, order: 'A', seq: 1 }]);
  expect(revisionOf(shop)).toBe(revision);
});

test('comments are there after a restart, whatever was planned anew, and in their order', async () => {
  done(await comment('one'));
  done(await comment('two'));
  shop = withVerbs(await shop.reopened());
  await shop.put('A/mix', 'M1', '09:00');
  const inspected = await shop.handlers['task.inspect']({ task: mix }, planner());
  expect(inspected?.comments.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('a comment on a task that is not there is refused', async () => {
  const nobody = TaskId.parse('Z/mix');
  const outcome = await shop.handlers['task.comment']({ task: nobody, text: 'x' }, planner());
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'TASK_UNKNOWN', object: 'Z/mix' } });
});

test('[AT-05] a comment is written once, and one that was altered behind the triggers is named', async () => {
  done(await comment('as it was'));
  const database = new Database(shop.station.store.file);
  expect(() => database.exec(`UPDATE comment SET text = 'otherwise'`)).toThrow(/written once/);
  database.exec(`DROP TRIGGER "commentNoUPDATE"; UPDATE comment SET text = 'otherwise'`);
  database.close();
  expect((await shop.station.store.verify()).problem).toMatch(/^comment 1 is not what the ledger recorded/);
});
