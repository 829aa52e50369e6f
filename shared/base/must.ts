/** The value, or a bug report: use where absence means that our own code is wrong. */
export function must<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`${what} is missing.`);
  return value;
}

/** Closes a switch over a union: a forgotten case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}.`);
}
