import { deserialize, serialize } from 'node:v8';

/** A value in shared memory, so that any number of threads can open it and none has to be sent a copy. */
export interface Parcel {
  readonly parts: readonly SharedArrayBuffer[];
}

/** One part: the value without its long arrays, or a slice of one of these. */
type Part = { readonly value: unknown } | { readonly path: readonly string[]; readonly items: unknown[] };

/** What serialises in a few milliseconds. */
const SLICE = 300;

/** Packs plain data. Long arrays go in slices with a breath between them, so that no caller is blocked for long. */
export async function pack(value: unknown): Promise<Parcel> {
  const parts: SharedArrayBuffer[] = [];
  for (const part of partsOf(value)) {
    if (parts.length > 0) await new Promise(setImmediate);
    parts.push(shared(serialize(part)));
  }
  return { parts };
}

export function unpack({ parts }: Parcel): unknown {
  let root: unknown;
  for (const buffer of parts) {
    const part = deserialize(Buffer.from(buffer)) as Part;
    if ('value' in part) root = part.value;
    else itemsAt(root, part.path).push(...part.items);
  }
  return root;
}

function* partsOf(value: unknown): Generator<Part> {
  const long: { path: readonly string[]; items: unknown[] }[] = [];
  yield { value: withoutLong(value, [], long) };
  for (const { path, items } of long)
    for (let k = 0; k < items.length; k += SLICE) yield { path, items: items.slice(k, k + SLICE) };
}

function withoutLong(
  value: unknown,
  path: readonly string[],
  long: { path: readonly string[]; items: unknown[] }[],
): unknown {
  if (Array.isArray(value)) {
    if (value.length <= SLICE) return value;
    long.push({ path, items: value });
    return [];
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withoutLong(child, [...path, key], long)]),
  );
}

function itemsAt(root: unknown, path: readonly string[]): unknown[] {
  let at = root;
  for (const key of path) at = (at as Record<string, unknown>)[key];
  return at as unknown[];
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
