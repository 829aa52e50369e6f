import { mustNotOverlap } from './judge-shop.ts';

type Spans = readonly (readonly [number, number])[];

/** The plant format, as its README states it; times in seconds. */
interface PlantFile {
  readonly objective: { readonly tardiness: number; readonly setup: number };
  readonly units: readonly { id: string; group: string; initialFamily: number; open: Spans }[];
  readonly setup: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly people: readonly {
    id: string;
    shifts: Spans;
    qualifications: readonly { name: string; validUntil: number }[];
  }[];
  readonly instruments: readonly { id: string; class: string; calibratedUntil: number }[];
  readonly orders: readonly { id: number; release: number; due: number; weight: number }[];
  readonly operations: readonly {
    id: number;
    order: number;
    family: number;
    qualification: string | null;
    instrument: string | null;
    alternatives: readonly { unit: string; duration: number }[];
  }[];
  readonly precedences: readonly { before: number; after: number; minLag: number }[];
}
interface Placed {
  readonly operation: number;
  readonly unit: string;
  readonly start: number;
  readonly runStart: number;
  readonly end: number;
  readonly person: string | null;
  readonly instrument: string | null;
}

const by = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row> =>
  new Map(rows.map((row) => [key(row), row]));
const inside = (spans: Spans, { start, end }: Placed): boolean =>
  spans.some(([from, to]) => from <= start && end <= to);

/**
 * The objective of a solution of a plant instance, by the rules of the instances' README. Reads the two files only and
 * shares no code with the solver; throws with what is broken.
 */
export function judgePlant(json: unknown, solution: unknown): number {
  const file = json as PlantFile;
  const placed = (solution as { operations: readonly Placed[] }).operations;
  const operations = by(file.operations, ({ id }) => id);
  const orders = by(file.orders, ({ id }) => id);
  const places = by(placed, ({ operation }) => operation);
  if (places.size !== placed.length) throw new Error('an operation stands twice');
  if (places.size !== operations.size || placed.some(({ operation }) => !operations.has(operation)))
    throw new Error(`${places.size} operations placed of ${operations.size}`);
  for (const { before, after, minLag } of file.precedences)
    if ((places.get(after)?.runStart ?? -Infinity) < (places.get(before)?.end ?? Infinity) + minLag)
      throw new Error(`operation ${after} runs before ${before} has ended`);
  for (const place of placed) judgePlace(file, place);
  const spans = (on: (place: Placed) => string | null) =>
    placed.flatMap((place) => {
      const name = on(place);
      return name === null ? [] : [{ name: place.operation, on: name, start: place.start, end: place.end }];
    });
  mustNotOverlap(spans(({ unit }) => unit));
  mustNotOverlap(
    spans(({ operation, person }) => (operations.get(operation)?.qualification ? person : null)),
  );
  mustNotOverlap(
    spans(({ operation, instrument }) => (operations.get(operation)?.instrument ? instrument : null)),
  );
  const ends = new Map<number, number>();
  for (const { operation, end } of placed) {
    const order = operations.get(operation)?.order ?? -1;
    ends.set(order, Math.max(ends.get(order) ?? 0, end));
  }
  let tardiness = 0;
  for (const [id, end] of ends) {
    const { due = 0, weight = 0 } = orders.get(id) ?? {};
    tardiness += weight * Math.max(0, end - due);
  }
  return (file.objective.tardiness * tardiness + file.objective.setup * setupOf(file, placed)) / 60;
}

function judgePlace(file: PlantFile, place: Placed): void {
  const complain = (what: string): never => {
    throw new Error(`operation ${place.operation} ${what}`);
  };
  const operation = file.operations.find(({ id }) => id === place.operation);
  const unit = file.units.find(({ id }) => id === place.unit);
  const order = file.orders.find(({ id }) => id === operation?.order);
  if (!operation || !unit || !order) return complain(`has no unit ${place.unit} or order`);
  const duration = operation.alternatives.find((one) => one.unit === place.unit)?.duration;
  if (place.end - place.runStart !== duration)
    complain(`runs ${place.end - place.runStart} instead of ${duration}`);
  if (!inside(unit.open, place)) complain(`is outside the open time of ${unit.id}`);
  if (place.runStart < order.release) complain('runs before its release');
  if (operation.qualification !== null) {
    const person = file.people.find(({ id }) => id === place.person);
    const proof = person?.qualifications.find(({ name }) => name === operation.qualification);
    if (!person || !proof || proof.validUntil < place.end)
      complain(`has nobody qualified in ${place.person}`);
    else if (!inside(person.shifts, place)) complain(`is outside a shift of ${person.id}`);
  }
  if (operation.instrument !== null) {
    const instrument = file.instruments.find(({ id }) => id === place.instrument);
    if (instrument?.class !== operation.instrument || instrument.calibratedUntil < place.end)
      complain(`has no calibrated instrument in ${place.instrument}`);
  }
}

/** Seconds of setup; throws where a setup is not what the matrix asks for. */
function setupOf(file: PlantFile, placed: readonly Placed[]): number {
  const families = by(file.operations, ({ id }) => id);
  let total = 0;
  for (const unit of file.units) {
    let family = unit.initialFamily;
    const own = placed.filter((place) => place.unit === unit.id).toSorted((a, b) => a.start - b.start);
    for (const { operation, start, runStart } of own) {
      const next = families.get(operation)?.family ?? family;
      const setup = file.setup[unit.group]?.[family]?.[next] ?? Number.NaN;
      if (runStart - start !== setup)
        throw new Error(`operation ${operation} is set up for ${runStart - start} instead of ${setup}`);
      total += setup;
      family = next;
    }
  }
  return total;
}
