import { lstat, mkdir, readFile, readdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvFrom } from '#shared/base/csv.ts';
import { groupBy } from '#shared/base/group.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { decodeBytes, MAX_BYTES } from './decode.ts';
import { type NamedText, fileOf } from './named-text.ts';
import { pause } from './pause.ts';

export interface FolderOptions {
  /** Made when it is not there, with `archive` and `refused` in it. */
  readonly dir: string;
  /** Takes the files that are complete. */
  readonly onFiles: (files: readonly NamedText[]) => Promise<Taken>;
  /** Milliseconds between two looks. */
  readonly interval?: number;
  /** Milliseconds since 1970, for the names in the archive. */
  readonly clock?: () => number;
}

/** What became of files. */
export interface Taken {
  /** The rows that were refused; a single one of line 0 means all of the file. */
  readonly refusals: readonly RowRefusal[];
  readonly warnings?: readonly RowRefusal[];
  /** What the senders of messages among them get back: lies in `answers`. */
  readonly answers?: readonly { readonly file: string; readonly text: string }[];
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

/** Where a file is while it is read: whoever writes one of the same name meanwhile writes another. */
const TAKING = 'taking';

/**
 * One look at the folder. A file that two looks find the same is complete: it is taken and moves to `archive`, its refused
 * rows and warnings beside it, or to `refused` with the reason when it is nothing that is known here.
 */
export function looker(options: FolderOptions): () => Promise<void> {
  const { dir } = options;
  let seen: ReadonlyMap<string, Seen> = new Map();
  let begun = false;
  return async () => {
    await mkdir(join(dir, 'archive'), { recursive: true });
    await mkdir(join(dir, 'refused'), { recursive: true });
    if (!begun) await takeFiles(options, await readdir(join(dir, TAKING)).catch(() => [])); // left by a crash
    begun = true;
    const states = await statesIn(dir);
    seen = new Map(
      [...states].map(([name, state]) => {
        const before = seen.get(name);
        return [name, { state, looks: before?.state === state ? before.looks + 1 : 0 }];
      }),
    );
    const steady = [...seen].filter(([, { looks }]) => looks > 0);
    const patient = steady.length < seen.size && !steady.some(([, { looks }]) => looks > PATIENCE);
    if (steady.length === 0 || patient) return;
    await mkdir(join(dir, TAKING), { recursive: true });
    const names = steady.map(([name]) => name).sort();
    const claimed: string[] = [];
    for (const name of names) if (await claim(dir, name, seen.get(name)?.state)) claimed.push(name);
    await takeFiles(options, claimed);
  };
}

/** Takes a file out of everybody's sight, unless somebody has gone on writing it. */
async function claim(dir: string, name: string, state: string | undefined): Promise<boolean> {
  await move(join(dir, name), join(dir, TAKING, name));
  const stats = await lstat(join(dir, TAKING, name)).catch(() => null);
  if (stats && stateOf(stats) === state) return true;
  await move(join(dir, TAKING, name), join(dir, name));
  return false;
}

const stateOf = ({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string =>
  `${size} ${mtimeMs}`;

/** Plain files only: no links, no folders, nothing that is still being written under another name. */
async function statesIn(dir: string): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const name of await readdir(dir)) {
    if (UNFINISHED.test(name)) continue;
    const stats = await lstat(join(dir, name)).catch(() => null); // vanished between the two calls
    if (stats?.isFile()) states.set(name, stateOf(stats));
  }
  return states;
}

async function takeFiles(
  { dir, onFiles, clock = Date.now }: FolderOptions,
  names: readonly string[],
): Promise<void> {
  const stamp = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
  const place: Place = { dir, stamp };
  const texts: NamedText[] = [];
  const warnings: RowRefusal[] = [];
  for (const name of names) {
    const read = await readText(dir, name);
    if (read === null) continue;
    if (read.ok) {
      texts.push(...read.value.texts);
      warnings.push(...read.value.warnings);
    } else await putAside(place, name, read.reason.reason);
  }
  if (texts.length > 0) await takeTexts(place, onFiles, texts, warnings);
  await rmdir(join(dir, TAKING)).catch(() => {}); // only when it is empty
}

interface Place {
  readonly dir: string;
  /** Before the names in the archive. */
  readonly stamp: string;
}

async function takeTexts(
  place: Place,
  onFiles: FolderOptions['onFiles'],
  texts: readonly NamedText[],
  read: readonly RowRefusal[],
): Promise<void> {
  let taken: Taken;
  try {
    taken = await onFiles(texts);
  } catch (cause) {
    const reason = `The import failed: ${cause instanceof Error ? cause.message : String(cause)}\nDrop the file again to try once more.`;
    for (const name of new Set(texts.map((text) => fileOf(text.name)))) await putAside(place, name, reason);
    return;
  }
  const { refusals, warnings = [], answers = [] } = taken;
  for (const { file, text } of answers) await answer(place, file, text);
  for (const [name, parts] of groupBy(texts, (text) => fileOf(text.name))) {
    const of = (rows: readonly RowRefusal[]): RowRefusal[] => rows.filter((row) => fileOf(row.file) === name);
    const own = of(refusals);
    const [only] = own;
    if (only?.line === 0 && own.length === 1 && parts.length === 1) await putAside(place, name, only.reason);
    else await archive(place, name, own, of([...read, ...warnings]));
  }
}

async function readText(dir: string, name: string): Promise<ReturnType<typeof decodeBytes> | null> {
  try {
    const path = join(dir, TAKING, name);
    const { size } = await lstat(path);
    return decodeBytes(name, size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : await readFile(path));
  } catch {
    return null; // taken away again: nothing to import
  }
}

async function archive(
  { dir, stamp }: Place,
  name: string,
  refusals: readonly RowRefusal[],
  warnings: readonly RowRefusal[],
): Promise<void> {
  const target = join(dir, 'archive', `${stamp}-${name}`);
  await move(join(dir, TAKING, name), target);
  if (refusals.length > 0) await writeFile(`${target}.refused.csv`, csvFrom(refusals));
  if (warnings.length > 0) await writeFile(`${target}.warnings.csv`, csvFrom(warnings));
}

async function putAside({ dir, stamp }: Place, name: string, reason: string): Promise<void> {
  const target = join(dir, 'refused', `${stamp}-${name}`);
  await move(join(dir, TAKING, name), target);
  await writeFile(`${target}.txt`, `${reason}\n`);
}

/** Whoever waits for an answer sees it whole or not at all. */
async function answer({ dir, stamp }: Place, name: string, text: string): Promise<void> {
  const folder = join(dir, 'answers');
  await mkdir(folder, { recursive: true });
  const target = join(folder, `${stamp}-${name}`);
  await writeFile(`${target}.tmp`, text);
  await rename(`${target}.tmp`, target);
}

/** A file that was taken away meanwhile has been imported all the same. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
}
