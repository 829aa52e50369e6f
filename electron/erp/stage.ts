import { isDeepStrictEqual } from 'node:util';
import { must } from '#shared/base/must.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { ImportReport, RowRefusal } from '#shared/domain/import-report.ts';
import { type Plant, RECORD_KINDS, type RecordKind } from '#shared/domain/plant.ts';
import { recordFromChange } from './apply-change.ts';
import { hurtBy } from './check-dependents.ts';
import { type Objection, WORDS, checkRecord } from './check-record.ts';
import { checkReport } from './check-report.ts';
import type { Decoded, Removal, SourcedRecord, SourcedReport } from './decoded.ts';
import { type World, worldOf } from './world.ts';

type AnyRecord = Plant[RecordKind][number];

/** What one kind of record changes: new and changed records, and the ids of those taken back. */
export interface StagedChange {
  readonly kind: RecordKind;
  readonly put: readonly AnyRecord[];
  readonly remove: readonly string[];
}

export interface Staged {
  readonly changes: readonly StagedChange[];
  /** Logged facts about tasks and units that exist, in the order of time. */
  readonly reports: readonly ExecutionReport[];
  readonly report: ImportReport;
}

/** How many changed fields a report shows. */
const MAX_SAMPLES = 200;

/** Every kind after those that its records refer to. */
const ORDER_OF_KINDS: readonly RecordKind[] = [
  'calendars',
  'testSpecs',
  'setupMatrices',
  'materials',
  'equipment',
  'people',
  'testResults',
  'lots',
  'routings',
  'orders',
  'downtimes',
];

/**
 * Holds what files say against the plant and against each other. What does not fit is refused with its place, the rest
 * is what to put and what to remove; nothing is removed but by an explicit cancellation.
 */
export function stageImport(plant: Plant, decoded: readonly Decoded[], dryRun: boolean): Staged {
  const refusals: RowRefusal[] = decoded.flatMap((file) => file.refusals);
  const warnings: RowRefusal[] = decoded.flatMap((file) => file.warnings);
  const before = worldOf(plant);
  const world = worldOf(plant);
  const { candidates, removals } = sorted(decoded, before, refusals);
  for (const kind of RECORD_KINDS) {
    for (const [id, { file, line }] of removals[kind]) {
      const reason = 'Is to be removed, but is not there.';
      if (!before.get(kind, id)) warnings.push({ file, line, field: kind, value: id, reason });
      world.remove(kind, id);
    }
  }
  const accepted = new Map(
    ORDER_OF_KINDS.map((kind) => [kind, acceptable(candidates[kind], world, refusals, warnings)]),
  );
  const kept = stillNeeded(plant, before, world, removals, refusals, warnings);
  const changes: StagedChange[] = [];
  const counts: ImportReport['changes'] = [];
  const samples: ImportReport['samples'] = [];
  for (const kind of ORDER_OF_KINDS) {
    const own = must(accepted.get(kind), kind);
    const put: AnyRecord[] = [];
    let added = 0;
    for (const { record } of own) {
      const known = before.get(kind, record.id);
      if (known && isDeepStrictEqual(known, record)) continue;
      put.push(record);
      if (known) sampleOf(kind, known, record, samples);
      else added += 1;
    }
    const remove = [...removals[kind].keys()].filter(
      (id) => before.get(kind, id) && !kept.has(`${kind}\n${id}`),
    );
    const unchanged = own.length - put.length;
    if (put.length + remove.length > 0) changes.push({ kind, put, remove });
    if (own.length + remove.length > 0)
      counts.push({ kind, added, changed: put.length - added, removed: remove.length, unchanged });
  }
  const reports = acceptableReports(
    decoded.flatMap((file) => file.reports ?? []),
    world,
    refusals,
  );
  if (reports.length > 0)
    counts.push({ kind: 'execution', added: reports.length, changed: 0, removed: 0, unchanged: 0 });
  const files = [...new Set(decoded.flatMap(filesOf))];
  return { changes, reports, report: { files, dryRun, changes: counts, samples, refusals, warnings } };
}

type Sorted = {
  readonly candidates: Record<RecordKind, readonly SourcedRecord[]>;
  /** By id. */
  readonly removals: Record<RecordKind, ReadonlyMap<string, Removal>>;
};

/**
 * What is to go but is needed by what stays, stays, and its removal is refused; whoever is hurt otherwise, such as by a
 * class that loses its last unit, is warned of. Returns the kinds and ids of those that stay.
 */
function stillNeeded(
  plant: Plant,
  before: World,
  world: World,
  removals: Sorted['removals'],
  refusals: RowRefusal[],
  warnings: RowRefusal[],
): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const { sourced, objection } of hurtBy(plant, before, world)) {
    const { lacks } = objection;
    const removal = lacks && removals[lacks.kind].get(lacks.id);
    const by = `${WORDS[sourced.kind]} ${sourced.record.id}`;
    if (!lacks || !removal) {
      const reason = `${by} no longer fits: ${objection.reason}`;
      warnings.push({
        file: '',
        line: 0,
        field: objection.field,
        value: objection.value.slice(0, 200),
        reason,
      });
      continue;
    }
    const key = `${lacks.kind}\n${lacks.id}`;
    if (kept.has(key)) continue;
    kept.add(key);
    const record = before.get(lacks.kind, lacks.id);
    if (record) world.accept(lacks.kind, record);
    const reason = `Is not removed: ${by} needs it. Maybe take that back first, or in the same import.`;
    refusals.push({ file: removal.file, line: removal.line, field: lacks.kind, value: lacks.id, reason });
  }
  return kept;
}

/** The one candidate for every id, and the ids to remove; of bringing and taking back the same, the later message counts. */
function sorted(decoded: readonly Decoded[], before: World, refusals: RowRefusal[]): Sorted {
  const byKind = new Map(RECORD_KINDS.map((kind) => [kind, new Map<string, SourcedRecord>()]));
  const removals = new Map(RECORD_KINDS.map((kind) => [kind, new Map<string, Removal>()]));
  for (const file of decoded) {
    for (const removal of file.removed) {
      const { kind, id } = removal;
      byKind.get(kind)?.delete(id);
      removals.get(kind)?.set(id, removal);
    }
    for (const sourced of file.records) {
      const { kind, record } = sourced;
      const first = byKind.get(kind)?.get(record.id);
      if (!first) {
        byKind.get(kind)?.set(record.id, sourced);
        removals.get(kind)?.delete(record.id);
      } else if (!isDeepStrictEqual(first.record, record)) {
        const reason = `${record.id} stands twice in this import with different data; the first is in ${first.file}, line ${first.line}, and is the one that counts.`;
        refusals.push({ file: sourced.file, line: sourced.line, field: 'id', value: record.id, reason });
      }
    }
    for (const change of file.changes ?? []) {
      const { kind, id } = change;
      const isGone = removals.get(kind)?.has(id) === true;
      const known = byKind.get(kind)?.get(id)?.record ?? (isGone ? undefined : before.get(kind, id));
      const changed = recordFromChange(change, known);
      if ('record' in changed) {
        byKind.get(kind)?.set(id, changed);
        removals.get(kind)?.delete(id);
      } else refusals.push(...changed);
    }
  }
  const perKind = <Value>(of: (kind: RecordKind) => Value) =>
    Object.fromEntries(RECORD_KINDS.map((kind) => [kind, of(kind)])) as Record<RecordKind, Value>;
  return {
    candidates: perKind((kind) => [...must(byKind.get(kind), kind).values()]),
    removals: perKind((kind) => must(removals.get(kind), kind)),
  };
}

/** Those that fit; the others are refused, and whatever needs them after. */
function acceptable(
  candidates: readonly SourcedRecord[],
  world: World,
  refusals: RowRefusal[],
  warnings: RowRefusal[],
): SourcedRecord[] {
  const accepted: SourcedRecord[] = [];
  for (const sourced of candidates) {
    const objections = checkRecord(sourced, world);
    for (const objection of objections)
      (objection.warning ? warnings : refusals).push(rowOf(sourced, objection));
    const refusal = objections.find((objection) => !objection.warning);
    if (refusal) world.refuse(sourced.kind, sourced.record.id, refusal.reason);
    else {
      world.accept(sourced.kind, sourced.record);
      accepted.push(sourced);
    }
  }
  return accepted;
}

function acceptableReports(
  reports: readonly SourcedReport[],
  world: World,
  refusals: RowRefusal[],
): ExecutionReport[] {
  const byId = new Map<string, ExecutionReport>();
  const refused = new Set<string>();
  for (const sourced of reports) {
    const objections = checkReport(sourced.report, world);
    for (const objection of objections) {
      const row = rowOf(sourced, objection);
      const place = `${row.file}\n${row.line}\n${row.field}`;
      if (!refused.has(place)) refusals.push(row); // one row gives several reports
      refused.add(place);
    }
    if (objections.length === 0 && !byId.has(sourced.report.id)) byId.set(sourced.report.id, sourced.report);
  }
  return [...byId.values()].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

const rowOf = (
  { file, line }: { readonly file: string; readonly line: number },
  { field, value, reason }: Objection,
): RowRefusal => ({ file, line, field, value: value.slice(0, 200), reason });

const filesOf = ({ records, changes, reports, refusals, warnings }: Decoded): string[] =>
  [...records, ...(changes ?? []), ...(reports ?? []), ...refusals, ...warnings].map(({ file }) => file);

function sampleOf(
  kind: RecordKind,
  before: AnyRecord,
  after: AnyRecord,
  samples: ImportReport['samples'],
): void {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(after));
  const say = (value: unknown): string =>
    value === undefined ? '' : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
  for (const field of new Set([...was.keys(), ...is.keys()])) {
    if (samples.length >= MAX_SAMPLES) return;
    if (isDeepStrictEqual(was.get(field), is.get(field))) continue;
    samples.push({ kind, id: after.id, field, before: say(was.get(field)), after: say(is.get(field)) });
  }
}
