import type { Ask, CallName, Outcome, Reply } from '#shared/contract/calls.ts';
import { station } from '#renderer/bridge/station.ts';
import { readBoard, useBoard } from './board.ts';
import { notify } from './notices.ts';
import { stateText } from './text.ts';

type CommandName = {
  [Name in CallName]: Reply<Name> extends Outcome ? Name : never;
}[CallName];

/** The revision a command is made against. */
export const expected = (): number => useBoard.getState().board?.state.revision ?? 0;

/** A unit as people call it; whatever else is refused names itself. */
const nameOf = (object: string): string =>
  useBoard.getState().board?.rows.find(({ unit }) => unit === object)?.name ?? object;

/**
 * Gives a command to the station. A refusal changes nothing and becomes a notice with its object and reason;
 * the outcome comes back for whoever wants to do more. Null when the station failed.
 */
export async function act<Name extends CommandName>(name: Name, ask: Ask<Name>): Promise<Reply<Name> | null> {
  try {
    const outcome = await station.call(name, ask);
    if (!outcome.ok) {
      if (outcome.refusal.code === 'REVISION_STALE') {
        notify('warn', stateText.stale, stateText.staleText);
        await readBoard();
      } else {
        notify('error', nameOf(outcome.refusal.object), outcome.refusal.text);
      }
    }
    return outcome;
  } catch (error) {
    notify('error', stateText.noCommand, error instanceof Error ? error.message : String(error));
    return null;
  }
}
