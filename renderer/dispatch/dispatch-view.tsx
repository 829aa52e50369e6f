import { useEffect, useMemo, useState } from 'react';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { runById, useEnabled, useRefusal } from '#renderer/commands/run.ts';
import { useAccount, useReasonAgainst } from '#renderer/state/account.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useSignatures } from '#renderer/state/signatures.ts';
import { useFormats, useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, counted } from '#renderer/ui/format.ts';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import { paper, savePdf } from '#renderer/ui/save-file.ts';
import { Empty } from '#renderer/ui/view.tsx';
import './dispatch.css';
import { DispatchDialog } from './dispatch-dialog.tsx';
import { queueColumns } from './queue-columns.tsx';
import { RecallDialog } from './recall-dialog.tsx';
import { RevisionsDialog } from './revisions-dialog.tsx';
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
  {
    value: 'unseen',
    title: words.unseenFilter,
    keeps: ({ unseenSince }) => unseenSince !== null,
    counted: true,
  },
];

const keyOf = ({ unit }: QueueRow) => unit;
const textsOf = ({ unit, name, group, current }: QueueRow) => [unit, name, group, current];

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

/** Ages are told by the window's own clock. */
function useTick(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 15_000);
    return () => clearInterval(timer);
  }, []);
}

/** What each line has been told, what is newer than that, and the button that tells it. */
export function DispatchView() {
  const { value, failure } = useReply('queue.list', NEWS);
  const signatures = useSignatures('queue', value);
  const formats = useFormats();
  const lineAddress = useSession((state) => state.status?.lineAddress ?? null);
  const published = useSession((state) => state.published);
  const [dialog, setDialog] = useState<'dispatch' | 'recall' | null>(null);
  const [opened, setOpened] = useState<EquipmentId | null>(null);
  const limit = useAccount(({ account }) => account?.policy.seenMinutes ?? Infinity) * MINUTE;
  useTick();
  const [isListing, setListing] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<EquipmentId>>(new Set());
  const canDispatch = useEnabled('dispatch');
  const refusal = useRefusal('dispatch');
  const canRecall = useReasonAgainst('queue.recall') === null;
  const isLinked = value?.some(({ unacknowledged }) => unacknowledged !== null) ?? false;
  const isRecalled = value?.some(({ recalled }) => recalled > 0) ?? false;
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
      jobs: isLinked,
      recalled: isRecalled,
    };
    return queueColumns(formats, lineAddress, selected, toggle, signaturesOf, limit).filter(
      ({ id }) => isShown[id] ?? true,
    );
  }, [formats, lineAddress, selected, signatures, isLinked, isRecalled, limit]);
  const isTold = value?.some(({ revision }) => revision !== null) ?? false;
  const stale = value?.filter((row) => row.stale).length ?? 0;

  const row = value?.find(({ unit }) => unit === opened);
  const close = (): void => {
    setDialog(null);
    setSelected(new Set());
  };

  return (
    <>
      {dialog === 'dispatch' ? (
        <DispatchDialog {...(selected.size > 0 && { units: [...selected] })} onClose={close} />
      ) : null}
      {dialog === 'recall' ? <RecallDialog of={{ units: [...selected] }} onClose={close} /> : null}
      {row && dialog === null ? (
        <RevisionsDialog
          row={row}
          mayRecall={canRecall && row.items > 0}
          onRecall={() => {
            setOpened(null);
            setSelected(new Set([row.unit]));
            setDialog('recall');
          }}
          onClose={() => setOpened(null)}
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
        onOpen={({ unit }) => setOpened(unit)}
        actions={
          <>
            <Button isDisabled={!isTold} onPress={() => setListing(true)}>
              {words.worklists}
            </Button>
            <Button icon="print" isDisabled={!isTold} onPress={() => void print([...selected])}>
              {selected.size > 0 ? words.printSelected(counted(selected.size, 'list')) : words.print}
            </Button>
            <Button isDisabled={!canRecall || selected.size === 0} onPress={() => setDialog('recall')}>
              {words.recall}
            </Button>
            <Button
              look="primary"
              icon="dispatch"
              title={refusal}
              isDisabled={!canDispatch || (selected.size === 0 && stale === 0)}
              onPress={() => setDialog('dispatch')}
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
