import { report, useOutbox } from './outbox.ts';
import { UNDO_SHOWN } from '#shared/contract/line.ts';
import { type Said, forgetUndo, useUndo } from './undo.ts';

/**
 * Takes it back, however often it is tapped: the offer is gone with the first tap, and the id follows from the report's, so
 * that the station sees one withdrawal of it. The report may be recorded without our knowing: both are sent, in order.
 */
export async function undo(): Promise<void> {
  const { said } = useUndo.getState();
  if (!said) return;
  forgetUndo();
  const { id, unit, person } = said.entry;
  const task = 'task' in said.entry ? said.entry.task : undefined;
  await report({
    id: `undo ${id}`,
    kind: 'withdrawn',
    withdraws: id,
    unit,
    ...(task && { task }),
    ...(person && { person }),
  });
}

const KEY = 'shiftwright.undo';

/** What this screen offered before it was loaded anew, as far as it still stands; by a clock that was set, nothing does. */
function kept(): Said | null {
  try {
    const said = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Said | null;
    const age = Date.now() - (said?.at ?? Number.NaN);
    return age >= 0 && age < UNDO_SHOWN * 1000 ? said : null;
  } catch {
    return null;
  }
}

// What was reported before this module was loaded is newer than what was kept.
if (useUndo.getState().said === null) useUndo.setState({ said: kept() });
const keep = ({ said }: { readonly said: Said | null }): void =>
  sessionStorage.setItem(KEY, JSON.stringify(said));
keep(useUndo.getState());
useUndo.subscribe(keep);

// What the station refused was never so: there is nothing to take back.
useOutbox.subscribe(({ refused }) => {
  if (refused !== null && useUndo.getState().said?.entry.id === refused) forgetUndo();
});
