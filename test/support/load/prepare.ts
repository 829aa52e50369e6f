import { generatePlant } from '#electron/demo/generate.ts';
import { openStation } from '#electron/station/running.ts';
import { done, planner } from '#test/support/temporary-station.ts';
import { badgeOf } from './page.ts';

/** Monday morning in the plant. */
export const SHIFT_BEGINS = '2026-11-23T07:00:00Z';

export interface Prepared {
  readonly tasks: number;
  /** Units by how many tasks they were told, most first. */
  readonly units: readonly string[];
}

/** Makes the record of a plant that has been told its lists: generated, solved, accepted, published, dispatched; everybody has a badge. */
export async function preparePlant(data: string, tasks: number, seconds: number): Promise<Prepared> {
  const offset = Date.parse(SHIFT_BEGINS) - Date.now();
  const running = await openStation({ data, clock: () => Date.now() + offset });
  const { handlers, station } = running;
  const expected = () => station.workspace.revision;
  const files = generatePlant({ tasks, seed: 1, start: '2026-11-23' });
  done(await handlers['import.files']({ files, dryRun: false }, planner()));
  const solved = new Promise<void>((resolve) => {
    station.onFact((fact) => fact.kind === 'solve.ended' && resolve());
  });
  done(await handlers['solve.start']({ seconds, seed: 1 }, planner()));
  await solved;
  done(await handlers['proposal.accept']({ expected: expected() }, planner()));
  done(await handlers['version.publish']({ note: '', expected: expected() }, planner()));
  done(await handlers['queue.dispatch']({}, planner()));
  for (const { id } of station.workspace.plant.people)
    done(await handlers['badge.save']({ person: id, code: badgeOf(id) }, planner()));
  const told = [...station.workspace.queues.values()].toSorted((a, b) => b.items.length - a.items.length);
  const prepared = { tasks: station.workspace.plan.tasks.length, units: told.map(({ unit }) => unit) };
  await running.close();
  return prepared;
}
