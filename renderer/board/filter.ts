import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Board, BoardBar } from '#shared/contract/views.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { matches } from '#renderer/ui/rows.ts';

/** What has to be so for a bar to be shown; every one that is chosen. */
export const TRAITS = ['late', 'unplaced', 'pinned', 'moved', 'unready', 'unreported', 'commented'] as const;
export type Trait = (typeof TRAITS)[number];

/** Which bars are shown. An empty text or list asks for nothing. */
export interface Filter {
  readonly order: string;
  readonly product: string;
  readonly family: string;
  /** Area or work centre. */
  readonly group: string;
  readonly domain: OperationsType | '';
  readonly qualification: string;
  readonly traits: readonly Trait[];
  /** Entries of the legend, by key. */
  readonly legend: readonly string[];
}

export const NO_FILTER: Filter = {
  order: '',
  product: '',
  family: '',
  group: '',
  domain: '',
  qualification: '',
  traits: [],
  legend: [],
};

/** How many things are asked for. */
export const askedIn = ({ traits, legend, ...fields }: Filter): number =>
  traits.length + legend.length + Object.values(fields).filter((value) => value.trim() !== '').length;

/** What is asked for, in words; empty where nothing is. */
export const filterWords = (filter: Filter): string =>
  Object.entries(filter)
    .flatMap(([name, asked]: [string, string | readonly string[]]) =>
      asked.length === 0 ? [] : `${name} ${typeof asked === 'string' ? asked : asked.join(' ')}`,
    )
    .join(', ');

/** Should have begun and no line has said so: what the board shows of it is only the plan. */
export const isUnreported = (bar: BoardBar, now: Instant): boolean =>
  bar.work === 'waiting' && bar.start < now;

/** The tasks that pass; null when nothing is asked for. `entryOf` says under which entry of the legend a bar falls. */
export function passing(
  board: Pick<Board, 'rows' | 'unplaced'>,
  bars: Iterable<BoardBar>,
  filter: Filter,
  now: Instant,
  entryOf: (task: TaskId) => string | null,
): ReadonlySet<TaskId> | null {
  if (askedIn(filter) === 0) return null;
  const units = new Set(
    board.rows
      .filter(({ group, area }) => group === filter.group || area === filter.group)
      .map(({ unit }) => unit),
  );
  const incomplete = new Set(board.unplaced.map(({ order }) => order));
  const has: Record<Trait, (bar: BoardBar) => boolean> = {
    late: (bar) => bar.late > 0,
    unplaced: (bar) => incomplete.has(bar.order),
    pinned: (bar) => bar.pin !== null,
    moved: (bar) => bar.moved,
    unready: (bar) => bar.missing.length > 0 || bar.blocked,
    unreported: (bar) => isUnreported(bar, now),
    commented: (bar) => bar.comments > 0,
  };
  const order = filter.order.trim().toLowerCase();
  const passes = (bar: BoardBar): boolean =>
    (order === '' || orderNameOf(bar).toLowerCase().includes(order)) &&
    (filter.product === '' || bar.product === filter.product) &&
    (filter.family === '' || bar.family === filter.family) &&
    (filter.group === '' || units.has(bar.unit)) &&
    (filter.domain === '' || bar.domain === filter.domain) &&
    (filter.qualification === '' || bar.qualifications.includes(filter.qualification)) &&
    filter.traits.every((trait) => has[trait](bar)) &&
    (filter.legend.length === 0 || filter.legend.includes(entryOf(bar.task) ?? ''));
  const found = new Set<TaskId>();
  for (const bar of bars) if (passes(bar)) found.add(bar.task);
  return found;
}

/** What a search finds, in the order of time; null while nothing is searched. */
export function hitsOf(
  board: Pick<Board, 'rows' | 'people'>,
  bars: Iterable<BoardBar>,
  search: string,
): readonly BoardBar[] | null {
  if (search.trim() === '') return null;
  const names = new Map<string, string>([
    ...board.rows.map(({ unit, name }) => [unit, name] as const),
    ...board.people.map(({ id, name }) => [id, name] as const),
  ]);
  const textsOf = (bar: BoardBar): string[] => [
    orderNameOf(bar),
    bar.name,
    bar.product,
    names.get(bar.unit) ?? bar.unit,
    ...bar.people.map(({ person }) => names.get(person) ?? person),
  ];
  return [...bars]
    .filter((bar) => matches(search, textsOf(bar)))
    .toSorted((a, b) => a.start - b.start || (a.task < b.task ? -1 : 1));
}
