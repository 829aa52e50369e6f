import { useMemo, useState } from 'react';
import type { FeedView, ToldMessage } from '#shared/contract/views.ts';
import { subjectOf } from '#shared/domain/outbound-subject.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act } from '#renderer/state/act.ts';
import { useFormats } from '#renderer/state/session.ts';
import type { Formats } from '#renderer/ui/format.ts';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { Mark } from '#renderer/ui/view.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { connectionsText as words, messageText } from './text.ts';

const outcomeOf = ({ settlement }: ToldMessage): string => {
  switch (settlement?.kind) {
    case undefined:
      return words.waiting;
    case 'kept':
      return [words.kept, ...(settlement.over ?? []).map(({ field, kept }) => words.over(field, kept))].join(
        '; ',
      );
    case 'notKept':
      return settlement.differences
        .map(({ field, sent, kept }) => words.notKept(field, sent, kept))
        .join('; ');
    case 'refused':
      return settlement.reason;
    case 'dropped':
      return words.dropped(settlement.reason);
  }
};

function Outcome({ entry }: { readonly entry: ToldMessage }) {
  const said = outcomeOf(entry);
  if (!entry.settlement || entry.settlement.kind === 'dropped') return <span className="muted">{said}</span>;
  if (entry.settlement.kind === 'kept' && !entry.settlement.over) return <Mark icon="check">{said}</Mark>;
  return (
    <Mark tone={entry.settlement.kind === 'refused' ? 'late' : 'warn'} icon="warn">
      {said}
    </Mark>
  );
}

const needsSomebody = ({ settlement }: ToldMessage): boolean =>
  settlement?.kind === 'refused' || settlement?.kind === 'notKept';

/** The messages, the newest first, that no newer one replaces. */
function current(messages: readonly ToldMessage[]): ReadonlySet<ToldMessage> {
  const newest = new Map<string, ToldMessage>();
  for (const entry of messages) {
    const subject = subjectOf(entry.message);
    if (!newest.has(subject)) newest.set(subject, entry);
  }
  return new Set(newest.values());
}

const messageColumns = (
  { moment }: Formats,
  isCurrent: ReadonlySet<ToldMessage>,
): readonly Column<ToldMessage>[] => [
  { id: 'seq', title: words.number, width: 64, align: 'right', value: ({ seq }) => seq },
  {
    id: 'made',
    title: words.made,
    width: 140,
    value: ({ made }) => made,
    cell: ({ made }) => moment(made),
  },
  { id: 'what', title: words.what, width: 350, value: (entry) => messageText(entry, moment) },
  { id: 'outcome', title: words.outcome, value: outcomeOf, cell: (entry) => <Outcome entry={entry} /> },
  {
    id: 'again',
    title: words.decide,
    isControl: true,
    width: 176,
    value: () => null,
    cell: (entry) => (needsSomebody(entry) && isCurrent.has(entry) ? <Decide seq={entry.seq} /> : null),
  },
];

function Decide({ seq }: { readonly seq: number }) {
  return (
    <span className="message-decide">
      <AllowedButton
        needs="outbox.resend"
        look="quiet"
        aria-label={words.againFor(seq)}
        onPress={() => void act('outbox.resend', { seq })}
      >
        {words.again}
      </AllowedButton>
      <AllowedButton
        needs="outbox.drop"
        look="quiet"
        aria-label={words.dropFor(seq)}
        onPress={() => void act('outbox.drop', { seq })}
      >
        {words.drop}
      </AllowedButton>
    </span>
  );
}

/** What the ERP was told and what became of it; each opens whole, and one that needs somebody is sent again or dropped. */
export function Messages({ view }: { readonly view: FeedView }) {
  const formats = useFormats();
  const isCurrent = useMemo(() => current(view.messages), [view.messages]);
  const columns = useMemo(() => messageColumns(formats, isCurrent), [formats, isCurrent]);
  const [opened, setOpened] = useState<number | null>(null);
  const shown = view.messages.find(({ seq }) => seq === opened);
  return (
    <>
      <h3>{words.messages}</h3>
      {view.messages.length === 0 ? (
        <p className="muted">{words.noMessages}</p>
      ) : (
        <>
          <p className="muted">{words.counts(view.waiting, view.notKept, view.refused)}</p>
          <Table
            label={words.messages}
            columns={columns}
            rows={view.messages}
            keyOf={({ seq }) => String(seq)}
            onOpen={({ seq }) => setOpened(seq)}
          />
          {shown ? (
            <MessageDialog
              entry={shown}
              outcome={outcomeOf(shown)}
              isCurrent={isCurrent.has(shown)}
              needsSomebody={needsSomebody(shown)}
              onClose={() => setOpened(null)}
            />
          ) : null}
        </>
      )}
    </>
  );
}
