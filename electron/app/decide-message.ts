import type { Writer } from '#electron/store/store.ts';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { changeCase, withCase } from './reconcile-cases.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/**
 * Tells again what was told before, as a message of its own: what stands here is to hold. What a later one has replaced is
 * never told again, or the ERP would go back in time.
 */
export function resendMessage(
  station: Station,
  { seq, reason }: Ask<'outbox.resend'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'outbox.resend', async (write, workspace) => {
    const { feed, message, settlement } = await currentMessage(write, seq);
    // One that waits goes out by itself.
    if (settlement) await write.addOutbound(feed, [message]);
    await log(write, seq, { field: 'resend', old: settlement?.kind ?? null, new: null, reason });
    const outcome = { text: `Told ${feed} again`, reason, by: caller.user, at: station.now };
    return {
      detail: null,
      workspace: await withCaseSettled(write, workspace, seq, outcome),
      facts: () => [{ kind: 'feeds.changed' }, { kind: 'cases.changed', opened: [] }],
    };
  });
}

/** Leaves it at what the ERP has: a message that was refused or not kept needs nobody any more. */
export function dropMessage(
  station: Station,
  { seq, reason }: Ask<'outbox.drop'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'outbox.drop', async (write, workspace) => {
    const { feed, settlement } = await currentMessage(write, seq);
    if (settlement?.kind !== 'refused' && settlement?.kind !== 'notKept')
      throw new Refused('MESSAGE_TAKEN', String(seq), `Message ${seq} needs nobody.`);
    const was = settlement.kind === 'refused' ? settlement.reason : 'It was not kept as told.';
    await write.settleOutbound(seq, { kind: 'dropped', reason: reason ?? was });
    await log(write, seq, { field: 'drop', old: settlement.kind, new: 'dropped', reason: reason ?? was });
    const outcome = { text: `Left as ${feed} has it`, reason, by: caller.user, at: station.now };
    return {
      detail: null,
      workspace: await withCaseSettled(write, workspace, seq, outcome),
      facts: () => [{ kind: 'feeds.changed' }, { kind: 'cases.changed', opened: [] }],
    };
  });
}

const log = (
  write: Writer,
  seq: number,
  {
    reason = null,
    ...what
  }: {
    readonly field: string;
    readonly old: string | null;
    readonly new: string | null;
    readonly reason?: string | null | undefined;
  },
): Promise<void> => write.log({ entity: 'outbox', entityId: String(seq), ...what, reason });

/** Whoever decides on a message decides its case. */
async function withCaseSettled(
  write: Writer,
  workspace: Workspace,
  seq: number,
  { reason, ...what }: { text: string; reason?: string | undefined; by: string; at: number },
): Promise<Workspace> {
  const one = workspace.cases.find(({ unkept, state }) => unkept?.seq === seq && state !== 'closed');
  if (!one) return workspace;
  const why = reason ?? what.text;
  const outcome = { kind: 'settled', ...what, reason: why, until: null } as const;
  return withCase(workspace, await changeCase(write, one, { state: 'closed', outcome }, why));
}

/** A message that no later one has replaced. */
async function currentMessage(write: Writer, seq: number): Promise<OutboxEntry> {
  const latest = await write.latest(seq);
  if (!latest) throw new Refused('MESSAGE_UNKNOWN', String(seq), `There is no message ${seq}.`);
  if (latest.seq === seq) return latest;
  throw new Refused(
    'MESSAGE_REPLACED',
    String(seq),
    `Message ${latest.seq} says something newer of the same. Decide on that one.`,
  );
}
