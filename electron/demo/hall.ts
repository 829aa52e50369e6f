import type { z } from 'zod';
import type { Plant } from '#shared/domain/plant.ts';
import { hallName, productsOf, type Product } from './products.ts';
import type { Random } from './random.ts';

/** A plant before its ids are branded. */
export type RawPlant = z.input<typeof Plant>;
export type Row<Kind extends keyof RawPlant> = RawPlant[Kind][number];

export const ZONE = 'Europe/Berlin';
export const SITE = 'RHEIN';

/** The id of a thing that every hall has. */
export const idOf = (hall: number, id: string): string => (hall === 1 ? id : `${id}-H${hall}`);

/** Work units and instruments of one hall. Numbers run through all halls. */
const GROUPS = [
  {
    area: 'Dispensing',
    class: 'DispensingBooth',
    prefix: 'DSP',
    name: 'Dispensing booth',
    count: 3,
    calendar: 'THREE-SHIFT',
  },
  {
    area: 'Granulation',
    class: 'HighShearGranulator',
    prefix: 'HSG',
    name: 'High-shear granulator',
    count: 2,
    calendar: 'THREE-SHIFT',
    matrix: 'GRANULATION',
  },
  {
    area: 'Granulation',
    class: 'FluidBed',
    prefix: 'FBD',
    name: 'Fluid-bed granulator and dryer',
    count: 1,
    calendar: 'THREE-SHIFT',
    matrix: 'GRANULATION',
  },
  {
    area: 'Blending',
    class: 'Blender',
    prefix: 'BLD',
    name: 'Bin blender',
    count: 2,
    calendar: 'THREE-SHIFT',
  },
  {
    area: 'Compression',
    class: 'TabletPress',
    prefix: 'PRS',
    name: 'Tablet press',
    count: 5,
    calendar: 'THREE-SHIFT',
    matrix: 'COMPRESSION',
  },
  {
    area: 'Coating',
    class: 'Coater',
    prefix: 'COA',
    name: 'Film coater',
    count: 3,
    calendar: 'THREE-SHIFT',
    matrix: 'COATING',
  },
  {
    area: 'Packaging',
    class: 'PackagingLine',
    prefix: 'PKG',
    name: 'Packaging line',
    count: 4,
    calendar: 'TWO-SHIFT',
    matrix: 'PACKAGING',
  },
  { area: 'QC laboratory', class: 'Hplc', prefix: 'HPLC', name: 'HPLC', count: 3, calendar: 'LAB' },
  {
    area: 'QC laboratory',
    class: 'KarlFischer',
    prefix: 'KF',
    name: 'Karl Fischer titrator',
    count: 1,
    calendar: 'LAB',
  },
  {
    area: 'QC laboratory',
    class: 'Dissolution',
    prefix: 'DIS',
    name: 'Dissolution tester',
    count: 1,
    calendar: 'LAB',
  },
  {
    area: 'QC laboratory',
    class: 'IpcBench',
    prefix: 'IPC',
    name: 'In-process control bench',
    count: 1,
    calendar: 'LAB',
  },
  {
    area: 'Warehouse',
    class: 'WarehouseCrew',
    prefix: 'WHS',
    name: 'Warehouse crew',
    count: 2,
    calendar: 'TWO-SHIFT',
  },
  {
    area: 'Metrology and maintenance',
    class: 'MetrologyBench',
    prefix: 'MET',
    name: 'Metrology bench',
    count: 1,
    calendar: 'TWO-SHIFT',
  },
] as const;
export type UnitClass = (typeof GROUPS)[number]['class'];

export const INSTRUMENTS = [
  { area: 'Dispensing', class: 'Balance', prefix: 'BAL', name: 'Balance', count: 4, test: 'CAL-BALANCE' },
  { area: 'QC laboratory', class: 'PhMeter', prefix: 'PH', name: 'pH meter', count: 3, test: 'CAL-PH' },
] as const;

export const SKILLS = {
  DISPENSE: 'Weighing and dispensing',
  GRANULATE: 'Granulation and drying',
  BLEND: 'Blending',
  FORMAT: 'Press format change',
  PRESS: 'Tablet press operation',
  COAT: 'Film coating',
  PACK: 'Packaging line operation',
  HPLC: 'Chromatography and dissolution',
  IPC: 'In-process control',
  FORKLIFT: 'Warehouse and forklift',
  MAINTAIN: 'Machine maintenance',
  METROLOGY: 'Calibration of instruments',
} as const;
export type Skill = keyof typeof SKILLS;

export interface Hall {
  readonly number: number;
  readonly products: readonly Product[];
  /** Units of a class, in order. */
  readonly units: (of: UnitClass) => string[];
  readonly classOf: (of: UnitClass | 'Balance' | 'PhMeter') => string;
  readonly skill: (skill: Skill) => string;
}

export function hallOf(number: number): Hall {
  return {
    number,
    products: productsOf(number),
    units: (of) => {
      const group = GROUPS.find((group) => group.class === of);
      return group ? unitIds(group, number) : [];
    },
    classOf: (of) => idOf(number, of),
    skill: (skill) => idOf(number, `Q-${skill}`),
  };
}

export const unitIds = ({ prefix, count }: { prefix: string; count: number }, hall: number): string[] =>
  Array.from({ length: count }, (_, k) => `${prefix}-${String((hall - 1) * count + k + 1).padStart(2, '0')}`);

export const matrixId = (hall: Hall, matrix: string): string => idOf(hall.number, matrix);

/** Areas, work units and instruments, areas first. Each work unit is set up for a product that it makes. */
export function equipmentOf(hall: Hall, random: Random): Row<'equipment'>[] {
  const { number } = hall;
  const areaId = (area: string) => idOf(number, (area.split(' ')[0] ?? area).toUpperCase());
  const areas = [...new Set(GROUPS.map(({ area }) => area))];
  return [
    ...areas.map((area) => ({
      id: areaId(area),
      name: `${area}${hallName(number)}`,
      level: 'Area' as const,
      parent: SITE,
      classes: [],
      tests: [],
    })),
    ...GROUPS.flatMap((group) =>
      unitIds(group, number).map((id, k) => ({
        id,
        name:
          group.count === 1
            ? `${group.name}${hallName(number)}`
            : `${group.name} ${(number - 1) * group.count + k + 1}`,
        level: ['PKG', 'WHS', 'MET', 'IPC'].includes(group.prefix)
          ? ('WorkUnit' as const)
          : ('Unit' as const),
        parent: areaId(group.area),
        classes: [hall.classOf(group.class)],
        calendar: group.calendar,
        ...('matrix' in group && {
          setupMatrix: matrixId(hall, group.matrix),
          setupState: familyAtStart(group.matrix, random.pick(hall.products)),
        }),
        tests: group.class === 'Hplc' ? ['CAL-HPLC'] : [],
      })),
    ),
    ...INSTRUMENTS.flatMap((group) =>
      unitIds(group, number).map((id) => ({
        id,
        name: `${group.name} ${id}`,
        level: 'EquipmentModule' as const,
        parent: areaId(group.area),
        classes: [hall.classOf(group.class)],
        tests: [idOf(number, group.test)],
      })),
    ),
  ];
}

function familyAtStart(matrix: string, product: Product): string {
  if (matrix === 'GRANULATION') return product.substance;
  return matrix === 'COATING' ? product.colour : product.code;
}
