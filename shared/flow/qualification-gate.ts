import type { PeopleNeed } from '#shared/domain/needs.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { isValidOver, latestResult } from '#shared/domain/test-result.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { peopleById, resultsOf } from './lookups.ts';

/** Whoever starts holds the qualification of one of the needs at that moment; when nobody has said who, everybody planned does. */
export function qualificationGate(gate: Gate): Answer[] {
  const { task, moment, person } = gate;
  const needs = task.people
    .map((need, index) => ({ need, index }))
    .filter(
      ({ need }) =>
        moment === 'plan' || (moment === 'setup' ? need.during !== 'run' : need.during !== 'setup'),
    );
  if (needs.length === 0) return [];
  if (person === null) {
    return needs.flatMap(({ need, index }) =>
      (gate.planned?.people ?? [])
        .filter((stint) => stint.need === index)
        .map((stint) => personGate(gate, need, stint.person, during(gate, need, stint.end))),
    );
  }
  const own = gate.planned?.people.find((stint) => stint.person === person);
  const answers = needs.map(({ need }) => personGate(gate, need, person, during(gate, need, own?.end)));
  const passed = answers.find((answer) => typeof answer === 'string');
  return [passed ?? answers.find(isExpired) ?? answers[0] ?? ''];
}

/** Without handover the person stays to the end; with it, as long as planned, at least at the start. */
function during({ interval }: Gate, need: PeopleNeed, until: Instant | undefined): Interval {
  if (!need.handover) return interval;
  return {
    start: interval.start,
    end: Math.max(interval.start, Math.min(interval.end, until ?? interval.start)),
  };
}

const isExpired = (answer: Answer): answer is Refusal =>
  typeof answer !== 'string' && answer.code === 'QUAL_EXPIRED';

function personGate({ plan, when }: Gate, need: PeopleNeed, person: PersonId, span: Interval): Answer {
  const who = peopleById(plan.plant.people).get(person)?.name ?? person;
  const what =
    plan.plant.testSpecs.find((spec) => spec.id === need.qualification)?.name ?? need.qualification;
  const latest = latestResult(
    resultsOf(plan.plant.testResults).get(`${person}\n${need.qualification}`) ?? [],
    span.start,
  );
  if (latest && isValidOver(latest, span)) return `${who} is qualified: ${what}`;
  if (!latest?.passed) return against('QUAL_MISSING', person, `${who} is not qualified: ${what}.`);
  const expires = latest.expires ?? span.end;
  const verb = expires <= span.start ? 'expired' : 'expires before the end, on';
  return against('QUAL_EXPIRED', person, `${who}'s qualification ${what} ${verb} ${when(expires)}.`);
}
