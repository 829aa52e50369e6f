import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Cause } from '#shared/domain/case.ts';
import { isValidOver, latestResult } from '#shared/domain/test-result.ts';
import { peopleById, resultsOf } from '#shared/flow/lookups.ts';
import { type Situation, causeOf, proofText } from './situation.ts';

/** People whose qualification is not valid over all of what is published for them and asks for it. */
export function causesFromQualifications(situation: Situation): Cause[] {
  const { plan, planned } = situation;
  const results = resultsOf(plan.plant.testResults);
  const people = peopleById(plan.plant.people);
  const specs = indexBy(plan.plant.testSpecs, (spec) => spec.id);
  const wanting = planned.flatMap((one) => {
    if (one.begun) return [];
    return one.place.people.flatMap((stint) => {
      const need = one.task.people[stint.need];
      const person = people.get(stint.person);
      // Who is not known any more is absent.
      if (!need || !person) return [];
      const own = results.get(`${person.id}\n${need.qualification}`) ?? [];
      const latest = latestResult(own, stint.start);
      return latest && isValidOver(latest, stint)
        ? []
        : [{ one, own, person, qualification: need.qualification }];
    });
  });
  const byProof = groupBy(wanting, ({ person, qualification }) => `${person.id} ${qualification}`);
  return [...byProof].flatMap(([key, hits]) => {
    const [first] = hits;
    if (!first) return [];
    const { person, qualification, own } = first;
    const name = `${person.name}: ${specs.get(qualification)?.name ?? qualification}`;
    return causeOf(
      {
        key: `qualification ${key}`,
        kind: 'qualificationExpiring',
        object: person.id,
        text: proofText(situation, name, latestResult(own, plan.now)),
        free: null,
      },
      [...new Set(hits.map(({ one }) => one))],
    );
  });
}
