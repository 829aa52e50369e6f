import { DAY, HOUR } from '#shared/time/instant.ts';
import { addDays, endOfDate, type LocalDate } from '#shared/time/zone.ts';
import { CREW, peopleOf } from './crew.ts';
import { INSTRUMENTS, SKILLS, ZONE, idOf, unitIds, type Hall, type Row, type Skill } from './hall.ts';
import { hallName } from './products.ts';
import type { Random } from './random.ts';

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
