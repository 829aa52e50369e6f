import { PersonId } from '#shared/domain/person.ts';
import { TestResult } from '#shared/domain/test-result.ts';
import type { Kind } from './remedy.ts';

/** One more person with a qualification that the order needs, on one of the shifts that its people work. */
export const morePeople: Kind = ({ plan, tasks }) => {
  const { plant } = plan;
  const wanted = new Set(tasks.flatMap((task) => task.people.map((need) => need.qualification)));
  return [...wanted].flatMap((qualification) => {
    const spec = plant.testSpecs.find(({ id }) => id === qualification);
    const able = new Set<string>(
      plant.testResults.filter((result) => result.spec === qualification).map((result) => result.subject),
    );
    const calendars = new Set(plant.people.filter(({ id }) => able.has(id)).map((person) => person.calendar));
    return [...calendars].map((calendar) => {
      const shift = plant.calendars.find(({ id }) => id === calendar)?.name;
      const id = PersonId.parse(`one more for ${qualification}`);
      const result = TestResult.parse({
        id: `${id} ${qualification}`,
        spec: qualification,
        subject: id,
        evaluated: plan.horizon.start - 1,
        passed: true,
      });
      const person = { id, name: 'One more', classes: [], ...(calendar && { calendar }) };
      return {
        text: `Have one more person qualified for ${spec?.name ?? qualification}${shift ? ` on ${shift}` : ''}`,
        plan: {
          ...plan,
          plant: {
            ...plant,
            people: [...plant.people, person],
            testResults: [...plant.testResults, result],
          },
        },
      };
    });
  });
};
