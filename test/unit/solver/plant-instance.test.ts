import { expect, test } from 'vitest';
import { plantInstance } from '#test/factory/plant-instance.ts';
import {
  type PlantInstance,
  type PlacedOperation,
  placedOperations,
  planFromInstance,
  plantFromJson,
} from '#solver/instances/plant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { solve } from '#solver/solve.ts';

function instanceOf(json: unknown): PlantInstance {
  const read = plantFromJson(json);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

/** What the instances' judge says (their README): what is broken, and the objective. */
function judged(
  instance: PlantInstance,
  places: readonly PlacedOperation[],
): { broken: string[]; objective: number } {
  const broken: string[] = [];
  const rule = (isKept: boolean | undefined, what: string): void => {
    if (isKept !== true) broken.push(what);
  };
  const within = (
    spans: readonly (readonly number[])[] | undefined,
    { start, end }: PlacedOperation,
  ): boolean => spans?.some(([from = 0, to = 0]) => from <= start && end <= to) ?? false;
  const at = new Map(places.map((place) => [place.operation, place]));
  rule(at.size === instance.operations.length, 'every operation has a place');
  const done = new Map<number, number>();
  const held = new Map<string, PlacedOperation[]>();
  const hold = (what: string, place: PlacedOperation): void => {
    held.set(what, [...(held.get(what) ?? []), place]);
  };
  for (const place of places) {
    const operation = instance.operations[place.operation];
    const order = operation && instance.orders[operation.order];
    const unit = instance.units.find(({ id }) => id === place.unit);
    if (!operation || !order || !unit)
      throw new Error(`Operation ${place.operation} is not in the instance.`);
    const mode = operation.alternatives.find((one) => one.unit === place.unit);
    rule(
      place.end - place.runStart === mode?.duration,
      `${operation.id} runs as long as its alternative says`,
    );
    rule(within(unit.open, place), `${operation.id} lies in the open time of its unit`);
    rule(place.runStart >= order.release, `${operation.id} runs after its release`);
    done.set(order.id, Math.max(done.get(order.id) ?? 0, place.end));
    hold(unit.id, place);
    if (operation.qualification !== null) {
      const person = instance.people.find(({ id }) => id === place.person);
      const own = person?.qualifications.find(({ name }) => name === operation.qualification);
      rule(own && place.end <= own.validUntil, `${operation.id} has somebody qualified to its end`);
      rule(within(person?.shifts, place), `${operation.id} lies in a shift`);
      hold(place.person ?? '', place);
    }
    if (operation.instrument !== null) {
      const one = instance.instruments.find(({ id }) => id === place.instrument);
      rule(one?.class === operation.instrument, `${operation.id} has its instrument`);
      rule(one && place.end <= one.calibratedUntil, `${operation.id} has it calibrated to its end`);
      hold(place.instrument ?? '', place);
    }
  }
  let setups = 0;
  for (const [what, blocks] of held) {
    blocks.sort((a, b) => a.start - b.start);
    const unit = instance.units.find(({ id }) => id === what);
    let family = unit?.initialFamily;
    for (const [k, place] of blocks.entries()) {
      rule(k === 0 || place.start >= (blocks[k - 1]?.end ?? 0), `${what} serves one at a time`);
      if (!unit) continue;
      const next = instance.operations[place.operation]?.family;
      const asked = instance.setup[unit.group]?.[family ?? -1]?.[next ?? -1];
      rule(place.runStart - place.start === asked, `${place.operation} has its setup`);
      setups += asked ?? 0;
      family = next;
    }
  }
  for (const { before, after, minLag } of instance.precedences) {
    rule((at.get(after)?.runStart ?? 0) >= (at.get(before)?.end ?? 0) + minLag, `${after} follows ${before}`);
  }
  const late = instance.orders.reduce(
    (sum, { id, due, weight }) => sum + weight * Math.max(0, (done.get(id) ?? 0) - due),
    0,
  );
  const { tardiness, setup } = instance.objective;
  return { broken, objective: (tardiness * late) / 60 + (setup * setups) / 60 };
}

test('a plant instance is a plan like any other, and its judge accepts and counts what the engine makes of it', () => {
  for (const seed of [1, 2, 3]) {
    const instance = instanceOf(plantInstance(14, 8, seed));
    const problem = problemFromPlan(planFromInstance(instance));
    const first = solve(problem, { seed: 1, limit: {}, now: () => 0 });
    const better = solve(problem, { seed: 1, limit: { iterations: 4_000 }, now: () => 0 });
    for (const solution of [first, better]) {
      const { broken, objective } = judged(instance, placedOperations(instance, problem, solution));
      expect(broken).toEqual([]);
      expect(solution.objective).toBeCloseTo(objective, 6);
    }
    expect(better.objective).toBeLessThan(first.objective);
  }
});

test('the judge sees what is wrong', () => {
  const instance = instanceOf(plantInstance(6, 6, 1));
  const problem = problemFromPlan(planFromInstance(instance));
  const places = placedOperations(instance, problem, solve(problem, { seed: 1, limit: {}, now: () => 0 }));
  const [first, ...others] = places;
  if (!first) throw new Error('There is no first place.');
  expect(judged(instance, others).broken).toContain('every operation has a place');
  const shifted = { ...first, start: first.start + 60, runStart: first.runStart + 60, end: first.end + 7 };
  expect(judged(instance, [shifted, ...others]).broken).toContain(
    `${first.operation} runs as long as its alternative says`,
  );
});

test('what is wrong with a plant file is told by place, value and reason', () => {
  const file = plantInstance(6, 6, 1);
  const reasonOf = (change: object): string | null => {
    const read = plantFromJson({ ...file, ...change });
    return read.ok ? null : read.reason;
  };
  expect(reasonOf({})).toBeNull();
  expect(reasonOf({ format: 'plant-2' })).toBe('format: "plant-2"; expected “plant-1”.');
  expect(reasonOf({ horizon: 1.5 })).toBe('horizon: 1.5; expected a whole number.');
  expect(reasonOf({ units: [{ ...file.units[0], open: [[0, 1], [2]] }] })).toBe(
    'units[0].open[1]: [2]; expected a pair.',
  );
  expect(reasonOf({ setup: { press: [[0, '5']] } })).toBe('setup.press[0][1]: "5"; expected a whole number.');
  expect(reasonOf({ orders: [null] })).toBe('orders[0]: null; expected an object.');
  expect(reasonOf({ operations: [{ ...file.operations[0], instrument: undefined }] })).toBe(
    'operations[0].instrument: nothing; expected a text.',
  );
});
