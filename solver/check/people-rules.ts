import type { PeopleNeed } from '#shared/domain/needs.ts';
import type { Assignment, Stint } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import { isValidOver, latestResult } from '#shared/domain/test-result.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Facts, isOpenThrough, partsOf, type Objection } from './facts.ts';

/** Rule 4, but for one person in one stint at a time. */
export function hasItsPeople(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  for (const stint of place.people) {
    const need = task.people.at(stint.need);
    if (!need)
      no(
        'NO_PERSON_FREE',
        stint.person,
        `${stint.person} is planned for need ${stint.need}, which is not there`,
      );
    else judgeStint(facts, need, stint, place, no);
  }
  for (const [index, need] of task.people.entries()) {
    const parts = partsOf(facts.openOf(place.unit), neededDuring(need, place));
    const stints = place.people.filter((stint) => stint.need === index);
    if (parts.length === 0) continue;
    if (need.handover) judgeRelay(facts, need, stints, parts, no);
    else judgeStay(need, stints, parts, no);
  }
}

function neededDuring({ during }: PeopleNeed, { start, runStart, end }: Assignment): Interval {
  return { start: during === 'run' ? runStart : start, end: during === 'setup' ? runStart : end };
}

/** The person is there in the open parts and qualified beyond the end of the stint. */
function judgeStint(facts: Facts, need: PeopleNeed, stint: Stint, place: Assignment, no: Objection): void {
  const { person, start, end } = stint;
  const who = facts.people.get(person)?.name ?? person;
  if (!(start < end) || start < place.start || end > place.end) {
    no('NO_PERSON_FREE', person, `the stint of ${who} is not within the task`);
    return;
  }
  const presence = facts.presenceOf(person);
  const away = partsOf(facts.openOf(place.unit), stint).find((part) => !isOpenThrough(presence, part));
  if (away)
    no(
      'NO_PERSON_FREE',
      person,
      `${who} is not there from ${facts.when(away.start)} to ${facts.when(away.end)}`,
    );
  const latest = latestResult(facts.resultsOf(person, need.qualification), start);
  if (latest && isValidOver(latest, stint)) return;
  if (!facts.people.has(person) || !latest?.passed) {
    no('QUAL_MISSING', person, `${who} is not qualified for ${need.qualification}`);
  } else {
    const expires = facts.when(latest.expires ?? end);
    no(
      'QUAL_EXPIRED',
      person,
      `${who}'s qualification ${need.qualification} expires ${expires}, before the end`,
    );
  }
}

/** Without handover everybody stays from the first to the last open instant. */
function judgeStay(
  need: PeopleNeed,
  stints: readonly Stint[],
  parts: readonly Interval[],
  no: Objection,
): void {
  const first = parts[0].start;
  const last = parts[parts.length - 1].end;
  const staying = stints.filter((stint) => stint.start <= first && last <= stint.end);
  if (staying.length === need.count && stints.length === need.count) return;
  no(
    'NO_PERSON_FREE',
    need.qualification,
    `${staying.length} of ${need.count} people for ${need.qualification} stay all the time`,
  );
}

/** With handover there are exactly `count` people at every open instant. */
function judgeRelay(
  facts: Facts,
  need: PeopleNeed,
  stints: readonly Stint[],
  parts: readonly Interval[],
  no: Objection,
): void {
  const edges = [...new Set(stints.flatMap((stint) => [stint.start, stint.end]))].sort((a, b) => a - b);
  for (const part of parts) {
    const inside = edges.filter((edge) => part.start < edge && edge < part.end);
    for (const at of [part.start, ...inside]) {
      const there = stints.filter((stint) => stint.start <= at && at < stint.end).length;
      if (there === need.count) continue;
      const what = `${there} instead of ${need.count} people for ${need.qualification}`;
      no('NO_PERSON_FREE', need.qualification, `${what} at ${facts.when(at)}`);
      return;
    }
  }
}
