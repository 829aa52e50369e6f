import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { ReviewView } from '#shared/contract/session.ts';
import { sign, signerFor } from './sign.ts';
import { Refused, type Station, refusable } from './station.ts';
import { userViews } from './accounts.ts';

/**
 * Somebody has looked at these entries of the ledger, up to one, and stands for it (AT-09). Who did any of it does not
 * review it: what they did to records counts, not that they logged in or reviewed before.
 */
export function reviewLedger(
  station: Station,
  { filter, until, remarks, sign: word }: Ask<'ledger.review'>,
  caller: Caller,
): Promise<Outcome<{ record: string; entries: number }>> {
  return refusable(async () => {
    const signer = await signerFor(station, 'review', word, true, caller);
    return station.command(caller, 'ledger.review', async (write) => {
      const these = { ...filter, until, limit: 1, seals: false };
      const { total, entries } = await write.ledger(these);
      const [last] = entries;
      if (!last) throw new Refused('NOTHING_TO_REVIEW', 'ledger', 'There are no such entries.');
      const own = await write.ledger({ ...these, doneBy: caller.user });
      if (own.total > 0)
        throw new Refused(
          'OWN_ENTRIES',
          `entry ${own.entries[0]?.seq ?? 0}`,
          `${own.total} of them are your own, such as entry ${own.entries[0]?.seq ?? 0}: somebody else reviews those. Choose by whom they are.`,
        );
      const record = recordName(station, caller);
      await write.log({
        entity: 'ledgerReview',
        entityId: record,
        field: null,
        old: null,
        new: {
          filter: Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, value ?? null])),
          until,
          entries: total,
          last: last.seq,
          hash: last.hash,
        },
        reason: remarks.trim() || null,
      });
      if (signer) await sign(station, write, signer, { entity: 'ledgerReview', entityId: record });
      return { detail: { record, entries: total }, facts: () => [{ kind: 'accounts.changed' }] };
    });
  });
}

/** Everybody's rights as they are now, and when they were last used, looked over and signed (AC-09). */
export function reviewAccess(
  station: Station,
  { remarks, sign: word }: Ask<'access.review'>,
  caller: Caller,
): Promise<Outcome<{ record: string }>> {
  return refusable(async () => {
    const signer = await signerFor(station, 'review', word, true, caller);
    return station.command(caller, 'access.review', async (write, workspace) => {
      const record = recordName(station, caller);
      const accounts = userViews(workspace);
      await write.log({
        entity: 'accessReview',
        entityId: record,
        field: null,
        old: null,
        new: {
          accounts: accounts.map(({ id, name, roles, person, disabled, lastLogin, identity }) => ({
            id,
            name,
            roles: [...roles],
            person,
            disabled,
            lastLogin,
            identity,
          })),
          screens: [...workspace.devices.values()]
            .filter(({ revoked }) => revoked === null)
            .map(({ id }) => id),
          codes: [...workspace.badges.keys()],
        },
        reason: remarks.trim() || null,
      });
      if (signer) await sign(station, write, signer, { entity: 'accessReview', entityId: record });
      return { detail: { record }, facts: () => [{ kind: 'accounts.changed' }] };
    });
  });
}

/** When, and by whom. */
const recordName = ({ clock }: Station, { user }: Caller): string =>
  `${new Date(clock()).toISOString()} ${user}`;

const ACTION = { ledgerReview: 'ledger.review', accessReview: 'access.review' } as const;

export async function lastReview({ store }: Station, of: keyof typeof ACTION): Promise<ReviewView | null> {
  const { entries } = await store.read.ledger({ action: ACTION[of], limit: 10, seals: false });
  const found = entries.find(({ entity, field }) => entity === of && field === null);
  if (!found) return null;
  const said = found.new as {
    readonly until?: number;
    readonly entries?: number;
    readonly accounts?: unknown[];
  };
  const signatures = await store.read.signatures(of, [found.entityId]);
  return {
    record: found.entityId,
    entries: said.entries ?? said.accounts?.length ?? 0,
    until: said.until ?? null,
    remarks: found.reason ?? '',
    signatures: signatures.map(({ signature, state }) => ({ ...signature, state })),
  };
}
