import { matrixId, type Hall, type Row } from './hall.ts';
import { COLOURS, type Colour, type Product } from './products.ts';

/** Minutes of setup with cleaning on granulators and fluid beds: what counts is the substance. */
const granulationChangeover = (from: string, to: string): { minutes: number; cleaning: boolean } =>
  from === to ? { minutes: 20, cleaning: false } : { minutes: 150, cleaning: true };

/** On presses and packaging lines: same product, other strength, lighter to darker, darker to lighter. */
function productChangeover(
  from: Product,
  to: Product,
  { same, strength, darker, lighter }: { same: number; strength: number; darker: number; lighter: number },
): { minutes: number; cleaning: boolean } {
  if (from.code === to.code) return { minutes: same, cleaning: false };
  const fades = COLOURS[from.colour] > COLOURS[to.colour];
  if (from.substance === to.substance) return { minutes: strength + (fades ? 30 : 0), cleaning: fades };
  return { minutes: fades ? lighter : darker, cleaning: true };
}

/** In coaters the colour of the film decides. */
function colourChangeover(from: Colour, to: Colour): { minutes: number; cleaning: boolean } {
  if (from === to) return { minutes: 20, cleaning: false };
  return COLOURS[from] > COLOURS[to] ? { minutes: 210, cleaning: true } : { minutes: 75, cleaning: true };
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
