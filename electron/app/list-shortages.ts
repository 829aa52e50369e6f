import type { ShortageView } from '#shared/contract/views.ts';
import { indexBy } from '#shared/base/group.ts';
import { advise } from '#electron/solving/advise.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { addDays, instantFromLocal, localDateOf } from '#shared/time/zone.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** Where the plant's due dates ask for more than there is, whatever the sequence; day by day. */
export async function listShortages({ workspace, now }: Station): Promise<readonly ShortageView[]> {
  const { plan } = workspace;
  if (plan.tasks.length === 0) return [];
  const advice = await advise({
    kind: 'roughCut',
    plan: { ...plan, now },
    edges: daysOf(zoneOf(plan.plant), now, plan.horizon.end),
  });
  if (advice.kind !== 'roughCut') {
    throw new Error(advice.kind === 'failed' ? advice.text : 'The adviser answered another question.');
  }
  const units = indexBy(plan.plant.equipment, ({ id }) => id);
  const specs = indexBy(plan.plant.testSpecs, ({ id }) => id);
  return advice.shortages.map(({ units: ids, qualification, ...figures }) => ({
    ...figures,
    isPeople: qualification !== undefined,
    names:
      qualification === undefined
        ? ids.map((id) => units.get(id)?.name ?? id)
        : [specs.get(qualification)?.name ?? qualification],
  }));
}

/** From now to the end, cut at every midnight of the plant. */
function daysOf(zone: string, now: Instant, end: Instant): Instant[] {
  const edges = [now];
  for (let date = addDays(localDateOf(zone, now), 1); ; date = addDays(date, 1)) {
    const midnight = instantFromLocal(zone, date, '00:00');
    if (midnight >= end) return [...edges, end];
    edges.push(midnight);
  }
}
