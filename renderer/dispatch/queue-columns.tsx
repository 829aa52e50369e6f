import type { SignatureView } from '#shared/contract/session.ts';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { changesLine } from '#shared/flow/queue-change-words.ts';
import type { Seconds } from '#shared/time/instant.ts';
import { plantNow, useFormats } from '#renderer/state/session.ts';
import { type Formats, count, duration } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { type Column, instantCell } from '#renderer/ui/rows.ts';
import { SignatureLine, signatureText } from '#renderer/ui/signature.tsx';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { dispatchText as words } from './text.ts';

const stateOf = ({ stale, revision }: QueueRow): string => {
  if (stale) return words.isStale;
  return revision === null ? words.nothing : words.upToDate;
};

const StateMark = ({ row }: { readonly row: QueueRow }) => {
  if (row.stale)
    return (
      <Mark tone="warn" icon="clock">
        {stateOf(row)}
      </Mark>
    );
  return row.revision === null ? (
    <span className="muted">{stateOf(row)}</span>
  ) : (
    <Mark icon="check">{stateOf(row)}</Mark>
  );
};

/** Grey while it is new; what a line has not seen for too long wants somebody's attention. */
const Seen = ({ row: { unseenSince, seen }, limit }: { readonly row: QueueRow; readonly limit: Seconds }) => {
  const { moment } = useFormats();
  if (unseenSince !== null) {
    const age = Math.max(0, plantNow() - unseenSince);
    return (
      <Mark tone={age > limit ? 'warn' : 'calm'} icon="clock">
        {words.unseenFor(duration(age))}
      </Mark>
    );
  }
  if (!seen) return <span className="muted">{text.none}</span>;
  return <Mark icon="check">{words.seenBy(seen.by, moment(seen.at))}</Mark>;
};

/** Only lines that a connection reaches say which jobs they have. */
const Jobs = ({ row: { unacknowledged, items } }: { readonly row: QueueRow }) => {
  if (unacknowledged === null || items === 0) return <span className="muted">{text.none}</span>;
  if (unacknowledged === 0) return <Mark icon="check">{words.allAcknowledged}</Mark>;
  return <Mark icon="clock">{words.openOf(count(unacknowledged), count(items))}</Mark>;
};

const pendingText = ({ pending }: QueueRow): string | null =>
  pending.length > 0 ? changesLine(pending.map((kind) => ({ kind }))) : null;

/** The columns of the dispatch table; `limit` is how long a line may not have seen its list. */
export function queueColumns(
  { moment }: Formats,
  lineAddress: string | null,
  selected: ReadonlySet<EquipmentId>,
  toggle: (unit: EquipmentId) => void,
  signaturesOf: (row: QueueRow) => readonly SignatureView[],
  limit: Seconds,
): readonly Column<QueueRow>[] {
  return [
    {
      id: 'select',
      title: words.selection,
      isControl: true,
      width: 44,
      value: () => null,
      cell: ({ unit, name }) => (
        <input
          type="checkbox"
          className="table-check"
          aria-label={words.select(name)}
          checked={selected.has(unit)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(unit)}
        />
      ),
    },
    { id: 'name', title: words.unit, width: 180, value: ({ name }) => name },
    {
      id: 'group',
      title: words.group,
      width: 144,
      value: ({ group }) => group,
      cell: ({ group }) => <span className="muted">{group}</span>,
    },
    {
      id: 'state',
      title: words.state,
      width: 132,
      value: stateOf,
      cell: (row) => <StateMark row={row} />,
    },
    {
      id: 'acknowledged',
      title: words.acknowledged,
      width: 232,
      value: ({ unseenSince, seen }) => (unseenSince !== null ? words.unseen : (seen?.by ?? null)),
      cell: (row) => <Seen row={row} limit={limit} />,
    },
    {
      id: 'pending',
      title: words.pending,
      width: 176,
      value: pendingText,
      cell: (row) => <span className="muted">{pendingText(row) ?? text.none}</span>,
    },
    {
      id: 'recalled',
      title: words.recalled,
      width: 84,
      align: 'right',
      value: ({ recalled }) => recalled,
      cell: ({ recalled }) => (recalled === 0 ? text.none : count(recalled)),
    },
    {
      id: 'items',
      title: words.items,
      width: 72,
      align: 'right',
      value: ({ items }) => items,
      cell: ({ items }) => count(items),
    },
    {
      id: 'version',
      title: words.version,
      width: 84,
      align: 'right',
      value: ({ version }) => version,
      cell: ({ version }) => (version === null ? text.none : `v${version}`),
    },
    {
      id: 'revision',
      title: words.revision,
      width: 88,
      align: 'right',
      value: ({ revision }) => revision,
      cell: ({ revision }) => revision ?? text.none,
    },
    {
      id: 'dispatched',
      title: words.dispatched,
      width: 156,
      align: 'right',
      value: ({ dispatched }) => dispatched,
      cell: ({ dispatched }) =>
        dispatched === null ? <span className="muted">{words.never}</span> : moment(dispatched),
      written: ({ dispatched }) => instantCell(dispatched),
    },
    {
      id: 'signed',
      title: text.signed,
      width: 168,
      value: (row) => signaturesOf(row).map(signatureText).join('; ') || null,
      cell: (row) =>
        signaturesOf(row).map((signature) => <SignatureLine key={signature.seq} signature={signature} />),
    },
    {
      id: 'jobs',
      title: words.jobs,
      width: 120,
      value: ({ unacknowledged }) => unacknowledged,
      cell: (row) => <Jobs row={row} />,
    },
    { id: 'current', title: words.current, value: ({ current }) => current },
    {
      id: 'page',
      title: words.linePage,
      isControl: true,
      width: 112,
      value: () => null,
      cell: ({ unit }) =>
        lineAddress === null ? null : (
          <a
            className="line-link"
            href={pageOf(lineAddress, unit)}
            target="_blank"
            rel="noreferrer"
            title={words.linePageHint}
            onClick={(event) => event.stopPropagation()}
          >
            {words.linePage}
            <Icon name="link" size={13} />
          </a>
        ),
    },
  ];
}

const pageOf = (lineAddress: string, unit: EquipmentId): string =>
  `${lineAddress}/${encodeURIComponent(unit)}`;
