import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAcknowledged } from '#electron/app/acknowledge-job.ts';
import { linkStateOf } from '#electron/app/link-state.ts';
import { itemsOf } from '#electron/app/queue-items.ts';
import { hasSeen } from '#electron/app/see-list.ts';
import { linesOf, runLinks } from '#electron/app/run-links.ts';
import { openBroker } from '#electron/lines/mqtt/broker.ts';
import type { RunningLink } from '#electron/lines/lines.ts';
import { MqttLink } from '#shared/domain/line-link.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type Broker, MOSQUITTO, realBroker } from '#test/support/mosquitto.ts';
import { type MqttLine, mqttLine, response, until } from '#test/support/mqtt-line.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const M1 = EquipmentId.parse('M1');
/** Jobs that nobody acknowledges are sent again sooner than a plant would want it. */
const HASTE = { first: 100, most: 400 };

describe.skipIf(MOSQUITTO === undefined)('over a real mosquitto', () => {
  let broker: Broker;
  let shop: SmallShop;
  let running: RunningLink | null;
  const lines: MqttLine[] = [];

  beforeEach(async () => {
    broker = await realBroker(['station', 'M1', 'M2', 'P1']);
    shop = await smallShop('A', 'B');
    await shop.put('A/mix', 'M1', '06:00');
    await shop.put('B/mix', 'M1', '07:00');
    await shop.publish();
    running = null;
  });
  afterEach(async () => {
    await Promise.all(lines.splice(0).map((line) => line.leave()));
    await running?.stop();
    await broker.remove();
    await shop.remove();
  });

  const link = () =>
    MqttLink.parse({ name: 'broker', kind: 'mqtt', address: broker.address, isOn: true, user: 'station' });
  /** Opens the connection as the station does, only with less patience. */
  const connected = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    running = openBroker(
      link(),
      'station',
      linesOf(shop.station, link()),
      { now: ({ isConnected }) => isConnected && resolve(), told: () => undefined },
      HASTE,
    );
    await promise;
  };
  const lineAt = async (unit: string, topics?: readonly string[]): Promise<MqttLine> => {
    const line = await mqttLine(broker, unit, topics);
    lines.push(line);
    return line;
  };
  const kinds = (): string[] =>
    shop.station.workspace.events.map(
      ({ kind, unit, task }: ExecutionEvent) => `${unit} ${kind} ${task ?? ''}`,
    );
  const isReceived = (task: string): boolean => {
    const { workspace } = shop.station;
    const told = itemsOf(workspace.queues).get(TaskId.parse(task));
    const queue = told && workspace.queues.get(told.unit);
    return queue !== undefined && isAcknowledged(workspace, { ...queue, task: TaskId.parse(task) });
  };

  test('a job reaches the line, is acknowledged, started and completed, and the plan knows', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    await until('both jobs stand', () => line.jobs().size === 2);
    expect(line.jobs().get('A/mix')).toMatchObject({
      workType: 'Production',
      dispatchStatus: 'Dispatched',
      equipmentId: 'M1',
      revision: 1,
      position: 1,
      startTime: '2026-11-23T06:00:00Z',
      endTime: '2026-11-23T07:00:00Z',
      operationsRequestId: 'A',
      quantity: 10,
      workMasterId: 'R',
      workMasterVersion: '1',
      why: expect.stringMatching(/./),
      expires: '2026-11-23T18:00:00Z',
    });
    expect(isReceived('A/mix')).toBe(false);
    await line.acknowledge();
    await until('the station knows', () => isReceived('A/mix') && isReceived('B/mix'));

    await line.say('job-responses', response('started', 'A/mix', { personId: 'anna' }));
    await until('it runs', () => kinds().includes('M1 started A/mix'));
    await line.say('job-responses', response('quantityReported', 'A/mix', { good: 4 }));
    await line.say('job-responses', response('completed', 'A/mix', { good: 6, scrap: 1 }));
    await until('it is done', () => kinds().includes('M1 completed A/mix'));
    expect(shop.station.workspace.progress.get(TaskId.parse('A/mix'))).toMatchObject({
      state: { kind: 'completed' },
      scrap: 1,
    });
    await until('what is done stands no longer', () => !line.jobs().has('A/mix'));
    expect([...line.jobs().keys()]).toEqual(['B/mix']);
  });

  test('[R1] what a line takes back stands as it was: its job is retained again, and a repeat is answered the same', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    await until('both jobs stand', () => line.jobs().size === 2);
    await line.acknowledge();
    await line.say('job-responses', response('started', 'A/mix', { personId: 'anna' }));
    await line.say('job-responses', response('quantityReported', 'A/mix', { good: 40, personId: 'anna' }));
    const correction = { good: -36, scrap: 0, rework: 0 };
    const wrong = response('quantityCorrected', 'A/mix', { correction, reason: 'Sensor', personId: 'anna' });
    await line.say('job-responses', wrong);
    const completed = response('completed', 'A/mix');
    await line.say('job-responses', completed);
    await until('what is done stands no longer', () => !line.jobs().has('A/mix'));
    const back = response('withdrawn', 'A/mix', { withdraws: completed.jobResponseId });
    await line.say('job-responses', back);
    await until('it stands again', () => line.jobs().has('A/mix'));
    await line.say('job-responses', back);
    await until(
      'both answers',
      () => line.answers().filter(({ about }) => about === back.jobResponseId).length === 2,
    );
    const answers = line.answers().filter(({ about }) => about === back.jobResponseId);
    expect(answers).toMatchObject([{ ok: true }, answers[0]]);
    expect(shop.station.workspace.progress.get(TaskId.parse('A/mix'))).toMatchObject({
      state: { kind: 'running' },
      good: 4,
    });
  });

  test('a recall clears the job and is said in the list; the line acknowledges the list, and starts nothing of it', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    await until('both jobs stand', () => line.jobs().size === 2);
    await line.acknowledge();
    const seen = (revision: number) => hasSeen(shop.station.workspace, { unit: M1, revision });
    await until('every job, so the list', () => seen(1));
    done(await shop.recall('M1', 'No sugar'));
    await until('nothing stands', () => line.jobs().size === 0);
    const list = () => line.heard.findLast(({ topic }) => topic === 'shiftwright/M1/job-list')?.text ?? '{}';
    await until('the list says so', () => list().includes('No sugar'));
    expect(JSON.parse(list())).toMatchObject({
      revision: 2,
      jobOrderIds: [],
      reason: 'No sugar',
      recalled: [
        { jobOrderId: 'A/mix', reason: 'No sugar' },
        { jobOrderId: 'B/mix', reason: 'No sugar' },
      ],
    });
    await line.say('job-responses', response('started', 'A/mix', { personId: 'anna' }));
    await until('a refusal', () => line.answers().some(({ ok }) => ok === false));
    expect(line.answers().at(-1)).toMatchObject({ refusal: { code: 'RECALLED' } });
    expect(seen(2)).toBe(false);
    await line.say('acknowledgements', { revision: 2 });
    await until('the list', () => seen(2));
  });

  test('a gate that fails is answered with its code and words, on the topic and with the correlation that were asked for', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    const properties = { responseTopic: 'shiftwright/M1/answers/cell-7', correlationData: Buffer.from('42') };
    const asked = response('started', 'A/mix', { personId: 'ben' });
    await line.say('job-responses', asked, { properties });
    await until('an answer', () => line.answers().length === 1);
    expect(line.heard.find(({ topic }) => topic.endsWith('/cell-7'))?.correlation).toBe('42');
    expect(line.answers()[0]).toMatchObject({
      ok: false,
      about: asked.jobResponseId,
      refusal: { code: 'QUAL_MISSING' },
    });
    expect(kinds()).toEqual([]);
  });

  test('an answer never goes where the line itself may not write', async () => {
    await connected();
    const [line, other] = [await lineAt('M1'), await lineAt('M2')];
    await shop.dispatch();
    for (const responseTopic of [
      'shiftwright/M2/job-orders/X',
      'shiftwright/M2/answers',
      'shiftwright/M1/job-list',
    ])
      await line.say('job-responses', 'garbage', { properties: { responseTopic } });
    await until('three answers', () => line.answers().length === 3);
    expect(other.heard.filter(({ text }) => text.includes('MALFORMED'))).toEqual([]);
  });

  test('a report that comes three times counts once, and is answered three times the same', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    const started = response('started', 'A/mix', { personId: 'anna' });
    await line.say('job-responses', started);
    const quantity = response('quantityReported', 'A/mix', { good: 3 });
    for (let times = 0; times < 3; times += 1) await line.say('job-responses', quantity);
    await until('four answers', () => line.answers().length === 4);
    expect(
      new Set(
        line
          .answers()
          .slice(1)
          .map((answer) => JSON.stringify(answer)),
      ).size,
    ).toBe(1);
    expect(kinds()).toEqual(['M1 started A/mix', 'M1 quantityReported A/mix']);
  });

  test('garbage gets a refusal that says what is wrong, and the next report is recorded', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    const garbage = [
      '{',
      'null',
      '[]',
      '"started"',
      '{"jobResponseId":"short","kind":"started"}',
      JSON.stringify({ ...response('started', 'A/mix'), good: -1 }),
      JSON.stringify(response('exploded', 'A/mix')),
      JSON.stringify({ ...response('paused', 'A/mix'), reason: 'x'.repeat(600) }),
      JSON.stringify({ ...response('started', 'A/mix'), time: 'yesterday' }),
      JSON.stringify({ pad: 'x'.repeat(70_000) }),
      Buffer.from([0xff, 0xfe, 0x00]).toString('latin1'),
    ];
    for (const text of garbage) await line.say('job-responses', text);
    await line.say('acknowledgements', { jobOrderId: 'A/mix', revision: 'one' });
    await line.say('state', { id: 'state 1 of M1', state: 'Sleepy' });
    await until('answers to all', () => line.answers().length === garbage.length + 2);
    const codes = line.answers().map((answer) => (answer['refusal'] as { code: string }).code);
    expect(new Set(codes)).toEqual(new Set(['MALFORMED']));
    await line.say('job-responses', response('started', 'A/mix', { personId: 'anna' }));
    await until('the good one', () => kinds().includes('M1 started A/mix'));
  });

  test('the state that a machine tells begins a downtime with its reason and ends it, each once', async () => {
    await connected();
    const line = await lineAt('M1');
    const down = { id: 'state 4711', state: 'Down', reason: 'Tool or format part' };
    for (let times = 0; times < 2; times += 1) await line.say('state', down);
    await until(
      'down',
      () => shop.station.workspace.units.get(EquipmentId.parse('M1'))?.down?.reason === down.reason,
    );
    await line.say('state', { id: 'state 4712', state: 'Up' });
    await line.say('state', down); // the broker delivers the first one late once more
    await until('four answers', () => line.answers().length === 4);
    expect(kinds()).toEqual(['M1 downtimeStarted ', 'M1 downtimeEnded ']);
    expect(shop.station.workspace.units.get(EquipmentId.parse('M1'))?.down ?? null).toBe(null);
  });

  test('a job that the line does not acknowledge is sent again, less and less often, until it does', async () => {
    await connected();
    await shop.dispatch();
    const line = await lineAt('M1');
    const times = (): number => line.heard.filter(({ topic }) => topic.includes('A%2Fmix')).length;
    await until('it comes again', () => times() >= 3);
    await line.acknowledge();
    await until('it is known', () => isReceived('A/mix'));
    const heard = times();
    await new Promise((resolve) => setTimeout(resolve, 3 * HASTE.most));
    expect(times()).toBeLessThanOrEqual(heard + 1); // one may have been on its way
  });

  test('a new revision replaces the old one, takes away what is not in it, and is acknowledged anew', async () => {
    await connected();
    const line = await lineAt('M1');
    const other = await lineAt('M2');
    await shop.dispatch();
    await until('both stand', () => line.jobs().size === 2);
    const known = { jobOrderId: 'A/mix', revision: 1 };
    await line.say('acknowledgements', known);
    await until('one is known', () => isReceived('A/mix'));
    await shop.put('B/mix', 'M2', '06:00');
    await shop.publish();
    await shop.dispatch();
    await until('B went over', () => !line.jobs().has('B/mix') && other.jobs().has('B/mix'));
    await until('A is in revision 2', () => line.jobs().get('A/mix')?.['revision'] === 2);
    await line.say('acknowledgements', known); // says nothing of revision 2
    await line.say('acknowledgements', { jobOrderId: 'B/mix', revision: 1 });
    await until('a refusal', () => line.answers().some(({ ok }) => ok === false));
    expect(line.answers().at(-1)).toMatchObject({ refusal: { code: 'REVISION_STALE' } });
    expect(isReceived('A/mix')).toBe(false);
  });

  test('[R9] a broker killed in between comes back empty: nothing is lost and nothing doubled', async () => {
    await connected();
    const line = await lineAt('M1');
    await shop.dispatch();
    await until('both stand', () => line.jobs().size === 2);
    const started = response('started', 'A/mix', { personId: 'anna' });
    await line.say('job-responses', started);
    await until('it runs', () => kinds().length === 1);
    // Killed with a report that the broker has accepted and nobody may have heard; the line has no answer, so it keeps it.
    const completed = response('completed', 'A/mix', { good: 10 });
    void line.say('job-responses', completed).catch(() => undefined);
    await broker.kill();
    lines.splice(0);
    await line.leave();
    // While it is away the plan goes on: B moves to the other mixer.
    await shop.put('B/mix', 'M2', '07:00');
    await shop.publish();
    await shop.dispatch();
    await broker.start();

    const [again, other] = [await lineAt('M1'), await lineAt('M2')];
    // Nobody listens yet on a broker that lost its memory: a line sends its report until it is answered.
    await again.insist('job-responses', started);
    await again.insist('job-responses', completed);
    await until('every job is told anew', () => other.jobs().has('B/mix'));
    await until('nothing old stands', () => again.jobs().size === 0);
    expect(kinds()).toEqual(['M1 started A/mix', 'M1 completed A/mix']);
    await other.acknowledge();
    await until('the other line has it', () => isReceived('B/mix'));
    expect((await shop.station.store.verify()).ok).toBe(true);
  });

  test('a line knows whether the station is there, also when it is gone without a word', async () => {
    await connected();
    const line = await lineAt('M1', ['shiftwright/station']);
    const states = () => line.heard.map(({ text }) => (JSON.parse(text) as { state: string }).state);
    await until('it is there', () => states().at(-1) === 'Up');
    // The broker takes two under one name for one, as it takes a station whose network is gone for none.
    const other = await connectAsync(broker.address, {
      protocolVersion: 5,
      username: 'station',
      password: 'station',
      reconnectPeriod: 0,
    });
    await until('it is gone', () => states().at(-1) === 'Down');
    await other.endAsync();
    await until('it is back', () => states().at(-1) === 'Up');
    await running?.stop();
    await until('it has taken its leave', () => states().at(-1) === 'Down');
    expect(line.heard.at(-1)?.text).toContain('"time"');
    const late = await lineAt('M2', ['shiftwright/station']);
    await until('who comes later is told as well', () => late.heard.length > 0);
    expect(late.heard).toMatchObject([{ text: expect.stringContaining('Down'), retain: true }]);
  });

  test('what stands on the broker from before the station was stopped is cleared when it is no longer true', async () => {
    await connected();
    await shop.dispatch();
    const line = await lineAt('M1');
    await until('both stand', () => line.jobs().size === 2);
    await running?.stop();
    await shop.put('B/mix', 'M2', '07:00');
    await shop.publish();
    await shop.dispatch();
    await connected();
    await until('only what is true', () => line.jobs().size === 1);
    expect(line.jobs().get('A/mix')).toMatchObject({ revision: 2 });
  });

  test('[S4] a line may neither read nor write what belongs to another, and nobody without a name anything', async () => {
    await connected();
    const foreign = await lineAt('P1', ['shiftwright/#']);
    await shop.dispatch();
    const line = await lineAt('M1');
    await until('both stand', () => line.jobs().size === 2);
    const publish = (topic: string, content: object) =>
      foreign.client.publishAsync(topic, JSON.stringify(content), { qos: 1, retain: true });
    const attempts = [
      publish('shiftwright/M1/job-responses', response('started', 'A/mix', { personId: 'anna' })),
      publish('shiftwright/M1/acknowledgements', { jobOrderId: 'A/mix', revision: 1 }),
      publish('shiftwright/M1/job-orders/A%2Fmix', { jobOrderId: 'A/mix', position: 9 }),
      publish('shiftwright/P1/job-orders/X', { jobOrderId: 'X' }),
    ];
    expect((await Promise.allSettled(attempts)).map(({ status }) => status)).toEqual(
      attempts.map(() => 'rejected'),
    );
    await line.say('acknowledgements', { jobOrderId: 'A/mix', revision: 1 });
    await until('the line itself may', () => isReceived('A/mix'));
    expect(isReceived('B/mix')).toBe(false);
    expect(kinds()).toEqual([]);
    expect(foreign.heard.filter(({ topic }) => !/^shiftwright\/(P1\/|station$)/.test(topic))).toEqual([]);
    expect(line.jobs().get('A/mix')).toMatchObject({ position: 1 });
  });

  test('a connection is off until it is switched on, keeps its password out of sight and says why it fails', async () => {
    shop.station.runningLinks = runLinks(shop.station);
    const state = () => linkStateOf(shop.station, 'broker');
    try {
      done(
        await shop.handlers['link.save']({ link: { ...link(), isOn: false }, secret: 'wrong' }, planner()),
      );
      expect(shop.station.links.size).toBe(0);
      done(await shop.handlers['link.save']({ link: link() }, planner()));
      await until('the broker refuses', () => state().failure !== null);
      expect(state()).toMatchObject({ isConnected: false, failure: expect.stringContaining('authorized') });
      done(await shop.handlers['link.save']({ link: link(), secret: 'station' }, planner()));
      await until('it is connected', () => state().isConnected);
      await shop.dispatch();
      expect(await shop.handlers['link.list']({}, planner())).toMatchObject([{ jobs: 2, unacknowledged: 2 }]);
      const rows = await shop.handlers['queue.list']({}, planner());
      expect(rows.find(({ unit }) => (unit as string) === 'M1')).toMatchObject({ unacknowledged: 2 });
      const moved = { ...link(), address: 'mqtt://127.0.0.1:1' };
      expect(await shop.handlers['link.save']({ link: moved }, planner())).toMatchObject({
        refusal: { code: 'SECRET_MISSING' },
      });
      const ledger = await shop.handlers['ledger.list']({ limit: 500 }, planner());
      expect(JSON.stringify(ledger)).not.toContain('"wrong"');
      done(await shop.handlers['link.remove']({ name: 'broker' }, planner()));
      expect(shop.station.links.size).toBe(0);
    } finally {
      await shop.station.runningLinks.stop();
    }
  });
});
