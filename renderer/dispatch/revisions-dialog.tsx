import type { QueueRow, RevisionView } from '#shared/contract/views.ts';
import { changesLine } from '#shared/flow/queue-change-words.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { counted } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { ChangeList } from './change-list.tsx';
import './dispatch.css';
import { dispatchText as words } from './text.ts';
import { useAsked } from './use-asked.ts';

/** What one line has been told, revision by revision: who told it when and why, what differed, and who has seen it. */
export function RevisionsDialog({
  row,
  mayRecall,
  onRecall,
  onClose,
}: {
  readonly row: QueueRow;
  readonly mayRecall: boolean;
  readonly onRecall: () => void;
  readonly onClose: () => void;
}) {
  const answer = useAsked('queue.revisions', { unit: row.unit });
  return (
    <Dialog title={words.revisionsOf(row.name)} wide onClose={onClose}>
      <div className="dialog-body">
        {!answer ? (
          <p className="muted">{text.loading}</p>
        ) : answer.revisions.length === 0 ? (
          <p className="muted">{words.toldNothing}</p>
        ) : (
          <ol className="told-lines">
            {answer.revisions.map((revision) => (
              <Revision key={revision.revision} of={revision} zone={answer.zone} />
            ))}
          </ol>
        )}
      </div>
      <DialogFoot>
        <Button isDisabled={!mayRecall} onPress={onRecall}>
          {words.recallList}
        </Button>
        <Button look="primary" onPress={onClose}>
          {text.close}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Revision({ of, zone }: { readonly of: RevisionView; readonly zone: string }) {
  const { moment } = useFormats();
  const { revision, version, dispatched, items, note, seen } = of;
  return (
    <li>
      <details>
        <summary>
          <strong>
            r{revision} · v{version}
          </strong>{' '}
          <span className="muted">
            {note ? changesLine(note.changes) : counted(items, 'task')} · {moment(dispatched)}
          </span>
          {seen ? (
            <Mark icon="check">{words.seenBy(seen.by, moment(seen.at))}</Mark>
          ) : note ? (
            <Mark icon="clock">{words.unseen}</Mark>
          ) : null}
        </summary>
        {note ? (
          <>
            <p>
              {note.reason} <span className="muted">{note.by}</span>
              {note.supersedes === null ? null : (
                <span className="muted"> · {words.superseded(note.supersedes)}</span>
              )}
            </p>
            <ChangeList changes={note.changes} zone={zone} />
            {note.recalled.map(({ task, name, reason }) => (
              <p key={task} className="muted">
                {words.recalledTask(name, reason)}
              </p>
            ))}
          </>
        ) : (
          <p className="muted">{words.noNote}</p>
        )}
      </details>
    </li>
  );
}
