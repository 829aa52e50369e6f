/**
 * Structured clone over a line that carries only strings, as Electron's IPC has it: dates, maps, sets, bytes, NaN and
 * undefined arrive as what they were; a function or a symbol is refused where it is sent.
 * One function without imports, because its source also runs inside the page's isolated world.
 */
export function wire() {
  type Coded = readonly [tag: string, data?: unknown];

  const code = (value: unknown): Coded => {
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
      return ['number', Object.is(value, -0) ? '-0' : String(value)];
    if (value === null || typeof value !== 'object') return ['value', value];
    if (Array.isArray(value)) return ['array', Array.from(value, code)];
    if (value instanceof Date) return ['date', code(value.getTime())];
    if (value instanceof Map) return ['map', [...value].map(([key, of]) => [code(key), code(of)])];
    if (value instanceof Set) return ['set', [...value].map(code)];
    if (value instanceof Uint8Array) return ['bytes', [...value]];
    if (value instanceof Error) return ['error', value.message];
    if (Object.getPrototypeOf(value) === Object.prototype)
      return ['object', Object.entries(value).map(([key, of]) => [key, code(of)])];
    throw new TypeError(`The stand-in's wire does not know ${Object.prototype.toString.call(value)}.`);
  };

  const value = ([tag, data]: Coded): unknown => {
    const list = data as readonly Coded[];
    const pairs = data as readonly (readonly [unknown, Coded])[];
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(data as string);
      case 'number':
        return Number(data);
      case 'array':
        return list.map(value);
      case 'date':
        return new Date(value(data as Coded) as number);
      case 'map':
        return new Map(pairs.map(([key, of]) => [value(key as Coded), value(of)]));
      case 'set':
        return new Set(list.map(value));
      case 'bytes':
        return Uint8Array.from(data as number[]);
      case 'error':
        return new Error(data as string);
      case 'object':
        return Object.fromEntries(pairs.map(([key, of]) => [key, value(of)]));
      default:
        return data;
    }
  };

  return {
    /** Throws a DataCloneError for what cannot be cloned. */
    encode: (given: unknown): string => JSON.stringify(code(structuredClone(given))),
    decode: (text: string): unknown => value(JSON.parse(text) as Coded),
  };
}
