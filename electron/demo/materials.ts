import { DAY } from '#shared/time/instant.ts';
import { addDays, endOfDate, instantFromLocal, type LocalDate } from '#shared/time/zone.ts';
import { ZONE, type Hall, type RawPlant } from './hall.ts';
import type { Making } from './orders.ts';
import { COLOURS } from './products.ts';
import type { Random } from './random.ts';
import { apiOf, bulkOf, filmOf, goodsOf, packagingOf, rawMaterialsOf } from './routings.ts';

type Material = RawPlant['materials'][number];
type Lot = RawPlant['lots'][number];

const COMMON: Material[] = [
  { id: 'LACTOSE', name: 'Lactose monohydrate', uom: 'kg', family: 'Excipient' },
  { id: 'MCC', name: 'Microcrystalline cellulose', uom: 'kg', family: 'Excipient' },
  { id: 'MG-STEARATE', name: 'Magnesium stearate', uom: 'kg', family: 'Excipient' },
  ...Object.keys(COLOURS).map((colour) => ({
    id: `FILM-${colour.toUpperCase()}`,
    name: `Film coating ${colour}`,
    uom: 'kg',
    family: 'Film coating',
  })),
  { id: 'BLISTER-FOIL', name: 'Blister foil set', uom: 'kg', family: 'Packaging' },
  { id: 'BOTTLE-100', name: 'Bottle for 100 tablets', uom: 'each', family: 'Packaging' },
];

export const materialsOf = (halls: readonly Hall[]): Material[] => [
  ...COMMON,
  ...halls.flatMap(({ products }) => [
    ...[...new Set(products.map(({ substance }) => substance))].map((substance) => ({
      id: apiOf(substance),
      name: `${substance}, active substance`,
      uom: 'kg',
      family: 'Active substance',
    })),
    ...products.flatMap((product) => [
      { id: bulkOf(product), name: `${product.name}, bulk tablets`, uom: 'tablet', family: 'Bulk' },
      { id: goodsOf(product), name: product.name, uom: 'tablet', family: 'Finished goods' },
      { id: `CARTON-${product.code}`, name: `Carton ${product.name}`, uom: 'each', family: 'Packaging' },
    ]),
  ]),
];

/** What a production order takes, by material. */
function demandOf({ product, kind, order }: Making): { material: string; quantity: number }[] {
  const needs = [
    ...(kind === 'PACK' ? [{ material: bulkOf(product), perUnit: 1 }] : rawMaterialsOf(product)),
    ...(kind !== 'PACK' && product.coated ? [filmOf(product)] : []),
    ...(kind === 'BULK' ? [] : packagingOf(product)),
  ];
  return needs.map(({ material, perUnit }) => ({ material, quantity: perUnit * order.quantity }));
}

const LATE = 8;
const RESTRICTED = 4;
const UNKNOWN = 2;

/**
 * Two lots of every material that is needed: the first covers the orders that are due first. Of some materials the second
 * comes late (announced, with its date), waits for a quality decision with an expected date, or waits for one that nobody
 * can date: then its last order cannot be planned.
 */
export function lotsFor(
  makings: readonly Making[],
  { start, days, random, prefix }: { start: LocalDate; days: number; random: Random; prefix: string },
): Lot[] {
  const demands = new Map<string, number[]>();
  const byDue = [...makings].sort((a, b) => a.order.due - b.order.due);
  for (const making of byDue) {
    for (const { material, quantity } of demandOf(making)) {
      const sofar = demands.get(material);
      if (sofar) sofar.push(quantity);
      else demands.set(material, [quantity]);
    }
  }
  const fates = fatesOf(demands, random);
  const opening = instantFromLocal(ZONE, start, '06:00');
  return [...demands].flatMap(([material, quantities], k): Lot[] => {
    const fate = fates.get(material) ?? 'plain';
    const orders = quantities.length;
    const first = fate === 'unknown' ? orders - 1 : Math.ceil(orders * (fate === 'plain' ? 0.6 : 0.5));
    const lot = (number: number, quantity: number, fields: Partial<Lot>): Lot => ({
      id: `${prefix}${String(k + 1).padStart(3, '0')}-${number}`,
      material,
      quantity: Math.ceil(quantity - 1e-6),
      disposition: 'UnRestricted',
      expires: endOfDate(ZONE, addDays(start, random.between(60, 180) + 240 * number)),
      location: `${random.pick(['A', 'B', 'C', 'D'])}${random.between(1, 24)}-${random.between(1, 6)}`,
      ...fields,
    });
    const sum = (part: readonly number[]) => part.reduce((total, quantity) => total + quantity, 0);
    // The later half is not needed before about half of the time has passed: late means close to that.
    const expected = opening + Math.round((days / 10) * random.between(2, 6)) * DAY + 4 * 3600;
    return [
      lot(1, sum(quantities.slice(0, first)), {}),
      lot(
        2,
        sum(quantities.slice(first)) * 1.1,
        {
          plain: {},
          late: { disposition: 'Planned' as const, availableFrom: expected },
          restricted: { disposition: 'Restricted' as const, availableFrom: expected },
          unknown: { disposition: 'Restricted' as const },
        }[fate],
      ),
    ];
  });
}

type Fate = 'plain' | 'late' | 'restricted' | 'unknown';

/** Which materials have a second lot that is not simply there: only such as several orders need and no other hall shares. */
function fatesOf(demands: ReadonlyMap<string, readonly number[]>, random: Random): Map<string, Fate> {
  const able = [...demands]
    .filter(([material, quantities]) => quantities.length >= 3 && /^(API|CARTON|BULK)-/.test(material))
    .map(([material]) => material);
  const fates = new Map<string, Fate>();
  const draw = (fate: Fate, count: number, of: readonly string[]) => {
    const left = of.filter((material) => !fates.has(material));
    for (let k = 0; k < count && left.length > 0; k += 1) {
      const [material] = left.splice(Math.floor(random.next() * left.length), 1);
      if (material !== undefined) fates.set(material, fate);
    }
  };
  draw(
    'unknown',
    UNKNOWN,
    able.filter((material) => material.startsWith('CARTON')),
  );
  draw('late', LATE, able);
  draw('restricted', RESTRICTED, able);
  return fates;
}
