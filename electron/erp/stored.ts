import type { NotKept } from '#shared/domain/outbound.ts';
import type { PushAnswer } from './connector.ts';
import { ErpFailure } from './failure.ts';
import type { Values } from './rows.ts';

/** What an ERP stored instead of what was written. */
export interface NotStored {
  readonly field: string;
  readonly sent: unknown;
  readonly kept: unknown;
}

interface Store {
  readonly write: (model: string, id: number, values: Values) => Promise<void>;
  /** Reads again what was written and compares: ERPs accept values and then store others. */
  readonly compare: (model: string, id: number, values: Values) => Promise<NotStored[]>;
}

/** Writes `values` unless they stand there already, reads again what `sent` names, and tells what was not kept. */
export async function writeWhatDiffers(
  store: Store,
  model: string,
  id: number,
  sent: Values,
  values: Values = sent,
): Promise<readonly NotKept[]> {
  const before = await store.compare(model, id, sent);
  if (before.length === 0) return [];
  await store.write(model, id, values);
  return (await store.compare(model, id, sent)).map(({ field, sent: was, kept }) =>
    notKept(field, was, kept),
  );
}

export const notKept = (field: string, sent: unknown, kept: unknown): NotKept => ({
  field,
  sent: said(sent),
  kept: said(kept),
});

/** A difference as people here call its field and its values. */
export function inWords(
  { field, sent, kept }: NotKept,
  words: Readonly<Record<string, string>>,
  valueOf: (word: string | undefined, value: string) => string,
): NotKept {
  const word = words[field];
  return { field: word ?? field, sent: valueOf(word, sent), kept: valueOf(word, kept) };
}

const said = (value: unknown): string =>
  value === undefined || value === false || value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** Numbers go through rounding to so many digits as a field has. */
export const isSame = (sent: unknown, kept: unknown): boolean =>
  typeof sent === 'number' && typeof kept === 'number' ? Math.abs(sent - kept) < 0.01 : sent === kept;

/** What becomes of a message by the differences that are left, or by the failure. */
export async function answerOf(telling: Promise<readonly NotKept[]>): Promise<PushAnswer> {
  try {
    const differences = await telling;
    return differences.length === 0 ? { kind: 'kept' } : { kind: 'notKept', differences };
  } catch (cause) {
    if (!(cause instanceof ErpFailure)) throw cause;
    return { kind: cause.again ? 'later' : 'refused', reason: cause.message };
  }
}
