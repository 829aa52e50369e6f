import { useMemo } from 'react';
import type { CalibrationRow } from '#shared/contract/views.ts';
import { select } from '#renderer/state/board.ts';
import { goTo, usePlace } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { type Formats, count } from '#renderer/ui/format.ts';
import type { IconName } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import { type Column, instantCell } from '#renderer/ui/rows.ts';
import { text } from '#renderer/ui/text.ts';
import { Empty, Mark, type Tone } from '#renderer/ui/view.tsx';
import { calibrationStateText, resourcesText as words } from './text.ts';

type State = CalibrationRow['state'];

const LOOK: Record<State, { readonly tone: Tone; readonly icon: IconName }> = {
  valid: { tone: 'calm', icon: 'check' },
  expiring: { tone: 'warn', icon: 'clock' },
  expired: { tone: 'late', icon: 'warn' },
  failed: { tone: 'late', icon: 'cross' },
  unknown: { tone: 'warn', icon: 'info' },
};
const URGENCY: readonly State[] = ['failed', 'expired', 'unknown', 'expiring', 'valid'];

const FILTERS: readonly ListFilter<CalibrationRow>[] = [
  { value: 'all', title: words.all, keeps: () => true },
  { value: 'attention', title: words.attention, keeps: ({ state }) => state !== 'valid', counted: true },
];

const keyOf = ({ equipment, test }: CalibrationRow) => `${equipment}\n${test}`;
const textsOf = ({ equipment, name, test, state }: CalibrationRow) => [
  equipment,
  name,
  test,
  calibrationStateText[state],
];
const columnsOf = ({ date, moment }: Formats): readonly Column<CalibrationRow>[] => [
  { id: 'name', title: words.equipment, width: 200, value: ({ name }) => name },
  { id: 'test', title: words.test, value: ({ test }) => test },
  {
    id: 'state',
    title: words.state,
    width: 140,
    value: ({ state }) => URGENCY.indexOf(state),
    cell: ({ state }) => <Mark {...LOOK[state]}>{calibrationStateText[state]}</Mark>,
    written: ({ state }) => calibrationStateText[state],
  },
  {
    id: 'evaluated',
    title: words.evaluated,
    width: 120,
    align: 'right',
    value: ({ evaluated }) => evaluated,
    cell: ({ evaluated }) => (evaluated === null ? text.none : date(evaluated)),
    written: ({ evaluated }) => instantCell(evaluated),
  },
  {
    id: 'expires',
    title: words.expires,
    width: 132,
    align: 'right',
    value: ({ expires }) => expires,
    cell: ({ expires, evaluated }) => {
      if (expires !== null) return <span title={moment(expires)}>{date(expires)}</span>;
      return <span className="muted">{evaluated === null ? text.none : words.never}</span>;
    },
    written: ({ expires }) => instantCell(expires),
  },
  {
    id: 'renewal',
    title: words.renewal,
    width: 180,
    align: 'right',
    value: ({ renewal }) => renewal?.start ?? null,
    cell: ({ renewal }) => {
      if (!renewal) return <span className="muted">{words.notPlanned}</span>;
      return renewal.start === null ? (
        <Mark tone="warn" icon="warn">
          {words.unplacedRenewal}
        </Mark>
      ) : (
        <Mark icon="calibrations">{moment(renewal.start)}</Mark>
      );
    },
    written: ({ renewal }) => instantCell(renewal?.start),
  },
  {
    id: 'tasksAfter',
    title: words.tasksAfter,
    width: 148,
    align: 'right',
    value: ({ tasksAfterExpiry }) => tasksAfterExpiry,
    cell: ({ tasksAfterExpiry }) => (
      <span className={tasksAfterExpiry > 0 ? 'warn' : 'muted'}>{count(tasksAfterExpiry)}</span>
    ),
  },
];

/** What proves that equipment measures right, the most urgent first. A click selects the renewal on the board. */
export function CalibrationsView() {
  const { value, failure } = useReply('calibrations.list');
  const sought = usePlace((state) => state.sought);
  const formats = useFormats();
  const columns = useMemo(() => columnsOf(formats), [formats]);
  return (
    <List
      title={words.calibrations}
      file="calibrations"
      rows={value}
      failure={failure}
      columns={columns}
      keyOf={keyOf}
      sought={sought}
      textsOf={textsOf}
      filters={FILTERS}
      sorting={{ column: 'state', descending: false }}
      onOpen={({ renewal }) => {
        if (!renewal) return;
        select([renewal.task]);
        goTo('board');
      }}
      empty={<Empty icon="calibrations" title={words.noCalibrationsTitle} hint={words.noCalibrationsHint} />}
    />
  );
}
