import type { Cause } from '#shared/domain/case.ts';
import { intersect, subtract } from '#shared/time/interval.ts';
import { presentTimesOf, shiftTimesOf } from '#shared/flow/open-times.ts';
import { type Planned, type Situation, causeOf } from './situation.ts';

/** People who are not there, or not known any more, for what is published for them while its unit is open. */
export function causesFromAbsences({ plan, planned, when, nameOf }: Situation): Cause[] {
  const open = shiftTimesOf(plan);
  const present = presentTimesOf(plan);
  const away = new Map<string, { hit: Planned[]; from: number; until: number }>();
  for (const one of planned) {
    if (one.begun) continue;
    for (const { person, start, end } of one.place.people) {
      const wanted = intersect(open.get(one.place.unit) ?? [], [{ start, end }]);
      const gone = subtract(wanted, present.get(person) ?? []);
      const [first] = gone;
      if (!first) continue;
      const known = away.get(person) ?? { hit: [], from: first.start, until: first.end };
      away.set(person, {
        hit: known.hit.includes(one) ? known.hit : [...known.hit, one],
        from: Math.min(known.from, first.start),
        until: Math.max(known.until, gone.at(-1)?.end ?? first.end),
      });
    }
  }
  return [...away].map(([person, { hit, from, until }]) => {
    const text = `${nameOf(person)} is not there from ${when(from)} to ${when(until)}`;
    return causeOf({ key: `absent ${person}`, kind: 'absentPerson', object: person, text, free: until }, hit);
  });
}
