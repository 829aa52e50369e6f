import { useMemo } from 'react';
import type { PersonRow } from '#shared/contract/views.ts';
import { goTo, usePlace } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { plantNow, useFormats } from '#renderer/state/session.ts';
import { DAY } from '#shared/time/instant.ts';
import { Button } from '#renderer/ui/button.tsx';
import { type Formats, hours, percent } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import type { Column } from '#renderer/ui/rows.ts';
import { text } from '#renderer/ui/text.ts';
import { Empty, Share, type Tone } from '#renderer/ui/view.tsx';
import './crew.css';
import { crewText as words } from './text.ts';

type Qualification = PersonRow['qualifications'][number];

/** A training course takes about this long to come by. */
const SOON = 30 * DAY;

function toneOf({ valid, expires }: Qualification): Tone {
  if (!valid) return 'late';
  return expires !== null && expires < plantNow() + SOON ? 'warn' : 'calm';
}
const needsAttention = ({ qualifications }: PersonRow): boolean =>
  qualifications.some((one) => toneOf(one) !== 'calm');
const loadOf = ({ busySeconds, openSeconds }: PersonRow): number | null =>
  openSeconds > 0 ? busySeconds / openSeconds : null;

const FILTERS: readonly ListFilter<PersonRow>[] = [
  { value: 'all', title: words.all, keeps: () => true },
  { value: 'expiring', title: words.expiring, keeps: needsAttention, counted: true },
];

const keyOf = ({ id }: PersonRow) => id;
const textsOf = ({ id, name, classes, qualifications }: PersonRow) => [
  id,
  name,
  ...classes,
  ...qualifications.map((one) => one.name),
];

/** In words: what it is and until when, where that matters. */
function written({ date }: Formats, one: Qualification): string {
  if (!one.valid) return `${one.name}, ${words.expired}`;
  return one.expires === null ? one.name : `${one.name}, ${words.until(date(one.expires))}`;
}

const columnsOf = (formats: Formats): readonly Column<PersonRow>[] => [
  { id: 'name', title: words.name, width: 184, value: ({ name }) => name },
  {
    id: 'id',
    title: words.id,
    width: 96,
    value: ({ id }) => id,
    cell: ({ id }) => <span className="muted">{id}</span>,
  },
  { id: 'classes', title: words.classes, width: 184, value: ({ classes }) => classes.join(', ') },
  {
    id: 'load',
    title: words.load,
    width: 152,
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
    width: 84,
    align: 'right',
    value: ({ busySeconds }) => busySeconds,
    cell: ({ busySeconds }) => hours(busySeconds),
  },
  {
    id: 'open',
    title: words.open,
    width: 84,
    align: 'right',
    value: ({ openSeconds }) => openSeconds,
    cell: ({ openSeconds }) => hours(openSeconds),
  },
  {
    id: 'qualifications',
    title: words.qualifications,
    value: ({ qualifications }) => qualifications.length,
    written: ({ qualifications }) => qualifications.map((one) => written(formats, one)).join('; '),
    cell: ({ qualifications }) => (
      <span className="qualifications">
        {[...qualifications].sort(byUrgency).map((one) => (
          <QualificationMark key={one.name} one={one} formats={formats} />
        ))}
      </span>
    ),
  },
];

const RANK: Record<Tone, number> = { late: 0, warn: 1, calm: 2, ok: 3 };
const byUrgency = (a: Qualification, b: Qualification): number => RANK[toneOf(a)] - RANK[toneOf(b)];

function QualificationMark({ one, formats }: { readonly one: Qualification; readonly formats: Formats }) {
  const tone = toneOf(one);
  const words = written(formats, one);
  return (
    <span className={`qualification ${tone}`} title={words}>
      {tone === 'calm' ? null : <Icon name={tone === 'late' ? 'warn' : 'clock'} size={12} />}
      {tone === 'calm' ? one.name : words}
    </span>
  );
}

/** Who is there, what they may do and until when. */
export function CrewView() {
  const { value, failure } = useReply('people.list');
  const sought = usePlace((state) => state.sought);
  const formats = useFormats();
  const columns = useMemo(() => columnsOf(formats), [formats]);
  return (
    <List
      title={words.title}
      file="crew"
      rows={value}
      failure={failure}
      columns={columns}
      keyOf={keyOf}
      sought={sought}
      textsOf={textsOf}
      filters={FILTERS}
      empty={
        <Empty icon="crew" title={words.emptyTitle} hint={words.emptyHint}>
          <Button look="primary" onPress={() => goTo('imports')}>
            {words.import}
          </Button>
        </Empty>
      }
    />
  );
}
