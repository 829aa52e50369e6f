import { useEffect, useRef, useState } from 'react';
import type { CaseView, Difference, Proposal } from '#shared/contract/views.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { useSigning } from '#renderer/state/signing.tsx';
import { AffectedLines } from '#renderer/ui/affected-lines.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { counted } from '#renderer/ui/format.ts';
import '#renderer/ui/plain-table.css';
import { text } from '#renderer/ui/text.ts';
import { Reason } from './reason.tsx';
import { casesText as words } from './text.ts';

const SHOWN = 8;

/** After these the proposal, or what would be published with it, is another one. */
const NEWS = [
  'proposal.ready',
  'solve.ended',
  'board.changed',
  'board.replaced',
  'plant.imported',
  'queues.dispatched',
] as const;

const isSame = (a: Proposal, b: Proposal): boolean => a.id === b.id && a.revision === b.revision;

/** What the chosen repair changes and who is told, and the one button that does it: never to another than the one that is shown. */
export function Decision({
  one,
  proposal,
  why,
  onBack,
}: {
  readonly one: CaseView;
  readonly proposal: Proposal;
  /** The reason, where nobody writes another. */
  readonly why: string;
  readonly onBack: () => void;
}) {
  const [seen, setSeen] = useState(proposal);
  const newest = useReply('case.preview', NEWS).value;
  const isPreviewed = newest?.proposal === seen.id && newest.revision === seen.revision;
  const preview = isPreviewed ? newest : null;
  const isOther = !isSame(seen, proposal);
  const moved = useBoard((state) => state.board?.state.movedSincePublished ?? 0);
  const [reason, setReason] = useState(why);
  const [isBusy, setBusy] = useState(false);
  const signing = useSigning('publish', 'dispatch');
  const accepts = useRef<HTMLDivElement>(null);
  const mayAccept = preview !== null && !isOther;
  // Whoever chose by key goes on by key.
  useEffect(() => {
    if (mayAccept) accepts.current?.querySelector<HTMLElement>('.primary')?.focus();
  }, [mayAccept]);

  async function accept(): Promise<void> {
    setBusy(true);
    const outcome = await act('case.decide', {
      case: one.id,
      proposal: seen.id,
      reason,
      expected: seen.revision,
      ...(signing.given && { sign: signing.given }),
    });
    setBusy(false);
    if (!outcome?.ok) return;
    const { version, queues } = outcome.detail;
    notify('info', words.done(version, counted(queues, 'line')));
  }

  async function back(): Promise<void> {
    await act('proposal.reject', {});
    onBack();
  }

  return (
    <section className="case-decision" aria-label={words.decision(seen.rule)}>
      <h3>{words.decision(seen.rule)}</h3>
      {seen.case === null ? null : <p className="muted">{words.byRuleHint}</p>}
      {isOther ? (
        <p role="status">
          {words.otherNow} <Button onPress={() => setSeen(proposal)}>{words.showNow}</Button>
        </p>
      ) : null}
      <h4>{words.changes}</h4>
      <Changes differences={seen.differences} />
      {moved > 0 ? <p className="muted">{words.other(counted(moved, 'task'))}</p> : null}
      <h4>{words.told}</h4>
      {preview === null ? (
        <p className="muted">{text.loading}</p>
      ) : preview.lines.length > 0 ? (
        <AffectedLines lines={preview.lines} />
      ) : (
        <p className="muted">{words.toldNobody}</p>
      )}
      <Reason label={words.reason} value={reason} onChange={setReason} />
      {signing.fields}
      <div ref={accepts} className="button-row">
        <Button onPress={() => void back()}>{words.back}</Button>
        <Button
          look="primary"
          isDisabled={!mayAccept || isBusy || reason.trim() === '' || !signing.isReady}
          onPress={() => void accept()}
        >
          {isBusy ? words.accepting : words.accept}
        </Button>
      </div>
    </section>
  );
}

function Changes({ differences }: { readonly differences: readonly Difference[] }) {
  const { moment } = useFormats();
  const rows = useBoard((state) => state.board?.rows ?? []);
  const names = new Map<string, string>(rows.map(({ unit, name }) => [unit, name]));
  const list = (who: readonly string[]): string => who.join(', ') || words.nobody;
  const place = (at: Difference['before']): string =>
    at ? `${names.get(at.unit) ?? at.unit}, ${moment(at.start)}` : words.unplanned;
  return (
    <table className="plain-table">
      <tbody>
        {differences.slice(0, SHOWN).map(({ task, name, kinds, before, after, crew, ...order }) => (
          <tr key={task}>
            <th scope="row">
              {orderNameOf(order)} · {name}
            </th>
            <td className="muted">{place(before)}</td>
            <td>
              {after ? place(after) : <span className="late">{words.unplaced}</span>}
              {crew ? ` · ${words.crew(list(crew.before), list(crew.after))}` : null}
              {kinds.includes('lateNow') ? <span className="late"> · {words.lateNow}</span> : null}
              {kinds.includes('onTimeNow') ? <span className="ok"> · {words.onTimeNow}</span> : null}
            </td>
          </tr>
        ))}
        {differences.length > SHOWN ? (
          <tr>
            <td colSpan={3} className="muted">
              {words.moreTasks(counted(differences.length - SHOWN, 'task'))}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
