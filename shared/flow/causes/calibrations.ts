import { indexBy } from '#shared/base/group.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import type { Cause } from '#shared/domain/case.ts';
import { isValidOver, latestResult } from '#shared/domain/test-result.ts';
import { renewalsIn, resultsOf } from '#shared/flow/lookups.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Planned, type Situation, causeOf, proofText } from './situation.ts';

/**
 * Units and instruments whose test is not valid over all of a published task, by a result or by a renewal planned before it.
 * What is in work goes on no longer than its proof without somebody's word, also where it takes longer than planned (CAL-04).
 */
export function causesFromCalibrations(situation: Situation): Cause[] {
  const { plan, planned, version } = situation;
  const results = resultsOf(plan.plant.testResults);
  const specs = indexBy(plan.plant.testSpecs, (spec) => spec.id);
  const places = indexBy(version.schedule.assignments, (place) => place.task);
  const users = new Map<string, typeof planned>();
  for (const one of planned)
    for (const id of [one.place.unit, ...one.place.instruments])
      users.set(id, [...(users.get(id) ?? []), one]);
  const renewals = renewalsIn(plan.tasks);
  return plan.plant.equipment.flatMap((equipment) => {
    const uses = users.get(equipment.id) ?? [];
    return equipment.tests.flatMap((test) => {
      const own = results.get(`${equipment.id}\n${test}`) ?? [];
      const renewed = renewals.flatMap(({ id, renews }) => {
        const done = places.get(id)?.end;
        return renews?.equipment === equipment.id && renews.test === test && done !== undefined
          ? [{ from: done, until: done + renews.validFor }]
          : [];
      });
      const hit = uses.filter((use) => {
        const { renews } = use.task;
        const span = spanOf(situation, use);
        if (!span || (renews?.equipment === equipment.id && renews.test === test)) return false;
        const { start, end } = span;
        const latest = latestResult(own, start);
        if (latest && isValidOver(latest, { start, end })) return false;
        return !renewed.some(({ from, until }) => from <= start && until > end);
      });
      if (hit.length === 0) return [];
      const latest = latestResult(own, plan.now);
      const name = `${equipment.name}: ${specs.get(test)?.name ?? test}`;
      const text = proofText(situation, name, latest);
      const what = { kind: 'calibrationExpiring', object: equipment.id, text, free: null } as const;
      const cause = causeOf({ ...what, key: `calibration ${equipment.id} ${test}` }, hit);
      const isInWork = hit.some(({ begun }) => begun);
      return isInWork ? { ...cause, deadline: latest?.expires ?? plan.now } : cause;
    });
  });
}

/** From when until when a task still needs it: what is paused needs nothing until it goes on. */
function spanOf({ plan, progress }: Situation, { task, place, begun }: Planned): Interval | null {
  const own = progress.get(task.id);
  if (begun && own) {
    const { kind } = own.state;
    if (kind !== 'running' && kind !== 'setup') return null;
    return { start: plan.now, end: assignmentFromProgress(task, own, place, plan.now).end };
  }
  // What should have begun begins now at the earliest: a proof that came meanwhile counts for it.
  const start = Math.max(place.start, plan.now);
  return { start, end: start + place.end - place.start };
}
