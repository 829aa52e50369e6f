import { type Lot, type LotId, isReleased, usableFrom } from '#shared/domain/material.ts';
import type { MaterialNeed } from '#shared/domain/needs.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { lotsById } from './lookups.ts';

/** Every pegged lot is released and lasts beyond the end, and together they are enough. */
export function materialGate(gate: Gate): Answer[] {
  const lots = lotsById(gate.plan.plant.lots);
  return gate.task.materials.flatMap((need) => needGate(gate, need, lots));
}

function needGate(gate: Gate, need: MaterialNeed, lots: ReadonlyMap<LotId, Lot>): Answer[] {
  const pegged = need.lots.reduce((sum, peg) => sum + peg.quantity, 0);
  const answers = need.lots.map(({ lot: id }) => {
    const lot = lots.get(id);
    return lot ? lotGate(gate, lot) : against('MATERIAL_MISSING', id, `Lot ${id} is not known any more.`);
  });
  if (pegged >= need.quantity - 1e-6) return answers;
  const missing = `${rounded(need.quantity - pegged)} of ${rounded(need.quantity)} ${need.material}`;
  return [...answers, against('MATERIAL_MISSING', need.material, `No lot for ${missing}.`)];
}

/** The lot is released and lasts beyond the end. */
export function lotGate({ moment, interval, when }: Gate, lot: Lot): Answer {
  if (lot.expires !== undefined && lot.expires <= interval.end) {
    const verb = lot.expires <= interval.start ? 'expired' : 'expires before the end, on';
    return against('LOT_EXPIRED', lot.id, `Lot ${lot.id} ${verb} ${when(lot.expires)}.`);
  }
  const usable = usableFrom(lot);
  const ready =
    moment === 'plan' ? usable !== null && usable <= interval.start : isReleased(lot, interval.start);
  if (ready) return `Lot ${lot.id} is released`;
  const since = usable !== null && usable > interval.start ? `, expected ${when(usable)}` : '';
  return against(
    'LOT_NOT_RELEASED',
    lot.id,
    `Lot ${lot.id} is not released (${STANDING[lot.disposition]}${since}).`,
  );
}

const STANDING: Record<Lot['disposition'], string> = {
  Planned: 'not there yet',
  'In-Process': 'still in process',
  Restricted: 'on hold',
  UnRestricted: 'not there yet',
  Closed: 'closed',
};

export const rounded = (quantity: number): number => Math.round(quantity * 1000) / 1000;
