import { useMemo, useState } from 'react';
import type { SignatureView } from '#shared/contract/session.ts';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { station } from '#renderer/bridge/station.ts';
import { dispatch, signsDispatch } from '#renderer/commands/plan.ts';
import { runById, useEnabled, useRefusal } from '#renderer/commands/run.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useSignatures } from '#renderer/state/signatures.ts';
import { useFormats, useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { type Formats, count, counted } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import { type Column, instantCell } from '#renderer/ui/rows.ts';
import { paper, savePdf } from '#renderer/ui/save-file.ts';
import { SignatureLine, signatureText } from '#renderer/ui/signature.tsx';
import { text } from '#renderer/ui/text.ts';
import { Empty, Mark } from '#renderer/ui/view.tsx';
import './dispatch.css';
import { DispatchDialog } from './dispatch-dialog.tsx';
import { dispatchText as words } from './text.ts';
import { WorklistsDialog } from './worklists-dialog.tsx';

const NEWS = [
  'board.changed',
  'board.replaced',
  'version.published',
  'queues.dispatched',
  'links.changed',
] as const;

const FILTERS: readonly ListFilter<QueueRow>[] = [
  { value: 'all', title: words.all, keeps: () => true },
  { value: 'stale', title: words.stale, keeps: ({ stale }) => stale, counted: true },
];

const keyOf = ({ unit }: QueueRow) => unit;
const textsOf = ({ unit, name, group, current }: QueueRow) => [unit, name, group, current];

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

/** Only lines that a connection reaches say what they have. */
const Acknowledged = ({ row: { unacknowledged, items } }: { readonly row: QueueRow }) => {
  if (unacknowledged === null || items === 0) return <span className="muted">{text.none}</span>;
  if (unacknowledged === 0) return <Mark icon="check">{words.allAcknowledged}</Mark>;
  return (
    <Mark tone="warn" icon="clock">
      {words.openOf(count(unacknowledged), count(items))}
    </Mark>
  );
};

function columnsOf(
  { moment }: Formats,
  lineAddress: string | null,
  selected: ReadonlySet<EquipmentId>,
  toggle: (unit: EquipmentId) => void,
  signaturesOf: (row: QueueRow) => readonly SignatureView[],
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
      id: 'acknowledged',
      title: words.acknowledged,
      width: 120,
      value: ({ unacknowledged }) => unacknowledged,
      cell: (row) => <Acknowledged row={row} />,
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

/** Saves the lists of these lines, or of all that have been told anything, as one PDF. */
async function print(units: readonly EquipmentId[]): Promise<void> {
  try {
    const lists = await station.call('queue.print', {
      paper,
      ...(units.length > 0 ? { units: [...units] } : {}),
    });
    if (!lists.ok) return notify('error', words.print, lists.text);
    savePdf('dispatch-lists.pdf', lists.pdf);
  } catch (error) {
    notify('error', words.print, String(error));
  }
}

/** What each line has been told, what is newer than that, and the button that tells it. */
export function DispatchView() {
  const { value, failure } = useReply('queue.list', NEWS);
  const signatures = useSignatures('queue', value);
  const formats = useFormats();
  const lineAddress = useSession((state) => state.status?.lineAddress ?? null);
  const published = useSession((state) => state.published);
  const [isSigning, setSigning] = useState(false);
  const [isListing, setListing] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<EquipmentId>>(new Set());
  const canDispatch = useEnabled('dispatch');
  const refusal = useRefusal('dispatch');
  const isLinked = value?.some(({ unacknowledged }) => unacknowledged !== null) ?? false;
  const columns = useMemo(() => {
    const toggle = (unit: EquipmentId) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(unit)) after.add(unit);
        return after;
      });
    const signaturesOf = ({ unit, revision }: QueueRow) => signatures.get(`${unit} r${revision}`) ?? [];
    // What nobody signs and no connection acknowledges takes no room.
    const isShown: Readonly<Record<string, boolean>> = {
      signed: signatures.size > 0,
      acknowledged: isLinked,
    };
    return columnsOf(formats, lineAddress, selected, toggle, signaturesOf).filter(
      ({ id }) => isShown[id] ?? true,
    );
  }, [formats, lineAddress, selected, signatures, isLinked]);
  const isTold = value?.some(({ revision }) => revision !== null) ?? false;
  const stale = value?.filter((row) => row.stale).length ?? 0;

  async function send(): Promise<void> {
    if (signsDispatch()) return setSigning(true);
    await dispatch(selected.size > 0 ? [...selected] : undefined);
    setSelected(new Set());
  }

  return (
    <>
      {isSigning ? (
        <DispatchDialog
          {...(selected.size > 0 && { units: [...selected] })}
          onClose={() => {
            setSigning(false);
            setSelected(new Set());
          }}
        />
      ) : null}
      {isListing ? <WorklistsDialog onClose={() => setListing(false)} /> : null}
      <List
        title={words.title}
        file="queues"
        rows={published === null ? value && [] : value}
        failure={failure}
        columns={columns}
        keyOf={keyOf}
        textsOf={textsOf}
        filters={FILTERS}
        isSelected={({ unit }) => selected.has(unit)}
        actions={
          <>
            <Button isDisabled={!isTold} onPress={() => setListing(true)}>
              {words.worklists}
            </Button>
            <Button icon="print" isDisabled={!isTold} onPress={() => void print([...selected])}>
              {selected.size > 0 ? words.printSelected(counted(selected.size, 'list')) : words.print}
            </Button>
            <Button
              look="primary"
              icon="dispatch"
              title={refusal}
              isDisabled={!canDispatch || (selected.size === 0 && stale === 0)}
              onPress={() => void send()}
            >
              {selected.size > 0
                ? words.dispatchSelected(counted(selected.size, 'queue'))
                : words.dispatchStale(count(stale))}
            </Button>
          </>
        }
        empty={
          <Empty icon="dispatch" title={words.emptyTitle} hint={words.emptyHint}>
            <Button look="primary" onPress={() => runById('publish')}>
              {words.publish}
            </Button>
          </Empty>
        }
      />
    </>
  );
}
