import { report, useOutbox } from './outbox.ts';
import { forgetUndo, useUndo } from './undo.ts';

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

// What the station refused was never so: there is nothing to take back.
useOutbox.subscribe(({ refused }) => {
  if (refused !== null && useUndo.getState().said?.entry.id === refused) forgetUndo();
});
