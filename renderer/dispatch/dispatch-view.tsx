import { useMemo, useState } from 'react';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { station } from '#renderer/bridge/station.ts';
import { dispatch } from '#renderer/commands/plan.ts';
import { runById, useEnabled } from '#renderer/commands/run.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats, useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { type Formats, count, counted } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import { type Column, instantCell } from '#renderer/ui/rows.ts';
import { saveFile } from '#renderer/ui/save-file.ts';
import { text } from '#renderer/ui/text.ts';
import { Empty, Mark } from '#renderer/ui/view.tsx';
import './dispatch.css';
import { dispatchText as words } from './text.ts';

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
    { id: 'name', title: words.unit, width: 200, value: ({ name }) => name },
    {
      id: 'group',
      title: words.group,
      width: 168,
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

/** American plants print on Letter; everybody else on A4. */
const paper = new Intl.Locale(navigator.language).region === 'US' ? 'letter' : 'a4';

/** Saves the lists of these lines, or of all that have been told anything, as one PDF. */
async function print(units: readonly EquipmentId[]): Promise<void> {
  try {
    const lists = await station.call('queue.print', {
      paper,
      ...(units.length > 0 ? { units: [...units] } : {}),
    });
    if (!lists.ok) return notify('error', words.print, lists.text);
    const bytes = Uint8Array.from(atob(lists.pdf), (letter) => letter.charCodeAt(0));
    saveFile('dispatch-lists.pdf', new Blob([bytes], { type: 'application/pdf' }));
  } catch (error) {
    notify('error', words.print, String(error));
  }
}

/** What each line has been told, what is newer than that, and the button that tells it. */
export function DispatchView() {
  const { value, failure } = useReply('queue.list', NEWS);
  const formats = useFormats();
  const lineAddress = useSession((state) => state.status?.lineAddress ?? null);
  const published = useSession((state) => state.published);
  const [selected, setSelected] = useState<ReadonlySet<EquipmentId>>(new Set());
  const canDispatch = useEnabled('dispatch');
  const columns = useMemo(() => {
    const toggle = (unit: EquipmentId) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(unit)) after.add(unit);
        return after;
      });
    return columnsOf(formats, lineAddress, selected, toggle);
  }, [formats, lineAddress, selected]);
  const isTold = value?.some(({ revision }) => revision !== null) ?? false;
  const stale = value?.filter((row) => row.stale).length ?? 0;

  async function send(): Promise<void> {
    await dispatch(selected.size > 0 ? [...selected] : undefined);
    setSelected(new Set());
  }

  return (
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
          <Button icon="print" isDisabled={!isTold} onPress={() => void print([...selected])}>
            {selected.size > 0 ? words.printSelected(counted(selected.size, 'list')) : words.print}
          </Button>
          <Button
            look="primary"
            icon="dispatch"
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
  );
}
