import type { z } from 'zod';

/** The first thing wrong in a file: place, value, reason. */
export function inWords({ issues }: z.ZodError, json: unknown): string {
  const [{ path, message }] = issues;
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], json);
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${place.replace(/^\./, '') || 'the file'}: ${value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)}; ${message}.`;
}
