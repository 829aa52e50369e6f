import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';
import type { Hall, RawPlant, Skill } from './hall.ts';
import type { Product } from './products.ts';

type Routing = RawPlant['routings'][number];
type Step = Routing['steps'][number];

/** From powder to packs, only to bulk tablets, or only from bulk tablets to packs. */
export type Kind = 'FULL' | 'BULK' | 'PACK';
export const routingId = (product: Product, kind: Kind): string => `${product.code}-${kind}`;
/** What a routing makes; maintenance makes nothing. */
export function productOf(routing: string): string | undefined {
  const [, code, kind] = /^(.*)-(FULL|BULK|PACK)$/.exec(routing) ?? [];
  if (code === undefined) return undefined;
  return kind === 'BULK' ? `BULK-${code}` : `FG-${code}`;
}

/** Tablets per hour of the five presses and the four packaging lines. */
const PRESS_RATES = [120_000, 140_000, 160_000, 180_000, 200_000];
const LINE_RATES = [130_000, 145_000, 160_000, 110_000];

/** Quantity of a material for one tablet, from the amount for 100,000. */
const perHundredThousand = (amount: number): number => amount / 100_000;

export function rawMaterialsOf({
  substance,
  strength,
  coreMass,
}: Product): { material: string; perUnit: number }[] {
  const filler = coreMass - strength;
  return [
    { material: apiOf(substance), perUnit: perHundredThousand(strength / 10) },
    { material: 'LACTOSE', perUnit: perHundredThousand(Math.round(filler * 6) / 100) },
    { material: 'MCC', perUnit: perHundredThousand(Math.round(filler * 3.9) / 100) },
    { material: 'MG-STEARATE', perUnit: perHundredThousand(Math.round(filler * 0.1) / 100) },
  ].filter(({ perUnit }) => perUnit > 0);
}

export const apiOf = (substance: string): string => `API-${substance.toUpperCase().replaceAll(' ', '-')}`;
export const filmOf = ({ colour }: Product): { material: string; perUnit: number } => ({
  material: `FILM-${colour.toUpperCase()}`,
  perUnit: perHundredThousand(1.8),
});
export const packagingOf = ({ code, pack }: Product): { material: string; perUnit: number }[] => [
  { material: `CARTON-${code}`, perUnit: perHundredThousand(pack === 'blister' ? 2000 : 1000) },
  pack === 'blister'
    ? { material: 'BLISTER-FOIL', perUnit: perHundredThousand(42) }
    : { material: 'BOTTLE-100', perUnit: perHundredThousand(1000) },
];
export const bulkOf = ({ code }: Product): string => `BULK-${code}`;
export const goodsOf = ({ code }: Product): string => `FG-${code}`;

/** The steps of a product, each with its needs and what it waits for. */
export function routingOf(hall: Hall, product: Product, kind: Kind): Routing {
  const people = (
    skill: Skill,
    during: 'setup' | 'run' | 'all' = 'all',
    handover = false,
  ): Step['people'][number] => ({ qualification: hall.skill(skill), count: 1, during, handover });
  const step = (id: string, name: string, fields: Partial<Step> & Pick<Step, 'modes'>): Step => ({
    id,
    name,
    domain: 'production',
    crossBreak: 'none',
    people: [],
    instruments: [],
    materials: [],
    after: [],
    ...fields,
  });
  const inAny = (
    of: Parameters<Hall['classOf']>[0],
    fixed: number,
    perUnit = 0,
    setup?: number,
  ): Step['modes'] => [
    { class: hall.classOf(of), fixed, perUnit, ...(setup === undefined ? {} : { setup }) },
  ];
  const after = (id: string, minLag = 0, maxLag?: number): Step['after'][number] => ({
    step: id,
    from: 'end',
    minLag,
    ...(maxLag === undefined ? {} : { maxLag }),
  });

  const makes = kind !== 'PACK';
  const packs = kind !== 'BULK';
  const wet = product.process !== 'direct';
  const powder = product.process === 'highShear' ? 'dry' : wet ? 'granulate' : 'dispense';
  const steps: (Step | false)[] = [
    step('stage', makes ? 'Stage materials' : 'Stage bulk tablets', {
      domain: 'inventory',
      modes: inAny('WarehouseCrew', 25 * MINUTE),
      people: [people('FORKLIFT')],
      materials: makes ? rawMaterialsOf(product) : [{ material: bulkOf(product), perUnit: 1 }],
    }),
    makes &&
      step('dispense', 'Weigh and dispense', {
        modes: inAny('DispensingBooth', 50 * MINUTE, 0.004, 15 * MINUTE),
        people: [people('DISPENSE')],
        instruments: [{ class: hall.classOf('Balance') }],
        after: [after('stage')],
      }),
    makes &&
      wet &&
      step('granulate', 'Granulate', {
        modes:
          product.process === 'highShear'
            ? inAny('HighShearGranulator', 2.5 * HOUR, 0.004)
            : inAny('FluidBed', 3.5 * HOUR, 0.004),
        family: product.substance,
        people: [people('GRANULATE', 'all', true)],
        after: [after('dispense', 0, 4 * DAY)],
      }),
    makes &&
      product.process === 'highShear' &&
      step('dry', 'Dry in the fluid bed', {
        // Every substance has its own container and filters: nothing to clean between.
        modes: inAny('FluidBed', 1.5 * HOUR, 0, 30 * MINUTE),
        people: [people('GRANULATE', 'setup')],
        after: [after('granulate', 0, 8 * HOUR)],
      }),
    makes &&
      step('blend', 'Blend', {
        modes: inAny('Blender', HOUR, 0, 15 * MINUTE),
        people: [people('BLEND')],
        after: [wet ? after(powder, HOUR, 4 * DAY) : after(powder)],
      }),
    makes &&
      step('blend-sample', wet ? 'Assay and water of the blend' : 'Assay of the blend', {
        domain: 'quality',
        modes: [
          ...inAny('Hplc', 40 * MINUTE, 0, 30 * MINUTE),
          ...(wet ? inAny('KarlFischer', 30 * MINUTE, 0, 45 * MINUTE) : []),
        ],
        people: [people('HPLC', 'setup')], // samples are prepared by hand, the instrument runs alone
        after: [after('blend')],
      }),
    makes &&
      step('compress', 'Compress', {
        modes: hall.units('TabletPress').flatMap((unit, k) =>
          // Big tablets need the stations of the first three presses, small ones run on the last four.
          (product.coreMass > 500 ? k <= 2 : k >= 1)
            ? [{ equipment: unit, fixed: 20 * MINUTE, perUnit: 3600 / (PRESS_RATES[k] ?? 150_000) }]
            : [],
        ),
        family: product.code,
        crossBreak: 'pause',
        people: [people('FORMAT', 'setup', true), people('PRESS', 'run', true)],
        after: [after('blend', 0, 3 * DAY), after('blend-sample', 2 * HOUR)],
      }),
    makes &&
      step('ipc', 'In-process control', {
        domain: 'quality',
        modes: inAny('IpcBench', 40 * MINUTE),
        people: [people('IPC')],
        instruments: [{ class: hall.classOf('PhMeter') }],
        after: [{ step: 'compress', from: 'start', minLag: 30 * MINUTE }],
      }),
    makes &&
      product.coated &&
      step('coat', 'Film-coat', {
        modes: inAny('Coater', 3.5 * HOUR, 0.008),
        family: product.colour,
        people: [people('COAT', 'setup', true)], // the pan is loaded by hand, spraying is automatic
        materials: [filmOf(product)],
        after: [after('compress', 0, 7 * DAY), after('ipc')],
      }),
    packs &&
      step('package', product.pack === 'blister' ? 'Blister and carton' : 'Fill bottles and carton', {
        modes: hall.units('PackagingLine').flatMap((unit, k) =>
          // Big tablets go to the first three lines, small ones to the last three; bottles only where a filler stands.
          (product.pack === 'bottle' ? k >= 2 : product.coreMass > 300 ? k <= 2 : k >= 1)
            ? [{ equipment: unit, fixed: 20 * MINUTE, perUnit: 3600 / (LINE_RATES[k] ?? 110_000) }]
            : [],
        ),
        family: product.code,
        crossBreak: 'pause',
        people: [people('PACK', 'all', true)],
        materials: packagingOf(product),
        after: makes
          ? product.coated
            ? [after('coat', HOUR)]
            : [after('compress'), after('ipc')]
          : [after('stage')],
      }),
    packs &&
      step('fg-sample', product.coated ? 'Dissolution and assay' : 'Assay of the finished goods', {
        domain: 'quality',
        modes: [
          ...inAny('Hplc', 60 * MINUTE, 0, 40 * MINUTE),
          ...(product.coated ? inAny('Dissolution', 90 * MINUTE, 0, 25 * MINUTE) : []),
        ],
        people: [people('HPLC', 'setup')], // samples are prepared by hand, the instrument runs alone
        after: [after('package')],
      }),
    step('put-away', 'Put away', {
      domain: 'inventory',
      modes: inAny('WarehouseCrew', 20 * MINUTE),
      people: [people('FORKLIFT')],
      after: packs
        ? [after('fg-sample', 4 * HOUR)]
        : product.coated
          ? [after('coat', HOUR)]
          : [after('compress'), after('ipc')],
    }),
  ];
  return {
    id: routingId(product, kind),
    name: `${product.name}, ${{ FULL: 'packed', BULK: 'bulk tablets', PACK: 'packed from bulk' }[kind]}`,
    version: '3',
    steps: steps.filter((step) => step !== false),
  };
}

/** Preventive maintenance by class of unit: hours of work. */
export const MAINTENANCE = {
  TabletPress: 6,
  Coater: 4,
  PackagingLine: 3,
  HighShearGranulator: 5,
  FluidBed: 5,
  Blender: 3,
  Hplc: 2,
  DispensingBooth: 2,
} as const;
export type Maintained = keyof typeof MAINTENANCE;
export const maintenanceId = (hall: Hall, of: Maintained): string => `PM-${hall.classOf(of)}`;

export const maintenanceOf = (hall: Hall): Routing[] =>
  (Object.keys(MAINTENANCE) as Maintained[]).map((of) => ({
    id: maintenanceId(hall, of),
    name: `Preventive maintenance ${hall.classOf(of)}`,
    version: '1',
    steps: [
      {
        id: 'maintain',
        name: 'Preventive maintenance',
        domain: 'maintenance',
        modes: [{ class: hall.classOf(of), fixed: MAINTENANCE[of] * HOUR, perUnit: 0 }],
        crossBreak: 'none',
        people: [
          { qualification: hall.skill('MAINTAIN'), count: 1, during: 'all', handover: MAINTENANCE[of] > 4 },
        ],
        instruments: [],
        materials: [],
        after: [],
      },
    ],
  }));
