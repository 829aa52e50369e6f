/**
 * The plain form: what a CSV file of ours may hold, by kind. A file without a mapping has these names in its header.
 * README.md says what each means.
 */
export const COLUMNS = {
  orders: {
    required: ['id', 'quantity', 'routing', 'due'],
    optional: ['domain', 'product', 'uom', 'weight', 'release', 'deadline', 'equipment', 'state'],
  },
  steps: {
    required: ['routing', 'step'],
    optional: [
      'routingName',
      'version',
      'position',
      'name',
      'domain',
      'equipment',
      'class',
      'setup',
      'run',
      'perUnit',
      'load',
      'loadPerUnit',
      'penalty',
      'family',
      'crossBreak',
      'qualification',
      'people',
      'during',
      'handover',
      'attention',
      'instruments',
      'tools',
      'training',
      'trainedSince',
      'materials',
      'after',
      'minLag',
      'maxLag',
      'lagTo',
      'transfer',
      'storage',
    ],
  },
  equipment: {
    required: ['id'],
    optional: [
      'name',
      'level',
      'parent',
      'classes',
      'calendar',
      'setupMatrix',
      'setupState',
      'tests',
      'capacity',
      'batching',
    ],
  },
  people: { required: ['id'], optional: ['name', 'classes', 'calendar'] },
  tests: { required: ['id', 'subject'], optional: ['name', 'validFor'] },
  qualifications: {
    required: ['person', 'qualification', 'evaluated'],
    optional: ['id', 'expires', 'passed'],
  },
  calibrations: { required: ['equipment', 'test', 'evaluated'], optional: ['id', 'expires', 'passed'] },
  changeovers: { required: ['matrix', 'from', 'to', 'minutes'], optional: ['cleaning', 'cleanFor'] },
  materials: { required: ['id', 'uom'], optional: ['name', 'family'] },
  lots: {
    required: ['id', 'material', 'quantity', 'disposition'],
    optional: ['uom', 'availableFrom', 'expires', 'location'],
  },
  downtimes: { required: ['equipment', 'start'], optional: ['id', 'end', 'reason', 'planned'] },
  calendars: {
    required: ['id', 'zone'],
    optional: ['name', 'shift', 'days', 'from', 'to', 'breaks', 'overtime', 'type', 'start', 'end', 'reason'],
  },
  execution: {
    required: ['unit', 'started'],
    optional: ['task', 'person', 'setup', 'finished', 'good', 'scrap', 'rework', 'reason'],
  },
} as const satisfies Record<string, { required: readonly string[]; optional: readonly string[] }>;

export type RowKind = keyof typeof COLUMNS;
export const ROW_KINDS = Object.keys(COLUMNS) as [RowKind, ...RowKind[]];

export const columnsOf = (kind: RowKind): { required: readonly string[]; optional: readonly string[] } =>
  COLUMNS[kind];

export const isColumnOf = (kind: RowKind, name: string): boolean => {
  const { required, optional } = columnsOf(kind);
  return required.includes(name) || optional.includes(name);
};

/** The kind that a file without a mapping holds: the one that a name of it begins with, else the only one that its header fits best. */
export function kindOf(names: readonly string[], header: readonly string[]): RowKind | undefined {
  const begins = (name: string): RowKind | undefined =>
    ROW_KINDS.find((kind) => new RegExp(`^${kind}([^a-z]|$)`, 'i').test(name));
  const named = names.map(begins).find((kind) => kind !== undefined);
  if (named) return named;
  const fitting = ROW_KINDS.filter((kind) => columnsOf(kind).required.every((name) => header.includes(name)));
  const known = fitting.map((kind) => header.filter((name) => isColumnOf(kind, name)).length);
  const best = fitting.filter((_, index) => known[index] === Math.max(...known));
  return best.length === 1 ? best[0] : undefined;
}
