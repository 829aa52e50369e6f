import type { ResourceRow } from '#shared/contract/views.ts';
import { select, useBoard } from '#renderer/state/board.ts';
import { goTo, usePlace } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Button } from '#renderer/ui/button.tsx';
import { hours, percent } from '#renderer/ui/format.ts';
import type { IconName } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import type { Column } from '#renderer/ui/rows.ts';
import { text, unitStateText } from '#renderer/ui/text.ts';
import { Empty, Mark, Share, type Tone } from '#renderer/ui/view.tsx';
import { resourcesText as words } from './text.ts';

const isTroubled = ({ state }: ResourceRow): boolean => state === 'DELAY' || state === 'PLANNED_DOWN';
const loadOf = ({ busySeconds, openSeconds }: ResourceRow): number | null =>
  openSeconds > 0 ? busySeconds / openSeconds : null;

const FILTERS: readonly ListFilter<ResourceRow>[] = [
  { value: 'all', title: words.all, keeps: () => true },
  { value: 'units', title: words.units, keeps: ({ state }) => state !== 'INSTRUMENT' },
  { value: 'instruments', title: words.instruments, keeps: ({ state }) => state === 'INSTRUMENT' },
  { value: 'troubled', title: words.troubled, keeps: isTroubled, counted: true },
];

/** What a state looks like: only a stop is coloured. */
const STATE_LOOK: Partial<Record<ResourceRow['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  DELAY: { tone: 'late', icon: 'warn' },
  PLANNED_DOWN: { tone: 'warn', icon: 'maintenance' },
};

const COLUMNS: readonly Column<ResourceRow>[] = [
  { id: 'name', title: words.name, width: 200, value: ({ name }) => name },
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
    width: 140,
    value: ({ state }) => unitStateText[state],
    cell: ({ state }) => <Mark {...STATE_LOOK[state]}>{unitStateText[state]}</Mark>,
  },
  {
    id: 'load',
    title: words.load,
    width: 160,
    align: 'right',
    value: loadOf,
    cell: (row) => {
      const load = loadOf(row);
      return load === null ? text.none : <Share value={load} figure={percent(load)} />;
    },
  },
  {
    id: 'busy',
    title: words.busy,
    width: 92,
    align: 'right',
    value: ({ busySeconds }) => busySeconds,
    cell: ({ busySeconds }) => hours(busySeconds),
  },
  {
    id: 'setup',
    title: words.setup,
    width: 92,
    align: 'right',
    value: ({ setupSeconds }) => setupSeconds,
    cell: ({ setupSeconds }) => hours(setupSeconds),
  },
  {
    id: 'open',
    title: words.open,
    width: 92,
    align: 'right',
    value: ({ openSeconds }) => openSeconds,
    cell: ({ openSeconds }) => hours(openSeconds),
  },
  { id: 'nextDown', title: words.nextDown, value: ({ nextDown }) => nextDown },
  {
    id: 'classes',
    title: words.classes,
    width: 180,
    value: ({ classes }) => classes.join(', '),
    cell: ({ classes }) => <span className="muted">{classes.join(', ')}</span>,
  },
];

const keyOf = ({ id }: ResourceRow) => id;
const textsOf = ({ id, name, group, classes, state }: ResourceRow) => [
  id,
  name,
  group,
  ...classes,
  unitStateText[state],
];

/** Every work unit and instrument with its load over the horizon. A click selects what runs on it. */
export function ResourcesView() {
  const { value, failure } = useReply('resources.list');
  const sought = usePlace((state) => state.sought);
  const bars = useBoard((state) => state.bars);
  return (
    <List
      title={words.title}
      file="resources"
      rows={value}
      failure={failure}
      columns={COLUMNS}
      keyOf={keyOf}
      sought={sought}
      textsOf={textsOf}
      filters={FILTERS}
      onOpen={({ id, state }) => {
        if (state === 'INSTRUMENT') return;
        select([...bars.values()].filter(({ unit }) => unit === id).map(({ task }) => task));
        goTo('board');
      }}
      empty={
        <Empty icon="resources" title={words.emptyTitle} hint={words.emptyHint}>
          <Button look="primary" onPress={() => goTo('imports')}>
            {words.import}
          </Button>
        </Empty>
      }
    />
  );
}
