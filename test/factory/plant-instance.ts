import { randomFrom } from '#solver/run/random.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const FAMILIES = 5;
const STAGES = [
  { name: 'dispense', minutes: 40, share: 0.15, mostly: 1 },
  { name: 'blend', minutes: 73, share: 0.15, mostly: 0.5 },
  { name: 'press', minutes: 96, share: 0.3, mostly: 1 },
  { name: 'coat', minutes: 95, share: 0.15, mostly: 1 },
  { name: 'pack', minutes: 65, share: 0.25, mostly: 0.5 },
];

/**
 * A made plant in the public plant format: five stages, units with their own speed and calendar, setups by family,
 * people in three shifts with dated qualifications, balances with calibration dates, tight due dates. The same numbers
 * give the same plant.
 */
export function plantInstance(orderCount: number, unitCount: number, seed: number) {
  const random = randomFrom(seed);
  const between = (low: number, high: number): number => low + random() * (high - low);
  const whole = (low: number, high: number, step: number): number =>
    Math.round(between(low, high) / step) * step;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const horizon = (12 + Math.round(Math.log2(orderCount / 40) * 2)) * DAY;
  const days = Math.floor(horizon / DAY);

  const units = STAGES.flatMap(({ name, share }) =>
    Array.from({ length: Math.max(1, Math.round(share * unitCount)) }, (_, k) => ({
      id: `${name}-${k + 1}`,
      group: name,
      speed: pick([0.85, 1, 1.15]),
      initialFamily: Math.floor(random() * FAMILIES),
      open: openTime(),
    })),
  );
  function openTime(): number[][] {
    const open = random() < 0.5 ? [[0, horizon]] : daily(6 * HOUR, 22 * HOUR);
    if (random() < 0.5) return open;
    const from = whole(1, 4, 1) * DAY + 8 * HOUR;
    const to = from + whole(2, 6, 2) * HOUR;
    return open.flatMap(([a = 0, b = 0]) =>
      [
        [a, Math.min(b, from)],
        [Math.max(a, to), b],
      ].filter(([x = 0, y = 0]) => x < y),
    );
  }
  function daily(from: number, to: number): number[][] {
    return Array.from({ length: days }, (_, day) => [day * DAY + from, day * DAY + to]).filter(
      ([, end = 0]) => end <= horizon,
    );
  }
  const setup = Object.fromEntries(
    STAGES.map(({ name, minutes }) => [
      name,
      Array.from({ length: FAMILIES }, (_, from) =>
        Array.from({ length: FAMILIES }, (_, to) =>
          from === to ? 0 : whole(10, 15 + minutes / 3 + from * 4, 5) * 60,
        ),
      ),
    ]),
  );
  const people = Array.from({ length: Math.round(unitCount * 2.4) }, (_, k) => {
    const from = [6, 14, 22][k % 3] ?? 6;
    return {
      id: `person-${k + 1}`,
      shifts: daily(from * HOUR, (from + 8) * HOUR).filter(() => random() < 0.87),
      qualifications: [...STAGES]
        .sort(() => random() - 0.5)
        .slice(0, random() < 0.3 ? 2 : 3)
        .map((stage) => ({
          name: stage.name,
          validUntil: random() < 0.2 ? whole(2, days, 1) * DAY + 12 * HOUR : 25 * DAY,
        })),
    };
  });
  const instruments = Array.from({ length: Math.max(2, Math.round(unitCount / 4)) }, (_, k) => ({
    id: `balance-${k + 1}`,
    class: 'balance',
    calibratedUntil: k > 0 && random() < 0.4 ? whole(1, days, 1) * DAY + 15 * HOUR : 25 * DAY,
  }));
  const orders = Array.from({ length: orderCount }, (_, id) => {
    const release = random() < 0.3 ? 0 : whole(0, 107, 1) * HOUR;
    return {
      id,
      release,
      due: release + Math.round(between(5, 100) * HOUR),
      weight: pick([1, 1, 1, 2, 2, 4, 10]),
    };
  });
  const operations: {
    id: number;
    order: number;
    stage: string;
    family: number;
    alternatives: { unit: string; duration: number }[];
    qualification: string | null;
    instrument: string | null;
  }[] = [];
  const precedences: { before: number; after: number; minLag: number }[] = [];
  for (const { id: order } of orders) {
    const family = Math.floor(random() * FAMILIES);
    const size = between(0.55, 1.65);
    const coated = random() < 0.6;
    for (const [k, stage] of STAGES.filter(({ name }) => name !== 'coat' || coated).entries()) {
      const able = units.filter((unit) => unit.group === stage.name).sort(() => random() - 0.5);
      const chosen = able.slice(0, Math.max(1, Math.ceil(random() * Math.min(4, able.length))));
      const id = operations.length;
      if (k > 0) precedences.push({ before: id - 1, after: id, minLag: random() < 0.25 ? 1800 : 0 });
      operations.push({
        id,
        order,
        stage: stage.name,
        family,
        alternatives: chosen.map((unit) => ({
          unit: unit.id,
          duration: Math.max(5, Math.round((stage.minutes * size) / unit.speed / 5) * 5) * 60,
        })),
        qualification: random() < stage.mostly ? stage.name : null,
        instrument: stage.name === 'dispense' ? 'balance' : null,
      });
    }
  }
  return {
    format: 'plant-1',
    name: `made-${orderCount}-${unitCount}-${seed}`,
    horizon,
    objective: { tardiness: 10, setup: 1 },
    units,
    setup,
    people,
    instruments,
    orders,
    operations,
    precedences,
  };
}
