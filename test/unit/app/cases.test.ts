import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { proposeByRule } from '#electron/app/propose-by-rule.ts';
import { reconcileCases } from '#electron/app/reconcile-cases.ts';
import { reportCannotRun } from '#electron/app/report-cannot-run.ts';
import type { Ask } from '#shared/contract/calls.ts';
import { must } from '#shared/base/must.ts';
import type { Case } from '#shared/domain/case.ts';
import { CannotRun } from '#shared/domain/execution.ts';
import { HOUR } from '#shared/time/instant.ts';
import {
  type SmallShop,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
  toldShop,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await toldShop();
  shop.clock('06:30');
});
afterEach(() => shop.remove());

const settled = () => must(shop.cases, 'The watch over the cases').settled();
const cases = async (): Promise<readonly Case[]> => {
  await settled();
  return shop.station.workspace.cases;
};
const states = async () => (await cases()).map(({ kind, object, state }) => `${kind} ${object} ${state}`);
const list = async () => (await settled(), shop.handlers['case.list']({}, planner()));
const refresh = async () => {
  await shop.station.refresh();
  await reconcileCases(shop.station);
};

async function down(unit: string): Promise<void> {
  done(await shop.report('downtimeStarted', unit, undefined, { reason: 'Mechanical' }));
  await settled();
}

const offered = async (id: number) => {
  const { within } = await shop.handlers['case.offer']({ case: id }, planner());
  if (!within.ok) throw new Error(within.refusal.text);
  return within;
};
type Aim = Ask<'repair.choose'>['aim'];
const choose = async (id: number, aim: Aim = 'leastChange') =>
  done(await shop.handlers['repair.choose']({ offer: (await offered(id)).offer, aim }, planner()));

/** What is shown of the waiting proposal, and goes along with the decision. */
const shown = async () => {
  const { proposal, revision } = must(await shop.handlers['case.preview']({}, planner()), 'A proposal');
  return { proposal, expected: revision };
};

/** Chooses a repair for the case and has it accepted, published and dispatched. */
async function decide(id: number, reason = 'Customer first') {
  await choose(id);
  return shop.handlers['case.decide']({ case: id, reason, ...(await shown()) }, planner());
}

const cannotRun = (task: string, unit: string, id = `cannot run ${task}`, more: object = {}) => {
  const reason = 'Tool or format part missing';
  const report = CannotRun.parse({ id, kind: 'cannotRun', unit, task, reason, person: 'anna', ...more });
  return reportCannotRun(shop.station, report, { user: 'anna', origin: 'line', key: id });
};

describe('[U19] a case is opened only where somebody has to decide', () => {
  test('a unit that goes down opens one: what it hits, who decides, until when, and what it costs to do nothing', async () => {
    await down('M1');
    expect(await list()).toMatchObject([
      {
        kind: 'downtime',
        object: 'M1',
        state: 'open',
        owner: 'supervisor',
        text: 'Mixer 1 is down since Mon 23 Nov 06:30: Mechanical',
        deadline: instant('07:00'),
        tasks: ['A/mix', 'B/mix'],
        orders: 2,
        hits: [
          { task: 'A/mix', unit: 'Mixer 1', start: instant('07:00') },
          { task: 'B/mix', unit: 'Mixer 1', start: instant('08:00') },
        ],
        atRisk: [],
      },
    ]);
    expect(shop.facts).toContainEqual({
      kind: 'cases.changed',
      opened: [{ id: 1, text: 'Mixer 1 is down since Mon 23 Nov 06:30: Mechanical' }],
    });
  });

  test('a unit of which nothing is planned opens none', async () => {
    await down('M2');
    expect(await cases()).toEqual([]);
  });

  test('nothing is opened before anything is published: there is nobody who was told anything', async () => {
    const other = await smallShop('A');
    await other.put('A/mix', 'M1', '07:00');
    done(await other.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
    await must(other.cases, 'watch').settled();
    expect(other.station.workspace.cases).toEqual([]);
    await other.remove();
  });

  test('it closes by itself when the cause is gone, and that is its outcome', async () => {
    await down('M1');
    shop.clock('06:45');
    done(await shop.report('downtimeEnded', 'M1'));
    expect(await cases()).toMatchObject([
      { state: 'closed', outcome: { kind: 'gone', text: 'The unit can be used again.', by: 'station' } },
    ]);
  });

  test('[R1] the same cause is one case, over restarts and further reports', async () => {
    await down('M1');
    await refresh();
    shop = await shop.reopened();
    expect(await states()).toEqual(['downtime M1 open']);
    done(await shop.report('downtimeStarted', 'P1', undefined, { reason: 'Electrical' }));
    expect(await states()).toEqual(['downtime M1 open', 'downtime P1 open']);
  });

  test('[U19] closed ones stand with the newest end first, whichever was opened first', async () => {
    await down('M1');
    await down('P1');
    for (const [time, unit] of [
      ['06:40', 'P1'],
      ['06:50', 'M1'],
    ] as const) {
      shop.clock(time);
      done(await shop.report('downtimeEnded', unit));
      await settled();
    }
    expect((await list()).map(({ object }) => object)).toEqual(['M1', 'P1']);
  });

  test('its history stands in the ledger: opened and closed, by whom and why', async () => {
    await down('M1');
    done(await shop.report('downtimeEnded', 'M1'));
    await settled();
    const { entries } = await shop.station.store.read.ledger({ limit: 100 });
    const own = entries.filter(({ entity }) => entity === 'case').toReversed();
    expect(own).toMatchObject([
      {
        entityId: '1',
        userId: 'service cases',
        old: null,
        new: { state: 'open', tasks: ['A/mix', 'B/mix'] },
      },
      { entityId: '1', old: 'open', new: { state: 'closed' }, reason: 'The unit can be used again.' },
    ]);
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });
});

describe('what else opens a case', () => {
  test('somebody is absent who has assigned tasks', async () => {
    done(
      await shop.take({
        'calendars.csv': 'id,zone,shift,days,from,to\nLATE,UTC,late,1-5,14:00,22:00\n',
        'people.csv': 'id,name,calendar\nanna,Anna,LATE\n',
      }),
    );
    const [one] = await list();
    expect(one).toMatchObject({
      kind: 'absentPerson',
      object: 'anna',
      owner: 'supervisor',
      tasks: ['A/mix', 'B/mix'],
    });
  });

  test('a qualification that expires before a planned task of its holder ends, until somebody else is planned', async () => {
    const expiring = (at: string) =>
      shop.take({
        'qualifications.csv': `person,qualification,evaluated,expires\nanna,mixing,2026-01-01T00:00:00Z,2026-11-23T${at}:00Z\n`,
      });
    done(await expiring('09:30'));
    expect(await states()).toEqual([]); // anna mixes until nine
    done(await expiring('08:30'));
    const [one] = await list();
    expect(one).toMatchObject({
      kind: 'qualificationExpiring',
      object: 'anna',
      owner: 'supervisor',
      text: 'Anna: mixing expires Mon 23 Nov 08:30',
      tasks: ['B/mix'],
    });
    await choose(1);
    const proposal = await shop.handlers['proposal.read']({}, planner());
    expect(proposal?.differences).toMatchObject([
      { task: 'B/mix', kinds: ['restaffed'], crew: { before: ['Anna'], after: ['Carl'] } },
    ]);
    const preview = await shop.handlers['case.preview']({}, planner());
    expect(preview?.lines).toMatchObject([{ unit: 'M1', moved: 0, restaffed: 1 }]);
    const decision = { case: 1, reason: 'Carl is there', ...(await shown()) };
    done(await shop.handlers['case.decide'](decision, planner()));
    const queue = shop.station.workspace.queues.get('M1' as never);
    expect(queue?.items.map(({ assignment }) => assignment.people[0]?.person)).toEqual(['anna', 'carl']);
    expect(await states()).toEqual(['qualificationExpiring anna closed']);
  });

  test('a rush order that fits in no gap before it is due', async () => {
    const rush = (due: string) =>
      shop.take({
        'orders.csv': `id,quantity,routing,due,state\nRUSH,10,R,2026-11-23T${due}:00Z,Released\n`,
      });
    done(await rush('12:00'));
    expect(await states()).toEqual([]);
    done(await rush('07:45')); // mixed for an hour, then packed for half an hour: 08:00 at the earliest
    expect(await states()).toEqual(['rushOrder RUSH open']);
    done(await rush('12:00'));
    expect(await states()).toEqual(['rushOrder RUSH closed']);
  });

  test('scrap that leaves the order short while it is still to be packed', async () => {
    shop.clock('07:00');
    done(await shop.report('started', 'M1', 'A/mix'));
    shop.clock('08:00');
    done(await shop.report('completed', 'M1', 'A/mix', { good: 7, scrap: 3 }));
    const [one] = await list();
    expect(one).toMatchObject({ kind: 'rework', object: 'A', owner: 'quality', tasks: ['A/pack'] });
    expect(one?.text).toMatch(/A is 3 .*short after mix: 3 .*scrap/);
  });

  test('maintenance that is planned over what was published', async () => {
    done(
      await shop.take({
        'downtimes.csv':
          'id,equipment,start,end,reason,planned\nPM7,M1,2026-11-23T07:30:00Z,2026-11-23T09:00:00Z,Oil,true\n',
      }),
    );
    expect(await states()).toEqual(['maintenanceConflict M1 open']);
    expect((await list())[0]).toMatchObject({ owner: 'maintenance', tasks: ['A/mix', 'B/mix'] });
  });
});

describe('deciding', () => {
  test('one command accepts, publishes, dispatches and records the outcome with its reason', async () => {
    await down('M1');
    const before = shop.told();
    done(await decide(1));
    expect(shop.told()).not.toEqual(before);
    expect(shop.told().join(' | ')).toContain('A/mix');
    expect(shop.station.workspace.assignments.get('A/mix' as never)?.unit).toBe('M2');
    const [one] = await cases();
    expect(one).toMatchObject({
      state: 'decided',
      outcome: {
        kind: 'repaired',
        by: 'planner',
        reason: 'Customer first',
        text: expect.stringContaining('version 2'),
      },
    });
    const { entries } = await shop.station.store.read.ledger({ limit: 100 });
    const ours = entries.filter(({ action }) => action === 'case.decide');
    expect(new Set(ours.map(({ correlation }) => correlation)).size).toBe(1);
    expect(new Set(ours.map(({ entity }) => entity))).toEqual(
      new Set(['plan', 'version', 'task', 'queue', 'case']),
    );
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });

  test('[R1] all or nothing: where dispatch is refused, nothing is accepted, published or decided', async () => {
    await down('M1');
    const { station } = shop;
    const revision = revisionOf(shop);
    shop.clock('06:40');
    await choose(1);
    done(await shop.handlers['settings.freshness']({ ...station.workspace.limits, imported: 60 }, planner()));
    const outcome = await shop.handlers['case.decide'](
      { case: 1, reason: 'Customer first', ...(await shown()) },
      planner(),
    );
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'STATUS_STALE' } });
    expect(revisionOf(shop)).toBe(revision);
    expect(station.workspace.version?.number).toBe(1);
    expect(await states()).toEqual(['downtime M1 open']);
  });

  test('[R5] what changed since is not decided over: the later one is told', async () => {
    await down('M1');
    await choose(1);
    const ask = { case: 1, reason: 'Customer first', ...(await shown()) };
    await shop.put('B/pack', 'P1', '11:00');
    expect(await shop.handlers['case.decide'](ask, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'REVISION_STALE' },
    });
    expect(await states()).toEqual(['downtime M1 open']);
  });

  test('[R5] what somebody else chose meanwhile is not decided unseen: nothing of it is published', async () => {
    await down('M1');
    await choose(1);
    const ask = { case: 1, reason: 'Customer first', ...(await shown()) };
    await choose(1, 'leastSetup');
    expect(await shop.handlers['case.decide'](ask, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'OFFER_STALE', text: expect.stringContaining('least setup') },
    });
    const accepted = await shop.handlers['proposal.accept'](
      { proposal: ask.proposal, expected: ask.expected },
      planner(),
    );
    expect(accepted).toMatchObject({ ok: false, refusal: { code: 'OFFER_STALE' } });
    expect(shop.station.workspace).toMatchObject({ revision: ask.expected, version: { number: 1 } });
    expect(await states()).toEqual(['downtime M1 open']);
    expect(await shop.handlers['proposal.read']({}, planner())).toMatchObject({ rule: 'least setup' });
    done(await shop.handlers['case.decide']({ ...ask, ...(await shown()) }, planner()));
    expect(await states()).toEqual(['downtime M1 decided']);
  });

  test('the disruption budget is never exceeded, and what it costs is told beside it', async () => {
    // A must be packed by 08:45; the other mixer is taken by C, which has time.
    const orders = ordersCsv('A', 'B', 'C').replace('A,10,R,2026-11-24T06:00', 'A,10,R,2026-11-23T08:45');
    done(await shop.take({ 'orders.csv': orders }));
    await shop.put('C/mix', 'M2', '07:00');
    await shop.put('C/pack', 'P1', '10:30');
    await shop.unpin();
    await shop.publish();
    await shop.dispatch();
    await down('M1');
    const offer = async (mostMoved: number) => {
      const { within, unbound } = await shop.handlers['case.offer']({ case: 1, mostMoved }, planner());
      return [within, must(unbound, 'What it would be without a budget')].map((one) =>
        one.ok
          ? one.repairs.map(({ counts, after }) => `${counts.moved} moved ${after.lateOrders} late`)
          : one.refusal.text,
      );
    };
    const [tight, free] = await offer(4);
    expect(tight).toEqual(['3 moved 1 late', '4 moved 1 late', '4 moved 1 late']);
    expect(free).toEqual(['3 moved 1 late', '5 moved 0 late', '5 moved 0 late']);
    expect((await offer(1))[0]).toMatch(/more than 1 task would have to move/);
  });

  test('to wait is a decision with a reason, and is to be decided again when the time is over', async () => {
    await down('M1');
    const until = instant('06:50');
    done(await shop.handlers['case.wait']({ case: 1, until, reason: 'The fitter is on her way' }, planner()));
    expect(await states()).toEqual(['downtime M1 decided']);
    await refresh();
    expect(await states()).toEqual(['downtime M1 decided']);
    shop.clock('06:50');
    await refresh();
    expect(await states()).toEqual(['downtime M1 open']);
    const past = { case: 1, until: until - HOUR, reason: 'x' };
    expect(await shop.handlers['case.wait'](past, planner())).toMatchObject({
      ok: false,
      refusal: { code: 'TIME_PAST' },
    });
  });

  test('a decided case stays decided while the unit is down, and closes with its outcome when it is up', async () => {
    await down('M1');
    done(await decide(1));
    shop.clock('06:45');
    await refresh();
    expect(await states()).toEqual(['downtime M1 decided']);
    done(await shop.report('downtimeEnded', 'M1'));
    expect(await cases()).toMatchObject([{ state: 'closed', outcome: { kind: 'repaired' } }]);
  });

  test('what lines have been told for the next two hours moves too, where somebody decides so', async () => {
    shop.clock('07:55');
    await down('P1'); // the only packer, for four hours as planning assumes
    const [one] = await cases();
    expect(one).toMatchObject({ object: 'P1', tasks: ['A/pack', 'B/pack'] });
    const offer = await shop.handlers['case.offer']({ case: must(one, 'The case').id }, planner());
    if (!offer.within.ok) throw new Error(offer.within.refusal.text);
    expect(offer.within.repairs[0]?.counts).toMatchObject({ moved: 2, dropped: 0 });
  });

  test('a rush order has three repairs as well: it gets its places, others make room, and one is decided', async () => {
    // Mixed by 07:45 at the earliest: A is packed from 08:00, half an hour after which it would be too late.
    shop.clock('06:45');
    await refresh();
    const rush = 'id,quantity,routing,due,state\nRUSH,10,R,2026-11-23T08:20:00Z,Released\n';
    done(await shop.take({ 'orders.csv': rush }));
    const [one] = await cases();
    expect(one).toMatchObject({ kind: 'rushOrder', object: 'RUSH', owner: 'planner' });
    expect(await list()).toMatchObject([
      { orders: 1, atRisk: [{ order: 'RUSH', due: instant('08:20'), end: null, wasLate: false }] },
    ]);
    const id = must(one, 'The case').id;
    const { within, unbound } = await shop.handlers['case.offer']({ case: id, mostMoved: 0 }, planner());
    if (!within.ok || !unbound?.ok) throw new Error('Repairs are offered.');
    expect(within.before).toMatchObject({ unplaced: 2 });
    expect(within.repairs.map(({ aim }) => aim)).toEqual(['leastChange', 'bestDelivery', 'leastSetup']);
    // Within the budget nothing moves for it, so it comes late; without it others make room.
    for (const { counts, after } of within.repairs) {
      expect(counts).toMatchObject({ placed: 2, moved: 0, dropped: 0, lateNow: 1 });
      expect(after).toMatchObject({ unplaced: 0, lateOrders: 1 });
    }
    const free = must(
      unbound.repairs.find(({ aim }) => aim === 'bestDelivery'),
      'The best delivery',
    );
    expect(free.counts).toMatchObject({ placed: 2, lateNow: 0 });
    expect(free.counts.moved).toBeGreaterThan(0);
    done(await shop.handlers['repair.choose']({ offer: unbound.offer, aim: 'bestDelivery' }, planner()));
    const decided = { case: id, reason: 'A customer waits', ...(await shown()) };
    done(await shop.handlers['case.decide'](decided, planner()));
    expect(shop.told().join(' ')).toContain('RUSH/mix');
    expect(shop.wrong()).toEqual([]);
    expect(await cases()).toMatchObject([{ state: 'closed', outcome: { kind: 'repaired' } }]);
  });

  test('what is decided is not decided twice', async () => {
    await down('M1');
    done(await decide(1));
    const again = await shop.handlers['case.wait'](
      { case: 1, until: instant('09:00'), reason: 'x' },
      planner(),
    );
    expect(again).toMatchObject({ ok: false, refusal: { code: 'CASE_DECIDED' } });
  });
});

describe('a rule for cases of a kind', () => {
  const rule = async (mostMoved: number) => {
    const { policy } = shop.station.workspace;
    done(await shop.handlers['policy.save']({ ...policy, rules: { downtime: mostMoved } }, planner()));
  };
  const waiting = () => shop.handlers['proposal.read']({}, planner());

  test('is off where nobody made one', async () => {
    await down('M1');
    await proposeByRule(shop.station);
    expect(await waiting()).toBeNull();
  });

  test('proposes the least change of itself, says in the ledger that it did, and leaves it to somebody to decide', async () => {
    await rule(4);
    await down('M1');
    const before = shop.told();
    await proposeByRule(shop.station);
    expect(await waiting()).toMatchObject({ rule: 'least change', case: 1 });
    expect(shop.station.workspace.version?.number).toBe(1);
    expect(shop.told()).toEqual(before);
    expect(await states()).toEqual(['downtime M1 open']);
    const { entries } = await shop.station.store.read.ledger({ limit: 2 });
    expect(entries[1]).toMatchObject({
      action: 'repair.choose',
      userId: 'service rules',
      reason: expect.stringMatching(/rule.*least change, at most 4 tasks moved \(Mixer 1 is down/),
    });
    const decision = { case: 1, reason: 'As the rule says', ...(await shown()) };
    done(await shop.handlers['case.decide'](decision, planner()));
    expect(await states()).toEqual(['downtime M1 decided']);
  });

  test('[AT-11] what a rule does is done by a service, and in the name of whoever set that rule', async () => {
    await rule(4);
    const { policy } = shop.station.workspace;
    const others = { ...policy, rules: { ...policy.rules, shortage: 3 } };
    done(await shop.handlers['policy.save'](others, { ...planner(), user: 'somebody else' }));
    await down('M1');
    await proposeByRule(shop.station);
    const { entries } = await shop.station.store.read.ledger({ limit: 10, record: 'case 1' });
    expect(entries[0]).toMatchObject({
      action: 'repair.choose',
      userId: 'service rules',
      new: { repair: 'leastChange', ruledBy: 'planner' },
      reason: expect.stringContaining('at most 4 tasks moved'),
    });
    // What is no change of the case's state is nothing that the handover tells.
    await expect(shop.handlers['handover.read']({ shift: 'this' }, planner())).resolves.toBeDefined();
  });

  test('what it has proposed once it does not propose again after a restart', async () => {
    await rule(4);
    await down('M1');
    await proposeByRule(shop.station);
    expect(await waiting()).not.toBeNull();
    shop = await shop.reopened();
    await proposeByRule(shop.station);
    expect(await waiting()).toBeNull();
    await down('P1');
    await proposeByRule(shop.station);
    expect(await waiting()).toMatchObject({ case: 2 });
  });

  test('proposes nothing beyond its budget, and nothing again that somebody rejected', async () => {
    await rule(1);
    await down('M1'); // two tasks have to move
    await proposeByRule(shop.station);
    expect(await waiting()).toBeNull();
    await rule(4);
    done(await shop.report('downtimeEnded', 'M1'));
    await settled();
    await down('M1');
    await proposeByRule(shop.station);
    done(await shop.handlers['proposal.reject']({}, planner()));
    await proposeByRule(shop.station);
    expect(await waiting()).toBeNull();
  });

  test('looks again where the draft changed while it was looking', async () => {
    await rule(4);
    await down('M1');
    const looking = proposeByRule(shop.station);
    await shop.put('B/pack', 'P1', '11:00');
    await looking;
    expect(await waiting()).toBeNull();
    await proposeByRule(shop.station);
    expect(await waiting()).toMatchObject({ case: 1 });
  });

  test('what it proposed goes with its case', async () => {
    await rule(4);
    await down('M1');
    await proposeByRule(shop.station);
    expect(await waiting()).not.toBeNull();
    done(await shop.report('downtimeEnded', 'M1'));
    await settled();
    await proposeByRule(shop.station);
    expect(await waiting()).toBeNull();
  });

  test('takes nobody’s proposal away', async () => {
    await rule(4);
    done(await cannotRun('A/mix', 'M1'));
    await choose(1, 'bestDelivery');
    await down('P1');
    await proposeByRule(shop.station);
    expect(await waiting()).toMatchObject({ rule: 'best delivery', case: null });
  });
});

describe('“can’t run this” from the line', () => {
  test('is a case at the desk at once, with reason, owner and timer, and stands on the line page', async () => {
    done(await cannotRun('A/mix', 'M1'));
    expect(await states()).toEqual(['cannotRun A/mix open']);
    const view = lineView(shop.station, 'M1', null);
    expect(view?.asked).toMatchObject([
      {
        task: 'A/mix',
        reason: 'Tool or format part missing',
        owner: 'supervisor',
        deadline: instant('07:00'),
        answer: null,
      },
    ]);
    expect(view?.items.map(({ task }) => task)).toEqual(['A/mix', 'B/mix']);
  });

  test('[R9] one id is one report: sent again it has the same answer and opens nothing', async () => {
    const first = await cannotRun('A/mix', 'M1');
    expect(await cannotRun('A/mix', 'M1')).toEqual(first);
    expect(await states()).toEqual(['cannotRun A/mix open']);
    const other = await cannotRun('A/mix', 'M1', 'another report of it');
    expect(other).toMatchObject({ ok: false, refusal: { code: 'CASE_OPEN' } });
  });

  test('[AT-12] is refused for what is not on the list or is in work, and the attempt is on record', async () => {
    expect(await cannotRun('A/mix', 'M2')).toMatchObject({ ok: false, refusal: { code: 'NOT_DISPATCHED' } });
    shop.clock('07:00');
    done(await shop.report('started', 'M1', 'A/mix'));
    const late = await cannotRun('A/mix', 'M1', 'while it is running');
    expect(late).toMatchObject({ ok: false, refusal: { code: 'TASK_STARTED' } });
    const { entries } = await shop.station.store.read.ledger({ limit: 10 });
    expect(entries[0]).toMatchObject({ action: 'execution.cannotRun', new: { refused: 'cannotRun' } });
    expect(await states()).toEqual([]);
  });

  test('is answered on the line page with what was decided, and closes when the task is in work', async () => {
    done(await cannotRun('A/mix', 'M1'));
    done(await decide(1, 'The die comes at ten'));
    const view = lineView(shop.station, 'M1', null);
    expect(view?.asked[0]?.answer).toMatchObject({ reason: 'The die comes at ten', by: 'planner' });
    const unit = must(shop.station.workspace.assignments.get('A/mix' as never), 'its place');
    expect(unit.start).toBeGreaterThanOrEqual(instant('10:30'));
    shop.clock('10:30');
    done(await shop.report('started', unit.unit, 'A/mix'));
    expect(await states()).toEqual(['cannotRun A/mix closed']);
  });
});

test('an order that is cancelled takes its case along', async () => {
  done(await cannotRun('A/mix', 'M1'));
  done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B') }));
  expect(await states()).toEqual(['cannotRun A/mix closed']);
});
