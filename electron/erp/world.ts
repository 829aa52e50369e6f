import { type Equipment, isInstrument, isTool, isWorkUnit } from '#shared/domain/equipment.ts';
import { type Plant, RECORD_KINDS, type RecordKind } from '#shared/domain/plant.ts';

type RecordOf<Kind extends RecordKind> = Plant[Kind][number];

/** The plant as it is while an import is staged: what was there, less what is taken back, with what has been accepted so far. */
export interface World {
  readonly get: <Kind extends RecordKind>(kind: Kind, id: string) => RecordOf<Kind> | undefined;
  readonly accept: (kind: RecordKind, record: RecordOf<RecordKind>) => void;
  readonly remove: (kind: RecordKind, id: string) => void;
  readonly refuse: (kind: RecordKind, id: string, reason: string) => void;
  /** Why this import's record of that id was refused, if it was. */
  readonly refusalOf: (kind: RecordKind, id: string) => string | undefined;
  readonly hasUnitIn: (className: string) => boolean;
  readonly hasInstrumentIn: (className: string) => boolean;
  readonly hasToolIn: (className: string) => boolean;
}

export function worldOf(plant: Plant): World {
  const records = new Map<RecordKind, Map<string, RecordOf<RecordKind>>>(
    RECORD_KINDS.map((kind) => [kind, new Map(plant[kind].map((record) => [record.id, record]))]),
  );
  const refusals = new Map<string, string>();
  let classes: { units: Set<string>; instruments: Set<string>; tools: Set<string> } | undefined;

  const classesNow = () => {
    if (classes) return classes;
    const equipment = [...(records.get('equipment')?.values() ?? [])] as Equipment[];
    const namesOf = (members: Equipment[]) => new Set<string>(members.flatMap((member) => member.classes));
    return (classes = {
      units: namesOf(equipment.filter(isWorkUnit)),
      instruments: namesOf(equipment.filter(isInstrument)),
      tools: namesOf(equipment.filter(isTool)),
    });
  };
  const forgetClasses = (kind: RecordKind) => {
    if (kind === 'equipment') classes = undefined;
  };
  return {
    get: (kind, id) => records.get(kind)?.get(id),
    accept: (kind, record) => {
      records.get(kind)?.set(record.id, record);
      forgetClasses(kind);
    },
    remove: (kind, id) => {
      records.get(kind)?.delete(id);
      forgetClasses(kind);
    },
    refuse: (kind, id, reason) => void refusals.set(`${kind}\n${id}`, reason),
    refusalOf: (kind, id) => refusals.get(`${kind}\n${id}`),
    hasUnitIn: (name) => classesNow().units.has(name),
    hasInstrumentIn: (name) => classesNow().instruments.has(name),
    hasToolIn: (name) => classesNow().tools.has(name),
  };
}
