import type { z } from 'zod';
import type { Plant } from '#shared/domain/plant.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { addDays, endOfDate, type LocalDate } from '#shared/time/zone.ts';
import {
  COLOURS,
  colourChangeover,
  granulationChangeover,
  hallName,
  productChangeover,
  productsOf,
  type Product,
} from './products.ts';
import type { Random } from './random.ts';

/** A plant before its ids are branded. */
export type RawPlant = z.input<typeof Plant>;
type Row<Kind extends keyof RawPlant> = RawPlant[Kind][number];

export const ZONE = 'Europe/Berlin';
export const SITE = 'RHEIN';

const idOf = (hall: number, id: string): string => (hall === 1 ? id : `${id}-H${hall}`);

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

const INSTRUMENTS = [
  { area: 'Dispensing', class: 'Balance', prefix: 'BAL', name: 'Balance', count: 4, test: 'CAL-BALANCE' },
  { area: 'QC laboratory', class: 'PhMeter', prefix: 'PH', name: 'pH meter', count: 3, test: 'CAL-PH' },
] as const;

const SKILLS = {
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

/** The thirty people of a hall: class, shift, skills. */
const CREW: readonly { class: string; shift: 'EARLY' | 'LATE' | 'NIGHT'; skills: readonly Skill[] }[] = [
  ...(['EARLY', 'LATE'] as const).flatMap((shift) => [
    { class: 'Operator', shift, skills: ['DISPENSE', 'GRANULATE', 'BLEND'] as const },
    { class: 'Operator', shift, skills: ['DISPENSE', 'BLEND', 'COAT'] as const },
    { class: 'Operator', shift, skills: ['PRESS', 'FORMAT', 'COAT'] as const },
    { class: 'Operator', shift, skills: ['PRESS', 'FORMAT', 'GRANULATE'] as const },
    { class: 'Operator', shift, skills: ['PRESS', 'COAT', 'BLEND'] as const },
  ]),
  { class: 'Operator', shift: 'NIGHT', skills: ['DISPENSE', 'GRANULATE', 'BLEND'] },
  { class: 'Operator', shift: 'NIGHT', skills: ['PRESS', 'FORMAT', 'GRANULATE'] },
  { class: 'Operator', shift: 'NIGHT', skills: ['COAT', 'PRESS', 'DISPENSE'] },
  { class: 'Operator', shift: 'NIGHT', skills: ['BLEND', 'COAT', 'PRESS'] },
  { class: 'Operator', shift: 'NIGHT', skills: ['GRANULATE', 'PRESS', 'FORMAT'] },
  ...(['EARLY', 'LATE'] as const).flatMap((shift) => [
    ...Array.from({ length: 4 }, () => ({ class: 'Packer', shift, skills: ['PACK'] as const })),
    ...Array.from({ length: shift === 'EARLY' ? 2 : 1 }, () => ({
      class: 'Analyst',
      shift,
      skills: ['HPLC', 'IPC'] as const,
    })),
    { class: 'Warehouse', shift, skills: ['FORKLIFT'] as const },
    { class: 'Technician', shift, skills: ['MAINTAIN', 'METROLOGY'] as const },
  ]),
];
export const PEOPLE_PER_HALL = CREW.length;

/** Qualifications that run out while the plan runs: place in the crew, skill, day. Somebody else in the shift has it, too. */
const EXPIRING = [
  { person: 4, skill: 'COAT', day: 3 },
  { person: 16, skill: 'PACK', day: 8 },
  { person: 20, skill: 'IPC', day: 9 },
  { person: 7, skill: 'FORMAT', day: 10 },
] as const;

/** Calibrations that run out while the plan runs, and must be renewed before. */
const DUE_CALIBRATIONS = [
  { instrument: 'Balance', number: 2, day: 3 },
  { instrument: 'PhMeter', number: 1, day: 9 },
] as const;

const GIVEN = [
  'Anna',
  'Mehmet',
  'Ioana',
  'Luca',
  'Fatima',
  'Piotr',
  'Chloé',
  'Dragan',
  'Amara',
  'Jan',
  'Nguyệt',
  'Carlos',
  'Olena',
  'Samuel',
  'Priya',
  'Björn',
  'Leila',
  'Tomáš',
  'Inês',
  'Yusuf',
  'Katarina',
  'Hiroshi',
  'Grace',
  'Andrei',
  'Sofía',
  'Emre',
  'Zsófia',
  'Kwame',
  'Marta',
  'Nikos',
  'Aylin',
  'Viktor',
  'Rania',
  'Matteo',
  'Elif',
  'Tariq',
];
const FAMILY = [
  'Schneider',
  'Yılmaz',
  'Popescu',
  'Bianchi',
  'El Amrani',
  'Kowalska',
  'Dubois',
  'Jovanović',
  'Okafor',
  'de Vries',
  'Trần',
  'García',
  'Shevchenko',
  'Mensah',
  'Nair',
  'Lindqvist',
  'Haddad',
  'Novák',
  'Ferreira',
  'Demir',
  'Horvat',
  'Tanaka',
  'Osei',
  'Ionescu',
  'Moreno',
  'Kaya',
  'Szabó',
  'Boateng',
  'Wiśniewska',
  'Papadopoulos',
  'Öztürk',
  'Petrov',
  'Khoury',
  'Ricci',
  'Arslan',
  'Aziz',
  'Weber',
];

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

const unitIds = ({ prefix, count }: { prefix: string; count: number }, hall: number): string[] =>
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
        level:
          'prefix' in group && ['PKG', 'WHS', 'MET', 'IPC'].includes(group.prefix)
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

export function peopleOf(hall: Hall): Row<'people'>[] {
  return CREW.map(({ class: role, shift }, k) => {
    const number = (hall.number - 1) * CREW.length + k;
    return {
      id: `P${String(number + 1).padStart(3, '0')}`,
      name: `${GIVEN[number % GIVEN.length]} ${FAMILY[number % FAMILY.length]}`,
      classes: [role],
      calendar: shift,
    };
  });
}

export function testSpecsOf(hall: Hall): Row<'testSpecs'>[] {
  const { number } = hall;
  const renewal = (duration: number) => ({
    domain: 'maintenance' as const,
    class: hall.classOf('MetrologyBench'),
    duration,
    qualification: hall.skill('METROLOGY'),
    leadTime: 5 * DAY,
  });
  return [
    ...(Object.keys(SKILLS) as Skill[]).map((skill) => ({
      id: hall.skill(skill),
      name: `${SKILLS[skill]}${hallName(number)}`,
      subject: 'person' as const,
      validFor: 730 * DAY,
    })),
    {
      id: idOf(number, 'CAL-BALANCE'),
      name: `Calibration of balances${hallName(number)}`,
      subject: 'equipment',
      validFor: 180 * DAY,
      renewal: renewal(2 * HOUR),
    },
    {
      id: idOf(number, 'CAL-PH'),
      name: `Calibration of pH meters${hallName(number)}`,
      subject: 'equipment',
      validFor: 90 * DAY,
      renewal: renewal(HOUR),
    },
    ...(number === 1
      ? [
          {
            id: 'CAL-HPLC',
            name: 'Qualification of HPLC systems',
            subject: 'equipment' as const,
            validFor: 365 * DAY,
          },
        ]
      : []),
  ];
}

/** Dated proofs. All but the listed ones stay valid for at least two months. */
export function testResultsOf(hall: Hall, start: LocalDate, random: Random): Row<'testResults'>[] {
  const people = peopleOf(hall);
  const results: Row<'testResults'>[] = [];
  const prove = (spec: string, subject: string, lastDay: LocalDate, validDays: number) => {
    results.push({
      id: `${spec}/${subject}`,
      spec,
      subject,
      evaluated: endOfDate(ZONE, addDays(lastDay, -validDays)),
      expires: endOfDate(ZONE, lastDay),
      passed: true,
    });
  };
  CREW.forEach(({ skills }, k) => {
    for (const skill of skills) {
      const expiring = EXPIRING.find((entry) => entry.person === k && entry.skill === skill);
      prove(
        hall.skill(skill),
        people[k]?.id ?? '',
        addDays(start, expiring?.day ?? random.between(60, 700)),
        730,
      );
    }
  });
  for (const group of INSTRUMENTS) {
    unitIds(group, hall.number).forEach((id, k) => {
      const due = DUE_CALIBRATIONS.find(
        (entry) => entry.instrument === group.class && entry.number === k + 1,
      );
      const valid = group.class === 'Balance' ? 180 : 90;
      prove(
        idOf(hall.number, group.test),
        id,
        addDays(start, due?.day ?? random.between(60, valid - 5)),
        valid,
      );
    });
  }
  for (const id of hall.units('Hplc')) prove('CAL-HPLC', id, addDays(start, random.between(60, 300)), 365);
  return results;
}

export function setupMatricesOf(hall: Hall): Row<'setupMatrices'>[] {
  const { products } = hall;
  const substances = [...new Set(products.map(({ substance }) => substance))];
  const colours = Object.keys(COLOURS) as (keyof typeof COLOURS)[];
  const matrix = <Family>(
    id: string,
    families: readonly Family[],
    nameOf: (family: Family) => string,
    change: (from: Family, to: Family) => { minutes: number; cleaning: boolean },
  ): Row<'setupMatrices'> => {
    const entries = families.flatMap((from) =>
      families.map((to) => {
        const { minutes, cleaning } = change(from, to);
        return { from: nameOf(from), to: nameOf(to), seconds: minutes * 60, cleaning };
      }),
    );
    return {
      id: matrixId(hall, id),
      name: matrixId(hall, id),
      same: Math.min(...entries.map(({ seconds }) => seconds)),
      standard: Math.max(...entries.map(({ seconds }) => seconds)),
      entries,
    };
  };
  const self = (family: string) => family;
  const code = ({ code }: Product) => code;
  return [
    matrix('GRANULATION', substances, self, granulationChangeover),
    matrix('COMPRESSION', products, code, (from, to) =>
      productChangeover(from, to, { same: 20, strength: 60, darker: 120, lighter: 195 }),
    ),
    matrix('COATING', colours, self, colourChangeover),
    matrix('PACKAGING', products, code, (from, to) =>
      productChangeover(from, to, { same: 15, strength: 30, darker: 45, lighter: 45 }),
    ),
  ];
}
