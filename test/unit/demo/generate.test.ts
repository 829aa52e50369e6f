import { describe, expect, test } from 'vitest';
import { generatePlant } from '#electron/demo/generate.ts';
import { plantOf } from '#electron/demo/plant.ts';
import { decodeB2mml } from '#electron/erp/b2mml/decode.ts';
import { isWorkUnit } from '#shared/domain/equipment.ts';
import { Plant, RECORD_KINDS, type RecordKind } from '#shared/domain/plant.ts';
import { cycleIn } from '#shared/domain/routing.ts';
import { usableFrom } from '#shared/domain/material.ts';
import { DAY } from '#shared/time/instant.ts';
import { instantFromLocal } from '#shared/time/zone.ts';

const DEMO = { orders: 150, seed: 7, start: '2026-11-23' };
const files = generatePlant(DEMO);
const decoded = files
  .filter(({ name }) => name.endsWith('.xml'))
  .map((file) => decodeB2mml(file, { zone: 'Europe/Berlin' }));
const plant = Plant.parse(plantOf(DEMO));
const begin = instantFromLocal('Europe/Berlin', DEMO.start, '06:00');

test('the files of the demo plant are read without a refusal or a warning', () => {
  expect(decoded.flatMap(({ refusals, warnings }) => [...refusals, ...warnings])).toEqual([]);
});

test('[I95-01] what the files say is the plant, field by field', () => {
  const announced = new Set(
    plant.lots.filter(({ disposition }) => disposition === 'Planned').map(({ id }) => id),
  );
  for (const kind of RECORD_KINDS) {
    const read = decoded.flatMap(({ records }) => records.filter((sourced) => sourced.kind === kind));
    const expected = plant[kind].filter(({ id }) => kind !== 'setupMatrices' && !announced.has(id as never));
    expect(new Map(read.map(({ record }) => [record.id, record]))).toEqual(
      new Map(expected.map((record) => [record.id, record])),
    );
  }
});

test('over a change of the clocks a day stays a day: due times keep their wall-clock hours', () => {
  const spring = plantOf({ orders: 150, seed: 7, start: '2026-03-23' });
  const hours = new Set(
    spring.orders.map(({ due }) =>
      new Date(due * 1000).toLocaleTimeString('en-GB', {
        timeZone: 'Europe/Berlin',
        hour: '2-digit',
        minute: '2-digit',
      }),
    ),
  );
  expect([...hours].sort()).toEqual(['14:00', '18:00', '22:00']);
});

test('the same seed gives the same files, another seed others', () => {
  expect(generatePlant(DEMO)).toEqual(files);
  expect(generatePlant({ ...DEMO, seed: 8 })).not.toEqual(files);
});

describe('the demo plant', () => {
  const horizon = { start: begin, end: begin + 14 * DAY };
  const inside = (at: number | undefined) => at !== undefined && at >= horizon.start && at < horizon.end;
  const subjectOf = new Map(plant.testSpecs.map(({ id, subject }) => [id, subject]));
  const expiring = plant.testResults.filter(({ expires }) => inside(expires));

  test('has 30 people on three shifts and 150 orders that make about a thousand tasks', () => {
    expect(plant.people).toHaveLength(30);
    expect(new Set(plant.people.map(({ name }) => name)).size).toBe(30);
    expect(new Set(plant.people.map(({ calendar }) => calendar))).toEqual(
      new Set(['EARLY', 'LATE', 'NIGHT']),
    );
    expect(plant.orders).toHaveLength(150);
    const steps = new Map(plant.routings.map((routing) => [routing.id, routing.steps.length]));
    const tasks = plant.orders.reduce((sum, { routing }) => sum + (steps.get(routing) ?? 0), 0);
    expect(tasks).toBeGreaterThanOrEqual(900);
    expect(tasks).toBeLessThanOrEqual(1100);
    expect(new Set(plant.routings.flatMap(({ steps }) => steps.map(({ domain }) => domain)))).toEqual(
      new Set(['production', 'quality', 'inventory', 'maintenance']),
    );
  });

  test('has exactly two calibrations due inside the horizon, each with a renewal, and several qualifications running out', () => {
    const calibrations = expiring.filter(({ spec }) => subjectOf.get(spec) === 'equipment');
    expect(calibrations.map(({ subject }) => subject).sort()).toEqual(['BAL-02', 'PH-01']);
    for (const { spec } of calibrations) {
      const renewal = plant.testSpecs.find(({ id }) => id === spec)?.renewal;
      expect(plant.equipment.some(({ classes }) => classes.some((name) => name === renewal?.class))).toBe(
        true,
      );
    }
    expect(expiring.filter(({ spec }) => subjectOf.get(spec) === 'person')).toHaveLength(4);
  });

  test('has lots that are on hold, late, or that nobody can date', () => {
    const restricted = plant.lots.filter(({ disposition }) => disposition === 'Restricted');
    expect(restricted).toHaveLength(6);
    expect(restricted.filter((lot) => usableFrom(lot) === null)).toHaveLength(2);
    expect(
      plant.lots.filter(
        ({ disposition, availableFrom }) => disposition === 'Planned' && inside(availableFrom),
      ),
    ).toHaveLength(8);
  });

  test('fits together: everything that is named is there, and no routing has a cycle', () => {
    const known = new Map(
      RECORD_KINDS.map((kind) => [kind, new Set(plant[kind].map(({ id }) => String(id)))]),
    );
    const classes = new Set<string>(plant.equipment.flatMap((piece) => piece.classes));
    const families = new Set<string>(
      plant.setupMatrices.flatMap(({ entries }) => entries.map(({ to }) => to)),
    );
    const steps = plant.routings.flatMap((routing) => routing.steps);
    const named = (kind: RecordKind, ids: readonly (string | undefined)[]): string[] =>
      ids.filter((id) => id !== undefined).filter((id) => !known.get(kind)?.has(id));
    expect([
      ...named(
        'equipment',
        plant.equipment.map(({ parent }) => parent),
      ),
      ...named(
        'equipment',
        plant.orders.map(({ equipment }) => equipment),
      ),
      ...named(
        'equipment',
        steps.flatMap(({ modes }) => modes.map(({ equipment }) => equipment)),
      ),
      ...named(
        'calendars',
        [...plant.equipment, ...plant.people].map(({ calendar }) => calendar),
      ),
      ...named(
        'setupMatrices',
        plant.equipment.map(({ setupMatrix }) => setupMatrix),
      ),
      ...named(
        'testSpecs',
        plant.equipment.flatMap(({ tests }) => tests),
      ),
      ...named(
        'testSpecs',
        plant.testResults.map(({ spec }) => spec),
      ),
      ...named(
        'testSpecs',
        steps.flatMap(({ people }) => people.map(({ qualification }) => qualification)),
      ),
      ...named(
        'materials',
        plant.lots.map(({ material }) => material),
      ),
      ...named(
        'materials',
        plant.orders.map(({ product }) => product),
      ),
      ...named(
        'materials',
        steps.flatMap(({ materials }) => materials.map(({ material }) => material)),
      ),
      ...named(
        'routings',
        plant.orders.map(({ routing }) => routing),
      ),
      ...steps
        .flatMap(({ modes }) => modes.map((mode) => mode.class ?? ''))
        .filter((name) => name && !classes.has(name)),
      ...steps
        .flatMap(({ instruments }) => instruments.map((need) => need.class))
        .filter((name) => !classes.has(name)),
      ...steps.map(({ family }) => family ?? '').filter((family) => family && !families.has(family)),
    ]).toEqual([]);
    expect(plant.routings.filter((routing) => cycleIn(routing.steps) !== null)).toEqual([]);
    expect(plant.orders.filter(({ release, due }) => release >= due)).toEqual([]);
  });
});

test.each([200, 1000, 5000, 20_000])(
  '%i tasks: about so many, with units and people in proportion',
  (tasks) => {
    const large = plantOf({ tasks, seed: 1, start: '2026-11-23' });
    const steps = new Map(large.routings.map((routing) => [routing.id, routing.steps.length]));
    const made = large.orders.reduce((sum, { routing }) => sum + (steps.get(routing) ?? 0), 0);
    expect(Math.abs(made - tasks) / tasks).toBeLessThan(0.15);
    const units = Plant.shape.equipment.parse(large.equipment).filter(isWorkUnit).length;
    expect(units / 29).toBe(large.people.length / 30);
    for (const kind of RECORD_KINDS) {
      expect(new Set(large[kind].map(({ id }) => id)).size).toBe(large[kind].length);
    }
  },
);
