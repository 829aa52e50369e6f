import { type ReactNode, useState } from 'react';
import type { VersionPreview } from '#shared/contract/views.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { publish } from '#renderer/commands/plan.ts';
import { useBoard } from '#renderer/state/board.ts';
import { closeOverlay, goTo } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useSession } from '#renderer/state/session.ts';
import { AffectedLines } from '#renderer/ui/affected-lines.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { count, counted, hours, percent } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import './dispatch.css';
import { useSigning } from '#renderer/state/signing.tsx';
import { dispatchText as words } from './text.ts';

const ROWS: readonly {
  readonly label: string;
  readonly of: (figures: Figures) => number;
  readonly written: (value: number) => string;
}[] = [
  { label: words.lateOrders, of: ({ lateOrders }) => lateOrders, written: count },
  { label: words.tardiness, of: ({ tardiness }) => tardiness, written: hours },
  { label: words.setup, of: ({ setup }) => setup, written: hours },
  { label: words.load, of: ({ load }) => load, written: percent },
  { label: words.unplacedTasks, of: ({ unplaced }) => unplaced, written: count },
];

/** After these something else would be published, or told to other lines. */
const NEWS = ['board.changed', 'board.replaced', 'plant.imported', 'queues.dispatched'] as const;

/** Says what and who is affected before the draft becomes a version that nothing changes any more. */
export function PublishDialog() {
  const published = useSession((state) => state.published);
  const board = useBoard((state) => state.board);
  const newest = useReply('version.preview', NEWS).value;
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const signing = useSigning('publish');
  if (!board) return null;
  // Figures and lines are of one revision, and nothing else is published.
  const preview = newest?.revision === board.state.revision ? newest : null;

  async function confirm({ revision }: VersionPreview): Promise<void> {
    setBusy(true);
    const done = await publish(note, revision, signing.given);
    setBusy(false);
    if (!done) return;
    closeOverlay();
    goTo('dispatch');
  }

  return (
    <Dialog title={words.publishTitle} wide onClose={closeOverlay}>
      <div className="dialog-body publish">
        <p className="muted">{words.publishHead((published?.number ?? 0) + 1)}</p>
        <Part title={words.changes}>
          {published ? (
            <p>{words.moved(counted(board.state.movedSincePublished, 'task'), published.number)}</p>
          ) : (
            <p>{words.first}</p>
          )}
          <FigureTable before={published?.figures ?? null} after={board.state.figures} />
        </Part>
        <Affected lines={preview?.lines ?? []} />
        {preview ? <Warnings of={preview} /> : null}
        <label>
          <strong>{words.note}</strong>
          <textarea
            maxLength={500}
            value={note}
            placeholder={words.notePlaceholder}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {signing.fields}
      </div>
      <DialogFoot>
        <Button onPress={closeOverlay}>{text.cancel}</Button>
        <Button
          look="primary"
          isDisabled={!preview || isBusy || !signing.isReady}
          onPress={() => void (preview && confirm(preview))}
        >
          {isBusy ? words.publishing : words.publishNow}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
);

const FigureTable = ({ before, after }: { readonly before: Figures | null; readonly after: Figures }) => (
  <table className="publish-figures">
    <thead>
      <tr>
        <th scope="col">{words.figure}</th>
        <th scope="col">{words.before}</th>
        <th scope="col">{words.after}</th>
      </tr>
    </thead>
    <tbody>
      {ROWS.map(({ label, of, written }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td>{before ? written(of(before)) : text.none}</td>
          <td>{written(of(after))}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Who would be told something else than they have been told, and how much of it. */
function Affected({ lines }: Pick<VersionPreview, 'lines'>) {
  const queues = useReply('queue.list').value;
  const holding = queues?.filter(({ revision }) => revision !== null) ?? [];
  return (
    <Part title={words.affected}>
      <p>
        {holding.length === 0 ? words.affectedNone : words.affectedLines(counted(holding.length, 'line'))}
      </p>
      <AffectedLines lines={lines} />
    </Part>
  );
}

function Warnings({ of: { unplaced, lateOrders, blocked } }: { readonly of: VersionPreview }) {
  const warnings = [
    unplaced > 0 ? words.unplaced(counted(unplaced, 'task')) : null,
    lateOrders > 0 ? words.late(counted(lateOrders, 'order')) : null,
    blocked > 0 ? words.blocked(counted(blocked, 'task')) : null,
  ].filter((warning) => warning !== null);
  if (warnings.length === 0) return null;
  return (
    <Part title={words.warnings}>
      <ul className="publish-list">
        {warnings.map((warning) => (
          <li key={warning}>
            <Mark tone="warn" icon="warn">
              {warning}
            </Mark>
          </li>
        ))}
      </ul>
    </Part>
  );
}
