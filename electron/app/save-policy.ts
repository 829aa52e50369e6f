import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { Policy } from '#shared/domain/policy.ts';
import { hasAccounts } from './workspace.ts';
import { Refused, type Station } from './station.ts';

/** What the plant demands of people from now on; each change stands in the ledger (AT-07). */
export function savePolicy(station: Station, policy: Policy, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'policy.save', async (write, workspace) => {
    const signs = policy.overrides || policy.sign.publish || policy.sign.dispatch;
    if (signs && !hasAccounts(workspace))
      throw new Refused('NO_ACCOUNTS', 'policy', 'Nobody could sign: make accounts first.');
    if (JSON.stringify(policy) === JSON.stringify(workspace.policy))
      throw new Refused('NOTHING_CHANGED', 'policy', 'It is already like that.');
    await write.savePolicy(policy);
    for (const field of Policy.keyof().options) {
      if (JSON.stringify(workspace.policy[field]) === JSON.stringify(policy[field])) continue;
      await write.log({
        entity: 'settings',
        entityId: 'policy',
        field,
        old: workspace.policy[field],
        new: policy[field],
        reason: null,
      });
    }
    return {
      detail: null,
      workspace: { ...workspace, policy },
      facts: (before) => [
        { kind: 'accounts.changed' },
        // Which lists are unseen stands on the board.
        ...(before.policy.seenMinutes === policy.seenMinutes
          ? []
          : [{ kind: 'board.replaced', revision: before.revision } as const]),
      ],
    };
  });
}
