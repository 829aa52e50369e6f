import type { z } from 'zod';

/** What is wrong with one field of a candidate for a record. */
export interface FieldFlaw {
  /** Its path, such as `steps.0.run`. */
  readonly field: string;
  /** As JSON; empty where it is missing. */
  readonly value: string;
  readonly reason: string;
}

const MAX_FLAWS = 5;

/** The first flaws that a schema found in a candidate, in words. */
export function flawsIn(candidate: unknown, error: z.ZodError): FieldFlaw[] {
  return error.issues.slice(0, MAX_FLAWS).map((issue) => {
    const value: unknown = issue.path.reduce(
      (inner: unknown, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
      candidate,
    );
    const field = issue.path.join('.');
    return value === undefined
      ? { field, value: '', reason: `${field} is missing` }
      : { field, value: JSON.stringify(value), reason: issue.message };
  });
}
