import type { Ask, CallName, Reply } from '#shared/contract/calls.ts';
import type {
  BoardBar,
  BoardRow,
  CalibrationRow,
  DifferenceView,
  FeedView,
  LinkView,
  OrderRow,
  PersonRow,
  DispatchPreview,
  QueueRow,
  ResourceRow,
  Status,
  VersionRow,
} from '#shared/contract/views.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { OperationsType } from '#shared/domain/operations.ts';
import { OrderId } from '#shared/domain/order.ts';
import type { Settlement } from '#shared/domain/outbox.ts';
import { StepId } from '#shared/domain/routing.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { TaskId } from '#shared/domain/task.ts';
import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';
import { LOCAL_SESSION, NO_LINES } from '#test/support/local-session.ts';
import { ONLY_DRAFT } from '#test/support/only-draft.ts';

/** What a stand-in station answers to each call. */
export type Answers = {
  readonly [Name in CallName]?: (ask: Ask<Name>) => Reply<Name>;
};

/** Wednesday 2026-11-25 08:00 in Berlin. */
export const NOW = Date.UTC(2026, 10, 25, 7) / 1000;

const HALLS = {
  Dispensing: ['Booth 1', 'Booth 2'],
  Granulation: ['Granulator 1', 'Granulator 2'],
  'Press hall': ['Press 1', 'Press 2', 'Press 3'],
  Coating: ['Coater 1', 'Coater 2'],
  Packaging: ['Line 1', 'Line 2', 'Line 3'],
  'QC lab': ['HPLC bench', 'Wet bench'],
  Warehouse: ['Staging team'],
};
const PRODUCTS = ['Paracetamol 500 mg tablets', 'Ibuprofen 400 mg film-coated', 'Metformin 850 mg'];
const STEPS = ['Granulate', 'Press', 'Pack'];
const PREFIX: Record<OperationsType, string> = {
  production: 'WO',
  quality: 'QC',
  maintenance: 'PM',
  inventory: 'ST',
};

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};
const unitId = (name: string) => name.toUpperCase().replaceAll(' ', '-') as BoardRow['unit'];

const rows: readonly BoardRow[] = Object.entries(HALLS).flatMap(([group, names]) =>
  names.map((name) => ({
    unit: unitId(name),
    name,
    group,
    area: null,
    level: 'WorkUnit' as const,
    closed: [],
    downtimes:
      name === 'Press 3' ? [{ start: NOW - 2 * HOUR, end: null, reason: 'Mechanical', planned: false }] : [],
    state: name === 'Press 3' ? ('DELAY' as const) : ('PROD' as const),
    reported: NOW - 300,
  })),
);

/** Orders one after the other, so that many of them are late: enough to fill every view. */
function makeWork(count: number): { orders: OrderRow[]; bars: BoardBar[] } {
  const orders: OrderRow[] = [];
  const bars: BoardBar[] = [];
  const free = new Map(rows.map(({ unit }) => [unit, NOW - 4 * HOUR]));
  for (let k = 0; k < count; k += 1) {
    const domain = k % 5 === 4 ? pick(OperationsType.options, k % 3 === 0 ? 1 : k) : 'production';
    const order = `${PREFIX[domain]}-${1000 + k}` as OrderRow['order'];
    const due = NOW + ((k * 7) % 11) * DAY;
    const own = (domain === 'production' ? STEPS : ['Do']).map((name, step) => {
      const { unit } = pick(rows, k * 5 + step * 3);
      const start = free.get(unit) ?? NOW;
      const end = start + (2 + ((k + step) % 5)) * HOUR;
      free.set(unit, end + HOUR / 2);
      return { name, step, unit, start, end };
    });
    const end = Math.max(...own.map((step) => step.end));
    const late = Math.max(0, end - due);
    const common = {
      order,
      domain,
      product: pick(PRODUCTS, k),
      quantity: 120_000,
      uom: 'pcs',
      due,
      estimate: null,
      remaining: null,
    };
    for (const { name, step, unit, start, end } of own) {
      bars.push({
        ...common,
        task: `${order}/${step + 1}` as BoardBar['task'],
        name,
        unit,
        start,
        runStart: start + HOUR / 2,
        end,
        late,
        pin: null,
        frozen: false,
        commitment: null,
        work: 'waiting',
        actualStart: null,
        actualEnd: null,
        progress: 0,
        blocked: k % 29 === 3,
        family: null,
        people: [],
        instruments: [],
        qualifications: [],
        missing: [],
        moved: false,
        comments: 0,
      });
    }
    orders.push({
      ...common,
      weight: 1,
      release: NOW - 2 * DAY,
      state: k < 6 ? 'Running' : 'Released',
      tasks: own.length,
      done: k < 3 ? 1 : 0,
      start: Math.min(...own.map(({ start }) => start)),
      end,
      late,
      problem: k % 37 === 5 ? 'Lot API-778 waits for a quality decision (Restricted).' : null,
    });
  }
  return { orders, bars };
}

const figuresOf = (orders: readonly OrderRow[]): Figures => ({
  orders: orders.length,
  lateOrders: orders.filter(({ late }) => (late ?? 0) > 0).length,
  weightedTardiness: 0,
  tardiness: orders.reduce((sum, { late }) => sum + (late ?? 0), 0),
  setup: 63 * HOUR,
  makespanEnd: NOW + 12 * DAY,
  load: 0.81,
  unplaced: 4,
  flow: 0,
  overtime: 0,
  penalty: 0,
  moved: 0,
});

const resources = (): ResourceRow[] => [
  ...rows.map(({ unit, name, group, level, state }, k) => ({
    id: unit,
    name,
    group,
    level,
    classes: [group.toLowerCase()],
    state,
    openSeconds: 200 * HOUR,
    busySeconds: (60 + k * 8) * HOUR,
    setupSeconds: (k % 5) * 2 * HOUR,
    nextDown: k % 6 === 0 ? 'Fri 27 Nov 06:00 · Quarterly service' : null,
  })),
  {
    id: unitId('Balance 01'),
    name: 'Balance 01',
    group: 'Dispensing',
    level: 'EquipmentModule',
    classes: ['balance'],
    state: 'INSTRUMENT',
    openSeconds: 0,
    busySeconds: 12 * HOUR,
    setupSeconds: 0,
    nextDown: null,
  },
];

const STATES = ['failed', 'expired', 'unknown', 'expiring', 'valid', 'valid', 'valid'] as const;
const calibrations = (): CalibrationRow[] =>
  STATES.map((state, k) => ({
    equipment: unitId(`Balance 0${k}`),
    name: `Balance 0${k}`,
    test: 'Balance calibration, 4 points',
    evaluated: state === 'unknown' ? null : NOW - (20 + k) * DAY,
    expires: state === 'unknown' ? null : NOW + (k * 4 - 7) * DAY,
    passed: state === 'unknown' ? null : state !== 'failed',
    state,
    renewal:
      state === 'expired' || state === 'expiring'
        ? {
            task: `CAL-${k}/1` as BoardBar['task'],
            start: state === 'expired' ? null : NOW + 5 * HOUR,
            end: null,
          }
        : null,
    tasksAfterExpiry: state === 'expired' ? 4 : 0,
  }));

const NAMES = ['Anna Weber', 'Jonas Krause', 'Mara Yilmaz', 'Tim Schmitt', 'Lea Novak', 'Paul Lang'];
const people = (): PersonRow[] =>
  Array.from({ length: 20 }, (_, k) => ({
    id: `P-${100 + k}` as PersonRow['id'],
    name: pick(NAMES, k),
    classes: k % 3 === 0 ? ['Operator', 'Setter'] : ['Operator'],
    qualifications: [
      { name: 'GMP basics', expires: NOW + 400 * DAY, valid: true },
      { name: 'Tablet press', expires: NOW + (k * 9 - 20) * DAY, valid: k * 9 > 20 },
      { name: 'Coating', expires: null, valid: true },
    ],
    busySeconds: (20 + k) * HOUR,
    openSeconds: 80 * HOUR,
  }));

const dispatchPreview = (): DispatchPreview => ({
  version: 12,
  zone: 'Europe/Berlin',
  lines: rows.slice(0, 7).map(({ unit, name }, k) => ({
    unit,
    name,
    revision: 4,
    supersedes: null,
    changes: [
      {
        kind: 'moved',
        task: `WO-10${10 + k}/press` as BoardBar['task'],
        name: 'WO-1010 · Press',
        from: 3,
        to: 1,
      },
    ],
    recalled: [],
    current: null,
  })),
});

const queues = (): QueueRow[] =>
  rows.map(({ unit, name, group }, k) => ({
    unit,
    name,
    group,
    revision: k % 4 === 3 ? null : 3,
    version: k % 4 === 3 ? null : 12 - (k % 3 === 0 ? 1 : 0),
    dispatched: k % 4 === 3 ? null : NOW - k * HOUR,
    items: 12 + k,
    stale: k % 3 === 0 || k % 4 === 3,
    pending: k % 3 === 0 || k % 4 === 3 ? ['added', 'moved', 'changed', 'changed'] : [],
    recalled: k === 5 ? 1 : 0,
    unseenSince: k % 4 === 1 ? NOW - k * 8 * MINUTE : null,
    seen: k % 4 === 3 || k % 4 === 1 ? null : { by: pick(NAMES, k), at: NOW - k * HOUR + 4 * MINUTE },
    unacknowledged: null,
    current: k % 2 === 0 ? `WO-10${10 + k} · Press` : null,
  }));

const ledger = (before: number): LedgerEntry[] =>
  Array.from({ length: 20 }, (_, k) => ({
    seq: before - 1 - k,
    ts: new Date((NOW - k * 700) * 1000).toISOString(),
    userId: 'mara',
    action: k % 4 === 0 ? 'draft.move' : 'execution.record',
    entity: 'task',
    entityId: `WO-${1000 + k}/3`,
    field: 'place',
    old: { unit: 'PRESS-1' },
    new: { unit: 'PRESS-2' },
    reason: null,
    origin: 'window',
    correlation: 'one',
    app: '0.1.0',
    previous: '0'.repeat(64),
    hash: '1'.repeat(64),
  }));

export const report = (files: readonly string[], dryRun: boolean): ImportReport => ({
  files: [...files],
  dryRun,
  changes: [{ kind: 'orders', added: 12, changed: 3, removed: 0, unchanged: 135 }],
  samples: [
    { kind: 'orders', id: 'WO-1043', field: 'due', before: '2026-11-27 14:00', after: '2026-11-26 22:00' },
  ],
  refusals: [
    {
      file: 'orders.csv',
      line: 17,
      field: 'quantity',
      value: '-5',
      reason: 'is not a positive number. Maybe a return was exported as an order.',
    },
  ],
  warnings: [{ file: 'orders.csv', line: 30, field: 'due', value: '2026-11-20', reason: 'is in the past' }],
});

const status = (empty: boolean): Status => ({
  app: '0.1.0',
  plant: empty ? null : 'Plant A, solid dose',
  empty,
  now: NOW,
  zone: 'Europe/Berlin',
  dataDir: '/home/mara/.local/share/shiftwright',
  revision: 41,
  version: empty ? null : 12,
  lastImport: empty ? null : NOW - 130,
  limits: { imported: 86_400, reported: 14_400 },
  lines: empty ? 0 : 3,
  lineAddress: 'http://127.0.0.1:4870/line',
  solving: false,
  proposal: false,
  feeds: [],
  trouble: null,
  backup: null,
  record: null,
});

const links = (): LinkView[] => [
  {
    link: {
      name: 'press-3',
      kind: 'opcua',
      isOn: true,
      user: '',
      address: 'opc.tcp://127.0.0.1:4840',
      units: [EquipmentId.parse('PRESS-3')],
      receiver: '',
      security: 'None',
    },
    isConnected: true,
    failure: null,
    since: NOW - HOUR,
    differences: [
      { task: TaskId.parse('A-1/press'), text: 'the machine had it and has it no longer.', isLost: true },
    ],
    machineJobs: [{ task: TaskId.parse('A-2/press'), label: 'A-2 · Press' }],
    jobs: 3,
    unacknowledged: 1,
    exchanges: [{ at: NOW - 60, what: 'A-2/press: store', ok: true, text: 'done' }],
  },
];

const SETTLEMENTS: Readonly<Record<number, Settlement>> = {
  1: { kind: 'kept' },
  2: {
    kind: 'notKept',
    differences: [{ field: 'date_finished', sent: '2026-11-26 10:00:00', kept: '2026-11-26 11:30:00' }],
  },
  4: { kind: 'refused', reason: 'Odoo has no work order WO4 any more.' },
  5: { kind: 'dropped', reason: 'It was meant for https://old.example.com.' },
};

const feeds = (): FeedView[] => [
  {
    pulled: NOW - 30,
    feed: {
      name: 'odoo',
      kind: 'odoo',
      address: 'https://erp.example.com',
      database: 'plant',
      user: 'planner',
      every: 60,
      staleAfter: 900,
      tells: true,
      rules: { added: 'ask', quantity: 'ask', due: 'ask', work: 'ask', cancelled: 'ask', told: 'ask' },
      fields: {},
    },
    hasSecret: true,
    failure: null,
    waiting: 1,
    notKept: 1,
    refused: 1,
    messages: [1, 2, 3, 4, 5].map((seq) => ({
      seq,
      feed: 'odoo',
      lane: `order odoo:MO${seq}`,
      message: {
        kind: 'planned',
        order: OrderId.parse(`odoo:MO${seq}`),
        step: StepId.parse(`WO${seq}`),
        unit: EquipmentId.parse('odoo:WC1'),
        start: NOW,
        end: NOW + HOUR,
        work: HOUR,
        version: 12,
      },
      about: `WH/MO/0000${seq} · Assembly`,
      unitName: 'Assembly line 1',
      made: NOW - 60,
      settled: seq === 3 ? null : NOW - 50,
      settlement: SETTLEMENTS[seq] ?? null,
    })),
    exchanges: [
      {
        at: NOW - 30,
        what: 'pull changes',
        ok: true,
        text: '2 records changed, 2 to accept, 0 refused.',
        millis: 340,
      },
    ],
  },
];

const differences = (): DifferenceView[] => [
  {
    feed: 'odoo',
    order: 'odoo:MO1',
    name: 'WH/MO/00001',
    at: NOW - 90,
    change: 'changed',
    fields: [{ field: 'quantity', before: '10', after: '20' }],
    impact: ['The work gets 2 h longer.', 'As planned the order would be 1.5 h late.'],
  },
  {
    feed: 'odoo',
    order: 'odoo:MO2',
    name: 'WH/MO/00002',
    at: NOW - 80,
    change: 'cancelled',
    fields: [],
    impact: ['2 tasks leave the board.'],
  },
];

/** A plant full of work: the late, the blocked, the expired and the unplaced among it. */
export function fullPlant(): Answers {
  const { orders, bars } = makeWork(48);
  const figures = figuresOf(orders);
  const versions: VersionRow[] = [11, 12].map((number) => ({
    number,
    published: NOW - (13 - number) * DAY,
    publisher: 'mara',
    note: number === 12 ? 'Weekly plan' : 'Before the audit',
    figures: { ...figures, lateOrders: figures.lateOrders - 2, tardiness: figures.tardiness + 8 * HOUR },
  }));
  return {
    'session.read': () => LOCAL_SESSION,
    'signature.list': () => [],
    'line.read': () => NO_LINES,
    'station.status': () => status(false),
    'copy.note': () => ({ ok: true, revision: 0, detail: null }),
    'board.read': () => ({
      now: NOW,
      zone: 'Europe/Berlin',
      horizon: { start: NOW - DAY, end: NOW + 14 * DAY },
      rows,
      bars,
      people: [],
      instruments: [],
      unplaced: [],
      state: {
        revision: 41,
        figures,
        movedSincePublished: 14,
        undo: 'Move WO-1043 Press to Press 2',
        redo: null,
        ...ONLY_DRAFT,
      },
    }),
    'proposal.read': () => null,
    'task.inspect': () => null,
    'report.list': () => ({ uom: '', reports: [], lots: [] }),
    'version.list': () => versions,
    'version.preview': () => ({
      revision: 41,
      number: 13,
      lines: [
        { unit: 'Press 1', name: 'Press 1', added: 3, moved: 9, restaffed: 2, dropped: 1, current: null },
        { unit: 'Press 2', name: 'Press 2', added: 0, moved: 1, restaffed: 0, dropped: 0, current: null },
      ].map((line) => ({ ...line, unit: EquipmentId.parse(line.unit) })),
      unplaced: 4,
      lateOrders: 8,
      blocked: 4,
    }),
    'plan.shortages': () => [
      {
        names: ['Press 1', 'Press 2'],
        isPeople: false,
        until: NOW + 16 * HOUR,
        short: 18 * HOUR,
        due: 96 * HOUR,
        capacity: 78 * HOUR,
      },
      {
        names: ['Coating'],
        isPeople: true,
        until: NOW + 64 * HOUR,
        short: 5.5 * HOUR,
        due: 60 * HOUR,
        capacity: 54.5 * HOUR,
      },
    ],
    'orders.list': () => orders,
    'feed.list': feeds,
    'difference.list': differences,
    'difference.effect': () => ({
      ok: true,
      before: figuresOf([]),
      after: { ...figuresOf([]), lateOrders: 1 },
      moved: 6,
      examples: [
        {
          name: 'WH/MO/00001 · Assembly',
          before: 'Assembly line 1, Wed 25 Nov 08:00',
          after: 'Assembly line 1, Wed 25 Nov 09:30',
        },
      ],
      placed: 0,
      dropped: 0,
      promise: { end: 'Fri 27 Nov 11:30', due: 'Thu 26 Nov 12:00', late: true },
      lateNow: ['WH/MO/00001'],
      onTimeNow: [],
    }),
    'difference.giveUp': () => null,
    'difference.accept': () => ({ ok: true, revision: 42, detail: { accepted: 1 } }),
    'outbox.resend': () => ({ ok: true, revision: 41, detail: null }),
    'outbox.drop': () => ({ ok: true, revision: 41, detail: null }),
    'link.list': links,
    'link.save': () => ({ ok: true, revision: 41, detail: null }),
    'policy.save': () => ({ ok: true, revision: 41, detail: null }),
    'job.command': () => ({ ok: true, revision: 41, detail: { text: 'done' } }),
    'job.withdraw': () => ({ ok: true, revision: 41, detail: null }),
    'feed.save': () => ({ ok: true, revision: 41, detail: null }),
    'feed.test': () => ({
      ok: true,
      product: 'Odoo 19.0',
      api: '/json/2',
      orders: 4,
      without: ['downtimes'],
      fields: [],
    }),
    'resources.list': resources,
    'calibrations.list': calibrations,
    'people.list': people,
    'case.list': () => [],
    'queue.list': queues,
    'review.last': () => null,
    'queue.preview': dispatchPreview,

    'queue.revisions': () => ({ zone: 'Europe/Berlin', revisions: [] }),
    'queue.told': () => [],
    'queue.print': () => ({ ok: true, pdf: btoa('%PDF-1.3') }),
    'ledger.list': ({ before }) => ({ entries: ledger(before ?? 613), total: 612 }),
    'ledger.verify': () => ({ ok: true, entries: 612, head: '9f3a77c0de11ab', problem: null, at: NOW }),
    'mapping.list': () => [{ name: 'our ERP', files: ['AUFK*.csv'], body: null }],
    'import.files': ({ files, dryRun }) => ({
      ok: true,
      revision: 42,
      detail: report(
        files.map(({ name }) => name),
        dryRun,
      ),
    }),
    'solve.start': () => ({ ok: true, revision: 41, detail: null }),
    'solve.cancel': () => ({ ok: true, revision: 41, detail: null }),
    'version.publish': () => ({ ok: true, revision: 42, detail: { number: 13, changed: 14 } }),
    'queue.recall': () => ({ ok: true, revision: 42, detail: { recalled: 1 } }),
    'queue.dispatch': () => ({ ok: true, revision: 42, detail: { queues: 7, items: 90 } }),
    'draft.undo': () => ({
      ok: false,
      refusal: {
        code: 'TASK_STARTED',
        object: 'WO-1043 · Press',
        text: 'Press 2 has started it: what a line has begun is not undone.',
      },
    }),
  };
}

/** A database nobody has put anything into. */
export function emptyPlant(): Answers {
  const full = fullPlant();
  const figures = figuresOf([]);
  return {
    ...full,
    'station.status': () => status(true),
    'board.read': () => ({
      now: NOW,
      zone: 'UTC',
      horizon: { start: NOW, end: NOW + DAY },
      rows: [],
      bars: [],
      people: [],
      instruments: [],
      unplaced: [],
      state: { revision: 0, figures, movedSincePublished: 0, undo: null, redo: null, ...ONLY_DRAFT },
    }),
    'version.list': () => [],
    'plan.shortages': () => [],
    'orders.list': () => [],
    'feed.list': () => [],
    'link.list': () => [],
    'difference.list': () => [],
    'queue.list': () => [],
    'queue.told': () => [],
    'queue.preview': () => null,
    'queue.revisions': () => ({ zone: 'Europe/Berlin', revisions: [] }),
    'mapping.list': () => [],
    'ledger.list': () => ({ entries: [], total: 0 }),
    'plant.openDemo': () => ({ ok: true, revision: 1, detail: report(['demo.xml'], false) }),
  };
}
