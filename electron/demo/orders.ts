import { addDays, instantFromLocal, type LocalDate } from '#shared/time/zone.ts';
import { ZONE, type Hall, type RawPlant } from './hall.ts';
import type { Product } from './products.ts';
import type { Random } from './random.ts';
import { bulkOf, goodsOf, maintenanceId, routingId, type Kind, type Maintained } from './routings.ts';

type Order = RawPlant['orders'][number];

/** A production order with what it makes: for the materials that it needs. */
export interface Making {
  readonly order: Order;
  readonly product: Product;
  readonly kind: Kind;
}

/** Working days from the plan's Monday: when a kind is due at the earliest, and how long before it is released. */
const TIMING = {
  FULL: { first: 4, lead: 5 },
  BULK: { first: 3, lead: 4 },
  PACK: { first: 1.2, lead: 3 },
} as const;
const PREFIX = { FULL: 'PO', BULK: 'BO', PACK: 'PK' } as const;

/** The wall-clock time `days` working days after Monday 06:00: five days of work in a week. */
function workingTime(start: LocalDate, days: number, time: string): number {
  const whole = Math.max(0, Math.floor(days));
  return instantFromLocal(ZONE, addDays(start, whole + 2 * Math.floor(whole / 5)), time);
}

/** `count` production orders over `days` working days, a mix that keeps packaging lines and people about 80 % busy. */
export function productionOrders(
  hall: Hall,
  { count, days, start, random }: { count: number; days: number; start: LocalDate; random: Random },
): Making[] {
  const kinds = Array.from({ length: count }, (_, k): Kind => {
    const place = (k * 0.618034) % 1; // golden ratio: an even mix of the kinds over time
    if (place < 0.28) return 'FULL';
    return place < 0.47 ? 'BULK' : 'PACK';
  });
  const toMake = dealer(hall.products, random);
  const toPack = dealer(hall.products, random);
  const seen = { FULL: 0, BULK: 0, PACK: 0 };
  const total = { FULL: 0, BULK: 0, PACK: 0 };
  for (const kind of kinds) total[kind] += 1;
  return kinds.map((kind, k) => {
    const product = (kind === 'PACK' ? toPack : toMake)();
    const { first, lead } = TIMING[kind];
    const share = (seen[kind] + random.next()) / total[kind];
    seen[kind] += 1;
    const due = Math.min(first, days * 0.5) + share * (days - Math.min(first, days * 0.5));
    const quantity =
      kind === 'PACK' ? Math.round((product.batch * random.between(45, 90)) / 1e6) * 10_000 : product.batch;
    const urgent = k % 23 === 11;
    return {
      product,
      kind,
      order: {
        id: `${PREFIX[kind]}-${hall.number * 100_000 + k + 1}`,
        domain: 'production',
        product: kind === 'BULK' ? bulkOf(product) : goodsOf(product),
        quantity,
        uom: 'tablet',
        routing: routingId(product, kind),
        weight: urgent ? 8 : random.pick([1, 1, 1, 2, 2, 3]),
        release: workingTime(start, due - (urgent ? lead * 0.8 : lead), '06:00'),
        due: workingTime(start, Math.min(due, days - 0.01), random.pick(['14:00', '18:00', '22:00'])),
        state: 'Released',
      },
    };
  });
}

/** Deals the products out like cards, shuffled anew when all are dealt: no product is forgotten or crowds out others. */
function dealer(products: readonly Product[], random: Random): () => Product {
  let left: Product[] = [];
  return () => {
    if (left.length === 0) left = [...products];
    const product = random.pick(left);
    left = left.filter((other) => other !== product);
    return product;
  };
}

/** Machines in turn for preventive maintenance: class and number. */
const TURNS: readonly [Maintained, number][] = [
  ['TabletPress', 1],
  ['PackagingLine', 2],
  ['Coater', 0],
  ['HighShearGranulator', 0],
  ['Hplc', 1],
  ['TabletPress', 3],
  ['Blender', 1],
  ['PackagingLine', 0],
  ['FluidBed', 0],
  ['Coater', 2],
  ['DispensingBooth', 2],
  ['TabletPress', 4],
];

/** Maintenance that falls due, each with the window it must be done in. */
export const maintenanceOrders = (
  hall: Hall,
  { count, days, start }: { count: number; days: number; start: LocalDate },
): Order[] =>
  Array.from({ length: count }, (_, k) => {
    const [of, number] = TURNS[k % TURNS.length] ?? ['TabletPress', 0];
    const opens = Math.floor((k / count) * Math.max(0, days - 3));
    const closes = workingTime(start, Math.min(opens + 2, days - 1), '22:00');
    return {
      id: `PM-${hall.number * 100_000 + k + 1}`,
      domain: 'maintenance',
      quantity: 1,
      uom: 'each',
      routing: maintenanceId(hall, of),
      weight: 1,
      release: workingTime(start, opens, '06:00'),
      due: closes,
      deadline: closes,
      equipment: hall.units(of)[number] ?? '',
      state: 'Released',
    };
  });
