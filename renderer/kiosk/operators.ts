import type { Operator } from '#shared/contract/line.ts';

/** Who stands at this screen, for as long as its page is open. */
export const OPERATOR = 'shiftwright.operator';

/** What this screen shows with the reports of whoever has identified here; of use at this screen only, and for a shift. */
const KEY = 'shiftwright.operators';

function kept(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

export const tokenOf = (person: string): string | null => kept()[person] ?? null;

/** Kept where reports are kept: one that waits must still say by whom it was when the station is back. */
export const keepOperator = ({ person, token }: Operator): void =>
  localStorage.setItem(KEY, JSON.stringify({ ...kept(), [person]: token }));
