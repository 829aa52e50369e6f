import { randomUUID } from 'node:crypto';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { OrderHelp, RepairOffer } from '#shared/contract/views.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { indexBy } from '#shared/base/group.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { advise } from '#electron/solving/advise.ts';
import type { SchedulePiece } from '#electron/solving/adviser-messages.ts';
import { Refused, type Station } from './station.ts';
import { START_GRACE, type Workspace, planToRepair } from './workspace.ts';

/** How each repair is called where it becomes the proposal. */
const RULES = {
  leastChange: 'least change',
  bestDelivery: 'best delivery',
  leastSetup: 'least setup',
} as const;

/** Whoever asks again while an answer is on its way gets both. */
const MOST_OFFERS = 4;

const situationOf = ({ workspace, now }: Station) => ({
  plan: { ...workspace.plan, now },
  schedule: workspace.schedule,
  since: now - START_GRACE,
});

/**
 * Up to three repairs of the draft after a change, to be chosen from, in which the newcomers get a place. Nothing is stored;
 * the station remembers the last offers.
 */
export async function offerRepairs(
  station: Station,
  ask: Ask<'repair.offer'>,
  newcomers: readonly TaskId[] = [],
): Promise<RepairOffer> {
  const { workspace } = station;
  const { change, mostMoved } = ask;
  const advice = await advise({
    kind: 'repair',
    ...situationOf(station),
    plan: { ...planToRepair(workspace), now: station.now },
    change,
    ...(mostMoved !== undefined && { mostMoved }),
    ...(newcomers.length > 0 && { newcomers }),
  });
  if (advice.kind === 'refused') return { ok: false, refusal: advice.refusal };
  if (advice.kind !== 'repairs') {
    const text = advice.kind === 'failed' ? advice.text : 'the adviser answered another question';
    return { ok: false, refusal: { code: 'NO_REPAIR', object: 'repair', text } };
  }
  if (advice.repairs.length === 0) {
    const text = 'No repair keeps every rule. Solve, or change less.';
    return { ok: false, refusal: { code: 'NO_REPAIR', object: 'repair', text } };
  }
  const repairs = advice.repairs.map((piece) => ({ piece, schedule: repaired(workspace, piece) }));
  const offer = {
    id: randomUUID(),
    plan: advice.plan ?? workspace.plan,
    revision: workspace.revision,
    repairs,
  };
  station.offers = [...station.offers, offer].slice(-MOST_OFFERS);
  return {
    ok: true,
    offer: offer.id,
    before: figuresFromSchedule(workspace.plan, workspace.schedule),
    repairs: repairs.map(({ piece, schedule }) => ({
      aim: piece.aim,
      counts: piece.counts,
      after: figuresFromSchedule(workspace.plan, schedule),
    })),
  };
}

/** The workspace's schedule with what a repair or a remedy changes. */
export function repaired({ schedule }: Workspace, { changed, gone, unplaced }: SchedulePiece): Schedule {
  const next = indexBy(changed, ({ task }) => task);
  const dropped = new Set(gone);
  const kept = schedule.assignments.flatMap((old) =>
    dropped.has(old.task) ? [] : (next.get(old.task) ?? old),
  );
  const known = new Set(kept.map(({ task }) => task));
  return {
    assignments: [...kept, ...changed.filter(({ task }) => !known.has(task))],
    unplaced: [...unplaced],
  };
}

/** Makes one of the offered repairs the proposal, which is then looked at and accepted like any other; `by` a rule for a case, or whoever calls. */
export function chooseRepair(
  station: Station,
  ask: Ask<'repair.choose'>,
  caller: Caller,
  by?: { readonly case: number; readonly reason: string; readonly ruledBy: string | null },
): Promise<Outcome> {
  return station.command(caller, 'repair.choose', async (write, workspace) => {
    const offer = station.offers.find(({ id }) => id === ask.offer);
    const chosen = offer?.repairs.find(({ piece }) => piece.aim === ask.aim);
    if (!offer || !chosen || offer.revision !== workspace.revision) {
      throw new Refused(
        'OFFER_STALE',
        'repair',
        'The plan changed since these repairs were made. Ask for repairs again.',
      );
    }
    const { counts } = chosen.piece;
    await write.log({
      entity: 'plan',
      entityId: 'draft',
      field: 'proposal',
      old: null,
      new: { repair: ask.aim, moved: counts.moved, dropped: counts.dropped },
      reason: by?.reason ?? null,
    });
    // In whose name a rule acts is whoever set it, beside the service that followed it (AT-11).
    if (by)
      await write.log({
        entity: 'case',
        entityId: String(by.case),
        field: 'proposal',
        old: null,
        new: { repair: ask.aim, ruledBy: by.ruledBy },
        reason: by.reason,
      });
    return {
      detail: null,
      facts: () => {
        station.offers = [];
        const { plan } = offer;
        const rule = RULES[ask.aim];
        station.proposal = {
          id: randomUUID(),
          plan,
          schedule: chosen.schedule,
          rule,
          ...(by && { case: by.case }),
        };
        return [{ kind: 'proposal.ready', text: `Repair with ${rule}.` }];
      },
    };
  });
}

/** What single change would make a late order on time; null when it is not late. The station remembers the last ones told. */
export async function helpOrder(station: Station, order: OrderId): Promise<OrderHelp | null> {
  const { workspace } = station;
  const advice = await advise({ kind: 'help', ...situationOf(station), order });
  if (advice.kind !== 'help')
    throw new Error(advice.kind === 'failed' ? advice.text : 'The adviser answered another question.');
  if (!advice.help) return null;
  const { late, tried, remedies } = advice.help;
  const help = { id: randomUUID(), order, revision: workspace.revision, remedies };
  station.helps = [...station.helps, help].slice(-MOST_OFFERS);
  return {
    id: help.id,
    late,
    tried,
    remedies: remedies.map(({ kind, text, moved, changed }) => ({
      kind,
      text,
      moved,
      shows: changed.length > 0,
    })),
  };
}
