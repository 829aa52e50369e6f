import { useEffect, useMemo, useState } from 'react';
import type { Worklist, WorklistAsk, WorklistItem } from '#shared/contract/worklist.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { station } from '#renderer/bridge/station.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { type Formats, count, quantity } from '#renderer/ui/format.ts';
import type { Column } from '#renderer/ui/rows.ts';
import { paper, savePdf } from '#renderer/ui/save-file.ts';
import { Table } from '#renderer/ui/table.tsx';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { dispatchText as words } from './text.ts';

const NEWS = ['board.changed', 'board.replaced', 'queues.dispatched'] as const;
const keyOf = ({ task }: WorklistItem) => task;
const nameOf = (ask: WorklistAsk): string => JSON.stringify(ask);

/** What a person or a team sees at the lines: the same list, here to look at and to print. */
export function WorklistsDialog({ onClose }: { readonly onClose: () => void }) {
  const names = useReply('worklist.list', NEWS).value;
  const [chosen, setChosen] = useState<string | null>(null);
  const formats = useFormats();
  const current = names?.find(({ ask }) => nameOf(ask) === chosen) ?? names?.[0];
  const columns = useMemo(() => columnsOf(formats, current?.ask), [formats, current]);
  const list = useWorklist(current ? nameOf(current.ask) : null);

  async function print(): Promise<void> {
    if (!current) return;
    try {
      const printed = await station.call('worklist.print', { list: current.ask, paper });
      if (printed.ok) savePdf(`list-${current.title}.pdf`, printed.pdf);
      else notify('error', words.print, printed.text);
    } catch (error) {
      notify('error', words.print, String(error));
    }
  }

  return (
    <Dialog title={words.worklists} wide onClose={onClose}>
      <div className="dialog-body worklists">
        {names?.length === 0 ? <p className="muted">{words.worklistsNone}</p> : null}
        {current ? (
          <label>
            {words.whoseList}
            <select value={nameOf(current.ask)} onChange={(event) => setChosen(event.target.value)}>
              {(['domain', 'person'] as const).map((kind) => (
                <optgroup key={kind} label={words[kind]}>
                  {names
                    ?.filter(({ ask }) => kind in ask)
                    .map(({ ask, title, items }) => (
                      <option key={nameOf(ask)} value={nameOf(ask)}>
                        {`${title} (${count(items)})`}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          </label>
        ) : null}
        {list ? (
          <>
            <Table
              label={list.title}
              columns={columns}
              rows={list.items}
              keyOf={keyOf}
              empty={<p className="muted">{words.listDone}</p>}
            />
            {list.more > 0 ? <p className="muted">{words.moreListed(count(list.more))}</p> : null}
          </>
        ) : null}
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.close}</Button>
        <Button icon="print" isDisabled={!list || list.items.length === 0} onPress={() => void print()}>
          {words.printList}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** The list of that name, read again after what may change it. */
function useWorklist(name: string | null): Worklist | null {
  const [list, setList] = useState<Worklist | null>(null);
  useEffect(() => {
    if (name === null) return;
    let gone = false;
    const read = (): void =>
      void station.call('worklist.read', { list: JSON.parse(name) as WorklistAsk }).then(
        (found) => !gone && setList(found),
        (error: unknown) => notify('error', words.worklists, String(error)),
      );
    read();
    const stop = station.facts(({ kind }) => NEWS.some((news) => news === kind) && read());
    return () => {
      gone = true;
      stop();
    };
  }, [name]);
  return list;
}

const lotsOf = ({ takes, to }: WorklistItem): string =>
  takes
    .map(({ name, quantity: of, uom, from }) =>
      [quantity(of, uom), name, from && words.from(from), to !== null && words.to(to)]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ');

/** Of one person nobody has to be told who, and only the warehouse moves lots. */
function columnsOf(formats: Formats, ask: WorklistAsk | undefined): readonly Column<WorklistItem>[] {
  const isShown: Readonly<Record<string, boolean>> = {
    people: ask !== undefined && 'domain' in ask,
    lots: ask !== undefined && 'domain' in ask && ask.domain === 'inventory',
  };
  return allColumns(formats).filter(({ id }) => isShown[id] ?? true);
}

const allColumns = ({ moment }: Formats): readonly Column<WorklistItem>[] => [
  {
    id: 'needed',
    title: words.needed,
    width: 148,
    value: ({ needed }) => needed.at,
    cell: ({ needed }) => moment(needed.at),
  },
  {
    id: 'task',
    title: words.task,
    value: (item) => `${orderNameOf(item)} · ${item.name}`,
    cell: (item) => <span title={item.why}>{`${orderNameOf(item)} · ${item.name}`}</span>,
  },
  {
    id: 'lots',
    title: words.lots,
    width: 240,
    value: (item) => lotsOf(item) || null,
    cell: (item) => <span title={lotsOf(item)}>{lotsOf(item)}</span>,
  },
  {
    id: 'for',
    title: words.neededBy,
    value: ({ needed }) => needed.by?.what ?? null,
    cell: ({ needed }) =>
      needed.by ? `${needed.by.what}, ${needed.by.unit}` : <span className="muted">{words.dueDate}</span>,
  },
  { id: 'unit', title: words.unit, width: 112, value: ({ unitName }) => unitName },
  {
    id: 'planned',
    title: words.planned,
    width: 140,
    value: ({ assignment }) => assignment.start,
    cell: ({ assignment }) => moment(assignment.start),
  },
  { id: 'people', title: words.people, width: 100, value: ({ people }) => people.join(', ') || null },
  {
    id: 'state',
    title: words.state,
    width: 150,
    value: ({ progress, gates }) => progress?.state.kind ?? gates[0]?.text ?? words.ready,
    cell: (item) => <State item={item} />,
  },
];

function State({ item: { progress, gates } }: { readonly item: WorklistItem }) {
  const [gate] = gates;
  if (progress && progress.state.kind !== 'waiting') return <Mark icon="clock">{words.inHand}</Mark>;
  if (!gate) return <Mark icon="check">{words.ready}</Mark>;
  return (
    <span className="muted" title={gates.map(({ text: why }) => why).join('\n')}>
      {gate.text}
    </span>
  );
}
