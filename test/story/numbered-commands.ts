import type { Store } from '#electron/store/store.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import type { Change } from '#shared/edit/draft.ts';

const M1 = EquipmentId.parse('M1');
const taskOf = (id: string): TaskId => TaskId.parse(id);

const change = (task: TaskId, start: number): Change => ({
  task,
  before: null,
  after: {
    assignment: {
      task,
      unit: M1,
      start,
      runStart: start,
      end: start + 60,
      setup: 0,
      people: [],
      instruments: [],
    },
    unplaced: null,
    pin: null,
  },
});

/**
 * Command `number` touches everything that a command can: it reports one event, places two tasks, takes the report before
 * back every fifth time and publishes every tenth.
 */
export function runNumbered(store: Store, number: number): Promise<{ reply: number; repeated: boolean }> {
  const at = 1_795_244_400_000 + number;
  return store.write(
    { key: `command-${number}`, user: 'planner', action: 'test.number', origin: 'command', at },
    async (write) => {
      const first = taskOf(`A-${number}/10`);
      const second = taskOf(`B-${number}/10`);
      await write.addEvent({
        id: `report-${number}`,
        kind: 'started',
        unit: M1,
        task: first,
        at: number,
        recorded: number,
        origin: 'line',
        state: 'PROD',
        deviations: [],
      });
      if (number % 5 === 0)
        await write.addEvent({
          id: `undo-${number}`,
          kind: 'withdrawn',
          withdraws: `report-${number - 1}`,
          unit: M1,
          at: number,
          recorded: number,
          origin: 'line',
          state: 'NO_ORDER',
          deviations: [],
        });
      await write.pushEdit(
        { label: `Number ${number}`, changes: [change(first, number), change(second, number)] },
        { undoable: true },
      );
      if (number % 10 === 0) {
        const assignments = [...(await write.draft()).values()].flatMap(({ assignment }) => assignment ?? []);
        await write.addVersion({
          number: number / 10,
          published: number,
          publisher: 'planner',
          note: '',
          schedule: { assignments, unplaced: [] },
          begun: [],
          figures: {
            orders: number,
            lateOrders: 0,
            weightedTardiness: 0,
            tardiness: 0,
            setup: 0,
            makespanEnd: number,
            load: 0,
            unplaced: 0,
            flow: 0,
            overtime: 0,
            penalty: 0,
            moved: 0,
          },
        });
      }
      await write.log({
        entity: 'number',
        entityId: String(number),
        field: null,
        old: number - 1,
        new: number,
        reason: null,
      });
      return number;
    },
  );
}

/** How often each command took effect, in every place where it should have left its mark. */
export interface Marks {
  readonly events: readonly string[];
  readonly withdrawn: readonly string[];
  readonly tasks: readonly string[];
  readonly entries: readonly string[];
  readonly versions: readonly number[];
  readonly revision: number;
}

export async function marksIn({ read }: Store): Promise<Marks> {
  const events = await read.events();
  const { entries } = await read.ledger({ limit: 1_000_000, text: 'number' });
  return {
    events: events.filter(({ kind }) => kind === 'started').map(({ id }) => id),
    withdrawn: events.flatMap(({ withdraws }) => withdraws ?? []),
    tasks: [...(await read.draft()).keys()],
    entries: entries
      .filter((entry) => entry.entity === 'number')
      .map((entry) => entry.entityId)
      .toReversed(),
    versions: (await read.versions()).map((version) => version.number).toReversed(),
    revision: await read.revision(),
  };
}

/** The marks of commands 1 … `last`, each exactly once. */
export function marksOf(last: number): Marks {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  return {
    events: numbers.map((number) => `report-${number}`),
    withdrawn: numbers.filter((number) => number % 5 === 0).map((number) => `report-${number - 1}`),
    tasks: numbers.flatMap((number) => [`A-${number}/10`, `B-${number}/10`]).sort(),
    entries: numbers.map(String),
    versions: numbers.filter((number) => number % 10 === 0).map((number) => number / 10),
    revision: last,
  };
}
