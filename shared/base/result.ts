/** An expected outcome at the edge: a value or a reason, never an exception. */
export type Result<Value, Reason> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Reason };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const refused = <Reason>(reason: Reason): Result<never, Reason> => ({ ok: false, reason });
