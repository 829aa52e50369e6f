import { type Plant, RECORD_KINDS } from '#shared/domain/plant.ts';
import { type Objection, checkRecord } from './check-record.ts';
import type { SourcedRecord } from './decoded.ts';
import type { World } from './world.ts';

/** A record that an import leaves as it is, but that no longer fits what the import makes of the rest. */
export interface Hurt {
  readonly sourced: SourcedRecord;
  readonly objection: Objection;
}

/** Whom an import hurts: records of the plant that it does not touch, that fitted `before` and do not fit `after`. */
export function hurtBy(plant: Plant, before: World, after: World): Hurt[] {
  return RECORD_KINDS.flatMap((kind) =>
    plant[kind].flatMap((record): Hurt[] => {
      if (after.get(kind, record.id) !== record) return [];
      const sourced = { kind, record, file: '', line: 0 } as SourcedRecord;
      const objections = checkRecord(sourced, after).filter(({ warning }) => !warning);
      if (objections.length === 0) return [];
      const known = new Set(checkRecord(sourced, before).map(({ reason }) => reason));
      return objections
        .filter(({ reason }) => !known.has(reason))
        .map((objection) => ({ sourced, objection }));
    }),
  );
}
