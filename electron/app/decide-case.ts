import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { Case, CaseOutcome } from '#shared/domain/case.ts';
import { causesIn } from './case-causes.ts';
import { openCaseIn } from './case-views.ts';
import { dispatching } from './dispatch-queues.ts';
import { when } from './edit-draft.ts';
import { publishing } from './publish-plan.ts';
import { changeCase, withCase } from './reconcile-cases.ts';
import { accepting } from './solve-plan.ts';
import { type Signer, signerFor } from './sign.ts';
import { type Done, Refused, type Station, refusable } from './station.ts';

/**
 * Accepts the proposal, publishes the draft with it, dispatches it to the lines and records that as the outcome of the
 * case: one command, so that it happens as a whole or not at all.
 */
export function decideCase(
  station: Station,
  { sign: word, ...ask }: Ask<'case.decide'>,
  caller: Caller,
): Promise<Outcome<{ version: number; queues: number }>> {
  const { sign: wanted } = station.workspace.policy;
  const isNeeded = wanted.publish || wanted.dispatch;
  return refusable(async () =>
    decided(station, ask, await signerFor(station, 'publish', word, isNeeded, caller), caller),
  );
}

/** One word signs the version and every list. */
function decided(
  station: Station,
  { case: id, proposal, reason, expected }: Omit<Ask<'case.decide'>, 'sign'>,
  signer: Signer | null,
  caller: Caller,
): Promise<Outcome<{ version: number; queues: number }>> {
  return station.command(caller, 'case.decide', async (write, workspace) => {
    const one = openCaseIn(workspace, id);
    const rule = station.proposal?.rule ?? '';
    const why = `${one.text}. ${reason}`.slice(0, 500);
    const accepted = await accepting(station, { proposal, expected })(write, workspace);
    const before = accepted.workspace ?? workspace;
    const published = await publishing(
      station,
      { note: why, expected: before.revision },
      caller.user,
      signer,
    )(write, before);
    const dispatched = await dispatching(
      station,
      { reason: why },
      caller,
      signer,
    )(write, published.workspace ?? before);
    const after = dispatched.workspace ?? published.workspace ?? before;
    const { changed } = accepted.detail;
    const { number } = published.detail;
    const { queues } = dispatched.detail;
    const text = `Repair with ${rule}: ${changed} ${changed === 1 ? 'task' : 'tasks'} changed, version ${number} told to ${queues} ${queues === 1 ? 'line' : 'lines'}`;
    const until = causesIn(workspace).get(one.key)?.free ?? null;
    const closed = await changeCase(
      write,
      one,
      decision(station, caller, { kind: 'repaired', text, reason, until }),
      reason,
    );
    const facts = [accepted, published, dispatched].map((done: Done<unknown>) => done.facts);
    return {
      detail: { version: number, queues },
      workspace: withCase(after, closed),
      facts: (was, is) => [
        ...facts.flatMap((tell) => tell?.(was, is) ?? []),
        { kind: 'cases.changed', opened: [] },
      ],
    };
  });
}

/** Nothing is done until then: a decision too, with its reason. */
export function waitWithCase(
  station: Station,
  { case: id, reason, until }: Ask<'case.wait'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'case.wait', async (write, workspace) => {
    const one = openCaseIn(workspace, id);
    if (until <= station.now)
      throw new Refused(
        'TIME_PAST',
        `case ${id}`,
        `${when(workspace, until)} is over. Wait until a later time.`,
      );
    const text = `Wait until ${when(workspace, until)}`;
    const decided = await changeCase(
      write,
      one,
      decision(station, caller, { kind: 'waits', text, reason, until }),
      reason,
    );
    return {
      detail: null,
      workspace: withCase(workspace, decided),
      facts: () => [{ kind: 'cases.changed', opened: [] }],
    };
  });
}

const decision = (
  { now }: Station,
  { user }: Caller,
  what: Pick<CaseOutcome, 'kind' | 'text' | 'reason' | 'until'>,
): { readonly state: Case['state']; readonly outcome: CaseOutcome } => ({
  state: 'decided',
  outcome: { ...what, by: user, at: now },
});
