import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Command, type LedgerNote, type Store, type Writer, openStore } from '#electron/store/store.ts';
import { OrderId } from '#shared/domain/order.ts';
import type { Version } from '#shared/domain/version.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue } from '#shared/domain/queue.ts';
import { TaskId } from '#shared/domain/task.ts';
import type { Assignment, Figures } from '#shared/domain/schedule.ts';
import type { Edit, Place } from '#shared/edit/draft.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';

/** Saturday, 21 November 2026, 07:00 UTC. */
export const AT = Date.UTC(2026, 10, 21, 7);

/** A data folder that goes away with the test. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shiftwright-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store that is closed with the test. */
export async function storeIn(folder: string): Promise<Store> {
  const store = await openStore(join(folder, 'plant.db'));
  onTestFinished(() => store.close());
  return store;
}

export const newStore = (): Promise<Store> => storeIn(dataFolder());

let keys = 0;
export const command = (action = 'test.run', given: Partial<Command> = {}): Command => ({
  key: `key-${(keys += 1).toString().padStart(8, '0')}`,
  user: 'planner',
  action,
  origin: 'command',
  at: AT,
  ...given,
});

export const note = (given: Partial<LedgerNote> = {}): LedgerNote => ({
  entity: 'plan',
  entityId: 'draft',
  field: null,
  old: null,
  new: null,
  reason: null,
  ...given,
});

/** Runs one logged command; its reply. */
export async function doing<Reply>(store: Store, work: (write: Writer) => Promise<Reply>): Promise<Reply> {
  const { reply } = await store.write(command(), async (write) => {
    await write.log(note());
    return work(write);
  });
  return reply;
}

export const task = (id: string): TaskId => TaskId.parse(id);
export const unit = (id: string): EquipmentId => EquipmentId.parse(id);

export const assignment = (id: string, start = 0): Assignment => ({
  task: task(id),
  unit: unit('M1'),
  start,
  runStart: start,
  end: start + 60,
  setup: 0,
  people: [],
  instruments: [],
});

export const placed = (id: string, start = 0): Place => ({
  assignment: assignment(id, start),
  unplaced: null,
  pin: null,
});

/** An edit that moves one task from a start to another; null is "not in the draft". */
export const move = (id: string, from: number | null, to: number | null): Edit => ({
  label: `Move ${id} to ${String(to)}`,
  changes: [
    {
      task: task(id),
      before: from === null ? null : placed(id, from),
      after: to === null ? null : placed(id, to),
    },
  ],
});

const figures: Figures = {
  orders: 1,
  lateOrders: 0,
  weightedTardiness: 0,
  tardiness: 0,
  setup: 0,
  makespanEnd: 60,
  load: 1,
  unplaced: 0,
  flow: 0,
  overtime: 0,
  penalty: 0,
  moved: 0,
};

export const version = (number: number, starts: readonly number[] = [0]): Version => ({
  number,
  published: 1_795_244_400 + number,
  publisher: 'planner',
  note: `Shift ${number}`,
  schedule: { assignments: starts.map((start, index) => assignment(`O${index}/10`, start)), unplaced: [] },
  begun: [],
  figures,
});

export const queue = (on: string, revision: number, ofVersion = 1): Queue => ({
  unit: unit(on),
  revision,
  version: ofVersion,
  dispatched: 1_795_244_500,
  items: [
    {
      position: 1,
      task: task('O0/10'),
      order: OrderId.parse('O0'),
      name: 'Press',
      domain: 'production',
      product: 'Tablets',
      quantity: 100,
      uom: 'kg',
      due: 9999,
      assignment: assignment('O0/10'),
      why: 'EDD 1',
    },
  ],
});

export const report = (id: string, given: Partial<ExecutionEvent> = {}): Omit<ExecutionEvent, 'seq'> => ({
  id,
  kind: 'started',
  unit: unit('M1'),
  task: task('O0/10'),
  at: 100,
  recorded: 101,
  origin: 'line',
  state: 'PROD',
  deviations: [],
  ...given,
});
