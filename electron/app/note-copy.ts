import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { Station } from './station.ts';

/** Somebody has saved a copy of what the station shows, as a file of that name: who, what, by which filter, as of which version (RP-03). */
export function noteCopy(
  station: Station,
  { file, filter }: Ask<'copy.note'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'copy.note', async (write, { version, revision, scenario }) => {
    await write.log({
      entity: 'copy',
      entityId: file,
      field: null,
      old: null,
      new: { version: version?.number ?? null, revision, scenario, filter: filter === '' ? null : filter },
      reason: null,
    });
    return { detail: null };
  });
}
