import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { linesOf, runLinks } from '#electron/app/run-links.ts';
import { hasSeen } from '#electron/app/see-list.ts';
import { linkStateOf } from '#electron/app/link-state.ts';
import { openMachine } from '#electron/lines/opcua/machine.ts';
import type { LinkNow, RunningLink } from '#electron/lines/lines.ts';
import { OpcuaLink } from '#shared/domain/line-link.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { until } from '#test/support/mqtt-line.ts';
import { type OpcuaMachine, opcuaMachine } from '#test/support/opcua-machine.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let machine: OpcuaMachine;
/** Where our certificate lies, which takes a second to make. */
let folder: string;
let shop: SmallShop;
let running: RunningLink | null = null;
let now: LinkNow = { isConnected: false, failure: null, differences: [] };

const M2 = EquipmentId.parse('M2');
/** Nobody is needed, so that a machine may run it alone. */
const ALONE =
  'routing,step,position,equipment,run,qualification\nR,mix,10,M1,60,\nR,mix,10,M2,60,\nR,pack,20,P1,30,\n';

beforeAll(async () => {
  machine = await opcuaMachine();
  folder = await mkdtemp(join(tmpdir(), 'shiftwright-pki-'));
});
afterAll(async () => {
  await machine.remove();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  machine.reset();
  now = { isConnected: false, failure: null, differences: [] };
  shop = await smallShop('A', 'B');
  done(await shop.take({ 'steps.csv': ALONE }));
  await shop.put('A/mix', 'M2', '06:00');
  await shop.put('B/mix', 'M2', '07:00');
  await shop.publish();
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await shop.remove();
});

const link = () =>
  OpcuaLink.parse({
    name: 'mixer',
    kind: 'opcua',
    address: machine.address,
    isOn: true,
    units: ['M2'],
    security: 'None',
  });
const connect = (): void => {
  const watch = { now: (next: LinkNow) => void (now = next), told: () => undefined };
  const pace = { again: 100, look: 200, obeys: 2000 };
  running = openMachine(link(), null, folder, linesOf(shop.station, link()), watch, pace);
};
const kinds = (): string[] => shop.station.workspace.events.map(({ kind, task }) => `${kind} ${task ?? ''}`);
const isReceived = (task: string): boolean => shop.station.workspace.receipts.has(TaskId.parse(task));
const stored = (): string[] => machine.calls.filter((call) => call.startsWith('Store'));

test('[AT-02] a dispatched job is stored in the machine, started there, and what becomes of it is in the record', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  expect(stored()).toEqual(['Store A/mix', 'Store B/mix']);
  expect(machine.jobs()).toEqual({ 'A/mix': 'NotAllowedToStart', 'B/mix': 'NotAllowedToStart' });
  expect(machine.order('A/mix')).toMatchObject({
    priority: 9999,
    startTime: new Date('2026-11-23T06:00:00Z'),
    equipmentRequirements: [{ ID: 'M2' }],
  });
  machine.become('A/mix', 'Running');
  await until('it runs here', () => kinds().includes('started A/mix'));
  machine.become('A/mix', 'Interrupted');
  await until('it is paused here', () => kinds().includes('paused A/mix'));
  machine.become('A/mix', 'Running');
  await until('it goes on here', () => kinds().includes('resumed A/mix'));
  machine.become('A/mix', 'Ended');
  await until('it is cleared there', () => machine.jobs()['A/mix'] === undefined);
  expect(kinds()).toEqual(['started A/mix', 'paused A/mix', 'resumed A/mix', 'completed A/mix']);
  const { entries } = await shop.station.store.read.ledger({ limit: 1, action: 'execution.completed' });
  expect(entries).toMatchObject([{ userId: 'M2', workstation: 'opcua mixer' }]);
});

test('what a line reports is passed on to the machine, and comes back as nothing new', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  done(await shop.report('started', 'M2', 'A/mix'));
  await until('it may start', () => machine.jobs()['A/mix'] === 'AllowedToStart');
  machine.become('A/mix', 'Running');
  done(await shop.report('paused', 'M2', 'A/mix', { reason: 'Break' }));
  await until('it is interrupted', () => machine.jobs()['A/mix'] === 'Interrupted');
  done(await shop.report('resumed', 'M2', 'A/mix'));
  await until('it goes on', () => machine.jobs()['A/mix'] === 'Running');
  done(await shop.report('completed', 'M2', 'A/mix', { good: 10 }));
  await until('it is over', () => machine.jobs()['A/mix'] === undefined);
  expect(machine.calls).toEqual([
    'Store A/mix',
    'Store B/mix',
    'Start A/mix',
    'Pause A/mix',
    'Resume A/mix',
    'Stop A/mix',
    'Clear A/mix',
  ]);
  expect(kinds()).toEqual(['started A/mix', 'paused A/mix', 'resumed A/mix', 'completed A/mix']);
});

test('a start that is taken back at the line is revoked at the machine; what the machine has begun by then stays a fact', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  const begin = async (id: string): Promise<void> => {
    done(await shop.report('started', 'M2', 'A/mix', { id, person: undefined }));
    await until('it may start', () => machine.jobs()['A/mix'] === 'AllowedToStart');
  };
  const takeBack = async (id: string): Promise<void> =>
    void done(await shop.report('withdrawn', 'M2', undefined, { withdraws: id }));
  await begin('first start');
  await takeBack('first start');
  await until('it may not start', () => machine.jobs()['A/mix'] === 'NotAllowedToStart');
  expect(machine.calls.slice(2)).toEqual(['Start A/mix', 'RevokeStart A/mix']);
  expect(kinds()).toEqual([]);
  await begin('second start');
  machine.become('A/mix', 'Running');
  await takeBack('second start');
  await until('it runs all the same', () => kinds().includes('started A/mix'));
  expect(shop.station.workspace.events).toHaveLength(1);
  expect(shop.station.workspace.events[0]?.id).toMatch(/^machine /);
});

test('after the machine was away, what it did meanwhile is reported once, and no job is stored twice', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  await machine.stop();
  await until('it shows', () => !now.isConnected);
  machine.become('A/mix', 'Running');
  machine.become('A/mix', 'Ended');
  machine.become('B/mix', 'Running');
  await machine.start();
  await until('all is known', () => kinds().includes('started B/mix'));
  await until('it is cleared', () => machine.jobs()['A/mix'] === undefined);
  expect(kinds()).toEqual(['started A/mix', 'completed A/mix', 'started B/mix']);
  expect(stored()).toEqual(['Store A/mix', 'Store B/mix']);
});

test('a station that fell over after storing a job finds it there and does not store it again', async () => {
  connect();
  await shop.dispatch('M2');
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  await running?.stop();
  const caller = planner();
  done(
    await shop.handlers['job.withdraw'](
      { task: TaskId.parse('A/mix'), reason: 'As if it had fallen over' },
      caller,
    ),
  );
  connect();
  await until('it is known again', () => isReceived('A/mix'));
  expect(stored()).toEqual(['Store A/mix', 'Store B/mix']);
  expect(machine.calls.at(-1)).toBe('Update A/mix');
});

test('a job that the machine has lost is shown and not stored again before somebody has looked', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  machine.forget('A/mix');
  await until('it shows', () => now.differences.length === 1);
  expect(now.differences[0]).toMatchObject({
    task: 'A/mix',
    isLost: true,
    text: expect.stringContaining('the machine had it and has it no longer'),
  });
  expect(stored()).toHaveLength(2);
  done(await shop.handlers['job.withdraw']({ task: TaskId.parse('A/mix'), reason: 'Not begun' }, planner()));
  await until('it is stored', () => machine.jobs()['A/mix'] === 'NotAllowedToStart');
  await until('nothing differs', () => now.differences.length === 0 && isReceived('A/mix'));
  expect(stored()).toHaveLength(3);
});

test('a new revision changes what the machine holds and cancels what went elsewhere; jobs of others are left alone', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  await shop.put('B/mix', 'M1', '06:00');
  await shop.put('A/mix', 'M2', '08:00');
  await shop.publish();
  await shop.dispatch();
  await until('B is cancelled', () => machine.jobs()['B/mix'] === undefined);
  await until('A is changed', () => machine.calls.includes('Update A/mix'));
  expect(machine.order('A/mix')).toMatchObject({ startTime: new Date('2026-11-23T08:00:00Z') });
  expect(stored()).toHaveLength(2);
});

test('a recalled job is cancelled in the machine, which then has seen the list; one that it has begun is shown', async () => {
  connect();
  await shop.dispatch();
  await until('the machine has the list', () => hasSeen(shop.station.workspace, { unit: M2, revision: 1 }));
  done(await shop.recall('M2', 'No sugar', 'B/mix'));
  await until('it is gone', () => !('B/mix' in machine.jobs()));
  await until('it has seen the list', () => hasSeen(shop.station.workspace, { unit: M2, revision: 2 }));
  expect(machine.calls).toContain('Cancel B/mix');
  expect(now.differences).toEqual([]);

  machine.answer = 0b1000n; // it does not give it back
  done(await shop.recall('M2', 'No sugar', 'A/mix'));
  await until('that is shown', () => now.differences.length === 1);
  machine.answer = null;
  machine.become('A/mix', 'Running');
  await until('it is not believed', () => now.differences[0]?.text.includes('was recalled') === true);
  expect(hasSeen(shop.station.workspace, { unit: M2, revision: 3 })).toBe(false);
  expect(shop.station.workspace.events).toEqual([]);
});

test('what the machine refuses is told with every bit in words, and the job shows as not acknowledged', async () => {
  connect();
  await until('it is connected', () => now.isConnected);
  machine.answer = (1n << 4n) | (1n << 33n);
  await shop.dispatch();
  await until('it shows', () => now.differences.length === 2);
  expect(now.differences[0]).toEqual({
    task: 'A/mix',
    text: 'the machine did not take it: it cannot accept the job order; a reason of its own (bit 33).',
    isLost: false,
  });
  const rows = await shop.handlers['queue.list']({}, planner());
  expect(rows.find(({ unit }) => (unit as string) === 'M2')).toMatchObject({ unacknowledged: null }); // not configured here
  machine.answer = null;
  await until('it is tried again', () => isReceived('A/mix') && isReceived('B/mix'));
});

test('a machine that starts what may not start is shown, not believed', async () => {
  connect();
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  done(await shop.report('downtimeStarted', 'M2', undefined, { reason: 'Mechanical' }));
  machine.become('A/mix', 'Running');
  await until('it shows', () => now.differences.length === 1);
  expect(now.differences[0]?.text).toMatch(/the machine is Running, but .* is down since/);
  expect(kinds()).toEqual(['downtimeStarted ']);
});

test('with security nothing is said to a machine whose certificate nobody has trusted', async () => {
  const secure = OpcuaLink.parse({ ...link(), security: 'SignAndEncrypt', user: 'planner' });
  const watch = { now: (next: LinkNow) => void (now = next), told: () => undefined };
  const pace = { again: 100, look: 200, obeys: 2000 };
  const own = await mkdtemp(join(tmpdir(), 'shiftwright-pki-'));
  onTestFinished(() => rm(own, { recursive: true, force: true }));
  const printed = vi.spyOn(console, 'log');
  running = openMachine(secure, 'planner', own, linesOf(shop.station, secure), watch, pace);
  await until('it is refused', () => now.failure !== null);
  expect(now.failure).toMatch(/certificate/i);
  const rejected = join(own, 'pki/rejected');
  await until('its certificate waits', () => existsSync(rejected) && readdirSync(rejected).length > 0);
  for (const name of readdirSync(rejected))
    await rename(join(rejected, name), join(own, 'pki/trusted/certs', name));
  await until('it is connected', () => now.isConnected);
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  expect(printed.mock.calls).toEqual([]);
  printed.mockRestore();
});

test('[R6] a machine that gives no subscription is looked at all the same, and ends no station', async () => {
  const silent = await opcuaMachine({ subscribable: false });
  onTestFinished(() => silent.remove());
  const mute = OpcuaLink.parse({ ...link(), address: silent.address });
  const watch = { now: (next: LinkNow) => void (now = next), told: () => undefined };
  running = openMachine(mute, null, folder, linesOf(shop.station, mute), watch, {
    again: 100,
    look: 200,
    obeys: 2000,
  });
  await shop.dispatch();
  await until('both are acknowledged', () => isReceived('A/mix') && isReceived('B/mix'));
  silent.become('A/mix', 'Running');
  await until('it runs here', () => kinds().includes('started A/mix'));
  expect(silent.calls).toEqual(['Store A/mix', 'Store B/mix']);
});

/** What the record says of what the machine answered, the first answer first. */
const answers = async () =>
  (await shop.station.store.read.ledger({ limit: 50, action: 'job.answer' })).entries
    .map((entry) => entry.new)
    .reverse();

test('[R1] the desk starts and aborts a job; a start passes the gates first, and a command that is sent twice is given once', async () => {
  shop.station.runningLinks = runLinks(shop.station);
  try {
    done(await shop.handlers['link.save']({ link: link() }, planner()));
    await until('it is connected', () => linkStateOf(shop.station, 'mixer').isConnected);
    const ask = { link: 'mixer', task: TaskId.parse('A/mix'), reason: '' };
    expect(await shop.handlers['job.command']({ ...ask, command: 'Start' }, planner())).toMatchObject({
      refusal: { code: 'NOT_DISPATCHED' },
    });
    await shop.dispatch();
    await until('it is acknowledged', () => isReceived('A/mix'));
    done(await shop.handlers['job.command']({ ...ask, command: 'Start' }, planner()));
    expect(machine.jobs()['A/mix']).toBe('AllowedToStart');
    expect(await shop.handlers['job.command']({ ...ask, command: 'Resume' }, planner())).toMatchObject({
      refusal: {
        code: 'MACHINE_REFUSED',
        text: expect.stringContaining('in a state that does not allow it'),
      },
    });
    machine.become('A/mix', 'Running');
    await until('it runs', () => kinds().includes('started A/mix'));
    const pause = planner();
    for (let time = 0; time < 2; time += 1)
      done(await shop.handlers['job.command']({ ...ask, command: 'Pause' }, pause));
    expect(machine.calls.filter((call) => call === 'Pause A/mix')).toHaveLength(1);
    expect(await answers()).toEqual([
      { ok: true, text: 'done' },
      { ok: false, text: expect.stringContaining('in a state that does not allow it') },
      { ok: true, text: 'done' },
    ]);
    await until('it pauses', () => kinds().includes('paused A/mix'));
    done(await shop.handlers['job.command']({ ...ask, command: 'Resume' }, planner()));
    await until('it goes on', () => kinds().includes('resumed A/mix'));
    done(await shop.handlers['job.command']({ ...ask, command: 'Abort', reason: 'Wrong lot' }, planner()));
    await until('it is paused here', () => kinds().filter((kind) => kind === 'paused A/mix').length === 2);
    const [view] = await shop.handlers['link.list']({}, planner());
    expect(view).toMatchObject({ jobs: 2, unacknowledged: 0 });
  } finally {
    await shop.station.runningLinks.stop();
  }
});
