import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TAILLARD_COUNT, bestKnownOf, cpSatOf, taillard } from '#test/factory/taillard.ts';

/** Instances that are measured together, and what is to be reached. */
export interface Family {
  readonly name: string;
  /** Of the file's name without its ending. */
  readonly pattern: RegExp;
  /** By seconds: the mean gap to the best known makespan in percent, or the objective of the plant instance of this name. */
  readonly goals: Readonly<Record<number, number>>;
}

export interface Instance {
  readonly name: string;
  readonly file: string;
  /** Of the best known solution; for plants the best of `reference.json`; null where none is known. */
  readonly bestKnown: number | null;
  /** Whether nothing better exists, so that a run may end there. */
  readonly isOptimal: boolean;
  /** What native CP-SAT reached in ten minutes, where that is known. */
  readonly cpSat: number | null;
}

const numbered = (prefix: string, from: number, to: number): RegExp => {
  const all = Array.from({ length: to - from + 1 }, (_, k) => String(from + k).padStart(2, '0'));
  return new RegExp(`^${prefix}(${all.join('|')})$`);
};

/** The table of goals; a mean over three seeds, on two cores. */
export const FAMILIES: readonly Family[] = [
  { name: 'ft', pattern: /^ft\d+$/, goals: { 10: 0.1, 60: 0.02 } },
  { name: 'la', pattern: /^la\d+$/, goals: { 10: 0.1, 60: 0.02 } },
  { name: 'ta01-20', pattern: numbered('ta', 1, 20), goals: { 10: 0.3, 60: 0.1 } },
  { name: 'ta21-30', pattern: numbered('ta', 21, 30), goals: { 10: 0.9, 60: 0.4 } },
  { name: 'ta31-40', pattern: numbered('ta', 31, 40), goals: { 10: 0.5, 60: 0.25 } },
  { name: 'ta41-50', pattern: numbered('ta', 41, 50), goals: { 10: 1.8, 60: 0.8 } },
  { name: 'ta51-80', pattern: numbered('ta', 51, 80), goals: { 10: 0.05, 60: 0 } },
  { name: 'dmu01-40', pattern: numbered('dmu', 1, 40), goals: { 10: 0.4, 60: 0.2 } },
  { name: 'dmu41-80', pattern: numbered('dmu', 41, 80), goals: { 10: 2.5, 60: 1.2 } },
  { name: 'mk', pattern: /^mk\d+$/, goals: { 10: 0.5, 60: 0.25 } },
  { name: 'la-erv', pattern: /^la\d+_[erv]data$/, goals: { 10: 0.3, 60: 0.15 } },
  { name: 'behnke', pattern: /^behnke\d+$/, goals: { 10: 1.2, 60: 0.3 } },
  { name: 'dpp', pattern: /^dpp\d+a$/, goals: { 10: 0.8, 60: 0.4 } },
  { name: 'bel', pattern: /^bel\d+$/, goals: { 1: 0 } },
  { name: 'dct-short', pattern: /^dct-short-/, goals: { 1: 0 } },
  { name: 'dct-long-10k', pattern: /^dct-long-\d+-10000-/, goals: { 60: 0 } },
  { name: 'dct-long-100k', pattern: /^dct-long-\d+-100000-/, goals: { 60: 15 } },
  { name: 'dafjs', pattern: /^dafjs\d+$/, goals: {} },
  { name: 'yfjs', pattern: /^yfjs\d+$/, goals: {} },
  { name: 'fattahi', pattern: /^fattahi\d+$/, goals: {} },
  { name: 'mt10', pattern: /^mt10/, goals: {} },
  { name: 'plant-S', pattern: /^S-\d+$/, goals: { 1: 1665, 10: 1520, 60: 1495 } },
  { name: 'plant-M', pattern: /^M-\d+$/, goals: { 1: 7300, 10: 6910, 60: 6670 } },
  { name: 'plant-L', pattern: /^L-\d+$/, goals: { 1: 320_000, 10: 198_000, 60: 171_000 } },
  { name: 'plant-XL', pattern: /^XL-\d+$/, goals: { 1: 12e6, 10: 8.35e6, 60: 7.3e6 } },
];

export const isPlant = ({ name }: Family): boolean => name.startsWith('plant-');

/** Where the job shops of Taillard are laid, which need no folder: they are made. */
const MADE = 'out/taillard';

/** The instances of each family in a folder like `../shared/instances`, where there is one, and those of Taillard; families without any are left out. */
export function instancesIn(folder: string): Map<Family, Instance[]> {
  const parts = ['jobshop', 'flexible-jobshop', 'plant'].map((part) => join(folder, part));
  const instances = [
    ...parts.filter((part) => existsSync(part)).flatMap(instancesOfPart),
    ...madeByTaillard(),
  ];
  const found = Map.groupBy(instances, ({ name }) => FAMILIES.find(({ pattern }) => pattern.test(name)));
  return new Map(
    FAMILIES.flatMap((family) => (found.has(family) ? [[family, found.get(family) ?? []]] : [])),
  );
}

function instancesOfPart(part: string): Instance[] {
  const known = knownIn(part);
  return readdirSync(part)
    .toSorted()
    .map((file) => {
      const name = basename(file).replace(/\.(json|json\.gz|zip)$/, '');
      const best = known.get(name) ?? { bestKnown: null, isOptimal: false, cpSat: null };
      return { ...best, name, file: join(part, file) };
    });
}

function madeByTaillard(): Instance[] {
  mkdirSync(MADE, { recursive: true });
  return Array.from({ length: TAILLARD_COUNT }, (_, k) => {
    const made = taillard(k + 1);
    const file = join(MADE, `${made.instance}.json`);
    writeFileSync(file, JSON.stringify(made));
    const { makespan, isOptimal } = bestKnownOf(k + 1);
    const cpSat = cpSatOf(k + 1);
    return { name: made.instance, file, bestKnown: makespan, isOptimal, cpSat };
  });
}

interface KnownRow {
  readonly instance: string;
  readonly lower_bound?: number;
  readonly upper_bound?: number;
  readonly cpsat_native_10min?: { readonly ub: number | null };
  readonly nativeCpSat480s?: number | null;
  readonly probe300s?: number;
  readonly probe60s?: number;
}

function knownIn(folder: string): Map<string, Omit<Instance, 'name' | 'file'>> {
  const file = readdirSync(folder).find((name) => name === 'best-known.json' || name === 'reference.json');
  const rows = file ? (JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly KnownRow[]) : [];
  return new Map(
    rows.map((row) => [
      row.instance,
      {
        bestKnown: row.upper_bound ?? bestProbe(row),
        isOptimal: row.upper_bound !== undefined && row.upper_bound === row.lower_bound,
        cpSat: row.cpsat_native_10min?.ub ?? row.nativeCpSat480s ?? null,
      },
    ]),
  );
}

function bestProbe({ probe60s, probe300s }: KnownRow): number | null {
  const best = Math.min(probe60s ?? Infinity, probe300s ?? Infinity);
  return best < Infinity ? best : null;
}
