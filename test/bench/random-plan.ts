import type { PeopleNeed } from '#shared/domain/needs.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Task } from '#shared/domain/task.ts';
import { WorkCalendar } from '#shared/time/calendar.ts';
import { randomFrom } from '#solver/run/random.ts';
import {
  MONDAY,
  at,
  instrument,
  lot,
  matrix,
  passed,
  person,
  plan,
  spec,
  task,
  unit,
} from '#test/unit/solver/small-plan.ts';

const shift = (id: string, from: string, to: string): WorkCalendar =>
  WorkCalendar.parse({
    id,
    name: id,
    zone: 'Europe/Berlin',
    shifts: [{ name: id, days: [1, 2, 3, 4, 5, 6], from, to, breaks: [] }],
    entries: [],
  });

const STAGES = [
  { name: 'stage', hours: 1, crew: 1, share: 0.4 },
  { name: 'dispense', hours: 1.5, crew: 1, share: 0.6 },
  { name: 'granulate', hours: 4, crew: 1, share: 1.4 },
  { name: 'blend', hours: 2, crew: 1, share: 0.8 },
  { name: 'press', hours: 7, crew: 1, share: 2.2 },
  { name: 'coat', hours: 5, crew: 1, share: 1.6 },
  { name: 'pack', hours: 5, crew: 2, share: 1.8 },
];

/**
 * A plant of the demo's kind: seven stages with hold times, samples to the lab, changeovers, three shifts of people,
 * balances with calibration dates and their renewal, maintenance windows, lots that come late. `orders` × about 9 tasks.
 */
export function randomPlan(orders: number, seed: number): Plan {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const scale = orders / 100;
  const days = 14;
  const unitsOf = STAGES.map(({ name, share }) =>
    Array.from({ length: Math.max(1, Math.round(2.2 * share * scale)) }, (_, k) =>
      unit(`${name}-${k + 1}`, {
        calendar: 'plant',
        ...(name === 'granulate' || name === 'press' || name === 'coat'
          ? { setupMatrix: 'clean', setupState: 'F0' }
          : {}),
      }),
    ),
  );
  const lab = Array.from({ length: Math.max(1, Math.round(2 * scale)) }, (_, k) =>
    unit(`lab-${k + 1}`, { calendar: 'plant' }),
  );
  const bench = unit('bench', { calendar: 'plant' });
  const balances = Array.from({ length: Math.max(2, Math.round(4 * scale)) }, (_, k) =>
    instrument(`BAL-${k + 1}`, 'balance', ['cal']),
  );
  const people = Array.from({ length: Math.max(12, Math.round(60 * scale)) }, (_, k) =>
    person(`p${k + 1}`, ['early', 'late', 'night'][k % 3]),
  );
  const qualifications = [...STAGES.map((stage) => stage.name), 'lab', 'technician'];
  const results = people.flatMap((one, k) =>
    qualifications.flatMap((name, q) =>
      (k + Math.floor(k / 3) + q) % 3 === 0 || random() < 0.15
        ? [passed(name, one.id, random() < 0.1 ? at(24 * (3 + random() * 20)) : undefined)]
        : [],
    ),
  );
  const tasks: Task[] = [];
  const need = (name: string, count: number, handover: boolean): PeopleNeed[] => [
    { qualification: name as PeopleNeed['qualification'], count, during: 'all', handover },
  ];
  for (let o = 0; o < orders; o += 1) {
    const id = `O${o + 1}`;
    const family = `F${Math.floor(random() * 8)}`;
    const release = at(Math.floor(random() * days * 24 * 0.6));
    const due = release + Math.floor((60 + random() * 120) * 3600);
    const weight = pick([1, 1, 1, 2, 4]);
    const size = 0.5 + random();
    const steps = random() < 0.3 ? STAGES.filter((stage) => stage.name !== 'coat') : STAGES;
    for (const [k, stage] of steps.entries()) {
      const own = unitsOf[STAGES.indexOf(stage)] ?? [];
      const eligible = own.length > 3 ? own.filter(() => random() < 3 / own.length) : own;
      const on = Object.fromEntries(
        (eligible.length > 0 ? eligible : own.slice(0, 1)).map((one) => [
          one.id,
          stage.hours * size * (0.9 + 0.2 * random()),
        ]),
      );
      const previous = steps[k - 1]?.name;
      tasks.push(
        task(`${id}/${stage.name}`, on, {
          family,
          crossBreak: stage.name === 'press' || stage.name === 'pack' ? 'pause' : 'none',
          people: need(stage.name, stage.crew, stage.hours > 2),
          instruments: stage.name === 'dispense' ? [{ class: 'balance' }] : [],
          materials:
            k === 0
              ? [
                  {
                    material: 'm',
                    quantity: 1,
                    lots: [{ lot: o % 25 === 0 ? 'late' : 'there', quantity: 1 }],
                  },
                ]
              : [],
          after: previous
            ? [
                {
                  task: `${id}/${previous}`,
                  from: 'end',
                  minLag: stage.name === 'blend' ? 7200 : 0,
                  ...(stage.name === 'blend' || stage.name === 'granulate' ? { maxLag: 24 * 3600 } : {}),
                },
              ]
            : [],
          release,
          due,
          weight,
        }),
      );
      if (stage.name === 'press' || stage.name === 'blend') {
        tasks.push(
          task(`${id}/test-${stage.name}`, Object.fromEntries([0, 1, 2].map(() => [pick(lab).id, 1.5])), {
            domain: 'quality',
            people: need('lab', 1, false),
            after: [{ task: `${id}/${stage.name}`, from: 'end', minLag: 0, maxLag: 48 * 3600 }],
            release,
            due,
            weight,
          }),
        );
      }
    }
  }
  for (const [k, balance] of balances.entries()) {
    if (k % 2 === 1) continue;
    tasks.push(
      task(
        `CAL-${k + 1}/calibrate`,
        { bench: 2 },
        {
          domain: 'maintenance',
          people: need('technician', 1, false),
          renews: { equipment: balance.id, test: 'cal', validFor: 30 * 86_400 },
          release: at(24),
          due: at(24 * 5 - 8),
        },
      ),
    );
  }
  for (const [k, press] of (unitsOf[4] ?? []).entries()) {
    tasks.push(
      task(
        `PM-${k + 1}/service`,
        { [press.id]: 3 },
        {
          domain: 'maintenance',
          people: need('technician', 1, false),
          release: at(24 * (2 + (k % 5))),
          due: at(24 * (4 + (k % 5))),
          deadline: at(24 * (4 + (k % 5))),
        },
      ),
    );
  }
  return plan(
    {
      calendars: [
        shift('plant', '06:00', '06:00'),
        shift('early', '06:00', '14:00'),
        shift('late', '14:00', '22:00'),
        shift('night', '22:00', '06:00'),
      ],
      equipment: [...unitsOf.flat(), ...lab, bench, ...balances],
      people,
      testSpecs: [...qualifications.map((name) => spec(name, 'person')), spec('cal', 'equipment')],
      testResults: [
        ...results,
        ...balances.map((balance, k) =>
          passed('cal', balance.id, k % 2 === 0 ? at(24 * 5 - 8) : at(24 * 60)),
        ),
      ],
      setupMatrices: [
        matrix('clean', 600, 7200, [
          ['F0', 'F1', 3600],
          ['F1', 'F2', 3600],
          ['F3', 'F1', 14_400],
          ['F2', 'F0', 10_800],
        ]),
      ],
      lots: [
        lot('there', { quantity: 1_000_000 }),
        lot('late', { quantity: 1_000_000, availableFrom: at(24 * 3) }),
      ],
    },
    tasks,
    { now: at(7), horizon: { start: MONDAY, end: at(24 * 42) } },
  );
}
