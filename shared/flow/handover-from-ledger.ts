import { groupBy } from '#shared/base/group.ts';
import { Case } from '#shared/domain/case.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';

interface Done {
  readonly at: Instant;
  readonly by: string;
}

interface CaseEnd extends Done {
  /** What the case is about. */
  readonly what: string;
  /** What was decided, or why there is nothing to decide any more. */
  readonly text: string;
  readonly reason: string;
}

/** What the ledger says of a period, the oldest first. */
interface ShiftRecord {
  readonly versions: readonly (Done & {
    readonly version: string;
    /** Tasks that stand elsewhere than in the version before. */
    readonly moved: number;
    /** Tasks that stand there for other people. */
    readonly restaffed: number;
    readonly reason: string | null;
  })[];
  readonly dispatches: readonly (Done & { readonly lines: readonly string[] })[];
  /** What was decided about cases, and those that closed without anybody's decision. */
  readonly decided: readonly CaseEnd[];
  readonly gone: readonly CaseEnd[];
  readonly refused: number;
  readonly completed: number;
}

/** Every change has its entries; those of one command belong together. */
export function shiftRecordFrom(entries: readonly LedgerEntry[]): ShiftRecord {
  const inOrder = [...entries].sort((a, b) => a.seq - b.seq);
  const versions: ShiftRecord['versions'][number][] = [];
  const dispatches: ShiftRecord['dispatches'][number][] = [];
  const decided: CaseEnd[] = [];
  const gone: CaseEnd[] = [];
  let refused = 0;
  let completed = 0;
  const withdrawn = new Set<string>();
  for (const { report, stands } of inOrder.flatMap(takenBackBy))
    if (stands) withdrawn.delete(report);
    else withdrawn.add(report);
  for (const [report, own] of groupBy(inOrder, ({ correlation }) => correlation)) {
    const [first] = own;
    if (!first) continue;
    const done: Done = { at: instantFromMillis(Date.parse(first.ts)), by: first.userId };
    const moved = own.filter(({ field }) => field === 'published place');
    const restaffed = own.filter(({ field }) => field === 'published people');
    for (const { entity, entityId } of own)
      if (entity === 'version')
        versions.push({
          ...done,
          version: entityId,
          moved: moved.length,
          restaffed: restaffed.length,
          reason: (moved[0] ?? restaffed[0])?.reason ?? null,
        });
    const lines = own.flatMap(({ entity, entityId, field }) =>
      entity === 'queue' && field === 'items' ? entityId.replace(/ r\d+$/, '') : [],
    );
    if (lines.length > 0) dispatches.push({ ...done, lines });
    for (const { entity, field, old: before, new: after } of own) {
      if (entity !== 'case' || field !== 'state') continue;
      const { state, outcome, object, text: what = object } = AfterCase.parse(after);
      if (!outcome) continue;
      const { at, by, text, reason, kind } = outcome;
      const end = { what, at, by, text, reason };
      // A decided case that closes was decided before, and so was one that stands again.
      if (state === 'decided' && before !== 'closed') decided.push(end);
      else if (state === 'closed' && kind === 'gone') gone.push(end);
    }
    for (const { field, new: after } of own) {
      if (field !== 'execution' || typeof after !== 'object' || after === null || Array.isArray(after))
        continue;
      if ('refused' in after) refused += 1;
      else if (after['kind'] === 'completed' && !withdrawn.has(report)) completed += 1;
    }
  }
  return { versions, dispatches, decided, gone, refused, completed };
}

/** The report that an entry says was taken back, or stands again; a report is the command of its own id. */
function takenBackBy({ action, new: after }: LedgerEntry): { report: string; stands: boolean }[] {
  if (action !== 'execution.withdrawn' || typeof after !== 'object' || after === null || Array.isArray(after))
    return [];
  const { report, kind } = after;
  return typeof report === 'string' ? [{ report, stands: kind === 'reinstated' }] : [];
}

/** What an entry says of a case after a change; the words of the case stand in newer ones only. */
const AfterCase = Case.pick({ state: true, outcome: true, object: true, text: true }).partial({ text: true });
