import type { Ask } from '#shared/contract/calls.ts';
import type { CaseOffer, ProposalPreview, RepairOffer } from '#shared/contract/views.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Case } from '#shared/domain/case.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR, type Instant } from '#shared/time/instant.ts';
import { openCaseIn } from './case-views.ts';
import { draftWith } from './edit-draft.ts';
import { offerRepairs } from './offer-repairs.ts';
import { previewVersion } from './preview-version.ts';
import { Refused, type Station } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** Three repairs for a case within the supervisor's budget, and what they would be without it. */
export async function offerForCase(station: Station, ask: Ask<'case.offer'>): Promise<CaseOffer> {
  try {
    const { workspace, now } = station;
    const one = openCaseIn(workspace, ask.case);
    const change = changeFor(one, now, ask.hours);
    const newcomers = newcomersFor(one, workspace);
    const { mostMoved } = ask;
    const [within, unbound] = await Promise.all([
      offerRepairs(station, { change, ...(mostMoved !== undefined && { mostMoved }) }, newcomers),
      mostMoved === undefined ? null : offerRepairs(station, { change }, newcomers),
    ]);
    return { within, unbound };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const within: RepairOffer = { ok: false, refusal: error.outcome.refusal };
    return { within, unbound: null };
  }
}

/** What of a rush order has no place yet: it gets one, and others make room for it. */
export const newcomersFor = ({ kind, tasks }: Case, { assignments }: Workspace): TaskId[] =>
  kind === 'rushOrder' ? tasks.filter((task) => !assignments.has(task)) : [];

/** What the repairs are made for. Most is in the record already; how long it lasts is the supervisor's guess. */
export function changeFor(one: Case, now: Instant, hours?: number): Change {
  const until = now + (hours ?? 4) * HOUR;
  if (one.asked) return { kind: 'notBefore', task: one.asked.task, from: until };
  if (one.kind === 'downtime' && hours !== undefined)
    return {
      kind: 'breakdown',
      unit: one.object as (Change & { kind: 'breakdown' })['unit'],
      from: now,
      until,
    };
  // A held batch waits for another test; what comes after its first task waits with it.
  const [first] = one.tasks;
  if (isHeldBatch(one) && first) return { kind: 'notBefore', task: first, from: until };
  return { kind: 'reported' };
}

const isHeldBatch = ({ kind, key }: Case): boolean => kind === 'qualityHold' && /^(test|measured) /.test(key);

/** What accepting the proposal, publishing and dispatching it would tell each line. */
export function previewProposal({ proposal, workspace }: Station): ProposalPreview | null {
  if (!proposal) return null;
  return { ...previewVersion(accepted(workspace, proposal.schedule)), proposal: proposal.id };
}

const accepted = (workspace: Workspace, schedule: Workspace['schedule']): Workspace =>
  withDraft(workspace, draftWith(workspace, schedule));
