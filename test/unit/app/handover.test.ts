import { afterEach, beforeEach, expect, test } from 'vitest';
import { printHandover } from '#electron/app/print-handover.ts';
import { reconcileCases } from '#electron/app/reconcile-cases.ts';
import { must } from '#shared/base/must.ts';
import type { HandoverView } from '#shared/contract/views.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { pagesOf } from '#test/support/pdf-words.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  done(
    await shop.take({
      'calendars.csv':
        'id,zone,shift,days,from,to\nTWO,UTC,Early,1-5,06:00,14:00\nTWO,UTC,Late,1-5,14:00,22:00\n',
      'qualifications.csv':
        'person,qualification,evaluated,expires\ncarl,mixing,2026-01-01T00:00:00Z,2026-11-24T05:00:00Z\n',
    }),
  );
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:00');
  await shop.publish();
  await shop.dispatch();
});
afterEach(() => shop.remove());

const handover = (shift: 'this' | 'last' = 'this') => shop.handlers['handover.read']({ shift }, planner());
const linesOf = ({ sections }: HandoverView, title: string) =>
  must(
    sections.find((section) => section.title === title),
    title,
  ).lines;

test('a handover says what the ledger says of the shift, what is open and what runs out', async () => {
  shop.clock('06:30');
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
  await must(shop.cases, 'watch').settled();
  const view = await handover();
  expect([view.shift, view.from, view.to]).toEqual(['Early', instant('06:00'), instant('06:30')]);
  expect(linesOf(view, 'What changed')).toEqual([
    'Mon 23 Nov 06:00 version 1 by planner: 2 tasks moved',
    'Mon 23 Nov 06:00 2 lines told by planner',
    '0 tasks completed, 0 reports refused',
  ]);
  expect(linesOf(view, 'Downtimes')).toEqual(['Mixer 1: Mon 23 Nov 06:30 to now, still down, Mechanical']);
  expect(linesOf(view, 'Open cases')).toEqual([
    'Mixer 1 is down since Mon 23 Nov 06:30: Mechanical. 1 task hit, the supervisor decides by Mon 23 Nov 07:00',
  ]);
  expect(linesOf(view, 'Runs out within 24 hours')).toEqual(['Tue 24 Nov 05:00 Carl: mixing']);
});

test('the shift before is handed over too, and what was decided in it', async () => {
  shop.clock('06:30');
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
  await must(shop.cases, 'watch').settled();
  const wait = { case: 1, until: instant('06:50'), reason: 'The fitter is here' };
  done(await shop.handlers['case.wait'](wait, planner()));
  shop.clock('06:40');
  done(await shop.report('downtimeEnded', 'M1')); // the case closes: what was decided before stays decided
  await must(shop.cases, 'watch').settled();
  shop.clock('15:00');
  expect(linesOf(await handover(), 'What changed')).toEqual(['0 tasks completed, 0 reports refused']);
  const last = await handover('last');
  expect(linesOf(last, 'Decided')).toEqual([
    'Mon 23 Nov 06:30 Mixer 1 is down since Mon 23 Nov 06:30: Mechanical. Wait until Mon 23 Nov 06:50. Decided by planner: The fitter is here',
  ]);
  expect(linesOf(last, 'Closed without a decision')).toEqual([]);
});

test('what was decided and is to be decided again stands in both lists; what went away by itself was decided by nobody', async () => {
  shop.clock('06:30');
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
  await must(shop.cases, 'watch').settled();
  const wait = { case: 1, until: instant('06:50'), reason: 'The fitter is here' };
  done(await shop.handlers['case.wait'](wait, planner()));
  shop.clock('06:50');
  await shop.station.refresh();
  await reconcileCases(shop.station);
  const during = await handover();
  expect(linesOf(during, 'Decided')).toHaveLength(1);
  expect(linesOf(during, 'Open cases')).toHaveLength(1);
  shop.clock('06:55');
  done(await shop.report('downtimeEnded', 'M1'));
  await must(shop.cases, 'watch').settled();
  expect(linesOf(await handover(), 'Closed without a decision')).toEqual([
    'Mon 23 Nov 06:55 Mixer 1 is down since Mon 23 Nov 06:30: Mechanical. The unit can be used again.',
  ]);
});

test('starts are held against what is published: how many kept to it, and how late the middle one was', async () => {
  shop.clock('07:20');
  done(await shop.report('started', 'M1', 'A/mix'));
  expect(linesOf(await handover(), 'What changed')).toContain(
    '0 of 1 start kept to the plan, late by 20 min in the middle',
  );
  expect((await shop.handlers['board.read']({}, planner())).state.adherence).toEqual({
    started: 1,
    kept: 0,
    drift: 1200,
  });
});

test('publishing anew does not make a late start a kept one: it stays held against what was published before it', async () => {
  shop.clock('07:20');
  done(await shop.report('started', 'M1', 'A/mix'));
  await shop.put('A/pack', 'P1', '08:30');
  await shop.publish();
  await shop.put('A/pack', 'P1', '08:45');
  await shop.publish();
  const late = { started: 1, kept: 0, drift: 1200 };
  expect((await shop.handlers['board.read']({}, planner())).state.adherence).toEqual(late);
  shop = await shop.reopened();
  expect((await shop.handlers['board.read']({}, planner())).state.adherence).toEqual(late);
  expect(linesOf(await handover(), 'What changed')).toContain(
    '0 of 1 start kept to the plan, late by 20 min in the middle',
  );
});

test('on paper it has every section, the remarks and a place for two signatures', async () => {
  const names = {
    givenBy: 'Nora',
    takenBy: 'Emil',
    remarks: 'Gearbox is out\nZażółć gęślą jaźń, Ελλάδα, Привет −3 °C',
  };
  const pdf = await printHandover(shop.station, { shift: 'this', paper: 'a4', ...names });
  const words = (await pagesOf(pdf)).flat().join(' | ');
  for (const part of [
    'Shift handover: Early',
    'Zażółć gęślą jaźń, Ελλάδα, Привет −3 °C',
    'What changed',
    'version 1 by planner: 2 tasks moved',
    'Open cases',
    'Runs out within 24 hours',
    'Carl: mixing',
    'Gearbox is out',
    'Handed over by | Nora',
    'Taken over by | Emil',
    'Date and signature',
    'Page 1 of 1',
  ])
    expect(words).toContain(part);
});
