import { groupBy } from '#shared/base/group.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';

interface Done {
  readonly at: Instant;
  readonly by: string;
}

/** What the ledger says of a period, the oldest first. */
export interface ShiftRecord {
  readonly versions: readonly (Done & {
    readonly version: string;
    /** Tasks that stand elsewhere than in the version before. */
    readonly moved: number;
    readonly reason: string | null;
  })[];
  readonly dispatches: readonly (Done & { readonly lines: readonly string[] })[];
  /** Cases that changed, with their last state and why. */
  readonly cases: readonly (Done & {
    readonly id: number;
    readonly state: string;
    readonly reason: string | null;
  })[];
  readonly refused: number;
  readonly completed: number;
}

/** Every change has its entries; those of one command belong together. */
export function shiftRecordFrom(entries: readonly LedgerEntry[]): ShiftRecord {
  const inOrder = [...entries].sort((a, b) => a.seq - b.seq);
  const versions: ShiftRecord['versions'][number][] = [];
  const dispatches: ShiftRecord['dispatches'][number][] = [];
  const cases = new Map<string, ShiftRecord['cases'][number]>();
  let refused = 0;
  let completed = 0;
  for (const own of groupBy(inOrder, ({ correlation }) => correlation).values()) {
    const [first] = own;
    if (!first) continue;
    const done: Done = { at: instantFromMillis(Date.parse(first.ts)), by: first.userId };
    const moved = own.filter(({ field }) => field === 'published place');
    for (const { entity, entityId } of own)
      if (entity === 'version')
        versions.push({ ...done, version: entityId, moved: moved.length, reason: moved[0]?.reason ?? null });
    const lines = own.flatMap(({ entity, entityId, field }) =>
      entity === 'queue' && field === 'items' ? entityId.replace(/ r\d+$/, '') : [],
    );
    if (lines.length > 0) dispatches.push({ ...done, lines });
    for (const { entity, entityId, reason, new: after } of own)
      if (entity === 'case')
        cases.set(entityId, { ...done, id: Number(entityId), state: stateIn(after), reason });
    for (const { field, new: after } of own) {
      if (field !== 'execution' || typeof after !== 'object' || after === null || Array.isArray(after))
        continue;
      if ('refused' in after) refused += 1;
      else if (after['kind'] === 'completed') completed += 1;
    }
  }
  return { versions, dispatches, cases: [...cases.values()], refused, completed };
}

const stateIn = (value: LedgerEntry['new']): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value['state'] === 'string'
    ? value['state']
    : '';
