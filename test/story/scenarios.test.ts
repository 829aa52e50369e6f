import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '#electron/store/store.ts';
import type { RemedyPiece } from '#electron/solving/adviser-messages.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import { OrderId } from '#shared/domain/order.ts';
import { TaskId } from '#shared/domain/task.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { must } from '#shared/base/must.ts';
import {
  type SmallShop,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
  withVerbs,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B', 'C');
  shop.setClock(Date.parse('2026-11-23T05:30:00Z')); // however slow the machine is, 06:00 is to come
  await shop.put('A/mix', 'M1', '06:00');
});
afterEach(() => shop.remove());

const expected = () => revisionOf(shop);
const branch = async (name: string): Promise<ScenarioId> =>
  done(await shop.handlers['scenario.branch']({ name, expected: expected() }, planner())).scenario;
const open = async (scenario: ScenarioId) =>
  done(await shop.handlers['scenario.open']({ scenario, expected: expected() }, planner()));
const promote = (scenario: ScenarioId, ...tasks: string[]) =>
  shop.handlers['scenario.promote'](
    {
      scenario,
      expected: expected(),
      ...(tasks.length > 0 && { tasks: tasks.map((task) => TaskId.parse(task)) }),
    },
    planner(),
  );
const undo = async () => done(await shop.handlers['draft.undo']({ expected: expected() }, planner())).label;
const compare = async (scenario: ScenarioId, against: ScenarioId = DRAFT) =>
  must(await shop.handlers['scenario.compare']({ scenario, against }, planner()), 'both scenarios');
/** The board as `A/mix M1 07:00`, in the order of the starts. */
const shown = (): string[] =>
  [...shop.station.workspace.assignments.values()]
    .toSorted((a, b) => a.start - b.start || a.task.localeCompare(b.task))
    .map(({ task, unit, start }) => `${task} ${unit} ${new Date(start * 1000).toISOString().slice(11, 16)}`);
const names = () => shop.station.workspace.scenarios.map(({ name }) => name);

describe('a planner tries something without touching the draft', () => {
  test('branch, edit both, compare, promote, undo', async () => {
    const night = await branch('Night shift');
    expect(shown()).toEqual(['A/mix M1 06:00']);
    await shop.put('A/mix', 'M2', '09:00');
    await shop.put('B/mix', 'M1', '07:00');
    await open(DRAFT);
    expect(shown()).toEqual(['A/mix M1 06:00']);
    await shop.put('C/mix', 'M2', '06:00');

    const { differences, counts, against, scenario } = await compare(night);
    expect(differences.map(({ task, kinds }) => [task, ...kinds].join(' '))).toEqual([
      'A/mix reassigned',
      'B/mix new',
      'C/mix dropped',
    ]);
    expect(counts).toMatchObject({ reassigned: 1, new: 1, dropped: 1 });
    expect([against.name, scenario.name]).toEqual(['Draft', 'Night shift']);
    expect(scenario.figures.makespanEnd - against.figures.makespanEnd).toBe(3 * 3600);
    expect(scenario.problem).toBeNull();

    done(await promote(night));
    expect(shown()).toEqual(['B/mix M1 07:00', 'A/mix M2 09:00']);
    expect(await undo()).toBe('Promote “Night shift”');
    expect(shown()).toEqual(['A/mix M1 06:00', 'C/mix M2 06:00']);
    expect(await undo()).toMatch(/^Move C/);
  });

  test('each has its own undo, and a branch begins with none', async () => {
    const night = await branch('Night shift');
    expect(shop.station.workspace.undo).toBeNull();
    await shop.put('B/mix', 'M1', '08:00');
    await open(DRAFT);
    expect(await undo()).toMatch(/^Move A/);
    expect(shown()).toEqual([]);
    await open(night);
    expect(await undo()).toMatch(/^Move B/);
    expect(shown()).toEqual(['A/mix M1 06:00']);
  });

  test('differences are accepted one by one, and a part that does not work alone is refused with its reason', async () => {
    const other = await branch('Swap');
    await shop.put('A/mix', 'M1', '08:00');
    await shop.put('B/mix', 'M1', '06:00');
    await shop.put('C/mix', 'M2', '06:00');
    const refused = await promote(other, 'B/mix');
    expect(refused).toMatchObject({
      ok: false,
      refusal: { text: expect.stringContaining('does not work alone') },
    });
    expect(shop.station.workspace.scenario).toBe(other);
    done(await promote(other, 'C/mix'));
    expect(shown()).toEqual(['A/mix M1 06:00', 'C/mix M2 06:00']);
    done(await promote(other, 'A/mix', 'B/mix'));
    expect(shown()).toEqual(['B/mix M1 06:00', 'C/mix M2 06:00', 'A/mix M1 08:00']);
    expect((await compare(other)).differences).toEqual([]);
  });

  test('only the draft is published; after promoting it is', async () => {
    const night = await branch('Night shift');
    await shop.put('A/mix', 'M1', '08:00');
    const ask = () => ({ note: '', expected: expected() });
    expect(await shop.handlers['version.publish'](ask(), planner())).toMatchObject({
      refusal: { code: 'SCENARIO_OPEN', object: 'Night shift' },
    });
    done(await promote(night));
    done(await shop.handlers['version.publish'](ask(), planner()));
    expect(shop.station.workspace.version?.schedule.assignments.map(({ start }) => start)).toEqual([
      instant('08:00'),
    ]);
  });

  test('what has started stays where the line has it', async () => {
    const night = await branch('Night shift');
    await shop.put('A/mix', 'M1', '09:00');
    await open(DRAFT);
    await shop.publish();
    await shop.dispatch();
    done(await shop.report('started', 'M1', 'A/mix'));
    expect((await compare(night)).differences).toEqual([]);
    expect(await promote(night)).toMatchObject({ refusal: { code: 'NOTHING_CHANGED' } });
  });
});

describe('names, and what a command is made against', () => {
  test('a name is taken once whatever its case; the draft is neither renamed nor deleted nor promoted', async () => {
    const night = await branch('Night shift');
    const named = () => ({ name: 'NIGHT shift', expected: expected() });
    expect(await shop.handlers['scenario.branch'](named(), planner())).toMatchObject({
      refusal: { code: 'NAME_TAKEN' },
    });
    const late = await branch('Late');
    expect(await shop.handlers['scenario.rename']({ scenario: late, ...named() }, planner())).toMatchObject({
      refusal: { code: 'NAME_TAKEN' },
    });
    done(
      await shop.handlers['scenario.rename'](
        { scenario: night, name: 'Night', expected: expected() },
        planner(),
      ),
    );
    expect(names()).toEqual(['Draft', 'Night', 'Late']);
    const draft = { scenario: DRAFT, name: 'Mine', expected: expected() };
    for (const call of ['scenario.rename', 'scenario.remove', 'scenario.promote'] as const)
      expect(await shop.handlers[call](draft, planner())).toMatchObject({ refusal: { code: 'DRAFT_STAYS' } });
  });

  test('deleting the open one opens the draft; its edits are gone, the ledger knows', async () => {
    const night = await branch('Night shift');
    await shop.put('B/mix', 'M1', '08:00');
    done(await shop.handlers['scenario.remove']({ scenario: night, expected: expected() }, planner()));
    expect([names(), shown(), shop.station.workspace.undo]).toEqual([
      ['Draft'],
      ['A/mix M1 06:00'],
      expect.stringMatching(/^Move A/),
    ]);
    expect(await promote(night)).toMatchObject({ refusal: { code: 'SCENARIO_UNKNOWN' } });
    const { entries } = await shop.station.store.read.ledger({ limit: 50, text: 'Night shift' });
    expect(entries.map(({ action }) => action)).toEqual(['scenario.remove', 'scenario.branch']);
  });

  test('a command against the scenario that was open is stale, and a repeated key branches once', async () => {
    const seen = expected();
    const caller = planner();
    const first = await shop.handlers['scenario.branch']({ name: 'Night', expected: seen }, caller);
    expect(await shop.handlers['scenario.branch']({ name: 'Night', expected: seen }, caller)).toEqual(first);
    expect(names()).toEqual(['Draft', 'Night']);
    expect(await shop.handlers['draft.undo']({ expected: seen }, planner())).toMatchObject({
      refusal: { code: 'REVISION_STALE' },
    });
  });

  test('while the solver runs or its proposal waits, no other scenario is opened; a branch takes both along', async () => {
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, planner()));
    const solved = await branch('Solved');
    expect(
      await shop.handlers['scenario.open']({ scenario: DRAFT, expected: expected() }, planner()),
    ).toMatchObject({ refusal: { code: 'SOLVING' } });
    expect((await ended).outcome).toBe('proposal');
    expect(
      await shop.handlers['scenario.open']({ scenario: DRAFT, expected: expected() }, planner()),
    ).toMatchObject({ refusal: { code: 'PROPOSAL_WAITS' } });
    done(await shop.handlers['proposal.accept']({ expected: expected() }, planner()));
    expect(shown().length).toBe(6);
    await open(DRAFT);
    expect(shown()).toEqual(['A/mix M1 06:00']);
    done(await promote(solved));
    expect(shown().length).toBe(6);
  });
});

describe('what would help', () => {
  /** C stands two hours too late for its due date, and nothing holds it there. */
  async function misplaced(): Promise<OrderId> {
    const order = 'C,10,R,2026-11-23T09:00:00Z,Released';
    done(await shop.take({ 'orders.csv': `id,quantity,routing,due,state\n${order}\n` }));
    await shop.put('C/mix', 'M2', '09:00');
    await shop.put('C/pack', 'P1', '10:30');
    const tasks = ['C/mix', 'C/pack'].map((task) => TaskId.parse(task));
    done(await shop.handlers['draft.pin']({ tasks, pinned: false, expected: expected() }, planner()));
    return OrderId.parse('C');
  }

  test('a remedy is tried with one click: a scenario in which the order is on time, and the draft stays', async () => {
    const order = await misplaced();
    const before = shown();
    const help = must(await shop.handlers['order.whatHelps']({ order }, planner()), 'help');
    const remedy = help.remedies.findIndex(({ shows }) => shows);
    const ask = { help: help.id, remedy, expected: expected() };
    const { scenario } = done(await shop.handlers['remedy.try'](ask, planner()));
    const rows = await shop.handlers['orders.list']({}, planner());
    expect(rows.find((row) => row.order === order)?.late).toBe(0);
    expect(names()[1]).toBe('C: Move C and its neighbours');
    expect((await compare(scenario)).counts.onTimeNow).toBeGreaterThan(0);
    await open(DRAFT);
    expect(shown()).toEqual(before);
    expect(await shop.handlers['remedy.try']({ ...ask, expected: expected() }, planner())).toMatchObject({
      refusal: { code: 'OFFER_STALE' },
    });
  });

  test('what the record does not allow yet is said, and promoting it is refused with what it assumes', async () => {
    const { station } = shop;
    const place = must(station.workspace.assignments.get(TaskId.parse('A/mix')), 'the place of A');
    const sooner = { start: place.start - 7200, runStart: place.runStart - 7200, end: place.end - 7200 };
    const changed = [{ ...place, ...sooner }];
    const remedy: RemedyPiece = {
      kind: 'overtime',
      text: 'Begin 2 h earlier',
      moved: 1,
      assumes: true,
      changed,
      gone: [],
      unplaced: [],
    };
    station.helps = [{ id: 'told', order: OrderId.parse('A'), revision: expected(), remedies: [remedy] }];
    const ask = { help: 'told', remedy: 0, expected: expected() };
    const { scenario } = done(await shop.handlers['remedy.try'](ask, planner()));
    expect((await compare(scenario)).scenario.problem?.count).toBeGreaterThan(0);
    expect(await promote(scenario)).toMatchObject({
      ok: false,
      refusal: { text: expect.stringContaining('It assumes: Begin 2 h earlier.') },
    });
  });
});

describe('the record', () => {
  test('scenarios, the open one and its undo survive a restart', async () => {
    await branch('Night shift');
    await shop.put('B/mix', 'M1', '08:00');
    const before = [names(), shown(), shop.station.workspace.undo];
    shop = withVerbs(await shop.reopened());
    expect([names(), shown(), shop.station.workspace.undo]).toEqual(before);
    expect((await shop.station.store.verify()).ok).toBe(true);
  });

  test('an import in between: what it takes away is gone from every scenario, what it brings has no place, and both are said', async () => {
    const night = await branch('Night shift');
    await shop.put('B/mix', 'M1', '08:00');
    await open(DRAFT);
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B Cancelled', 'C', 'D') }));
    const told = shop.facts.flatMap((fact) => (fact.kind === 'notice' ? fact.text : []));
    expect(told).toEqual([
      'The import changed “Night shift” too: 1 task is gone, 2 new tasks have no place there yet',
    ]);
    await open(night);
    expect(shown()).toEqual(['A/mix M1 06:00']);
    expect(shop.station.workspace.undo).toBeNull();
  });

  test('a crash in the middle of promoting leaves the record as it was before', async () => {
    const night = await branch('Night shift');
    await shop.put('A/mix', 'M1', '09:00');
    const { store, workspace } = shop.station;
    const copy = mkdtempSync(join(tmpdir(), 'shiftwright-crash-'));
    const saved = join(copy, 'plant.db');
    const command = {
      key: 'crash',
      user: 'planner',
      action: 'scenario.promote',
      origin: 'window',
      at: 0,
    } as const;
    await store
      .write(command, async (write) => {
        const edit = editBetween('Promote', await write.draft(DRAFT), await write.draft(night));
        await write.pushEdit(edit, { undoable: true, scenario: DRAFT });
        await write.switchScenario(DRAFT);
        for (const end of ['', '-wal'])
          if (existsSync(`${store.file}${end}`)) copyFileSync(`${store.file}${end}`, `${saved}${end}`);
        throw new Error('the power is gone');
      })
      .catch(() => undefined);
    const found = await openStore(saved);
    expect(await found.read.openScenario()).toBe(night);
    expect(await found.read.revision()).toBe(workspace.revision);
    expect((await found.read.draft(DRAFT)).get(TaskId.parse('A/mix'))?.assignment?.start).toBe(
      instant('06:00'),
    );
    expect((await found.verify()).ok).toBe(true);
    await found.close();
    rmSync(copy, { recursive: true });
  });
});

test('whatever was moved on either side, promoting makes the draft equal the scenario, and undo makes it what it was', async () => {
  const move = fc.record({
    task: fc.constantFrom('A/mix', 'B/mix', 'C/mix', 'A/pack'),
    unit: fc.constantFrom('M1', 'M2', 'P1'),
    hour: fc.integer({ min: 6, max: 15 }),
  });
  const moves = fc.array(move, { maxLength: 6 });
  const tryAll = async (list: { task: string; unit: string; hour: number }[]) => {
    for (const { task, unit, hour } of list)
      await shop.put(task, unit, `${String(hour).padStart(2, '0')}:00`).catch(() => undefined); // refused: stays
  };
  const places = async (scenario: ScenarioId) =>
    Object.fromEntries(await shop.station.store.read.draft(scenario));
  let count = 0;
  await fc.assert(
    fc.asyncProperty(moves, moves, async (inScenario, inDraft) => {
      const scenario = await branch(`Try ${(count += 1)}`);
      await tryAll(inScenario);
      await open(DRAFT);
      await tryAll(inDraft);
      const before = await places(DRAFT);
      const outcome = await promote(scenario);
      expect(outcome.ok ? '' : outcome.refusal.code).toMatch(/^(NOTHING_CHANGED)?$/);
      expect(await places(DRAFT)).toEqual(await places(scenario));
      if (outcome.ok) await undo();
      expect(await places(DRAFT)).toEqual(before);
      done(await shop.handlers['scenario.remove']({ scenario, expected: expected() }, planner()));
    }),
    { numRuns: 25 },
  );
});
