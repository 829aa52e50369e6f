import { must } from '#shared/base/must.ts';
import type { Instant } from '#shared/time/instant.ts';
import { at } from './clock.ts';

/** The words of a line by key, `x` and `x=` under ''. */
export function wordsOf(words: readonly string[]): {
  of: (key: string) => string | undefined;
  all: (key: string) => string[];
} {
  const all = (key: string): string[] =>
    words.flatMap((word) => (word.startsWith(`${key}=`) ? [word.slice(key.length + 1)] : []));
  return { of: (key) => all(key)[0], all };
}

/** Fields whose value is known; the schemas take a missing field, not an undefined one. */
export const known = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const when = (time: string | undefined): Instant | undefined =>
  time === undefined ? undefined : at(time);

export const spanOf = (text: string): { start: Instant; end: Instant } => {
  const [start, end] = text.split('-');
  return { start: at(must(start, text)), end: at(must(end, text)) };
};
