import { useMemo, useState } from 'react';
import type { Exchange } from '#shared/contract/views.ts';
import { useFormats } from '#renderer/state/session.ts';
import type { Formats } from '#renderer/ui/format.ts';
import type { Column } from '#renderer/ui/rows.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { Table } from '#renderer/ui/table.tsx';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { connectionsText as words } from './text.ts';

/** An exchange that took no time of its own says nothing of it. */
type Told = Omit<Exchange, 'millis'> & Partial<Pick<Exchange, 'millis'>>;

const columnsOf = ({ moment }: Formats): readonly Column<Told>[] => [
  { id: 'at', title: words.when, width: 160, value: ({ at }) => at, cell: ({ at }) => moment(at) },
  { id: 'what', title: words.what, width: 320, value: ({ what }) => what },
  {
    id: 'text',
    title: words.outcome,
    value: ({ text }) => text,
    cell: ({ ok, text }) =>
      ok ? (
        text
      ) : (
        <Mark tone="warn" icon="warn">
          {text}
        </Mark>
      ),
  },
];

const TOOK: Column<Told> = {
  id: 'took',
  title: words.took,
  width: 96,
  align: 'right',
  value: ({ millis }) => millis ?? null,
  cell: ({ millis }) => `${millis} ms`,
};

const keyOf = ({ at, what, text, millis }: Told): string => `${at} ${what} ${text} ${millis}`;

/** What was last said over a connection, the newest first; each opens whole. */
export function Exchanges({
  label,
  exchanges,
}: {
  readonly label: string;
  readonly exchanges: readonly Told[];
}) {
  const formats = useFormats();
  const [opened, setOpened] = useState<Told | null>(null);
  const isTimed = exchanges.some(({ millis }) => millis !== undefined);
  const columns = useMemo(
    () => (isTimed ? [...columnsOf(formats), TOOK] : columnsOf(formats)),
    [formats, isTimed],
  );
  return (
    <>
      <h3>{label}</h3>
      {exchanges.length === 0 ? (
        <p className="muted">{words.noExchanges}</p>
      ) : (
        <Table label={label} columns={columns} rows={exchanges} keyOf={keyOf} onOpen={setOpened} />
      )}
      {opened ? (
        <Dialog title={opened.what} onClose={() => setOpened(null)} wide>
          <div className="dialog-body exchange-body">
            <p className="muted">{formats.moment(opened.at)}</p>
            <p>{opened.text}</p>
          </div>
          <DialogFoot>
            <Button onPress={() => setOpened(null)}>{text.close}</Button>
          </DialogFoot>
        </Dialog>
      ) : null}
    </>
  );
}
