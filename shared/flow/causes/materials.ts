import { indexBy } from '#shared/base/group.ts';
import type { Cause } from '#shared/domain/case.ts';
import { type Lot, usableFrom } from '#shared/domain/material.ts';
import { lotsById } from '#shared/flow/lookups.ts';
import { type Planned, type Situation, causeOf } from './situation.ts';

/**
 * Lots that published tasks are to take and cannot, and materials of which there is too little. Planning pegs a lot that
 * is put on hold to nobody while another one is enough: then nothing is to be decided.
 */
export function causesFromMaterials({ plan, planned, when }: Situation): Cause[] {
  const lots = lotsById(plan.plant.lots);
  const held = new Map<Lot, Planned[]>();
  const short = new Map<string, Planned[]>();
  const note = <Key>(map: Map<Key, Planned[]>, key: Key, one: Planned): void => {
    const own = map.get(key) ?? [];
    if (!own.includes(one)) map.set(key, [...own, one]);
  };
  for (const one of planned) {
    if (one.begun) continue;
    for (const need of one.task.materials) {
      const pegged = need.lots.reduce((sum, { quantity }) => sum + quantity, 0);
      if (pegged < need.quantity - 1e-6) note(short, need.material, one);
      for (const { lot: id } of need.lots) {
        const lot = lots.get(id);
        if (lot && !isThere(lot, one)) note(held, lot, one);
      }
    }
  }
  const names = indexBy(plan.plant.materials, (material) => material.id as string);
  const nameOf = (material: string): string => names.get(material)?.name ?? material;
  return [
    ...[...held].map(([lot, hit]) => {
      const name = `Lot ${lot.name ?? lot.id} (${nameOf(lot.material)})`;
      const free = usableFrom(lot);
      const { expires = Infinity } = lot;
      const isOver = hit.some(({ place }) => expires <= place.end);
      const kind = lot.disposition === 'Restricted' || isOver ? 'qualityHold' : 'shortage';
      const text = isOver
        ? `${name} expires ${when(expires)}, before its tasks end`
        : `${name} is ${lot.disposition === 'Restricted' ? 'on hold' : 'not there'}${free === null ? '' : ` until ${when(free)}`}`;
      const what = { key: `lot ${lot.id}`, kind, object: lot.id, text, free: isOver ? null : free } as const;
      return causeOf(what, hit);
    }),
    ...[...short].map(([material, hit]) => {
      const text = `There is too little ${nameOf(material)} for what is planned`;
      const what = {
        key: `material ${material}`,
        kind: 'shortage',
        object: material,
        text,
        free: null,
      } as const;
      return causeOf(what, hit);
    }),
  ];
}

function isThere(lot: Lot, { place }: Planned): boolean {
  const usable = usableFrom(lot);
  return usable !== null && usable <= place.start && (lot.expires ?? Infinity) > place.end;
}
