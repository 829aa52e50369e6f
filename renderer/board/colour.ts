import { groupBy } from '#shared/base/group.ts';
import type { Board, BoardBar, ReadinessGate } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';
import { DOMAINS, domainText } from '#renderer/ui/text.ts';
import { boundariesOf, openBetween } from './closed-time.ts';
import { colourText, gateText } from './text.ts';

export const COLOUR_BY = [
  'none',
  'order',
  'family',
  'lateness',
  'domain',
  'readiness',
  'utilisation',
] as const;
export type ColourBy = (typeof COLOUR_BY)[number];

/** Colours of the palette by what they mean; `category` ones mean nothing but “another one”. */
export const HUES = [
  'category1',
  'category2',
  'category3',
  'category4',
  'category5',
  'category6',
  'category7',
  'late',
  'warn',
  'ok',
  'quality',
  'maintenance',
  'inventory',
] as const;
export type Hue = (typeof HUES)[number];

/** One entry of the legend: its letter stands on the bars beside the colour. `hue` is null for grey. */
export interface LegendEntry {
  readonly key: string;
  readonly title: string;
  readonly letter: string;
  readonly hue: Hue | null;
  readonly count: number;
}

export interface Colouring {
  readonly entries: readonly LegendEntry[];
  readonly entryOf: ReadonlyMap<TaskId, LegendEntry>;
}

interface Kind {
  readonly key: string;
  readonly title: string;
  readonly letter: string;
  readonly hue: Hue | null;
}

const CATEGORIES = HUES.filter((hue) => hue.startsWith('category'));
/** An order that could end this close to its due date is one hitch away from being late. */
export const AT_RISK = 8 * HOUR;

/** Sorts bars under the entries of a legend; null for the plain grey board. */
export function colouringOf(
  board: Pick<Board, 'rows' | 'horizon'>,
  bars: readonly BoardBar[],
  by: ColourBy,
  isStale: (bar: BoardBar) => boolean,
): Colouring | null {
  if (by === 'none') return null;
  const { kinds, kindOf } = schemeOf(board, bars, by, isStale);
  const counts = new Map<string, number>();
  for (const bar of bars) counts.set(kindOf(bar), (counts.get(kindOf(bar)) ?? 0) + 1);
  const entries = kinds
    .map((kind) => ({ ...kind, count: counts.get(kind.key) ?? 0 }))
    .filter(({ count }) => count > 0);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const entryOf = new Map<TaskId, LegendEntry>();
  for (const bar of bars) {
    const entry = byKey.get(kindOf(bar));
    if (entry) entryOf.set(bar.task, entry);
  }
  return { entries, entryOf };
}

interface Scheme {
  readonly kinds: readonly Kind[];
  readonly kindOf: (bar: BoardBar) => string;
}

function schemeOf(
  board: Pick<Board, 'rows' | 'horizon'>,
  bars: readonly BoardBar[],
  by: Exclude<ColourBy, 'none'>,
  isStale: (bar: BoardBar) => boolean,
): Scheme {
  switch (by) {
    case 'order':
      return byOrder(bars);
    case 'family':
      return byFamily(bars);
    case 'lateness':
      return { kinds: LATENESS, kindOf: latenessOf };
    case 'domain':
      return { kinds: DOMAIN_KINDS, kindOf: ({ domain }) => domain };
    case 'readiness':
      return { kinds: READINESS, kindOf: (bar) => (isStale(bar) ? 'unknown' : (bar.missing[0] ?? 'ready')) };
    case 'utilisation':
      return byUtilisation(board, bars);
  }
}

const letterAt = (index: number): string => String.fromCharCode(65 + index);

/** Seven colours take turns in the order of due dates, so that orders that meet are told apart. */
function byOrder(bars: readonly BoardBar[]): Scheme {
  const orders = [
    ...groupBy(
      bars.toSorted((a, b) => a.due - b.due),
      ({ order }) => order,
    ).keys(),
  ];
  const turn = new Map(orders.map((order, index) => [order, String(index % CATEGORIES.length)]));
  return {
    kinds: CATEGORIES.map((hue, index) => ({
      key: String(index),
      title: colourText.ordersOf(letterAt(index)),
      letter: letterAt(index),
      hue,
    })),
    kindOf: ({ order }) => turn.get(order) ?? '',
  };
}

const familyOf = ({ family, product }: BoardBar): string => family ?? product;
const OTHERS = ' others';

/** The largest families have a colour; the others share grey. */
function byFamily(bars: readonly BoardBar[]): Scheme {
  const largest = [...groupBy(bars, familyOf)]
    .filter(([family]) => family !== '')
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .slice(0, CATEGORIES.length)
    .map(([family]) => family);
  const known = new Set(largest);
  return {
    kinds: [
      ...largest.map((family, index) => ({
        key: family,
        title: family,
        letter: letterAt(index),
        hue: CATEGORIES[index] ?? null,
      })),
      { key: OTHERS, title: colourText.others, letter: '', hue: null },
    ],
    kindOf: (bar) => (known.has(familyOf(bar)) ? familyOf(bar) : OTHERS),
  };
}

const LATENESS: readonly Kind[] = [
  { key: 'late', title: colourText.late, letter: 'L', hue: 'late' },
  { key: 'risk', title: colourText.atRisk, letter: 'R', hue: 'warn' },
  { key: 'onTime', title: colourText.onTime, letter: '', hue: null },
];

const latenessOf = (bar: BoardBar): string =>
  bar.late > 0 ? 'late' : bar.end > bar.due - AT_RISK ? 'risk' : 'onTime';

const DOMAIN_HUES = {
  production: null,
  quality: 'quality',
  maintenance: 'maintenance',
  inventory: 'inventory',
} as const;
const DOMAIN_KINDS: readonly Kind[] = DOMAINS.map((domain) => ({
  key: domain,
  title: domainText[domain],
  letter: DOMAIN_HUES[domain] === null ? '' : domainText[domain].charAt(0),
  hue: DOMAIN_HUES[domain],
}));

const GATE_HUES: Record<ReadinessGate, Hue> = {
  material: 'category1',
  quality: 'category5',
  qualification: 'category6',
  calibration: 'category3',
};
const READINESS: readonly Kind[] = [
  ...(Object.keys(GATE_HUES) as ReadinessGate[]).map((gate) => ({
    key: gate,
    title: gateText[gate],
    letter: gate === 'qualification' ? 'P' : gate.charAt(0).toUpperCase(),
    hue: GATE_HUES[gate],
  })),
  { key: 'unknown', title: colourText.unknown, letter: '?', hue: 'warn' },
  { key: 'ready', title: colourText.ready, letter: '', hue: null },
];

/** From how much of its open time a unit's load is called that. */
const LOADS = [
  { key: 'full', from: 0.9, hue: 'category1' },
  { key: 'high', from: 0.7, hue: 'category4' },
  { key: 'middle', from: 0.4, hue: 'category2' },
  { key: 'low', from: 0, hue: null },
] as const;

/** By how full the bar's unit is from the first start to the last end on the board. */
function byUtilisation(board: Pick<Board, 'rows' | 'horizon'>, bars: readonly BoardBar[]): Scheme {
  const start = bars.reduce((first, bar) => Math.min(first, bar.start), Infinity);
  const end = bars.reduce((last, bar) => Math.max(last, bar.end), -Infinity);
  const ofUnit = groupBy(bars, ({ unit }) => unit);
  const levels = new Map<EquipmentId, string>();
  for (const { unit, closed } of board.rows) {
    const boundaries = boundariesOf(closed);
    const busy = (ofUnit.get(unit) ?? []).reduce(
      (sum, bar) => sum + openBetween(boundaries, bar.start, bar.end),
      0,
    );
    const load = busy / Math.max(1, openBetween(boundaries, start, end));
    levels.set(unit, LOADS.find(({ from }) => load >= from)?.key ?? 'low');
  }
  return {
    kinds: LOADS.map(({ key, hue }, index) => ({
      key,
      title: colourText.loads[key],
      letter: hue === null ? '' : String(LOADS.length - index),
      hue,
    })),
    kindOf: ({ unit }) => levels.get(unit) ?? 'low',
  };
}
