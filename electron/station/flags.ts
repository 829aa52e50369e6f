export interface Flags {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

export interface Answer {
  readonly exit: number;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** How a command speaks while it runs. */
export interface Say {
  /** On stderr, for people only. */
  readonly progress: (text: string) => void;
  /** The answer of a command that goes on afterwards: printed now, as other commands print theirs at the end. */
  readonly ready: (answer: Pick<Answer, 'text' | 'json'>) => void;
}

/** A command that was called in a way it does not understand. */
export class Usage extends Error {}

export const text = (flags: Flags, name: string): string | undefined =>
  flags.values[name] as string | undefined;

export function number(flags: Flags, name: string, standard: number): number {
  const given = text(flags, name);
  const value = given === undefined ? standard : Number(given);
  if (!Number.isFinite(value) || value < 0)
    throw new Usage(`--${name} takes a number that is not negative, not “${given}”.`);
  return value;
}

export function clockOf(flags: Flags): (() => number) | undefined {
  const given = text(flags, 'now');
  if (given === undefined) return undefined;
  const start = Date.parse(given);
  if (Number.isNaN(start))
    throw new Usage(`--now takes a time such as 2026-11-23T06:00:00Z, not “${given}”.`);
  const offset = start - Date.now();
  return () => Date.now() + offset;
}
