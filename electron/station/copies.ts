import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Station } from '#electron/app/station.ts';

/** A copy that was made of the record: what of it, into which file, by whom and when. */
const Note = z.object({
  what: z.string(),
  file: z.string(),
  user: z.string(),
  at: z.string(),
  version: z.int().nullable(),
  revision: z.int(),
});

const folderIn = (root: string): string => join(root, 'copies');

/**
 * Whoever copies beside a running station only looks at the record and may not write it: what was copied is laid down as a
 * note, which the next station that writes, or the one that runs, takes into the ledger (RP-03).
 */
export function leaveNote(root: string, { workspace, now }: Station, what: string, file = 'printed'): void {
  const note: z.infer<typeof Note> = {
    what,
    file,
    user: userInfo().username,
    at: new Date(now * 1000).toISOString(),
    version: workspace.version?.number ?? null,
    revision: workspace.revision,
  };
  const folder = folderIn(root);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${path}.new`, `${path}.json`);
}

/** Takes the notes into the ledger; one that a crash left there is taken once all the same. */
export async function takeNotes(root: string, station: Station): Promise<void> {
  const folder = folderIn(root);
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const note = noteIn(path);
    const caller = { user: 'service copies', origin: 'command', key: `copy ${name}` } as const;
    await station.command(caller, 'copy.note', async (write) => {
      await write.log({
        entity: 'copy',
        entityId: note?.file ?? name,
        field: null,
        old: null,
        new: note ?? 'This note could not be read.',
        reason: null,
      });
      return { detail: null };
    });
    rmSync(path, { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return []; // nothing was ever copied
  }
}

function noteIn(path: string): z.infer<typeof Note> | null {
  try {
    return Note.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
