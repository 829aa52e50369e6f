import { afterEach, beforeEach, expect, test } from 'vitest';
import { planToRepair } from '#electron/app/workspace.ts';
import { Change } from '#shared/domain/change.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { OrderId } from '#shared/domain/order.ts';
import { checkSchedule } from '#solver/check/check.ts';
import {
  type SmallShop,
  hourOf,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

/** Every advice starts a thread of its own. */
const SLOW = 60_000;

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '08:00');
  await shop.put('A/pack', 'P1', '09:00');
  await shop.put('B/mix', 'M2', '08:00');
  await shop.put('B/pack', 'P1', '09:30');
  await shop.unpin();
});
afterEach(() => shop.remove());

const offer = (change: unknown, mostMoved?: number) =>
  shop.handlers['repair.offer'](
    { change: Change.parse(change), ...(mostMoved !== undefined && { mostMoved }) },
    planner(),
  );
/** `A/mix M1 08:00`, by task. */
const told = (): string[] =>
  [...shop.station.workspace.assignments.values()]
    .map(({ task, unit, start }) => `${task} ${unit} ${hourOf(start)}`)
    .sort();
const choose = (id: string, aim: 'leastChange' | 'bestDelivery' | 'leastSetup') =>
  shop.handlers['repair.choose']({ offer: id, aim }, planner());

test(
  'a line that goes down: three repairs, one chosen, looked at, accepted, and taken back by undo',
  async () => {
    const before = told();
    shop.clock('07:50');
    const report = await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' });
    expect(report.ok).toBe(true);
    const offered = await offer({ kind: 'reported' });
    if (!offered.ok) throw new Error(offered.refusal.text);
    expect(offered.repairs.map(({ aim }) => aim)).toEqual(['leastChange', 'bestDelivery', 'leastSetup']);
    expect(offered.repairs[0]?.counts).toMatchObject({ dropped: 0, lateNow: 0 });
    const ready = shop.next('proposal.ready');
    done(await choose(offered.offer, 'leastChange'));
    expect((await ready).text).toBe('Repair with least change.');
    expect(told()).toEqual(before);
    const proposal = await shop.handlers['proposal.read']({}, planner());
    expect(proposal?.rule).toBe('least change');
    expect(proposal?.differences.some(({ task }) => task === 'A/mix')).toBe(true);
    done(await shop.handlers['proposal.accept']({ expected: revisionOf(shop) }, planner()));
    const { plan, schedule } = shop.station.workspace;
    expect(checkSchedule(plan, schedule)).toEqual([]);
    expect(told()).not.toEqual(before);
    done(await shop.handlers['draft.undo']({ expected: revisionOf(shop) }, planner()));
    expect(told()).toEqual(before);
  },
  SLOW,
);

test(
  'an offer holds for the draft that it was made of',
  async () => {
    const offered = await offer({
      kind: 'breakdown',
      unit: 'M1',
      from: instant('08:00'),
      until: instant('10:00'),
    });
    if (!offered.ok) throw new Error(offered.refusal.text);
    await shop.put('B/pack', 'P1', '10:00');
    expect(await choose(offered.offer, 'leastChange')).toMatchObject({
      ok: false,
      refusal: { code: 'OFFER_STALE' },
    });
    expect(await choose('another', 'leastChange')).toMatchObject({
      ok: false,
      refusal: { code: 'OFFER_STALE' },
    });
  },
  SLOW,
);

test(
  'a budget that is too small is refused in words, and so is a drop that works nowhere',
  async () => {
    const down = { kind: 'breakdown', unit: 'P1', from: instant('08:00'), until: instant('10:00') };
    expect(await offer(down, 0)).toMatchObject({
      ok: false,
      refusal: { text: 'more than 0 tasks would have to move' },
    });
    expect(
      await offer({ kind: 'drop', task: 'A/mix', unit: EquipmentId.parse('P1'), start: instant('08:00') }),
    ).toMatchObject({ ok: false, refusal: { code: 'WRONG_UNIT' } });
  },
  SLOW,
);

test(
  'what would help: null for an order on time, otherwise changes that are each enough',
  async () => {
    const ask = { order: OrderId.parse('A') };
    expect(await shop.handlers['order.whatHelps'](ask, planner())).toBeNull();
    // Put by hand to well after its due date, where nothing asks it to be.
    const [task] = shop.station.workspace.plan.tasks.filter(({ id }) => id === 'A/pack');
    if (!task) throw new Error('A/pack is not in the plan.');
    const start = Date.parse('2026-11-24T08:00:00Z') / 1000;
    const there = { task: task.id, unit: EquipmentId.parse('P1'), start };
    done(await shop.handlers['draft.move']({ ...there, expected: revisionOf(shop) }, planner()));
    await shop.unpin(task.id);
    const help = await shop.handlers['order.whatHelps'](ask, planner());
    expect(help?.remedies[0]).toMatchObject({ kind: 'sequence' });
    expect(help?.late).toBe(2.5 * 3600);
  },
  SLOW,
);

test(
  'what lines were told for the next hours gives way to a promise, whoever asks for the repair',
  async () => {
    const due = (order: string, at: string) => `${order},10,R,${at}:00Z,Released`;
    const orders = [
      'id,quantity,routing,due,state',
      due('A', '2026-11-23T09:50'),
      due('B', '2026-11-24T06:00'),
    ];
    done(await shop.take({ 'orders.csv': orders.join('\n') }));
    await shop.publish();
    await shop.dispatch();
    shop.clock('08:50');
    await shop.station.refresh();
    const down = { kind: 'breakdown', unit: 'P1', from: instant('08:50'), until: instant('09:15') };
    const offered = await offer(down);
    if (!offered.ok) throw new Error(offered.refusal.text);
    // A is packed from a quarter past, B when A is done.
    expect(offered.repairs.find(({ aim }) => aim === 'bestDelivery')?.after.lateOrders).toBe(0);
  },
  SLOW,
);

test(
  'what was brought to a line for a task holds it there, however far ahead it is',
  async () => {
    const steps = [
      'routing,step,position,equipment,run,domain',
      'R,stage,5,W1,30,inventory',
      'R,mix,10,M1,60,production',
      'R,mix,10,M2,60,production',
      'R,pack,20,P1,30,production',
    ];
    const crew = 'id,name\nW1,Warehouse crew\n';
    const orders = ordersCsv('A', 'B Cancelled');
    done(await shop.take({ 'equipment.csv': crew, 'steps.csv': steps.join('\n'), 'orders.csv': orders }));
    await shop.put('A/stage', 'W1', '07:00');
    await shop.put('A/mix', 'M1', '14:00');
    await shop.publish();
    await shop.dispatch();
    const held = () => shop.station.workspace.plan.frozen.map(({ task }) => task);
    expect(held()).toEqual(['A/stage']); // told, and soon
    shop.clock('07:00');
    done(await shop.report('started', 'W1', 'A/stage'));
    expect(held()).toEqual(['A/stage', 'A/mix']);
    expect(planToRepair(shop.station.workspace).frozen.map(({ task }) => task)).toEqual(['A/stage', 'A/mix']);
  },
  SLOW,
);
