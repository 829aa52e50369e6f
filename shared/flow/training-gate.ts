import type { PersonId } from '#shared/domain/person.ts';
import type { Training } from '#shared/domain/needs.ts';
import { isValidOver, latestResult } from '#shared/domain/test-result.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { peopleById, resultsOf } from './lookups.ts';

/**
 * Where the instructions ask for it, whoever starts has been trained since they hold in their present version: an older
 * training is one on other instructions. While nobody has said who, everybody planned is judged.
 */
export function trainingGate(gate: Gate): Answer[] {
  const { person, planned } = gate;
  const { training } = gate.task;
  if (!training) return [];
  const people = person === null ? (planned?.people ?? []).map((stint) => stint.person) : [person];
  return [...new Set(people)].map((one) => personGate(gate, training, one));
}

function personGate(
  { plan, interval, when, task }: Gate,
  { test, since }: Training,
  person: PersonId,
): Answer {
  const who = peopleById(plan.plant.people).get(person)?.name ?? person;
  const what = plan.plant.testSpecs.find(({ id }) => id === test)?.name ?? test;
  const results = resultsOf(plan.plant.testResults).get(`${person}\n${test}`) ?? [];
  const latest = latestResult(results, interval.start);
  if (latest && latest.evaluated >= since && isValidOver(latest, interval))
    return `${who} is trained: ${what}`;
  const version = task.instructions ? ` in version ${task.instructions.version}` : '';
  const text = `${who} has not been trained in ${what} since it holds${version}, ${when(since)}.`;
  return against('DOC_NOT_TRAINED', person, text);
}
