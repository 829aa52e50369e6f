/** Tablet colours with how dark they are: going lighter asks for a full cleaning. */
export const COLOURS = { white: 0, cream: 1, yellow: 2, pink: 3, orange: 4, red: 5 } as const;
export type Colour = keyof typeof COLOURS;

/** How the powder gets ready for the press. */
export type Process = 'highShear' | 'fluidBed' | 'direct';

/** One strength of a substance: what is pressed, coated and packed. */
export interface Product {
  /** `MET500`: product code, setup family of press and packaging line. */
  readonly code: string;
  readonly name: string;
  readonly substance: string;
  readonly strength: number;
  readonly colour: Colour;
  readonly coated: boolean;
  readonly process: Process;
  readonly pack: 'blister' | 'bottle';
  /** Mass of a tablet core, mg. */
  readonly coreMass: number;
  /** Tablets of a batch. */
  readonly batch: number;
}

interface Profile {
  readonly process: Process;
  readonly coated: boolean;
  readonly pack: 'blister' | 'bottle';
  readonly strengths: readonly { mg: number; colour: Colour; coreMass: number; batch: number }[];
}

/** Six families of a hall: process, coating and strengths; the substances differ from hall to hall. */
const PROFILES: readonly Profile[] = [
  {
    process: 'highShear',
    coated: true,
    pack: 'blister',
    strengths: [
      { mg: 500, colour: 'white', coreMass: 590, batch: 450_000 },
      { mg: 850, colour: 'white', coreMass: 1000, batch: 300_000 },
      { mg: 1000, colour: 'cream', coreMass: 1180, batch: 300_000 },
    ],
  },
  {
    process: 'fluidBed',
    coated: true,
    pack: 'blister',
    strengths: [
      { mg: 200, colour: 'pink', coreMass: 320, batch: 650_000 },
      { mg: 400, colour: 'white', coreMass: 610, batch: 450_000 },
      { mg: 600, colour: 'pink', coreMass: 920, batch: 400_000 },
    ],
  },
  {
    process: 'direct',
    coated: false,
    pack: 'bottle',
    strengths: [
      { mg: 325, colour: 'white', coreMass: 400, batch: 550_000 },
      { mg: 500, colour: 'white', coreMass: 600, batch: 500_000 },
    ],
  },
  {
    process: 'direct',
    coated: true,
    pack: 'blister',
    strengths: [
      { mg: 2.5, colour: 'yellow', coreMass: 150, batch: 750_000 },
      { mg: 5, colour: 'orange', coreMass: 170, batch: 750_000 },
      { mg: 10, colour: 'red', coreMass: 170, batch: 550_000 },
    ],
  },
  {
    process: 'highShear',
    coated: false,
    pack: 'blister',
    strengths: [
      { mg: 2.5, colour: 'yellow', coreMass: 100, batch: 750_000 },
      { mg: 5, colour: 'pink', coreMass: 100, batch: 750_000 },
      { mg: 10, colour: 'white', coreMass: 130, batch: 650_000 },
    ],
  },
  {
    process: 'highShear',
    coated: true,
    pack: 'blister',
    strengths: [
      { mg: 10, colour: 'white', coreMass: 150, batch: 650_000 },
      { mg: 20, colour: 'white', coreMass: 155, batch: 650_000 },
      { mg: 40, colour: 'cream', coreMass: 310, batch: 500_000 },
    ],
  },
];

/** International nonproprietary names, six for each hall in the order of the profiles; further halls take them again with their number. */
const SUBSTANCES = [
  ['Metformin', 'Ibuprofen', 'Paracetamol', 'Bisoprolol', 'Ramipril', 'Atorvastatin'],
  ['Ranolazine', 'Naproxen', 'Ascorbic acid', 'Amlodipine', 'Enalapril', 'Rosuvastatin'],
  ['Levetiracetam', 'Ketoprofen', 'Calcium', 'Nebivolol', 'Lisinopril', 'Simvastatin'],
  ['Valaciclovir', 'Celecoxib', 'Magnesium', 'Carvedilol', 'Candesartan', 'Montelukast'],
];

export const hallName = (hall: number): string => (hall === 1 ? '' : ` hall ${hall}`);

export function productsOf(hall: number): Product[] {
  const substances = SUBSTANCES[(hall - 1) % SUBSTANCES.length] ?? [];
  const round = Math.floor((hall - 1) / SUBSTANCES.length);
  return PROFILES.flatMap(({ strengths, ...profile }, index) => {
    const substance = `${substances[index] ?? ''}${round === 0 ? '' : ` ${round + 1}`}`;
    const prefix = `${substance.slice(0, 3).toUpperCase()}${round === 0 ? '' : round + 1}`;
    return strengths.map(({ mg, ...rest }) => ({
      ...profile,
      ...rest,
      code: `${prefix}-${mg}`,
      name: `${substance} ${mg} mg`,
      substance,
      strength: mg,
    }));
  });
}
