import type { LedgerNote } from '#electron/store/store.ts';
import type { Outcome } from '#shared/contract/calls.ts';
import type { Verdict } from '#shared/domain/verdict.ts';

/** Thrown inside a command to leave it without a trace; becomes the command's answer. */
export class Refused extends Error {
  readonly outcome: Extract<Outcome, { ok: false }>;
  /** What the ledger keeps of the attempt all the same; the refusal is then the answer to its key for good. */
  note: LedgerNote | null = null;
  constructor(
    code: string,
    object: string,
    text: string,
    nearest: Extract<Verdict, { ok: false }>['nearest'] = null,
  ) {
    super(text);
    this.outcome = { ok: false, refusal: { code, object, text }, nearest };
  }
}

/** Refusals are answers, thrown or not. */
export async function refusable<Detail>(work: () => Promise<Outcome<Detail>>): Promise<Outcome<Detail>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}
