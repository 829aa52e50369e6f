import { createReadStream, existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fromDebian } from './from-debian.ts';

/** What a process did to the files of one folder, and what it said, in the order in which it was over. */
export type Step =
  | { readonly kind: 'created' | 'synced' | 'removed'; readonly file: string }
  | { readonly kind: 'wrote'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly file: string; readonly size: number }
  | { readonly kind: 'syncedFolder' }
  | { readonly kind: 'said'; readonly text: string };

const CALLS = 'openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename';

/** The arguments with which strace runs a program and records what `recordedSteps` reads. */
export const straceArgs = (trace: string, ...program: readonly string[]): string[] => [
  '-f',
  '-y',
  '-qq',
  '-xx',
  '-s',
  '1000000',
  '-e',
  `trace=${CALLS}`,
  '-o',
  trace,
  ...program,
];

/** Linux's recorder of system calls: found, or Debian's; null where there is none. */
export const strace = (): string | null =>
  process.platform !== 'linux'
    ? null
    : existsSync('/usr/bin/strace')
      ? '/usr/bin/strace'
      : (fromDebian('strace', 'usr/bin/strace')?.program ?? null);

/** Reads a recording; files outside the folder do not count, nor does anything that failed. */
export async function recordedSteps(trace: string, folder: string): Promise<Step[]> {
  const steps: Step[] = [];
  const unfinished = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(trace), crlfDelay: Infinity })) {
    const [, thread = '', call = ''] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    const begun = /^(.*) <unfinished \.\.\.>$/s.exec(call)?.[1];
    if (begun !== undefined) {
      unfinished.set(thread, begun);
      continue;
    }
    const rest = /^<\.\.\. \w+ resumed>(.*)$/s.exec(call)?.[1];
    const step = stepOf(rest === undefined ? call : `${unfinished.get(thread) ?? ''}${rest}`, folder);
    if (step) steps.push(step);
  }
  return steps;
}

function stepOf(call: string, folder: string): Step | null {
  const [, name, args = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)[^)]*$/s.exec(call) ?? [];
  if (name === undefined || Number(result) < 0) return null;
  const texts = [...args.matchAll(/[<"]((?:\\x[\da-f]{2})*)[>"]/g)].map(([, hex = '']) => bytesOf(hex));
  const path = (index: number): string => texts[index]?.toString() ?? '';
  const inside = (whole: string): string | null => (dirname(whole) === folder ? basename(whole) : null);
  if (name === 'write' && args.startsWith('1<')) return { kind: 'said', text: path(1) };
  if (name === 'openat') {
    const file = inside(path(1));
    return file !== null && args.includes('O_CREAT') ? { kind: 'created', file } : null;
  }
  if (name === 'unlink') {
    const file = inside(path(0));
    return file === null ? null : { kind: 'removed', file };
  }
  if (name === 'rename') throw new Error('The replay knows no renaming.');
  if (name.endsWith('sync') && path(0) === folder) return { kind: 'syncedFolder' };
  const file = inside(path(0));
  if (file === null) return null;
  if (name.endsWith('sync')) return { kind: 'synced', file };
  const last = Number(/(\d+)$/.exec(args)?.[1]);
  if (name === 'ftruncate') return { kind: 'cut', file, size: last };
  if (name === 'pwrite64') return { kind: 'wrote', file, at: last, bytes: texts[1] ?? Buffer.alloc(0) };
  throw new Error(`The replay does not know what ${name} wrote into ${file}.`);
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

type Change = Extract<Step, { kind: 'wrote' | 'cut' }>;

const SECTOR = 512;

/** A disk whose power fails: what was synced is on it; of the rest each change is kept, dropped or torn between two sectors. */
export class Disk {
  readonly #durable = new Map<string, Buffer>();
  readonly #pending = new Map<string, Change[]>();
  /** Files that were made or removed since the folder was synced: as it was then. */
  readonly #entries = new Map<string, 'there' | 'absent'>();
  readonly #ignored: (file: string) => boolean;

  /** A disk that says it has synced the files that are `ignored`, and has not. */
  constructor(ignored: (file: string) => boolean = () => false) {
    this.#ignored = ignored;
  }

  do(step: Step): void {
    switch (step.kind) {
      case 'created':
        if (!this.#entries.has(step.file) && !this.#durable.has(step.file))
          this.#entries.set(step.file, 'absent');
        if (!this.#durable.has(step.file)) this.#durable.set(step.file, Buffer.alloc(0));
        break;
      case 'removed':
        // Gone for good once the folder is synced; until then it may come back as it was.
        this.#entries.set(step.file, 'there');
        this.#pending.delete(step.file);
        break;
      case 'wrote':
      case 'cut':
        this.#waiting(step.file).push(step);
        break;
      case 'synced':
        if (this.#ignored(step.file)) break;
        this.#settle(step.file);
        break;
      case 'syncedFolder':
        for (const [file, was] of this.#entries) if (was === 'there') this.#durable.delete(file);
        this.#entries.clear();
        break;
      case 'said':
        break;
    }
  }

  #waiting(file: string): Change[] {
    const changes = this.#pending.get(file) ?? [];
    this.#pending.set(file, changes);
    return changes;
  }

  #settle(file: string): void {
    this.#durable.set(file, changed(this.#durable.get(file) ?? Buffer.alloc(0), this.#waiting(file)));
    this.#pending.delete(file);
  }

  /** The files as they are found when power comes back; `chance` gives numbers from 0 to below 1. */
  afterPowerLoss(chance: () => number): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    for (const [file, durable] of this.#durable) {
      const gone = this.#entries.has(file) && chance() < 0.5;
      if (gone) continue;
      const changes = (this.#pending.get(file) ?? []).flatMap((change) => fate(change, chance));
      found.set(file, changed(durable, changes));
    }
    return found;
  }
}

/** One change that was not synced, after the power failed. */
function fate(change: Change, chance: () => number): Change[] {
  const lot = chance();
  if (lot < 0.4) return [change];
  if (lot < 0.8 || change.kind === 'cut' || change.bytes.length <= SECTOR) return [];
  const sectors = Math.ceil(change.bytes.length / SECTOR);
  const kept = 1 + Math.floor(chance() * (sectors - 1));
  return chance() < 0.5
    ? [{ ...change, bytes: change.bytes.subarray(0, kept * SECTOR) }]
    : [{ ...change, at: change.at + kept * SECTOR, bytes: change.bytes.subarray(kept * SECTOR) }];
}

/** A file after these changes, one after the other. */
function changed(before: Buffer, changes: readonly Change[]): Buffer {
  let size = before.length;
  let most = size;
  for (const change of changes) {
    size = change.kind === 'cut' ? change.size : Math.max(size, change.at + change.bytes.length);
    most = Math.max(most, size);
  }
  const after = Buffer.alloc(most);
  before.copy(after);
  for (const change of changes) {
    if (change.kind === 'cut') after.fill(0, change.size);
    else change.bytes.copy(after, change.at);
  }
  return after.subarray(0, size);
}
