import type { Board, BoardBar, BoardRow, Inspection, Proposal } from '#shared/contract/views.ts';
import { FamilyId } from '#shared/domain/changeover.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import { OrderId } from '#shared/domain/order.ts';
import { PersonId } from '#shared/domain/person.ts';
import { TaskId } from '#shared/domain/task.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { finishOf } from '#shared/time/calendar.ts';
import { subtract } from '#shared/time/interval.ts';
import { ONLY_DRAFT } from '#test/support/only-draft.ts';

/** Monday 2026-11-23 00:00 in Berlin. */
export const MONDAY: Instant = Date.UTC(2026, 10, 22, 23) / 1000;
const ZONE = 'Europe/Berlin';

interface Area {
  readonly name: string;
  readonly unit: string;
  readonly step: string;
  readonly domain: OperationsType;
  readonly share: number;
}

const AREAS: readonly Area[] = [
  { name: 'Dispensing', unit: 'Booth', step: 'Dispense', domain: 'production', share: 3 },
  { name: 'Granulation', unit: 'Granulator', step: 'Granulate', domain: 'production', share: 4 },
  { name: 'Press hall', unit: 'Tablet press', step: 'Press', domain: 'production', share: 6 },
  { name: 'Coating', unit: 'Coater', step: 'Film coat', domain: 'production', share: 4 },
  { name: 'Packaging', unit: 'Pack line', step: 'Pack blisters', domain: 'production', share: 6 },
  { name: 'QC laboratory', unit: 'Bench', step: 'Assay and dissolution', domain: 'quality', share: 3 },
  { name: 'Maintenance', unit: 'Team', step: 'Preventive maintenance', domain: 'maintenance', share: 2 },
  { name: 'Warehouse', unit: 'Dock', step: 'Stage materials', domain: 'inventory', share: 2 },
];
const PRODUCTS = ['Metformin 500 mg', 'Ibuprofen 400 mg', 'Amlodipine 5 mg', 'Simvastatin 20 mg'];

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A board as full as a planner's Monday morning: `rows` work units in eight areas, bars until there are `bars` of them. */
export function busyBoard(size: { readonly bars: number; readonly rows: number }, seed = 7): Board {
  const random = dice(seed);
  const days = 21;
  const horizon: Interval = { start: MONDAY - DAY, end: MONDAY + days * DAY };
  const now = MONDAY + 9 * HOUR + 24 * MINUTE;
  const rows = rowsOf(size.rows, horizon, now);
  const perRow = Math.ceil(size.bars / rows.length);
  const mean = Math.floor(((days - 2) * DAY * 0.5) / perRow);
  const bars: BoardBar[] = [];
  rows.forEach((row, index) => {
    const open = subtract([horizon], row.closed);
    const area = areaOf(row.group);
    let at = MONDAY - 10 * HOUR + Math.floor(random() * 6) * HOUR;
    for (let count = 0; count < perRow && bars.length < size.bars; count += 1) {
      const work = Math.max(10 * MINUTE, Math.round((mean * (0.5 + random())) / 300) * 300);
      const setup = random() < 0.45 ? Math.round((work * 0.12) / 300 + 1) * 300 : 0;
      const start = open.find((window) => window.end > at);
      if (!start) break;
      const begin = Math.max(at, start.start);
      const runStart = finishOf(open, begin, setup);
      const end = finishOf(open, begin, setup + work);
      if (end === null || runStart === null) break;
      const number = 1000 + ((index * 37 + count * 11) % Math.max(12, Math.floor(size.bars / 6)));
      bars.push(barFrom(area, row, { begin, runStart, end }, number, count, now, random));
      at = end + (random() < 0.6 ? 0 : Math.round(random() * 8) * 15 * MINUTE);
    }
  });
  return {
    now,
    zone: ZONE,
    horizon,
    rows,
    people: peopleOf(rows),
    instruments: INSTRUMENTS,
    bars,
    unplaced: [
      unplaced(
        'WO-1203',
        'Film coat',
        'LOT_NOT_RELEASED',
        'lot L-77120',
        'Lot L-77120 (hypromellose) is on hold and has no release date.',
      ),
      unplaced(
        'WO-1210',
        'Pack blisters',
        'NO_PERSON_FREE',
        'Blister line operator',
        'Nobody with a valid qualification for the blister line is free before the deadline, Fri 27 Nov 22:00.',
      ),
      unplaced(
        'CAL-31',
        'Calibrate balance B-4',
        'AFTER_DEADLINE',
        'Balance B-4',
        'The window for this calibration ends before the balance is free.',
      ),
    ],
    state: {
      revision: 12,
      figures: figures(9, 41),
      movedSincePublished: 9,
      undo: 'Move WO-1004 · Press to Tablet press 2, Mon 23 Nov 06:40',
      redo: null,
      ...ONLY_DRAFT,
    },
  };
}

const areaOf = (name: string): Area => {
  const area = AREAS.find((known) => known.name === name);
  if (!area) throw new Error(`No area ${name}.`);
  return area;
};

function rowsOf(count: number, horizon: Interval, now: Instant): BoardRow[] {
  const total = AREAS.reduce((sum, { share }) => sum + share, 0);
  const rows: BoardRow[] = [];
  for (const area of AREAS) {
    const units = Math.max(1, Math.round((count * area.share) / total));
    for (let index = 1; index <= units && rows.length < count; index += 1) {
      const unit = EquipmentId.parse(`${area.unit.toUpperCase().replaceAll(' ', '-')}-${index}`);
      const twoShifts = rows.length % 3 !== 0;
      rows.push({
        unit,
        name: `${area.unit} ${index}`,
        group: area.name,
        area: null,
        level: 'WorkUnit',
        closed: closedTimes(horizon, twoShifts),
        downtimes: downtimesOf(rows.length, now),
        reported: now - 4 * MINUTE,
        state: rows.length % 7 === 2 ? 'SETUP' : rows.length % 4 === 1 ? 'PROD' : 'NO_ORDER',
      });
    }
  }
  return rows;
}

/** Night and Sunday closed, or round the clock with a break at noon. */
function closedTimes(horizon: Interval, twoShifts: boolean): Interval[] {
  const closed: Interval[] = [];
  for (let day = horizon.start; day < horizon.end; day += DAY) {
    const sunday = Math.round((day - MONDAY) / DAY + 70) % 7 === 6;
    if (sunday) closed.push({ start: day, end: day + DAY });
    else if (twoShifts) {
      closed.push({ start: day, end: day + 6 * HOUR });
      closed.push({ start: day + 12 * HOUR, end: day + 12 * HOUR + 30 * MINUTE });
      closed.push({ start: day + 22 * HOUR, end: day + DAY });
    }
  }
  return subtract([horizon], subtract([horizon], closed));
}

function downtimesOf(index: number, now: Instant): BoardRow['downtimes'] {
  if (index === 9)
    return [{ start: now - 3 * HOUR, end: null, reason: 'Mechanical: punch broken', planned: false }];
  if (index === 14)
    return [{ start: MONDAY + 30 * HOUR, end: MONDAY + 36 * HOUR, reason: 'Filter change', planned: true }];
  return [];
}

function barFrom(
  area: Area,
  row: BoardRow,
  time: { readonly begin: Instant; readonly runStart: Instant; readonly end: Instant },
  number: number,
  count: number,
  now: Instant,
  random: () => number,
): BoardBar {
  const order = OrderId.parse(`${area.domain === 'maintenance' ? 'PM' : 'WO'}-${number}`);
  const done = time.end < now - HOUR;
  const running = !done && time.begin < now;
  const due = time.end + Math.round((random() - 0.1) * 2.5 * DAY);
  return {
    task: TaskId.parse(`${order}/${row.unit}-${count}`),
    order,
    name: area.step,
    product: PRODUCTS[number % PRODUCTS.length] ?? '',
    domain: area.domain,
    unit: row.unit,
    start: time.begin,
    runStart: time.runStart,
    end: time.end,
    estimate:
      area.domain === 'production' || done || running
        ? null
        : { run: time.end - time.runStart, routing: time.end - time.runStart, pauses: false },
    remaining: null,
    quantity: 1000 * (1 + (number % 240)),
    uom: area.step === 'Press' ? 'tab' : 'ea',
    due,
    late: Math.max(0, time.end - due),
    pin: count === 4 ? { task: TaskId.parse(`${order}/${row.unit}-${count}`), start: time.begin } : null,
    frozen: !done && time.begin < now + 6 * HOUR,
    commitment: !done && time.begin < now + 6 * HOUR ? 'told' : null,
    work: done ? 'completed' : running ? 'running' : 'waiting',
    actualStart: done || running ? time.begin + Math.round((random() - 0.4) * HOUR) : null,
    actualEnd: done || running ? time.end + Math.round((random() - 0.3) * HOUR) : null,
    progress: done ? 1 : running ? Math.round(((now - time.begin) / (time.end - time.begin)) * 90) / 100 : 0,
    blocked: count % 9 === 6,
    family: FamilyId.parse(`Family ${1 + (number % 11)}`),
    people: stintsOf(row, time, count),
    instruments:
      area.domain === 'quality' ? [INSTRUMENTS[count % INSTRUMENTS.length]?.id ?? ('' as never)] : [],
    qualifications: [`${area.step} qualified`],
    missing: done || running ? [] : missingAt(count),
    moved: count % 12 === 7,
    comments: count % 15 === 8 ? 2 : 0,
  };
}

const INSTRUMENTS = [1, 2, 3].map((number) => ({
  id: EquipmentId.parse(`BALANCE-${number}`),
  name: `Balance B-${number}`,
  group: 'Balances',
  closed: [],
}));

/** Two who share every unit: a late and an early shift. */
const crewOf = (row: Pick<BoardRow, 'unit'>) =>
  ['early', 'late'].map((shift) => PersonId.parse(`${row.unit} ${shift}`));

const peopleOf = (rows: readonly BoardRow[]): Board['people'] =>
  rows.flatMap((row) =>
    crewOf(row).map((id, index) => ({
      id,
      name: `${index === 0 ? 'Ada' : 'Ben'} of ${row.name}`,
      group: row.group,
      closed: [],
    })),
  );

/** Long tasks are handed over in the middle. */
function stintsOf(
  row: Pick<BoardRow, 'unit'>,
  time: { begin: Instant; end: Instant },
  count: number,
): BoardBar['people'] {
  const [early, late] = crewOf(row);
  if (!early || !late) return [];
  const middle = Math.round((time.begin + time.end) / 2);
  if (time.end - time.begin < 6 * HOUR)
    return [{ person: count % 2 === 0 ? early : late, start: time.begin, end: time.end }];
  return [
    { person: early, start: time.begin, end: middle },
    { person: late, start: middle, end: time.end },
  ];
}

function missingAt(count: number): BoardBar['missing'] {
  if (count % 11 === 5) return ['material'];
  if (count % 11 === 8) return ['qualification'];
  if (count % 13 === 10) return ['calibration'];
  return count % 9 === 6 ? ['quality'] : [];
}

const unplaced = (
  order: string,
  name: string,
  code: Board['unplaced'][number]['code'],
  object: string,
  text: string,
): Board['unplaced'][number] => ({
  task: TaskId.parse(`${order}/${name}`),
  order: OrderId.parse(order),
  name,
  domain: order.startsWith('CAL') ? 'maintenance' : 'production',
  code,
  object,
  text,
});

const figures = (lateOrders: number, lateHours: number): Proposal['before'] => ({
  orders: 150,
  lateOrders,
  weightedTardiness: lateHours * HOUR * 3,
  tardiness: lateHours * HOUR,
  setup: 63 * HOUR,
  makespanEnd: MONDAY + 12 * DAY,
  load: 0.81,
  unplaced: 3,
  flow: 0,
  overtime: 0,
  penalty: 0,
  moved: 0,
});

/** Every seventh bar moves by a few hours, every twenty-first to the next unit. */
export function busyProposal(board: Board): Proposal {
  const waiting = board.bars.filter((bar) => bar.work === 'waiting');
  const differences = waiting
    .filter((_, index) => index % 7 === 3)
    .slice(0, 60)
    .map((bar, index): Proposal['differences'][number] => {
      const shift = (index % 2 === 0 ? -2 : 3) * HOUR;
      const rows = board.rows.filter(
        (row) => row.group === board.rows.find(({ unit }) => unit === bar.unit)?.group,
      );
      const other = rows[(rows.findIndex(({ unit }) => unit === bar.unit) + 1) % rows.length];
      const reassigned = index % 3 === 0 && other !== undefined && other.unit !== bar.unit;
      const unit = reassigned ? other.unit : bar.unit;
      return {
        task: bar.task,
        order: bar.order,
        name: bar.name,
        kinds: [
          reassigned ? ('reassigned' as const) : ('moved' as const),
          ...(index % 11 === 0 ? (['lateNow'] as const) : index % 5 === 0 ? (['onTimeNow'] as const) : []),
        ],
        crew: null,
        before: {
          unit: bar.unit,
          start: bar.start,
          end: bar.end,
          people: bar.people,
          instruments: bar.instruments,
        },
        after: {
          unit,
          start: bar.start + shift,
          end: bar.end + shift,
          people: stintsOf({ unit }, { begin: bar.start + shift, end: bar.end + shift }, index),
          instruments: bar.instruments,
        },
      };
    });
  const number = (kind: Proposal['differences'][number]['kinds'][number]) =>
    differences.filter(({ kinds }) => kinds.includes(kind)).length;
  return {
    id: 'proposal',
    case: null,
    revision: board.state.revision,
    before: figures(9, 41),
    after: { ...figures(6, 33), setup: 65 * HOUR, unplaced: 1 },
    rule: 'ATCS',
    differences,
    counts: {
      moved: number('moved'),
      reassigned: number('reassigned'),
      restaffed: 0,
      new: 0,
      dropped: 0,
      lateNow: number('lateNow'),
      onTimeNow: number('onTimeNow'),
    },
  };
}

/** What the inspector is told of a bar: its area's units can all run it. */
export function inspectionOf(board: Board, task: string): Inspection | null {
  const bar = board.bars.find((one) => one.task === task);
  if (!bar) return null;
  const group = board.rows.find(({ unit }) => unit === bar.unit)?.group;
  const chain = board.bars.filter(({ order }) => order === bar.order).toSorted((a, b) => a.start - b.start);
  const at = chain.indexOf(bar);
  return {
    bar,
    task: bar.task,
    order: bar.order,
    name: bar.name,
    domain: bar.domain,
    product: bar.product,
    quantity: bar.quantity,
    uom: bar.uom,
    orderDue: bar.due,
    orderState: 'Running',
    told: {
      revision: 3,
      position: 2,
      why: 'In the sequence of the plan: due Wed 25 Nov 12:00, slack 5 h, critical ratio 2.4',
      card: {
        zone: board.zone,
        rule: 'sequence',
        due: bar.due,
        slack: 18_000,
        ratio: 2.4,
        after: null,
        passedOver: [
          { task: bar.task, name: 'WO-1051 · Compress', ratio: 1.2, why: { kind: 'setup', more: 2400 } },
          {
            task: TaskId.parse('WO-1060/compress'),
            name: 'WO-1060 · Compress',
            ratio: 1.9,
            why: { kind: 'notReady', by: 'material', until: bar.end },
          },
        ],
        refusals: [],
        passed: [],
      },
    },
    needs: [
      {
        kind: 'person',
        what: 'Press operator',
        links: [{ to: 'person', id: 'p1', name: 'A. Lindqvist' }],
        ok: true,
        text: 'planned',
      },
      {
        kind: 'instrument',
        what: 'Balance class II',
        links: [{ to: 'instrument', id: 'B-4', name: 'B-4' }],
        ok: false,
        text: 'calibration expires Tue 24 Nov 08:00, before the task ends',
      },
      {
        kind: 'lot',
        what: 'Granulate G-11',
        links: [{ to: 'lot', id: 'L-76002', name: 'L-76002', tasks: [] }],
        ok: true,
        text: 'released',
      },
    ],
    whyHere: {
      text: `${bar.unit} is busy with the task before until then; no other unit of ${group} is free earlier.`,
      tasks: [],
    },
    whyLate:
      bar.end > bar.due
        ? ['Granulate L-76002 arrives Mon 23 Nov 10:00.', 'The press is set up for 45 min.'].map((text) => ({
            task: bar.task,
            start: bar.start,
            end: bar.end,
            text,
            tasks: [],
          }))
        : [],
    alternatives: board.rows
      .filter((row) => row.group === group)
      .map(({ unit, name }) => ({ unit, name, run: bar.end - bar.runStart })),
    predecessors: chain.slice(Math.max(0, at - 1), at).map((one) => one.task),
    successors: chain.slice(at + 1, at + 2).map((one) => one.task),
    dependencies: chain.slice(Math.max(0, at - 1), at + 1).flatMap((from, index) => {
      const to = chain[Math.max(0, at - 1) + index + 1];
      return to
        ? [{ from: from.task, to: to.task, minLag: 0, maxLag: null, slack: to.runStart - from.end }]
        : [];
    }),
    comments: [],
    unplaced: null,
  };
}
