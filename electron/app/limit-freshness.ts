import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import type { Station } from './station.ts';

/** How old facts may be from now on before they are shown as unknown and nothing is dispatched on them. */
export function limitFreshness(station: Station, limits: FreshnessLimits, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'settings.freshness', async (write, workspace) => {
    await write.saveLimits(limits);
    await write.log({
      entity: 'settings',
      entityId: 'freshness',
      field: 'limits',
      old: workspace.limits,
      new: limits,
      reason: null,
    });
    return { detail: null, workspace: { ...workspace, limits } };
  });
}
