import { type Relation, bindsEnd } from '#shared/domain/relation.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Facts, type Objection, openSecondsIn, partsOf } from './facts.ts';

type Link = Relation & { readonly task: TaskId };

/** Rule 6: every predecessor has a place, and run start or end lie between the lags after it. */
export function keepsItsRelations(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  for (const link of task.after) {
    const before = facts.places.get(link.task);
    if (!before) {
      if (facts.tasks.has(link.task)) no('PREDECESSOR_NOT_FINISHED', link.task, `${link.task} has no place`);
      continue;
    }
    keepsItsLags(facts, link, before, place, no);
    if (link.transfer !== undefined) worksOnTheLastBatch(facts, link, before, place, no);
  }
}

function keepsItsLags(facts: Facts, link: Link, before: Assignment, place: Assignment, no: Objection): void {
  const [at, verb, to] = bindsEnd(link) ? [place.end, 'ends', 'end'] : [place.runStart, 'runs', 'run'];
  const since = handedOn(facts, link, before);
  if (at < since + link.minLag) {
    const earliest = facts.when(since + link.minLag);
    no(
      'PREDECESSOR_NOT_FINISHED',
      link.task,
      `${verb} ${facts.when(at)}, may ${to} from ${earliest} after ${link.task}`,
    );
  }
  if (link.maxLag !== undefined && at > since + link.maxLag) {
    const latest = facts.when(since + link.maxLag);
    no(
      'HOLD_TIME_EXCEEDED',
      link.task,
      `${verb} ${facts.when(at)}, must ${to} by ${latest} after ${link.task}`,
    );
  }
}

/** The instant from which the lags count: start or end of the predecessor's run, or the end of its first transfer batch. */
function handedOn(facts: Facts, { from, transfer }: Link, before: Assignment): Instant {
  if (transfer === undefined) return from === 'end' ? before.end : before.runStart;
  const parts = partsOf(facts.openOf(before.unit), { start: before.runStart, end: before.end });
  const whole = parts.reduce((sum, part) => sum + part.end - part.start, 0);
  let left = Math.ceil(transfer * whole);
  for (const part of parts) {
    if (left <= part.end - part.start) return part.start + left;
    left -= part.end - part.start;
  }
  return before.end;
}

/** Overlap: after the predecessor's end there is time left for the last transfer batch. */
function worksOnTheLastBatch(
  facts: Facts,
  { task, transfer = 1, minLag }: Link,
  before: Assignment,
  place: Assignment,
  no: Objection,
): void {
  const open = facts.openOf(place.unit);
  const last = Math.ceil(transfer * openSecondsIn(open, { start: place.runStart, end: place.end }));
  const since = Math.max(before.end + minLag, place.runStart);
  const left = since < place.end ? openSecondsIn(open, { start: since, end: place.end }) : 0;
  if (left >= last) return;
  no(
    'PREDECESSOR_NOT_FINISHED',
    task,
    `has ${left} s left for the last batch of ${task}, which takes ${last} s after ${facts.when(before.end)}`,
  );
}
