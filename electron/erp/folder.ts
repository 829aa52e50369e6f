import { lstat, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvFrom } from '#shared/base/csv.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { decodeBytes, MAX_BYTES, type NamedText } from './decode.ts';

export interface FolderOptions {
  /** Made when it is not there, with `archive` and `refused` in it. */
  readonly dir: string;
  /** Takes the files that are complete and says which of their rows were refused; a single one of line 0 means all of the file. */
  readonly onFiles: (files: readonly NamedText[]) => Promise<{ readonly refusals: readonly RowRefusal[] }>;
  /** Milliseconds between two looks. */
  readonly interval?: number;
  /** Milliseconds since 1970, for the names in the archive. */
  readonly clock?: () => number;
}

export interface DropFolder {
  /** Resolves when what has begun is done. */
  readonly stop: () => Promise<void>;
}

const DEFAULT_INTERVAL = 1000;
/** Files that come together belong together, so a growing one holds up the others, but not for more looks than this. */
const PATIENCE = 30;
/** Names under which programs write before they rename. */
const UNFINISHED = /^[.~]|\.(tmp|part|partial|crdownload|filepart|swp)$|~$/i;

interface Seen {
  /** Size and time of change: the same in two looks means complete. */
  readonly state: string;
  readonly looks: number;
}

/**
 * A folder that an ERP drops files into, looked at regularly (shares send no notice of changes). A crash in between is
 * harmless: a file is taken again, and a repeated message has no effect.
 */
export function watchFolder(options: FolderOptions): DropFolder {
  const stopping = new AbortController();
  const look = looker(options);
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await look();
      } catch {
        // The folder is away for a moment, such as a network share: the next look finds it again.
      }
      await pause(options.interval ?? DEFAULT_INTERVAL, stopping.signal);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/**
 * One look at the folder. A file that two looks find the same is complete: it is taken and moves to `archive`, its refused
 * rows beside it, or to `refused` with the reason when it is nothing that is known here.
 */
export function looker(options: FolderOptions): () => Promise<void> {
  const { dir } = options;
  let seen: ReadonlyMap<string, Seen> = new Map();
  return async () => {
    await mkdir(join(dir, 'archive'), { recursive: true });
    await mkdir(join(dir, 'refused'), { recursive: true });
    const states = await statesIn(dir);
    seen = new Map(
      [...states].map(([name, state]) => {
        const before = seen.get(name);
        return [name, { state, looks: before?.state === state ? before.looks + 1 : 0 }];
      }),
    );
    const steady = [...seen].filter(([, { looks }]) => looks > 0);
    const patient = steady.length < seen.size && !steady.some(([, { looks }]) => looks > PATIENCE);
    if (steady.length > 0 && !patient) await takeFiles(options, steady.map(([name]) => name).sort());
  };
}

/** Plain files only: no links, no folders, nothing that is still being written under another name. */
async function statesIn(dir: string): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const name of await readdir(dir)) {
    if (UNFINISHED.test(name)) continue;
    const stats = await lstat(join(dir, name)).catch(() => null); // vanished between the two calls
    if (stats?.isFile()) states.set(name, `${stats.size} ${stats.mtimeMs}`);
  }
  return states;
}

async function takeFiles(
  { dir, onFiles, clock = Date.now }: FolderOptions,
  names: readonly string[],
): Promise<void> {
  const stamp = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
  const texts: NamedText[] = [];
  const warnings: RowRefusal[] = [];
  for (const name of names) {
    const read = await readText(dir, name);
    if (read === null) continue;
    if (read.ok) {
      texts.push({ name, text: read.value.text });
      warnings.push(...read.value.warnings);
    } else await putAside(dir, name, stamp, read.reason.reason);
  }
  if (texts.length === 0) return;
  let refusals: readonly RowRefusal[];
  try {
    refusals = (await onFiles(texts)).refusals;
  } catch (cause) {
    const reason = `The import failed: ${cause instanceof Error ? cause.message : String(cause)}\nDrop the file again to try once more.`;
    for (const { name } of texts) await putAside(dir, name, stamp, reason);
    return;
  }
  for (const { name } of texts) {
    const own = refusals.filter((refusal) => refusal.file === name);
    const [only] = own;
    if (only?.line === 0 && own.length === 1) await putAside(dir, name, stamp, only.reason);
    else await archive(dir, name, stamp, [...own, ...warnings.filter((warning) => warning.file === name)]);
  }
}

async function readText(dir: string, name: string): Promise<ReturnType<typeof decodeBytes> | null> {
  try {
    const { size } = await lstat(join(dir, name));
    return decodeBytes(
      name,
      size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : await readFile(join(dir, name)),
    );
  } catch {
    return null; // taken away again: nothing to import
  }
}

async function archive(dir: string, name: string, stamp: string, rows: readonly RowRefusal[]): Promise<void> {
  const target = join(dir, 'archive', `${stamp}-${name}`);
  await move(join(dir, name), target);
  if (rows.length > 0) await writeFile(`${target}.refused.csv`, csvFrom(rows));
}

async function putAside(dir: string, name: string, stamp: string, reason: string): Promise<void> {
  const target = join(dir, 'refused', `${stamp}-${name}`);
  await move(join(dir, name), target);
  await writeFile(`${target}.txt`, `${reason}\n`);
}

/** A file that was taken away meanwhile has been imported all the same. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
}

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
